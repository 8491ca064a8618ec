"""What only the records of an old workbook say: error cells, hidden rows and columns, a password."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from schakel.intake.reading.grid import ERROR, Grid
from schakel.intake.reading.refusals import RefusedError

_BEGIN, _END, _SHEET, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x002F
_FORMULA, _BOOLEAN_OR_ERROR, _ROW, _COLUMNS = 0x0006, 0x0205, 0x0208, 0x007D
_CELLS = frozenset((0x0006, 0x0205, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00BD, 0x00BE, 0x0201))
_DIMENSIONS, _ROWS, _WIDTH = 0x0200, 65_536, 256
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
"""[MS-XLS] 2.5.10, BErr."""


def refuse_outside(stream: bytes) -> None:
    """Raise RefusedError if a cell lies where an old sheet has none.

    Calamine lays a sheet out as a full rectangle, and would ask for hundreds of gigabytes.
    """
    for start in _starts(stream):
        for kind, data in _records(stream, start):
            if _outside(kind, data):
                raise RefusedError("file.unreadable", detail="a cell outside the sheet")


def _outside(kind: int, data: bytes) -> bool:
    if kind == _DIMENSIONS and len(data) >= 12:
        top, bottom, left, right = struct.unpack_from("<IIHH", data)
        return not (top <= bottom <= _ROWS and left <= right <= _WIDTH)
    return kind in _CELLS and int.from_bytes(data[2:4], "little") >= _WIDTH


def look(grid: Grid, stream: bytes, place: int) -> None:
    """Add to ``grid`` what the records of sheet number ``place`` (from 0) have besides values.

    Raises RefusedError if the workbook has a password or ends in the middle of a record.
    """
    starts = _starts(stream)
    if place >= len(starts):
        raise RefusedError("file.truncated", detail=f"sheet {grid.name}")
    for kind, data in _records(stream, starts[place]):
        _take(grid, kind, data)


def _starts(stream: bytes) -> list[int]:
    """Where the records of each sheet begin."""
    sheets = [data for kind, data in _records(stream, 0) if kind == _SHEET]
    return [int.from_bytes(data[:4], "little") for data in sheets]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record of the substream at ``start``, without those of charts in it."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        start += 4 + size
        if start > len(stream):
            break
        if kind == _PASSWORD:
            raise RefusedError("file.password")
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 0:
            return
        if depth == 1:
            yield kind, stream[start - size : start]
    raise RefusedError("file.truncated", detail="the records of the workbook have no end")


def _take(grid: Grid, kind: int, data: bytes) -> None:
    if kind == _BOOLEAN_OR_ERROR and len(data) >= 8 and data[7]:
        _put(grid, data, data[6])
    elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
        _put(grid, data, data[8])
    elif kind == _ROW and len(data) >= 14 and data[12] & _ROW_HIDDEN:
        grid.hidden_rows.add(int.from_bytes(data[:2], "little") + 1)
    elif kind == _COLUMNS and len(data) >= 10 and data[8] & _COLUMN_HIDDEN:
        first, last = struct.unpack_from("<HH", data)
        grid.hidden_columns.append((first + 1, last + 1))


def _put(grid: Grid, data: bytes, error: int) -> None:
    row, column = struct.unpack_from("<HH", data)
    grid.put(row + 1, column + 1, _ERRORS.get(error, "#N/A"), ERROR)
