"""Cells as they are read on a page, and where the list behind each is."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.exploring.asked import Asked
from schakel.figures.exploring.crossing import ALL, Cell
from schakel.figures.exploring.dimensions import NOT_SAID, YEAR
from schakel.web.formats import NOTHING


def cell_words(cell: Cell) -> str:
    """The value as it is read; else why there is none."""
    if cell.value is not None:
        return queries.exact(cell.indicator.unit, cell.value)
    said = {
        "withheld": _("not shown"),
        "not_yours": _("not shown"),
        "not_asked": _("not shown"),
        "not_applicable": _("n/a"),
    }
    return said.get(cell.mark, NOTHING)


def list_of(asked: Asked, cell: Cell) -> str:
    """The address of the list behind a cell; empty where there is none to read."""
    if cell.mark not in ("", "withheld") or NOT_SAID in (cell.row, cell.column):
        return ""
    pairs = [("year", str(cell.year))]
    pairs += [(dimension, value) for dimension, values in asked.hidden.items() for value in values]
    pairs += [
        (dimension, value)
        for dimension, value in zip(asked.shown, (cell.row, cell.column), strict=False)
        if value != ALL and dimension != YEAR
    ]
    pairs += [("stand", asked.stand)] if asked.stand else []
    return f"{reverse('figures:list', args=[cell.indicator.id])}?{urlencode(pairs)}"
