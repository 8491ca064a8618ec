"""Trying an upgrade on a copy: what `schakel rehearse` does."""
