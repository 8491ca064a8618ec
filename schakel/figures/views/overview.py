"""The overview: the network's figures of a year."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from schakel.figures import queries
from schakel.figures.editions import Vintage
from schakel.figures.pages.cards import cards
from schakel.figures.pages.cuts import Cut, cut
from schakel.figures.pages.labels import province_labels
from schakel.figures.pages.tables import agencies_table, figures_table
from schakel.figures.views.asked import counted, indicator_or_404, vintage_asked, year_asked
from schakel.network.models import Party, PartyKind
from schakel.network.queries import agencies, members_in
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.tables import Table


@for_parties()
@counted
def overview(request: PartyRequest) -> HttpResponse:
    """The network's figures of a year, with one's own beside them."""
    known = queries.years(request.role_held.party)
    year, party = year_asked(request, known), request.role_held.party
    vintage = vintage_asked(request, year)
    now = queries.figures(party, year=year, by=("agency",), stand=vintage)
    before = queries.figures(party, year=year - 1) if year - 1 in known else {}
    context = {
        "year": year,
        "vintage": vintage,
        "years": [(str(y), f"{reverse('figures:overview')}?year={y}") for y in known],
        "current": f"{reverse('figures:overview')}?year={year}",
        "cards": cards(party, year, now, before),
        "table": figures_table(party, year, now),
        "agencies": _agencies_table(party, year, now),
        "projects": _projects_by_province(party, year, vintage),
        "members": members_in(year).count(),
    }
    return render(request, "figures/overview.html", context)


def _agencies_table(party: Party, year: int, now: dict[str, Any]) -> Table | None:
    if party.kind != PartyKind.SECRETARIAT:
        return None
    return agencies_table(list(agencies()), year, now)


def _projects_by_province(party: Party, year: int, vintage: Vintage) -> Cut:
    found = queries.figures(party, year=year, indicators=("innovation_projects",), by=("province",), stand=vintage)
    indicator = indicator_or_404("innovation_projects")
    return cut(indicator, found[indicator.id], "province", year, province_labels())
