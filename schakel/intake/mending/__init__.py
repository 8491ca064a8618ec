"""Mending what was sent, on top of the file: edits of cells, and what is taken along from the delivery before."""
