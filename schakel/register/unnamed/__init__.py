"""Records without names: how they are delivered in codes, and how they take part in identity."""
