"""Tables for tests of settling: as a mapping names them, with the values that its codes translate."""

from __future__ import annotations

from itertools import zip_longest

import polars as pl

from schakel.intake.mapping import Mapping, TableMapping
from schakel.intake.tables import CELL_TYPE, Table

LETTERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *(f"A{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]


def table(name: str, headers: list[str], rows: list[list[str | None]] | None = None, *, header_row: int = 1) -> Table:
    """A table with these headers in ``header_row`` and text in the rows below it."""
    lines = [list[str | None](headers), *(rows or [])]
    columns = list(zip_longest(*lines)) if headers else []
    data: dict[str, pl.Series] = {"row": pl.Series(range(header_row, header_row + len(lines)), dtype=pl.UInt32)}
    for letter, cells in zip(LETTERS, columns, strict=False):
        data[letter] = pl.Series(cells, dtype=pl.String)
        kinds = ["empty" if cell is None else "text" for cell in cells]
        data[f"{letter}.type"] = pl.Series(kinds, dtype=CELL_TYPE)
    return Table("bestand.xlsx", name, "sheet", pl.DataFrame(data))


def of_entry(entry: TableMapping) -> Table:
    """The table that an entry reads, with a row for each value that it translates."""
    sources = {source.header: list(source.codes) for source in entry.fields.values() if source.header}
    rows = [list(row) for row in zip_longest(*sources.values())] or [[None] * len(sources)]
    return table(entry.table, list(sources), rows, header_row=entry.header_row)


def of_mapping(mapping: Mapping) -> list[Table]:
    """The tables that a mapping reads, each once."""
    entries: dict[str, TableMapping] = {}
    for entry in mapping.tables:
        held = entries.get(entry.table)
        entries[entry.table] = entry if held is None else _both(held, entry)
    return [of_entry(entry) for entry in entries.values()]


def _both(one: TableMapping, other: TableMapping) -> TableMapping:
    fields = {f"a{n}": source for n, source in enumerate((*one.fields.values(), *other.fields.values()))}
    return TableMapping(one.kind, one.table, one.header_row, fields)
