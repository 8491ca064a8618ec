"""The verbs of figures, a file a subject."""
