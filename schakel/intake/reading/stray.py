"""Cells far away from all others: mostly a space or a slip that nobody sees."""

from __future__ import annotations

from itertools import pairwise

from schakel.intake.reading.grid import Grid, letters
from schakel.intake.reading.refusals import Remark

_BLANK_ROWS = 10_000
_BLANK_COLUMNS = 200


def stray_remark(grid: Grid) -> list[Remark]:
    """A remark on the first cell behind so many blank rows or columns, if there is one."""
    columns = sorted(index for index, column in grid.columns.items() if len(column))
    far_column = _beyond(columns, _BLANK_COLUMNS)
    far_row = _beyond(grid.used_rows(), _BLANK_ROWS)
    if far_column is not None:
        row = min(grid.columns[far_column].rows)
        return [_remark(grid, far_column, row)]
    if far_row is not None:
        column = min(index for index in columns if far_row in grid.columns[index].rows)
        return [_remark(grid, column, far_row)]
    return []


def _beyond(numbers: list[int], blank: int) -> int | None:
    return next((after for before, after in pairwise(numbers) if after - before > blank), None)


def _remark(grid: Grid, column: int, row: int) -> Remark:
    cell = f"{letters(column)}{row}"
    return Remark("sheet.stray-cell", {"cell": cell}, table=grid.name, cell=cell)
