"""All figures of a year in a table."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import catalogue
from schakel.figures.pages.addresses import page_url
from schakel.figures.pages.answers import Answer, complete, coverage_cell, lists_words, own_cell
from schakel.network.models import Party, PartyKind
from schakel.web.tables import Column, Link, Table


def figures_table(party: Party, year: int, now: Mapping[str, Answer]) -> Table:
    """All indicators: the network's figure, the party's own, how it differs from the sum, and coverage."""
    rows = []
    for name, found in now.items():
        indicator = catalogue()[name]
        own = own_cell(found, party)
        rows.append(
            {
                "name": Link(queries.name_of(indicator), page_url(name, year)),
                "network": queries.shown(indicator, found["total"]).exact,
                "own": queries.shown(indicator, own).exact if own else "",
                "lists": lists_words(indicator, found),
                "coverage": coverage_cell(found),
            }
        )
    columns = [
        Column("name", _("Indicator"), heading=True),
        Column("network", _("Network"), kind="number"),
        *([Column("own", party.name, kind="number")] if party.kind == PartyKind.AGENCY else []),
        Column("lists", _("Against the sum of the lists")),
        *([] if all(map(complete, now.values())) else [Column("coverage", _("Coverage"))]),
    ]
    return Table(caption=_("All figures of %(year)s") % {"year": year}, columns=columns, rows=rows)


def agencies_table(agencies: list[Party], year: int, now: Mapping[str, Answer]) -> Table:
    """The indicators by agency, for who sees all columns."""
    rows = []
    for name, found in now.items():
        if "agency" not in found["by"]:
            continue
        indicator = catalogue()[name]
        cells = {cell["place"][0]: queries.shown(indicator, cell).exact for cell in found["cells"]}
        row: dict[str, object] = {"name": Link(queries.name_of(indicator), page_url(name, year))}
        rows.append(row | {agency.slug: cells.get(agency.slug, "–") for agency in agencies})
    columns = [
        Column("name", _("Indicator"), heading=True),
        *(Column(agency.slug, agency.name, kind="number") for agency in agencies),
    ]
    return Table(caption=_("By agency, %(year)s") % {"year": year}, columns=columns, rows=rows, wide=True)
