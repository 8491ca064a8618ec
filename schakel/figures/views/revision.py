"""What is other in a later closing of a year, and why."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from schakel.figures.catalogue import catalogue
from schakel.figures.pages import revision as shown
from schakel.figures.queries import audience_of
from schakel.figures.revising import explained, revised
from schakel.figures.views.asked import counted, not_published
from schakel.figures.vintages import is_maker, vintage_of
from schakel.network.models import Party
from schakel.network.queries import agencies
from schakel.sharing.requests import PartyRequest, for_parties


@for_parties()
@counted
def revision(request: PartyRequest, period: int, version: int) -> HttpResponse:
    """The closing ``version`` of ``period`` beside the one before it, for who may read both."""
    party = request.role_held.party
    if not is_maker(party) and vintage_of(party, period) is None:
        return not_published(request, period)
    found = revised(party, period, version)
    if found is None:
        raise Http404
    told = explained(party, found)
    context = {
        "period": period,
        "vintage": vintage_of(party, period, str(version)),
        "closing": found.closing,
        "against": found.against,
        "decided": shown.decided(found.closing),
        "table": shown.figures_table(told, "", _("the network")),
        "records": shown.records_table(told, ""),
        "causes": [(shown.CAUSES[cause], shown.MEANINGS[cause]) for cause in shown.causes_in(told)],
        "subtracted": shown.subtracted_table(told, catalogue()) if audience_of(party).all_agencies else None,
        "own": [shown.figures_table(told, agency.slug, agency.name) for agency in _agencies(told)],
    }
    return render(request, "figures/revision.html", context)


def _agencies(told: shown.Told) -> list[Party]:
    differing = shown.columns_that_differ(told)
    return [agency for agency in agencies() if agency.slug in differing]
