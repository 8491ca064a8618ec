"""Own definitions: what agencies mean by an indicator where that is not the national definition."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from schakel.figures.own import own_of
from schakel.figures.pages.definition import own_table
from schakel.network.queries import agencies
from schakel.sharing.requests import PartyRequest, for_parties


@for_parties()
def definitions(request: PartyRequest) -> HttpResponse:
    """All agencies' own definitions, or those of one (``?rom=``)."""
    names = {agency.slug: agency.name for agency in agencies()}
    chosen = request.GET.get("rom", "")
    chosen = chosen if chosen in names else ""
    context = {
        "table": own_table(own_of(agency=chosen), names, of_one=False),
        "links": [(_("All"), request.path), *((name, f"{request.path}?rom={slug}") for slug, name in names.items())],
        "current": f"{request.path}?rom={chosen}" if chosen else request.path,
    }
    return render(request, "figures/definitions.html", context)
