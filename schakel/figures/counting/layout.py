"""The tables of an extract as Ibis sees them: names, columns and types, bound to no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import ibis
import ibis.backends.duckdb  # loaded here, a second that no first question should pay
import ibis.expr.types as ir
import polars as pl

from schakel.figures.catalogue import Part
from schakel.figures.facts import SUPPOSED, Supposed, supposing

_TYPES: Mapping[pl.DataType | type[pl.DataType], str] = {
    pl.Int64: "int64",
    pl.Int32: "int32",
    pl.String: "string",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.List(pl.String): "array<string>",
}


@dataclass(frozen=True)
class Layout:
    """Columns and types of each fact table; equal layouts share compiled queries.

    ``supposed``: what is supposed of doubtful identities; then the tables give those labels for the identities.
    """

    facts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    supposed: Supposed | None = None

    @classmethod
    def of(cls, frames: Mapping[str, pl.DataFrame]) -> Layout:
        """The layout of these frames. Raises KeyError for a type that facts do not have."""
        return cls(tuple((name, _columns(frames[name])) for name in sorted(frames)))

    def __hash__(self) -> int:
        """Reckoned once: compiled queries are looked up by it."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.facts, self.supposed))

    @cached_property
    def tables(self) -> Mapping[str, ir.Table]:
        """An unbound Ibis table for each fact."""
        return {name: _supposing(ibis.table(dict(columns), name=name), self.supposed) for name, columns in self.facts}

    @cached_property
    def doubted(self) -> frozenset[str]:
        """The facts of which some identities are doubtful."""
        labels = tuple(supposing("", each) for each in SUPPOSED)
        return frozenset(name for name, columns in self.facts if any(column.endswith(labels) for column, _ in columns))

    def behind(self, *parts: Part) -> Layout:
        """The tables that ``parts`` are counted from alone, their columns by name; all where one of them lacks.

        What is written for them is then the same of every extract that has those tables.
        """
        return _only(self, frozenset(fact for part in parts for fact in part.facts))

    def table(self, fact: str) -> ir.Table:
        """The table of ``fact``. Raises KeyError that names the facts the extract has."""
        try:
            return self.tables[fact]
        except KeyError:
            raise KeyError(f"the extract has no fact {fact!r}; it has: {', '.join(self.tables)}") from None


@lru_cache(maxsize=4096)
def _only(layout: Layout, facts: frozenset[str]) -> Layout:
    if not facts <= {name for name, _columns_of in layout.facts}:
        return layout  # which says what it has when the one that lacks is asked for
    kept = tuple((name, tuple(sorted(columns))) for name, columns in layout.facts if name in facts)
    return Layout(kept, layout.supposed)


def _supposing(table: ir.Table, supposed: Supposed | None) -> ir.Table:
    """``table`` with the labels under what is ``supposed`` for its identities, where it has such labels."""
    if supposed is None:
        return table
    labels = {name: supposing(name, supposed) for name in table.columns if supposing(name, supposed) in table.columns}
    return table.mutate(**{name: ibis.coalesce(table[label], table[name]) for name, label in labels.items()})


def _columns(frame: pl.DataFrame) -> tuple[tuple[str, str], ...]:
    return tuple((column, _TYPES[dtype]) for column, dtype in frame.schema.items())
