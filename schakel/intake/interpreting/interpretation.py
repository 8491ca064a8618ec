"""What a mapping makes of a delivery's tables: typed rows per kind that know their cells.

Invariant: ``frame`` and ``raw`` of a kind have the same rows in the same order; ``_source`` and
``_row`` of a row, with a field, name one cell of the sender's files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from schakel.intake.findings import Finding
from schakel.intake.kinds import Field, RecordKind, kind
from schakel.intake.mapping import FieldSource, TableMapping
from schakel.intake.tables import address

PLACE_COLUMNS = {"_source": pl.UInt32, "_row": pl.UInt32, "_item": pl.UInt16}

_DTYPES: dict[str, pl.DataType] = {
    "integer": pl.Int64(),
    "money": pl.Int64(),
    "number": pl.Float64(),
    "date": pl.Date(),
    "year": pl.Int32(),
    "agencies": pl.List(pl.String),
}


def dtype(of: Field) -> pl.DataType:
    """The polars type of a field's column; money is Int64 cents."""
    single = _DTYPES.get(of.type, pl.String())
    if of.several and not isinstance(single, pl.List):
        return pl.List(single)
    return single


class Place(NamedTuple):
    """A source column: its letter and its header as the sender wrote it; both empty for a constant."""

    column: str
    header: str


@dataclass(frozen=True, slots=True)
class Source:
    """One table read by one table mapping: ``columns`` say where each field's values stand in it."""

    file: str
    table: str
    form: str
    header_row: int
    mapping: TableMapping
    columns: dict[str, Place]

    def field_source(self, name: str) -> FieldSource:
        """How the mapping says field ``name`` is written; a plain one if it is not mapped."""
        return self.mapping.fields.get(name, FieldSource())

    def address(self, name: str, row: int) -> str:
        """The cell of field ``name`` in source row ``row``; empty if the field has no column."""
        place = self.columns.get(name)
        if place is None or not place.column:
            return ""
        return address(self.table, self.form, place.column, row, place.header)

    def first_field(self) -> str:
        """The leftmost mapped field: where a finding about a whole row points."""
        mapped = [(len(p.column), p.column, name) for name, p in self.columns.items() if p.column]
        return min(mapped)[2] if mapped else ""


@dataclass(frozen=True, slots=True)
class KindRows:
    """All rows of one kind (by its name) in a delivery.

    ``frame``: ``_source`` (index into ``sources``), ``_row``, ``_item`` (which value of an exploded
    cell), ``_number`` (the key's values joined by " | ", null if none is filled), then each field of
    the kind in its type. ``raw``: ``_source``, ``_row``, ``_item`` and what the sender wrote for each
    mapped field.
    """

    kind: str
    frame: pl.DataFrame
    raw: pl.DataFrame
    sources: tuple[Source, ...]

    @property
    def declared(self) -> RecordKind:
        """The kind as its room declares it."""
        return kind(self.kind)

    def source(self, at: int) -> Source:
        """The source of the row at position ``at``."""
        return self.sources[int(self.frame["_source"][at])]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """The rows of a delivery by name of kind, and what was found while reading them."""

    agency: str
    period: int
    kinds: dict[str, KindRows]
    findings: list[Finding] = field(default_factory=list)

    @property
    def rows(self) -> tuple[KindRows, ...]:
        """The rows of each kind, those that others refer to first."""
        return tuple(self.kinds.values())


def number(of: RecordKind) -> pl.Expr:
    """The record's number from its key fields; null where none of them is filled."""
    parts = [pl.col(name).cast(pl.String).fill_null("") for name in of.key]
    filled = pl.any_horizontal(part != "" for part in parts)
    return pl.when(filled).then(pl.concat_str(parts, separator=" | "))
