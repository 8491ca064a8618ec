"""One indicator: its figure, what it counts, over the years, and by agency, province and theme."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.figures.editions import Vintage
from schakel.figures.pages.addresses import list_url, page_url
from schakel.figures.pages.answers import lists_words, own_cell
from schakel.figures.pages.cuts import Cut, cut
from schakel.figures.pages.definition import facts_of
from schakel.figures.pages.labels import province_labels, theme_labels
from schakel.figures.pages.trend import trend
from schakel.figures.views.asked import counted, indicator_or_404, vintage_asked, year_asked
from schakel.figures.vintages import vintages
from schakel.network.models import Party
from schakel.network.queries import agencies
from schakel.sharing.requests import PartyRequest, for_parties


@for_parties()
@counted
def indicator(request: PartyRequest, indicator_id: str) -> HttpResponse:
    """One indicator: its figure, what it counts, over the years, and by agency, province and theme."""
    found = indicator_or_404(indicator_id)
    known = queries.years(request.role_held.party)
    year, party = year_asked(request, known), request.role_held.party
    vintage = vintage_asked(request, year)
    read = vintages(party, known) | {year: vintage}
    by_year = {
        y: queries.figures(party, year=y, indicators=(indicator_id,), by=("agency",), stand=stand)[indicator_id]
        for y, stand in read.items()
    }
    now = by_year[year]
    own = own_cell(now, party)
    context = {
        "indicator": found,
        "name": queries.name_of(found),
        "year": year,
        "vintage": vintage,
        "years": [(str(y), page_url(indicator_id, y)) for y in known],
        "current": page_url(indicator_id, year),
        "figure": queries.shown(found, now["total"]),
        "own": queries.shown(found, own).exact if own else "",
        "lists": lists_words(found, now),
        "list_url": list_url(indicator_id, year),
        "own_url": list_url(indicator_id, year, agency=party.slug) if own else "",
        "facts": list(facts_of(found, now)),
        "trend": trend(found, by_year),
        "cuts": list(_cuts(found, party, vintage, now)),
    }
    return render(request, "figures/indicator.html", context)


def _cuts(found: Indicator, party: Party, vintage: Vintage, now: dict[str, Any]) -> list[Cut]:
    cuts, year = [], vintage.period
    if "agency" in found.breakdowns and len(now["cells"]) > 1:
        names = {agency.slug: agency.name for agency in agencies()}
        cuts.append(cut(found, now, "agency", year, names))
    labels = {"province": province_labels(), "theme": theme_labels()}
    for dimension in ("province", "theme"):
        if dimension in found.breakdowns:
            answer = queries.figures(party, year=year, indicators=(found.id,), by=(dimension,), stand=vintage)[found.id]
            if len(answer["cells"]) > 1:
                cuts.append(cut(found, answer, dimension, year, labels[dimension]))
    return cuts
