"""Workbooks of Excel 97-2003 (BIFF in an OLE container), through calamine.

Calamine gives error cells as empty and says nothing of hidden rows and columns, so the records of
the workbook are looked through a second time for those ([MS-XLS] 2.4).
"""

from __future__ import annotations

import datetime
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

import olefile
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError
from python_calamine import SheetTypeEnum as SheetType
from python_calamine import SheetVisibleEnum as Visible

from schakel.intake.reading.grid import BOOLEAN, DATE, NUMBER, TEXT, Budget, Grid, letters
from schakel.intake.reading.refusals import RefusedError
from schakel.intake.reading.values import float_text, moment_text
from schakel.intake.reading.xls_records import look, refuse_outside

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta

_STREAMS = ("Workbook", "Book")
_OTHERS = (("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint"), ("VisioDocument", "Visio"))


def read_xls(path: Path, budget: Budget) -> Iterator[Grid]:
    """The worksheets of a workbook, in its own order. Raises RefusedError."""
    records = _records(path)
    refuse_outside(records)
    try:
        with CalamineWorkbook.from_path(path) as book:
            for place, meta in enumerate(book.sheets_metadata):
                if meta.typ == SheetType.WorkSheet:
                    grid = Grid(meta.name, budget)
                    grid.hidden = meta.visible != Visible.Visible
                    _fill(grid, book.get_sheet_by_name(meta.name))
                    look(grid, records, place)
                    yield grid
    except PasswordError as error:
        raise RefusedError("file.password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedError("file.unreadable", detail=error) from error
    except BaseException as error:  # a panic of calamine is no Exception, and no class that can be named
        if type(error).__name__ != "PanicException":
            raise
        raise RefusedError("file.unreadable", detail="its structure contradicts itself") from error


def _records(path: Path) -> bytes:
    """The stream of records in the container. Raises RefusedError where it holds something else."""
    try:
        with olefile.OleFileIO(str(path)) as container:
            if container.exists("EncryptedPackage"):
                raise RefusedError("file.password")
            for name in _STREAMS:
                if container.exists(name):
                    return bytes(container.openstream(name).read())
            what = next((what for name, what in _OTHERS if container.exists(name)), "OLE")
    except (OSError, ValueError, IndexError, TypeError, struct.error) as error:
        raise RefusedError("file.truncated", detail=error) from error
    raise RefusedError("file.unknown-form", what=what)


def _fill(grid: Grid, sheet: CalamineSheet) -> None:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        grid.merged.append(f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}")
    if sheet.start is None:
        return
    rows = sheet.to_python(skip_empty_area=False)  # iter_rows leaves out blank columns on the left
    for index, values in enumerate(zip(*rows, strict=True), start=1):
        if values.count("") < len(values):
            _add(grid, index, values)


def _add(grid: Grid, index: int, values: Sequence[Value]) -> None:
    cells = [_cell(value) for value in values]
    grid.extend(index, range(1, len(cells) + 1), [text for text, _ in cells], [kind for _, kind in cells])


def _cell(value: Value) -> tuple[str, str]:
    if isinstance(value, str):
        return ("" if value.isspace() else value), TEXT
    if isinstance(value, bool):
        return ("true" if value else "false"), BOOLEAN
    if isinstance(value, int | float):
        return float_text(float(value)), NUMBER
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}", TEXT
    return (moment_text(value) if isinstance(value, datetime.datetime) else value.isoformat()), DATE
