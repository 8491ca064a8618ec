"""One agency's year as the secretariat sees it: counts, findings by check, notes, exceptions, and its own signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.intake import actions, collecting, kinds
from schakel.intake.collecting import AgencyYear
from schakel.intake.forms.collecting import ExceptionForm, KindWindowForm, NoteForm, ReasonForm
from schakel.intake.models import Certification
from schakel.intake.views import year_tables
from schakel.intake.views.years import agency_of, done, links, must_change
from schakel.sharing.requests import PartyRequest, for_parties

Forms = dict[str, forms.Form]
Act = Callable[[PartyRequest, AgencyYear, int, Forms], forms.Form | None]


@for_parties("secretariat")
def agency_year(request: PartyRequest, period: int, slug: str) -> HttpResponse:
    """How an agency's year stands; what the secretariat does about it."""
    party = agency_of(slug)
    found = collecting.agency_year(party, period, today=timezone.localdate())
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    shown = _forms(request, found, asked)
    refused = False
    if asked:
        if asked not in _ACTS:
            raise Http404
        must_change(request)
        refused = _ACTS[asked](request, found, period, shown) is not None
        if not refused:
            return redirect("intake:agency_year", period, slug)
    context = links(period) | shown | _told(found, period)
    return render(request, "intake/year_agency.html", context, status=422 if refused else 200)


def _told(found: AgencyYear, period: int) -> dict[str, object]:
    return {
        "found": found,
        "state": year_tables.year_badge(found),
        "table": year_tables.kinds_table(found, period),
        "findings": year_tables.findings_table(found),
        "ladder": year_tables.ladder_table(found.kinds, _("Quality of %(year)s, step by step") % {"year": period}),
        "shortfalls": year_tables.shortfalls(found.kinds),
        "meanings": year_tables.meanings(),
        "exceptions": [(kind, year_tables.kind_name(kind.kind)) for kind in found.kinds if _exempt(kind)],
        "notes": collecting.notes_about(period, found.party),
        "history": collecting.certifications(found.party, period),
    }


def _exempt(kind: collecting.KindStand) -> bool:
    return kind.expectation is not None and kind.expectation.exempt


def _forms(request: PartyRequest, found: AgencyYear, asked: str) -> Forms:
    """The forms of the page; the one that was sent holds what was sent."""
    every = [(kind.name, year_tables.kind_name(kind.name)) for kind in kinds.kinds() if kind.delivered_by == "agency"]
    sent = {asked: request.POST}
    return {
        "note_form": NoteForm(sent.get("note"), auto_id="note_%s"),
        "exception_form": ExceptionForm(sent.get("except"), kinds=every, auto_id="except_%s"),
        "window_form": KindWindowForm(sent.get("move"), kinds=every, initial=_window(found), auto_id="window_%s"),
        "return_form": ReasonForm(sent.get("return"), auto_id="return_%s"),
    }


def _window(found: AgencyYear) -> dict[str, object]:
    first = next((kind.expectation for kind in found.kinds if kind.expectation is not None), None)
    return {"opens": first.opens, "due": first.due} if first is not None else {}


def _note(request: PartyRequest, found: AgencyYear, period: int, shown: Forms) -> forms.Form | None:
    def keep(asked: dict[str, Any]) -> None:
        actions.note_call(actor=request.actor, agency=found.party, period=period, how=asked["how"], text=asked["text"])

    return done(request, shown["note_form"], keep, _("The note is kept."))


def _except(request: PartyRequest, found: AgencyYear, period: int, shown: Forms) -> forms.Form | None:
    def make(asked: dict[str, Any]) -> None:
        kind, reason = asked["kind"], asked["reason"]
        actions.make_exception(actor=request.actor, agency=found.party, period=period, kind=kind, reason=reason)

    return done(request, shown["exception_form"], make, _("The exception holds; the agency sees the reason."))


def _expect(request: PartyRequest, found: AgencyYear, period: int, _shown: Forms) -> forms.Form | None:
    kind = request.POST.get("kind", "")
    if kind not in {known.name for known in kinds.kinds()}:
        raise Http404

    def expect(_asked: dict[str, Any]) -> None:
        actions.end_exception(actor=request.actor, agency=found.party, period=period, kind=kind)

    return done(request, None, expect, _("It is expected again."))


def _move(request: PartyRequest, found: AgencyYear, period: int, shown: Forms) -> forms.Form | None:
    def move(asked: dict[str, Any]) -> None:
        actions.change_window(actor=request.actor, agency=found.party, period=period, **asked)

    return done(request, shown["window_form"], move, _("The dates are changed."))


def _remind(request: PartyRequest, found: AgencyYear, period: int, _shown: Forms) -> forms.Form | None:
    def ask(_asked: dict[str, Any]) -> None:
        actions.remind_now(actor=request.actor, agency=found.party, period=period)

    return done(request, None, ask, _("The stewards are asked for it today."))


def _count(request: PartyRequest, found: AgencyYear, _period: int, _shown: Forms) -> forms.Form | None:
    signed = _signed(found)

    def accept(_asked: dict[str, Any]) -> None:
        actions.accept_year(actor=request.actor, certification=signed)

    return done(request, None, accept, _("The year is accepted for counting."))


def _return(request: PartyRequest, found: AgencyYear, _period: int, shown: Forms) -> forms.Form | None:
    signed = _signed(found)

    def give_back(asked: dict[str, Any]) -> None:
        actions.return_year(actor=request.actor, certification=signed, reason=asked["reason"])

    said = _("The year is returned; its stewards have it in their inbox.")
    return done(request, shown["return_form"], give_back, said)


def _signed(found: AgencyYear) -> Certification:
    if found.certification is None:
        raise Http404
    return found.certification


_ACTS: dict[str, Act] = {
    "note": _note,
    "except": _except,
    "expect": _expect,
    "move": _move,
    "remind": _remind,
    "count": _count,
    "return": _return,
}
