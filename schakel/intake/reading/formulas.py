"""Formulas that no program ever calculated: they have no value to read."""

from __future__ import annotations

from schakel.intake.reading.grid import Grid, letters
from schakel.intake.reading.refusals import Remark

_SHOWN = 5  # addresses in one message


def remark_uncalculated(grid: Grid, cells: list[tuple[int, int]]) -> None:
    """Add one remark on all formulas of a table without a value; ``cells`` are rows and columns."""
    if not cells:
        return
    names = [f"{letters(column)}{row}" for row, column in sorted(cells)]
    shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    places = {"count": str(len(names)), "cells": shown}
    grid.remarks.append(Remark("sheet.formula-uncalculated", places, table=grid.name, cell=names[0]))
