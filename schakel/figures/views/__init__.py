"""The pages of figures: a file a subject. Thin: they ask ``queries`` and hand ``pages`` what came back."""
