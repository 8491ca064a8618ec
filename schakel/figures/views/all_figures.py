"""All figures of a year by somebody's own view, and for the secretariat each of them by agency."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from schakel.figures import queries
from schakel.figures.pages.addresses import all_url, overview_url
from schakel.figures.pages.cards import Seen
from schakel.figures.pages.tables import agencies_table, figures_table
from schakel.figures.queries import Wanted
from schakel.figures.views.asked import counted
from schakel.figures.views.ground import ground_of
from schakel.network.models import PartyKind
from schakel.sharing.requests import PartyRequest, for_parties


@for_parties()
@counted
def all_figures(request: PartyRequest) -> HttpResponse:
    """Every indicator of a year: the network's figure beside one's own or a province's, and coverage."""
    ground = ground_of(request)
    party, lens, year = ground.party, ground.lens, ground.year
    [now] = queries.several(party, [Wanted(ground.vintage, by=(lens.by,))])
    seen = Seen(party, lens, year, {year: now}, members={}, targets={}, stand=ground.stand)
    by_agency = lens.whole and party.kind == PartyKind.SECRETARIAT
    context = {
        "year": year,
        "vintage": ground.vintage,
        "years": [(str(each), all_url(year=each, voor=lens.key)) for each in ground.known],
        "this_year": all_url(year=year, voor=lens.key),
        "lenses": [(each.label, all_url(**(ground.said | {"voor": each.key}))) for each in ground.tabs],
        "current": all_url(**ground.said),
        "overview_url": overview_url(**ground.said),
        "table": figures_table(seen),
        "agencies": agencies_table(ground.agencies, year, now) if by_agency else None,
    }
    return render(request, "figures/all.html", context)
