"""What a reader hands on: tables of cells at their true addresses.

Invariant: a cell's address is the one its sender sees. Row 1 of a sheet is row 1 here, column A is
column A, whatever is blank before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

CELL_TYPES = ("empty", "text", "number", "date", "boolean", "error")
CellType = Literal["empty", "text", "number", "date", "boolean", "error"]
CELL_TYPE = pl.Enum(list(CELL_TYPES))


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a delivery.

    ``frame`` has a column ``row`` (UInt32, the source's own row number; JSON records count from 1
    and their keys stand in row 0) and for each source column two columns: ``A`` (String: the
    cell's text, null if empty; numbers in shortest form "1234.5", dates as ISO 8601, booleans
    "true"/"false", errors as "#DIV/0!") and ``A.type`` (CELL_TYPE). Wholly blank rows may be
    left out; rows are in order.
    """

    file: str
    name: str  # sheet title, name of the CSV file without ending, name of the JSON list
    form: Literal["sheet", "csv", "json"]
    frame: pl.DataFrame
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[str] = frozenset()
    merged: tuple[str, ...] = ()  # ranges such as "B2:D2"
    notes: dict[str, str] = field(default_factory=dict)  # encoding, separator: what was detected

    @property
    def columns(self) -> list[str]:
        """Letters of the columns, left to right."""
        return [c for c in self.frame.columns if c != "row" and not c.endswith(".type")]

    def header(self, row: int) -> dict[str, str]:
        """Column letter to header text, for the non-empty cells of ``row``."""
        cells = self.frame.filter(pl.col("row") == row)
        if cells.is_empty():
            return {}
        return {c: cells[c][0] for c in self.columns if cells[c][0] is not None}


def address(table_name: str, form: str, column: str, row: int, header: str = "") -> str:
    """Where a cell is, as its sender would look it up.

    >>> address("Projecten", "sheet", "F", 17)
    'Projecten!F17'
    >>> address("Projecten", "json", "C", 3, "Naam")
    '/Projecten/2/Naam'
    """
    if form == "json":
        return f"/{table_name}/{row - 1}/{header}"
    return f"{table_name}!{column}{row}"
