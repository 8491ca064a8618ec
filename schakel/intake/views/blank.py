"""Blank workbooks to fill in, for who has no system to export from."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.intake import kinds, mapping
from schakel.intake.blank import blank_workbook, own_codes
from schakel.intake.models import ConfirmedMapping
from schakel.intake.titles import titles_of_period
from schakel.intake.writing import record_tables
from schakel.network.models import PartyKind
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note

_ALL = "alles"
_MOST_NUMBERS = 5000  # of one kind, to choose from in a cell
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_parties("agency", "secretariat")
def blank(request: PartyRequest, year: int, name: str) -> HttpResponse:
    """A workbook with an empty sheet for one kind or for all, with one's own codes and numbers to choose from."""
    party = request.role_held.party
    by = "network" if party.kind == PartyKind.SECRETARIAT else "agency"
    kept = {table.kind for table in record_tables()}
    chosen = [kind for kind in kinds.kinds() if kind.delivered_by == by and kind.name in kept]
    chosen = [kind for kind in chosen if name in (_ALL, kind.name)]
    if not chosen or not 2000 <= year <= 2100:
        raise Http404
    confirmed = ConfirmedMapping.objects.filter(owner=party).first()
    wanted = {field.refers_to for kind in chosen for field in kind.fields if field.refers_to in kept}
    content = blank_workbook(
        chosen,
        agency=party.name,
        period=year,
        language=(get_language() or "nl")[:2],
        known={
            kind: sorted(titles_of_period(kind, party.pk, year))[:_MOST_NUMBERS]
            for kind in sorted(filter(None, wanted))
        },
        own_codes=own_codes(mapping.parse(confirmed.text)) if confirmed else {},
    )
    note(actor=request.actor, verb="exported", kind="blank workbook", year=year, of=name)
    response = HttpResponse(content, content_type=_XLSX)
    called = _("blank-%(year)s-%(name)s.xlsx") % {"year": year, "name": name}
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(called)}"
    return response
