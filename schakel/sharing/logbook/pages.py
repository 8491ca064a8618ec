"""The pages of the audit log: searched, one line, and taken along."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from schakel.network.models import PartyKind
from schakel.sharing.logbook.forms import SearchForm
from schakel.sharing.logbook.gates import for_readers
from schakel.sharing.logbook.searching import Asked, page_of, parts_of
from schakel.sharing.logbook.telling import HEADING, as_cells, log_table, told, what, who, why
from schakel.sharing.looking import saw
from schakel.sharing.mandates import standing
from schakel.sharing.requests import PartyRequest
from schakel.trail.models import Entry, Seal
from schakel.web.formats import moment_long
from schakel.web.sheets import csv_response, xlsx_response

FORMS = ("csv", "xlsx")
MOST = 50_000  # lines of a file, the last ones


@require_GET
@for_readers
def lines(request: PartyRequest) -> HttpResponseBase:
    """The lines that the reader may read, as they are asked for."""
    form = SearchForm(request.GET)
    asked = form.asked()
    page = page_of(asked)
    _written(request, "listed", asked)
    context = {
        "form": form,
        "table": log_table(page.lines, party=request.actor.owner, links=not _audits(request)),
        "newer": f"?{asked.query(after=page.lines[0].pk, before=None)}" if page.newer and page.lines else "",
        "older": f"?{asked.query(before=page.lines[-1].pk, after=None)}" if page.older else "",
        "first": f"?{asked.query(before=None, after=None)}" if page.newer or (page.older and asked.after) else "",
        "files": [(form, _file_url(asked, form)) for form in FORMS],
        "most": MOST,
        "audits": _audits(request),
    }
    return render(request, "logbook/lines.html", context)


@require_GET
@for_readers
def line(request: PartyRequest, line_id: int) -> HttpResponseBase:
    """One line with all that it holds, and its seal."""
    found = get_object_or_404(Entry, pk=line_id)
    (one,) = told([found])
    seal = Seal.objects.filter(entry_id=found.pk).first()
    facts = [
        (_("When"), moment_long(found.at)),
        (_("Who"), who(one, request.actor.owner)),
        (_("As which party"), one.party or _("for no party")),
        (_("What was done"), what(one, links=not _audits(request))),
        (_("Of whom it is"), one.concerned),
        (_("Why"), why(one)),
        (_("From where"), one.channel),
        (_("Address"), one.address or _("not kept, or not yours to see")),
        (_("Further, by the names under which it was sealed"), one.further),
        (_("Sealed"), f"{seal.pk} · {bytes(seal.digest).hex()}" if seal else _("within a second or so")),
    ]
    _written(request, "opened", Asked(), line=found.pk)
    return render(request, "logbook/line.html", {"line": found, "facts": [pair for pair in facts if pair[1]]})


@require_GET
@for_readers
def file(request: PartyRequest, form: str) -> HttpResponseBase:
    """What is asked for as a file, the last lines first; a question that cannot be read gives none."""
    search = SearchForm(request.GET)
    if form not in FORMS or not search.is_valid():
        raise Http404
    asked = search.asked()
    rows = [row for part in parts_of(asked, at_most=MOST) for row in as_cells(part)]
    _written(request, "exported", asked, form=form, lines=len(rows))
    name = f"schakel-{_('audit-log')}-{timezone.localdate():%Y%m%d}.{form}"
    if form == "csv":
        return csv_response(name, HEADING, rows)
    return xlsx_response(name, _("Audit log"), HEADING, rows)


def _written(request: PartyRequest, verb: str, asked: Asked, **detail: object) -> None:
    """Reading the log is a line too; of who gave a mandate one that they read. What was asked stands in it by name."""
    parts = sorted(name for name in Asked.__dataclass_fields__ if getattr(asked, name) not in (None, ""))
    givers = standing(request.actor.owner) if _audits(request) else []
    seen = [(giver.owner_id, 0) for giver in givers]
    saw(actor=request.actor, verb=verb, kind="trail", seen=seen, asked=parts, **detail)


def _audits(request: PartyRequest) -> bool:
    return bool(request.role_held.party.kind == PartyKind.AUDITOR)


def _file_url(asked: Asked, form: str) -> str:
    return f"{reverse('logbook:file', args=[form])}?{asked.query(before=None, after=None)}"
