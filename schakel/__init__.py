"""Schakel: the shared system of a network of regional development agencies."""

__version__ = "0.1.0"
