"""The pages of requests about data: those of the acting party, and one with what is held and what may be done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schakel.network.models import PartyKind
from schakel.privacy import actions
from schakel.privacy.declaring import holdings, processings
from schakel.privacy.exporting import of_request, rows_of
from schakel.privacy.forms import AskForm, SaidForm
from schakel.privacy.jobs import carry_out_request
from schakel.privacy.models import Asks, PersonalRequest, RequestState, Retained
from schakel.privacy.processing_register import entries, period, told
from schakel.privacy.retaining import past_their_period
from schakel.privacy.retention import kinds, periods
from schakel.sharing.people.gates import for_administrators
from schakel.sharing.requests import PartyRequest
from schakel.trail.actions import note
from schakel.web.formats import language
from schakel.web.tables import Badge, Column, Link, Table

_ROWS, _SIGNS, _ROUNDS = 10, 300, 50
_BADGES = {
    RequestState.RECEIVED: "info",
    RequestState.IDENTIFIED: "info",
    RequestState.DECIDED: "warning",
    RequestState.DONE: "ok",
    RequestState.REFUSED: "neutral",
}
# What can be said of a request that is so far: verb to the label and help of its form.
_SAYS = {
    "identify": (
        gettext_lazy("How you checked who asks this"),
        gettext_lazy("For instance: seen with passport, 3 March. Keep no copy of it."),
    ),
    "answered": (gettext_lazy("What was done"), gettext_lazy("For instance: export sent on paper, values corrected.")),
    "decide": (
        gettext_lazy("Why nothing keeps you from erasing"),
        gettext_lazy("It cannot be undone. Figures, decisions on identity and the trail stay; names and numbers go."),
    ),
    "refuse": (
        gettext_lazy("On what legal ground you refuse"),
        gettext_lazy(
            "For instance: State aid, kept ten years (art. 17(3)(b) GDPR). The person is told, and may complain."
        ),
    ),
}


@require_http_methods(["GET", "POST"])
@for_administrators
def requests(request: PartyRequest) -> HttpResponseBase:
    """The requests of the acting party, those it sent on, and the form for another."""
    routes = request.role_held.party.kind == PartyKind.SECRETARIAT
    form = AskForm(request.POST if request.method == "POST" else None, routes=routes)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.receive(actor=request.actor, **form.cleaned_data)
        except actions.RequestRefused as refused:
            form.add_error(None, str(refused))
        else:
            if made[0].owner_id == request.actor.party:
                return redirect("privacy:request", made[0].pk)
            said = ngettext("Sent on to %(n)s organisation.", "Sent on to %(n)s organisations.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("privacy:requests")
    page = Paginator(PersonalRequest.objects.select_related("owner"), 25).get_page(request.GET.get("page"))
    context = {"form": form, "table": _table(request, list(page)), "page": page, "routes": routes}
    return render(request, "privacy/requests.html", context, status=422 if form.errors else 200)


@require_GET
@for_administrators
def one(request: PartyRequest, request_id: int) -> HttpResponseBase:
    """A request: who asks, what is held of them here, and what can be done next."""
    found = _own(request, request_id)
    return render(request, "privacy/request.html", _context(request, found))


@require_POST
@for_administrators
def act(request: PartyRequest, request_id: int, verb: str) -> HttpResponseBase:
    """Do the next thing with a request: check who asks, look up, answer, decide, refuse."""
    found = _own(request, request_id)
    if verb == "look":
        actions.look(actor=request.actor, request_id=found.pk)
        return redirect("privacy:request", found.pk)
    if verb not in _SAYS:
        raise Http404
    form = SaidForm(request.POST, label=_SAYS[verb][0], help_text=_SAYS[verb][1])
    if form.is_valid():
        try:
            _do(request, found.pk, verb, form.cleaned_data["said"])
        except actions.RequestRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("privacy:request", found.pk)
    return render(request, "privacy/request.html", _context(request, found) | {"wrong": form, "verb": verb}, status=422)


@require_GET
@for_administrators
def export(request: PartyRequest, request_id: int) -> HttpResponseBase:
    """All that was found, as a file for who asked; only once it is known who that is."""
    found = _own(request, request_id)
    if found.state != RequestState.IDENTIFIED or found.looked_at is None:
        raise Http404
    content = of_request(found, request.actor.owner)
    note(actor=request.actor, verb="exported", kind=actions.KIND, objects=[found.pk])
    return as_zip(content, f"gegevens-{found.pk}.zip")


@require_GET
@for_administrators
def retention(request: PartyRequest) -> HttpResponseBase:
    """How long what is kept, what is past its period now, and what rounds did."""
    days, party = periods(), request.role_held.party
    due = {one.kept.name: len(one.ids) for one in past_their_period(process="page", parties=[party])}
    rows = [
        {
            "what": kept.title.in_(language()),
            "days": period(days[kept.name]),
            "since": kept.since.in_(language()),
            "why": kept.why.in_(language()),
            "due": due.get(kept.name, 0),
        }
        for kept in kinds()
    ]
    titles = {kept.name: kept.title.in_(language()) for kept in kinds()}
    done = [
        {"at": one.at, "what": titles.get(one.kind, one.kind), "gone": one.gone, "days": period(one.days)}
        for one in Retained.objects.all()[:_ROUNDS]
    ]
    context = {"periods": _periods(rows), "rounds": _rounds(done)}
    return render(request, "privacy/retention.html", context)


@require_GET
@for_administrators
def processing(request: PartyRequest) -> HttpResponseBase:
    """The register of processing."""
    listed = [
        {
            "title": one.processing.title.in_(language()),
            "facts": told(one, language()),
            "tables": [
                {"table": table.table, "named": ", ".join(table.named), "free": ", ".join(table.free)}
                for table in one.tables
            ],
        }
        for one in entries()
    ]
    return render(request, "privacy/processing.html", {"entries": listed})


def as_zip(content: bytes, name: str) -> HttpResponse:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _own(request: PartyRequest, request_id: int) -> PersonalRequest:
    return get_object_or_404(PersonalRequest, pk=request_id, owner_id=request.actor.owner)


def _do(request: PartyRequest, pk: int, verb: str, said: str) -> None:
    actor = request.actor
    if verb == "identify":
        actions.identify(actor=actor, request_id=pk, how=said)
        actions.look(actor=actor, request_id=pk)
    elif verb == "answered":
        actions.answered(actor=actor, request_id=pk, how=said)
    elif verb == "refuse":
        actions.refuse(actor=actor, request_id=pk, reason=said)
    else:
        actions.decide(actor=actor, request_id=pk, reason=said)
        carry_out_request.defer(request_id=pk, party=actor.owner, person=actor.person)


def _context(request: PartyRequest, found: PersonalRequest) -> dict[str, Any]:
    verbs = {
        RequestState.RECEIVED: ("identify", "refuse"),
        RequestState.IDENTIFIED: ("decide" if found.asks == Asks.ERASURE else "answered", "refuse"),
    }.get(RequestState(found.state), ())
    words = {one.name: one.title.in_(language()) for one in processings()}
    declared = {holding.table: holding for holding in holdings()}
    shown = rows_of(found.found, request.actor.owner) if found.state == RequestState.IDENTIFIED else {}
    if found.looked_at is not None and shown:
        note(actor=request.actor, verb="opened", kind=actions.KIND, objects=[found.pk])
    return {
        "found": found,
        "badge": _badge(found),
        "marks": list(found.marks.values_list("text", flat=True)),
        "parts": [
            {
                "title": words[declared[table].processing],
                "table": table,
                "count": len(rows),
                "rows": [_plain(row) for row in rows[:_ROWS]],
                "more": max(0, len(rows) - _ROWS),
            }
            for table, rows in shown.items()
        ],
        "done": sorted(found.done.items()),
        "forms": [(verb, SaidForm(label=_SAYS[verb][0], help_text=_SAYS[verb][1])) for verb in verbs],
    }


def _plain(row: dict[str, Any]) -> str:
    """A row in a line; long texts are cut."""
    said = ", ".join(f"{name}: {value}" for name, value in row.items() if value not in ("", [], {}))
    return said if len(said) <= _SIGNS else f"{said[:_SIGNS]}…"


def _badge(found: PersonalRequest) -> Badge:
    if found.overdue(timezone.localdate()):
        return Badge("error", _("past its date"))
    return Badge(_BADGES[RequestState(found.state)], found.get_state_display())


def _table(request: PartyRequest, listed: list[PersonalRequest]) -> Table:
    own = request.actor.party
    return Table(
        caption=_("Requests"),
        columns=[
            Column("number", _("Request"), heading=True),
            Column("asks", _("What is asked")),
            Column("of", _("Of whom")),
            Column("asked_on", _("Asked on"), kind="date"),
            Column("due", _("Due"), kind="date"),
            Column("state", _("State")),
        ],
        rows=[
            {
                "number": Link(found.pk, f"/privacy/{found.pk}/") if found.owner_id == own else found.pk,
                "asks": found.get_asks_display(),
                "of": str(found.owner),
                "asked_on": found.asked_on,
                "due": found.due,
                "state": _badge(found),
            }
            for found in listed
        ],
        empty=_("Nobody has asked about their data yet."),
        empty_how=_("Write down a request below when one comes in, by whatever way."),
    )


def _periods(rows: list[dict[str, object]]) -> Table:
    return Table(
        caption=_("How long what is kept"),
        columns=[
            Column("what", _("What"), heading=True),
            Column("days", _("How long")),
            Column("since", _("Since")),
            Column("why", _("Why")),
            Column("due", _("Past it now"), kind="number"),
        ],
        rows=rows,
    )


def _rounds(rows: list[dict[str, object]]) -> Table:
    return Table(
        caption=_("What rounds did"),
        columns=[
            Column("at", _("When"), kind="moment", heading=True),
            Column("what", _("What")),
            Column("days", _("Kept")),
            Column("gone", _("Taken away"), kind="number"),
        ],
        rows=rows,
        empty=_("Nothing was past its period yet."),
        empty_how=_("A round is made every night."),
    )
