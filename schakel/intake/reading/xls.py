"""Workbooks of Excel 97-2003 (BIFF in an OLE container), through calamine."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from schakel.intake.reading.grid import BOOLEAN, DATE, NUMBER, TEXT, Budget, Grid, letters
from schakel.intake.reading.refusals import RefusedError
from schakel.intake.reading.values import float_text, moment_text

_BLOCK = 4_096


def read_xls(path: Path, budget: Budget) -> Iterator[Grid]:
    """The worksheets of a workbook, in its own order. Raises RefusedError."""
    _refuse_others(path.read_bytes())
    try:
        with CalamineWorkbook.from_path(path) as book:
            for meta in book.sheets_metadata:
                if meta.typ == SheetTypeEnum.WorkSheet:
                    grid = Grid(meta.name, budget)
                    grid.hidden = meta.visible != SheetVisibleEnum.Visible
                    _fill(grid, book.get_sheet_by_name(meta.name))
                    yield grid
    except PasswordError as error:
        raise RefusedError("file.password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedError("file.unreadable", detail=error) from error


def _refuse_others(raw: bytes) -> None:
    """OLE containers that hold something else than an open workbook."""
    names = {
        name: name.encode("utf-16-le") in raw for name in ("EncryptedPackage", "WordDocument", "PowerPoint Document")
    }
    if names["EncryptedPackage"]:
        raise RefusedError("file.password")
    if "Workbook".encode("utf-16-le") in raw or "Book".encode("utf-16-le") in raw:
        return
    raise RefusedError("file.unknown-form", what="Word" if names["WordDocument"] else "OLE")


def _fill(grid: Grid, sheet: CalamineSheet) -> None:
    for area in sheet.merged_cell_ranges or ():
        (top, left), (bottom, right) = area
        grid.merged.append(f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}")
    if sheet.start is None:
        return
    rows = sheet.iter_rows()
    first = 1
    while block := list(islice(rows, _BLOCK)):
        for index, values in enumerate(zip(*block, strict=True), start=1):
            _add(grid, index, first, values)
        first += len(block)


def _add(grid: Grid, index: int, first: int, values: Sequence[Any]) -> None:
    if set(map(type, values)) == {str}:
        texts = ["" if text.isspace() else text for text in values]
        grid.extend(index, range(first, first + len(texts)), texts, TEXT)
        return
    for row, value in enumerate(values, start=first):
        if value != "":
            grid.put(row, index, *_cell(value))


def _cell(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return ("true" if value else "false"), BOOLEAN
    if isinstance(value, float):
        return float_text(value), NUMBER
    if isinstance(value, int):
        return str(value), NUMBER
    if isinstance(value, datetime.datetime):
        return moment_text(value), DATE
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat(), DATE
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}", TEXT
    return str(value), TEXT
