"""The overview on one page of paper."""

from __future__ import annotations

from django.http import HttpResponse

from schakel.figures.paper import one_page
from schakel.figures.views.asked import counted
from schakel.figures.views.overview import asked
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note


@for_parties()
@counted
def overview_pdf(request: PartyRequest) -> HttpResponse:
    """The same figures as the overview at the same address, as a PDF of one A4."""
    found = asked(request)
    note(actor=request.actor, verb="exported", kind="overview", objects=[])
    made = one_page(found.overview, found.ground.year, found.ground.vintage)
    name = f"schakel-{found.ground.lens.key}-{found.ground.year}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
