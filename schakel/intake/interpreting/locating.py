"""Finding a mapping's tables, header rows and columns again in a new delivery.

Invariant: names decide, never positions. A table or header that is not there is said, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

import polars as pl

from schakel.intake.mapping import Mapping, TableMapping
from schakel.intake.tables import Table

HEADER_SEARCH_ROWS = 30


@dataclass(frozen=True, slots=True)
class Located:
    """A mapped table as found: column letter by normal header, and what is missing or double."""

    mapping: TableMapping
    table: Table
    header_row: int
    headers: dict[str, str]  # letter > header as written
    missing: tuple[str, ...]

    def column(self, header: str) -> str | None:
        """Letter of the leftmost column with ``header``."""
        return next(iter(self.columns(header)), None)

    def columns(self, header: str) -> list[str]:
        """Letters of all columns with ``header``."""
        wanted = normal(header)
        return [letter for letter, written in self.headers.items() if normal(written) == wanted]


@dataclass(frozen=True, slots=True)
class Misfit:
    """Where a mapping no longer fits: no such table, no header row, or headers gone."""

    mapping: TableMapping
    reason: Literal["table", "header-row", "headers"]
    table: Table | None = None
    missing: tuple[str, ...] = ()


def normal(name: str) -> str:
    """A header or table name as it is compared: case and white space do not matter.

    >>> normal("  Totale\\u00a0 projectkosten ")
    'totale projectkosten'
    """
    return " ".join(name.casefold().split())


def fits(mapping: Mapping, tables: Sequence[Table]) -> list[Misfit]:
    """Where ``mapping`` does not fit ``tables``; empty if all of it does."""
    misfits = []
    for entry in mapping.tables:
        found = named(entry.table, tables)
        if not found:
            misfits.append(Misfit(entry, "table"))
        misfits += [misfit for table in found if (misfit := _misfit(entry, table)) is not None]
    return misfits


def named(name: str, tables: Iterable[Table]) -> list[Table]:
    """The tables called ``name``: by title, or by file for a text file."""
    wanted = {normal(name), normal(PurePath(name).stem)} if name.lower().endswith(_ENDINGS) else {normal(name)}
    return [table for table in tables if _names(table) & wanted]


def locate(entry: TableMapping, table: Table) -> Located | None:
    """``entry`` found in ``table``; None if no row holds its headers.

    Looks at the row where the mapping last saw them, then for the row of the first thirty that
    holds most of them (at least half).
    """
    wanted = {normal(s.header): s.header for s in entry.fields.values() if s.header}
    best = _header_row(entry.header_row, table, set(wanted))
    if best is None:
        return None
    headers = table.header(best)
    there = {normal(header) for header in headers.values()}
    missing = tuple(header for name, header in wanted.items() if name not in there)
    return Located(entry, table, best, headers, missing)


_ENDINGS = (".csv", ".tsv", ".txt", ".json", ".ndjson", ".xlsx", ".ods", ".xls")


def _names(table: Table) -> set[str]:
    names = {normal(table.name)}
    if table.form == "csv":
        names.add(normal(PurePath(table.file).stem))
    return names


def _misfit(entry: TableMapping, table: Table) -> Misfit | None:
    found = locate(entry, table)
    if found is None:
        return Misfit(entry, "header-row", table)
    return Misfit(entry, "headers", table, found.missing) if found.missing else None


def _header_row(last_seen: int, table: Table, wanted: set[str]) -> int | None:
    if not wanted:
        return last_seen
    if _held(table.header(last_seen).values(), wanted) == len(wanted):
        return last_seen
    top = table.frame.filter(pl.col("row") <= max(HEADER_SEARCH_ROWS, last_seen)).head(HEADER_SEARCH_ROWS)
    counts = {row: _held(cells, wanted) for row, *cells in top.select("row", *table.columns).iter_rows()}
    best = max(counts, key=lambda row: (counts[row], -abs(row - last_seen)), default=None)
    return best if best is not None and counts[best] * 2 >= len(wanted) else None


def _held(cells: Iterable[str | None], wanted: set[str]) -> int:
    return len({normal(cell) for cell in cells if cell} & wanted)
