"""What the values of a column become: a few that are read, and all that become nothing, with how often.

Invariant: a value becomes here what it becomes when the delivery is read.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Names
from dataclasses import dataclass

import polars as pl

from schakel.intake.interpreting.cells import Cells
from schakel.intake.interpreting.fields import pieces, read
from schakel.intake.interpreting.locating import Located
from schakel.intake.interpreting.rows import body
from schakel.intake.kinds import Field
from schakel.intake.mapping import FieldSource
from schakel.intake.tables import CELL_TYPE

SHOWN = 3  # values that are read, as examples
NOTHING_SHOWN = 6  # values that become nothing, the most frequent first
LISTED = 40  # values of a code list that are asked one by one
_BLANK = "cell.placeholder"
_CLOSED = ("code", "agencies", "country")
_NUMERIC = ("money", "number", "integer")


@dataclass(frozen=True, slots=True)
class Example:
    """A value as it is written, how often, and what it becomes (None: nothing)."""

    text: str
    count: int
    value: object


@dataclass(frozen=True, slots=True)
class Examples:
    """What becomes of a column: ``rows`` records, ``empty`` of them without a value.

    ``blanks`` are words for "nothing known", which are meant to become nothing. ``lost`` counts the cells that become
    nothing though something is written there.
    """

    rows: int
    empty: int
    shown: tuple[Example, ...] = ()
    nothing: tuple[Example, ...] = ()
    blanks: tuple[Example, ...] = ()
    lost: int = 0
    values: tuple[Example, ...] = ()  # of a closed list: every value, the most frequent first
    different: int = 0  # how many values of a closed list there are
    texts: bool = False  # whether some are written as text, so that it matters how


def records_in(found: Located) -> tuple[pl.DataFrame, list[int]]:
    """The rows under the header that are records, and the numbers of the rows that are totals or notes."""
    rows = body(found, found.table.columns)
    skipped = [int(row) for row in rows.filter(pl.col("_skip").is_not_null())["row"]]
    return rows.filter(pl.col("_skip").is_null()), skipped


def examples_of(
    rows: pl.DataFrame,
    letter: str,
    field: Field,
    source: FieldSource,
    *,
    agency_names: Names[str, str],
    known: Callable[[str], bool] | None = None,
) -> Examples:
    """What becomes of the cells of column ``letter`` in ``rows``, read as ``source`` says.

    ``known``: for a reference, whether there is a record that a text refers to.
    """
    cells = _cells(rows, letter, source)
    filled = cells.filter(pl.col("text").is_not_null())
    counted = filled.group_by("text", "type", maintain_order=True).len("count")
    told = _read(filled, counted, field, source, agency_names)
    if known is not None:
        there = pl.Series([known(text) for text in told["text"]], dtype=pl.Boolean)
        told = told.with_columns(value=pl.when(there).then("value"))
    lost = told.filter(pl.col("value").is_null() & pl.col("fault").ne_missing(_BLANK))
    blank = told.filter(pl.col("value").is_null() & pl.col("fault").eq_missing(_BLANK))
    listed = _parts(told, field, source, agency_names) if field.type in _CLOSED else told.clear()
    return Examples(
        rows=rows.height,
        empty=cells.height - filled.height,
        shown=_several(told.filter(pl.col("value").is_not_null()), SHOWN),
        nothing=_several(lost.sort("count", descending=True, maintain_order=True), NOTHING_SHOWN),
        blanks=_several(blank, SHOWN),
        lost=int(lost["count"].sum()),
        values=_several(listed, LISTED),
        different=listed.height,
        texts=bool((filled["type"] == "text").any()),
    )


def _cells(rows: pl.DataFrame, letter: str, source: FieldSource) -> pl.DataFrame:
    trimmed = pl.col(letter).str.strip_chars()
    cells = rows.select(text=pl.when(trimmed != "").then(trimmed), type=pl.col(f"{letter}.type"))
    if not source.explode:
        return cells
    return cells.with_columns(text=pieces(pl.col("text"), source.separator or ";")).explode("text")


def _read(
    filled: pl.DataFrame, counted: pl.DataFrame, field: Field, source: FieldSource, names: Names[str, str]
) -> pl.DataFrame:
    """Each different cell with its value and fault. How numbers in text are marked is proven by all cells together."""
    together = field.type in _NUMERIC and not source.format and bool((filled["type"] == "text").any())
    if not together:
        read_as = read(_as_cells(counted), field, source, names)
        return counted.with_columns(value=read_as.values, fault=read_as.faults)
    read_as = read(_as_cells(filled), field, source, names)
    every = filled.with_columns(value=read_as.values, fault=read_as.faults)
    return every.group_by("text", "type", maintain_order=True).agg(
        pl.len().alias("count"), pl.col("value").first(), pl.col("fault").first()
    )


def _parts(told: pl.DataFrame, field: Field, source: FieldSource, names: Names[str, str]) -> pl.DataFrame:
    """The single values of a column whose cells may hold several, each read by itself."""
    split = source.separator if field.several or field.type == "agencies" else ""
    if not split:
        return told.sort("count", descending=True, maintain_order=True)
    single = told.with_columns(text=pieces(pl.col("text"), split)).explode("text").drop_nulls("text")
    parts = single.group_by("text", maintain_order=True).agg(pl.col("count").sum(), pl.col("type").first())
    read_as = read(_as_cells(parts), field, source, names)
    found = parts.with_columns(value=read_as.values, fault=read_as.faults)
    return found.sort("count", descending=True, maintain_order=True)


def _as_cells(frame: pl.DataFrame) -> Cells:
    return Cells(frame["text"], frame["type"].cast(CELL_TYPE))


def _several(frame: pl.DataFrame, most: int) -> tuple[Example, ...]:
    rows = frame.head(most).select("text", "count", "value").iter_rows()
    return tuple(Example(text, count, value) for text, count, value in rows)
