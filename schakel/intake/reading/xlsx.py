"""Workbooks of Excel 2007 and later (ECMA-376), with or without macros, and of whoever writes them."""

from __future__ import annotations

from collections.abc import Iterator

from schakel.intake.reading.archive import Archive
from schakel.intake.reading.grid import Budget, Grid
from schakel.intake.reading.xlsx_sheet import sheet
from schakel.intake.reading.xlsx_strings import shared_strings
from schakel.intake.reading.xlsx_values import Meaning
from schakel.intake.reading.xlsx_workbook import workbook


def read_xlsx(archive: Archive, budget: Budget) -> Iterator[Grid]:
    """The worksheets of a workbook, in its own order. Raises RefusedError."""
    book = workbook(archive)
    strings = shared_strings(archive, book.strings_part) if archive.has(book.strings_part) else []
    meaning = Meaning(strings, book.clocks, book.since_1904)
    for part in book.sheets:
        yield sheet(archive, part, meaning, budget)
