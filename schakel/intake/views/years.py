"""A year that is collected: the secretariat sees and steers the state of the nine, an agency sees its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.intake import actions, collecting
from schakel.intake.forms.collecting import OpenYearForm, WindowForm
from schakel.intake.views import year_tables
from schakel.intake.views.gates import may_change
from schakel.network.models import Party, PartyKind
from schakel.sharing.requests import PartyRequest, for_parties

_FIRST, _LAST = 2000, 2100
_YEARS = frozenset(map(str, range(_FIRST, _LAST + 1)))
_NOTES = 10
Act = Callable[[PartyRequest, int], "forms.Form | None"]


def links(period: int, *, page: str = "intake:year") -> dict[str, object]:
    """Links to the years there are, this one marked, for the top of a page."""
    years = sorted({*collecting.years(), period}, reverse=True)
    return {
        "years": [(str(year), reverse(page, args=[year])) for year in years],
        "current": reverse(page, args=[period]),
        "period": period,
        "collected": collecting.year(period),
    }


@for_parties("agency", "secretariat")
def latest(request: PartyRequest) -> HttpResponse:
    """The newest year that was opened, or of which anything was delivered."""
    years = collecting.years()
    return redirect("intake:year", years[0] if years else timezone.localdate().year - 1)


@for_parties("agency", "secretariat")
def year(request: PartyRequest, period: int) -> HttpResponse:
    """The state of the nine for the secretariat, which steers it here; for an agency its own row."""
    if not _FIRST <= period <= _LAST:
        raise Http404
    if request.role_held.party.kind != PartyKind.SECRETARIAT:
        return _own(request, period)
    refused: forms.Form | None = None
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        must_change(request)
        refused = act(request, period)
        if refused is None:
            return redirect("intake:year", _asked_for(request) or period)
    return _network(request, period, refused)


def _asked_for(request: PartyRequest) -> int | None:
    """The year that was named in a form; None where there is none, or one that has no page."""
    asked = request.POST.get("period", "")
    return int(asked) if asked in _YEARS else None


def _own(request: PartyRequest, period: int) -> HttpResponse:
    found = collecting.agency_year(request.role_held.party, period, today=timezone.localdate())
    context = links(period) | {
        "found": found,
        "state": year_tables.year_badge(found),
        "table": year_tables.kinds_table(found, period),
        "ladder": year_tables.ladder_table(found.kinds, _("Quality of %(year)s, step by step") % {"year": period}),
        "shortfalls": year_tables.shortfalls(found.kinds),
        "meanings": year_tables.meanings(),
        "may_change": may_change(request),
    }
    return render(request, "intake/year_own.html", context)


def _network(request: PartyRequest, period: int, refused: forms.Form | None) -> HttpResponse:
    nine = collecting.state_of_the_nine(period, today=timezone.localdate())
    picture, behind = year_tables.nine_map(nine, period)
    context = links(period) | {
        "nine": nine,
        "picture": picture,
        "behind": behind,
        "table": year_tables.nine_table(nine, period),
        "notes": collecting.notes_about(period)[:_NOTES],
        "may_change": may_change(request),
        "signed": sum(found.certified for found in nine),
        "counted": sum(found.state == "counted" for found in nine),
        "late": [found.party for found in nine if found.late],
    }
    return render(request, "intake/year_network.html", context | _forms(period, refused), status=_status(refused))


def _status(refused: forms.Form | None) -> int:
    return 200 if refused is None else 422


def _forms(period: int, refused: forms.Form | None) -> dict[str, forms.Form]:
    collected, following = collecting.year(period), max([*collecting.years(), period]) + 1
    window = {"opens": collected.opens, "due": collected.due} if collected else {}
    made: dict[str, forms.Form] = {
        "window_form": WindowForm(initial=window, auto_id="window_%s"),
        "open_form": OpenYearForm(initial={"period": following if collected else period}, auto_id="open_%s"),
    }
    for name in ("opens", "due"):
        made["open_form"].fields[name].required = False
    if refused is not None:
        made["open_form" if isinstance(refused, OpenYearForm) else "window_form"] = refused
    return made


def _open(request: PartyRequest, period: int) -> forms.Form | None:
    form = OpenYearForm(request.POST, auto_id="open_%s")
    for name in ("opens", "due"):
        form.fields[name].required = False
    return done(request, form, lambda asked: actions.open_year(actor=request.actor, **asked), _("The year is open."))


def _move(request: PartyRequest, period: int) -> forms.Form | None:
    form = WindowForm(request.POST, auto_id="window_%s")

    def move(asked: dict[str, Any]) -> None:
        actions.change_window(actor=request.actor, period=period, **asked)

    return done(request, form, move, _("The dates are changed."))


def _close(request: PartyRequest, period: int) -> forms.Form | None:
    return done(
        request, None, lambda _asked: actions.close_year(actor=request.actor, period=period), _("The year is closed.")
    )


def _reopen(request: PartyRequest, period: int) -> forms.Form | None:
    return done(
        request, None, lambda _asked: actions.reopen_year(actor=request.actor, period=period), _("The year is open.")
    )


def _remind_late(request: PartyRequest, period: int) -> forms.Form | None:
    nine = collecting.state_of_the_nine(period, today=timezone.localdate())
    late = [found.party for found in nine if found.accepted < len(found.expected)]

    def ask(_asked: dict[str, Any]) -> None:
        for agency in late:
            actions.remind_now(actor=request.actor, agency=agency, period=period)

    return done(request, None, ask, _("Everybody whose lists are not all accepted is asked for them today."))


_ACTS: dict[str, Act] = {"open": _open, "move": _move, "close": _close, "reopen": _reopen, "remind": _remind_late}


def done(
    request: PartyRequest, form: forms.Form | None, act: Callable[[dict[str, Any]], object], said: str
) -> forms.Form | None:
    """Do what a form asks and say so; gives back the form where it is not right, or what it asks is refused."""
    if form is not None and not form.is_valid():
        return form
    try:
        act({} if form is None else form.cleaned_data)
    except actions.DeliveryRefused as refused:
        if form is None:
            messages.error(request, str(refused))
            return None
        form.add_error(None, str(refused))
        return form
    messages.success(request, said)
    return None


def must_change(request: PartyRequest) -> None:
    """Raises PermissionDenied for who may only look."""
    if not may_change(request):
        raise PermissionDenied(_("Only a data steward of your organisation may do this; you may look at the year."))


def agency_of(slug: str) -> Party:
    """The agency that a page is about. Raises Http404."""
    return get_object_or_404(Party, slug=slug, kind=PartyKind.AGENCY)
