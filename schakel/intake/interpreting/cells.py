"""A column of cells on its way to be values.

Invariant: whatever a reader does, its values and faults have the length and order of its cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

# What people write when they mean "nothing known". A mapping adds its own: codes = { "geen opgave" = "" }.
PLACEHOLDERS = (
    *("-", "--", "–", "—", "?", "??", "???", "n.b.", "n.b", "nb", "n.v.t.", "n.v.t", "nvt", "n/a", "n.a.", "tbd"),
    *("nnb", "n.n.b.", "p.m.", "pm", "onbekend", "unknown", "niet bekend", "nog niet bekend", "nog onbekend"),
    *("not known", "niet van toepassing", "not applicable"),
)


@dataclass(frozen=True, slots=True)
class Cells:
    """One source column: ``text`` (String, trimmed, null where empty) and ``type`` (CELL_TYPE)."""

    text: pl.Series
    type: pl.Series


@dataclass(frozen=True, slots=True)
class Values:
    """What a column of cells says: ``values`` in the field's type, ``faults`` a fault id or null."""

    values: pl.Series
    faults: pl.Series


def values(frame: pl.DataFrame, value: pl.Expr, fault: pl.Expr | None = None) -> Values:
    """Evaluate ``value`` and ``fault`` (a fault id, null for none) over ``frame`` as a reader's answer."""
    faults = pl.lit(None, dtype=pl.String) if fault is None else fault.cast(pl.String)
    done = frame.select(value.alias("value"), faults.alias("fault"))
    return Values(done["value"], done["fault"])


def frame(cells: Cells) -> pl.DataFrame:
    """The cells as a frame with columns ``text`` and ``type``, for expressions."""
    return pl.DataFrame({"text": cells.text, "type": cells.type})


def plain(text: pl.Expr) -> pl.Expr:
    """Text as it is compared: lower case, white space and hyphens as one space, no marks at the ends."""
    return text.str.to_lowercase().str.replace_all(r"[\s\-_‐–—]+", " ").str.strip_chars(" .:;*")


def plain_text(text: str) -> str:
    """`plain` for a single Python string.

    >>> plain_text(" Start-up ")
    'start up'
    """
    for mark in "-_‐–—":
        text = text.replace(mark, " ")
    return " ".join(text.lower().split()).strip(" .:;*")


def first_fault(*cases: tuple[pl.Expr, str]) -> pl.Expr:
    """The fault id of the first case whose condition holds; null if none does."""
    return pl.coalesce(*(pl.when(condition).then(pl.lit(fault)) for condition, fault in cases))
