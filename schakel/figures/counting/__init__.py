"""Counting: selections, the cube and the extract they are counted from."""

from schakel.figures.counting.cut import Cut
from schakel.figures.counting.extract import Extract, ExtractError, Meta, extract_of, open_extract, write_extract
from schakel.figures.counting.selection import Cells, CutError, Figure, Selection

__all__ = [
    "Cells",
    "Cut",
    "CutError",
    "Extract",
    "ExtractError",
    "Figure",
    "Meta",
    "Selection",
    "extract_of",
    "open_extract",
    "write_extract",
]
