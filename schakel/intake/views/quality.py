"""The ladder of quality over the years: an agency sees itself; the secretariat the steps by agency, in counts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.intake import collecting
from schakel.intake.views import year_tables
from schakel.network.models import PartyKind
from schakel.sharing.requests import PartyRequest, for_parties

_YEARS = 6


@for_parties("agency", "secretariat")
def quality(request: PartyRequest) -> HttpResponse:
    """How many steps were reached, by kind and year; for the year that is asked for, which not and why."""
    known = collecting.years()[:_YEARS]
    if not known:
        return render(request, "intake/quality.html", {"meanings": year_tables.meanings()})
    asked = request.GET.get("year", "")
    period = next((year for year in known if str(year) == asked), known[0])
    page = reverse("intake:quality")
    context: dict[str, object] = {
        "period": period,
        "years": [(str(year), f"{page}?year={year}") for year in known],
        "current": f"{page}?year={period}",
        "meanings": year_tables.meanings(),
    }
    if request.role_held.party.kind == PartyKind.SECRETARIAT:
        nine = collecting.state_of_the_nine(period, today=timezone.localdate())
        context |= {"table": year_tables.network_quality_table(nine, period)}
    else:
        context |= _own(request, period, known)
    return render(request, "intake/quality.html", context)


def _own(request: PartyRequest, period: int, known: list[int]) -> dict[str, object]:
    party, today = request.role_held.party, timezone.localdate()
    by_year = [(year, collecting.agency_year(party, year, today=today)) for year in known]
    chosen = dict(by_year)[period]
    return {
        "table": year_tables.quality_table(by_year),
        "ladder": year_tables.ladder_table(chosen.kinds, _("Quality of %(year)s, step by step") % {"year": period}),
        "shortfalls": year_tables.shortfalls(chosen.kinds),
    }
