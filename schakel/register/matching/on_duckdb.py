"""Meeting and comparing on this machine: keys and pairs in SQL on DuckDB, comparing in frames."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl
from duckdb import DuckDBPyConnection, connect

from schakel.register.matching import blocking, comparing, frequencies, statements
from schakel.register.matching.frequencies import IN_LISTS, Frequencies
from schakel.register.matching.loading import load
from schakel.register.matching.statements import Said

SLICE = 400_000  # entries of the register that are put in one spelling at a time
NOTHING = Said(pl.DataFrame(schema={"id": pl.Int64}), pl.DataFrame(schema={"id": pl.Int64}))


@dataclass(frozen=True, slots=True)
class Met:
    """Pairs [a, b] to compare, what both sides state, and what the values say that one of ``many`` states."""

    pairs: pl.DataFrame
    left: Said
    right: Said
    known: Frequencies
    many: int

    def compared(self) -> pl.DataFrame:
        """As of `comparing.compare`."""
        return comparing.compare(self.pairs, self.left, self.right, self.known, self.many)


@dataclass(frozen=True, slots=True)
class OnDuckDB:
    """A `backends.Backend`. What it answers does not depend on ``threads``."""

    threads: int = 2

    @contextmanager
    def meet(self, said: Said, register: pl.DataFrame) -> Iterator[tuple[Met, Met]]:
        """The pairs; the database is closed before they are compared, as both take memory."""
        with connect() as database:
            database.execute(f"SET threads = {self.threads}")
            load(database, "rec", said)
            blocking.make_keys(database, "rec")
            both = _with_entries(database, said, register), _among(database, said)
        yield both


def _with_entries(database: DuckDBPyConnection, said: Said, register: pl.DataFrame) -> Met:
    """Records with the entries that share a telling key."""
    if register.is_empty():
        return Met(pl.DataFrame(), said, NOTHING, {}, 0)
    wanted, counted, parts = frequencies.counts(said), [], []
    blocking.begin_hits(database)
    for start in range(0, register.height, SLICE):
        part = statements.of_register(register.slice(start, SLICE))
        load(database, "slice", part)
        blocking.add_hits(database, "slice")
        counted.append(frequencies.counts(part, wanted))
        parts.append(part)
    pairs = blocking.pairs_with_hits(database, register.height)
    known = frequencies.weighed(frequencies.together(counted), each=1, many=register.height)
    return Met(pairs, said, statements.together(parts, pairs["b"].unique()), known, register.height)


def _among(database: DuckDBPyConnection, said: Said) -> Met:
    """Records with each other."""
    many = said.about.height
    known = frequencies.weighed(frequencies.counts(said), each=IN_LISTS, many=many)
    return Met(blocking.pairs_within(database, many), said, said, known, many)
