"""All figures of a year in a table, and for who sees all columns by agency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import catalogue
from schakel.figures.pages.addresses import page_url
from schakel.figures.pages.answers import Answer, complete, coverage_cell, exact_words, lists_words
from schakel.figures.pages.cards import Seen
from schakel.network.models import Party
from schakel.web.tables import Column, Link, Table


def figures_table(seen: Seen) -> Table:
    """All indicators of a view: its figure first, the network's, how that differs from the sum, and coverage."""
    rows = [_row(seen, name, found) for name, found in seen.now.items() if _has(seen, found)]
    columns = [
        Column("name", _("Indicator"), heading=True),
        *([] if seen.lens.whole else [Column("own", seen.lens.label, kind="number")]),
        Column("network", _("Network"), kind="number"),
        *([Column("lists", _("Against the sum of the lists"))] if seen.lens.by == "agency" else []),
        *([] if all(map(complete, seen.now.values())) else [Column("coverage", _("Coverage"))]),
    ]
    caption = _("All figures of %(year)s") % {"year": seen.year}
    return Table(caption=caption, columns=columns, rows=rows, caption_hidden=True)


def _has(seen: Seen, found: Answer) -> bool:
    return seen.lens.whole or seen.lens.by in found["by"]


def _row(seen: Seen, name: str, found: Answer) -> dict[str, object]:
    indicator = catalogue()[name]
    return {
        "name": Link(queries.name_of(indicator), page_url(name, seen.year, stand=seen.stand)),
        "network": exact_words(indicator, found["total"]),
        "own": exact_words(indicator, seen.cell(found)),
        "lists": lists_words(indicator, found),
        "coverage": coverage_cell(found),
    }


def agencies_table(agencies: Sequence[Party], year: int, now: Mapping[str, Answer]) -> Table:
    """The indicators by agency, for who sees all columns."""
    rows = []
    for name, found in now.items():
        if "agency" not in found["by"]:
            continue
        indicator = catalogue()[name]
        cells = {cell["place"][0]: exact_words(indicator, cell) for cell in found["cells"]}
        row: dict[str, object] = {"name": Link(queries.name_of(indicator), page_url(name, year))}
        rows.append(row | {agency.slug: cells.get(agency.slug, "–") for agency in agencies})
    columns = [
        Column("name", _("Indicator"), heading=True),
        *(Column(agency.slug, agency.name, kind="number") for agency in agencies),
    ]
    return Table(caption=_("By agency, %(year)s") % {"year": year}, columns=columns, rows=rows, wide=True)
