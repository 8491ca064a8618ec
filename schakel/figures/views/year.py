"""The standing of a year: where it is on its way to publication, and what each may do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.figures.actions import publishing
from schakel.figures.actions.closing import ClosingRefused, order_closing
from schakel.figures.actions.publishing import PublicationRefused
from schakel.figures.editions import EMBARGO
from schakel.figures.forms import ApprovalForm, HourForm, ReasonForm, RemarkForm
from schakel.figures.models import Publication
from schakel.figures.pages import standing as shown
from schakel.figures.standing import BodyStand, YearStanding, standing_of
from schakel.figures.views.asked import counted, not_published
from schakel.figures.vintages import certified_of, is_maker, vintage_of
from schakel.intake import collecting
from schakel.intake.views.gates import may_change
from schakel.network.models import Party, PartyKind
from schakel.sharing.requests import PartyRequest, for_parties

_FIRST, _LAST = 2000, 2100
_NOTHING_NEW = 204
Forms = dict[str, forms.Form]
Act = Callable[[PartyRequest, YearStanding, Forms], forms.Form | None]


@for_parties()
@counted
def year(request: PartyRequest, period: int) -> HttpResponse:
    """How the year ``period`` stands; its makers act here, others read what is published."""
    if not _FIRST <= period <= _LAST:
        raise Http404
    if not is_maker(request.role_held.party):
        return _for_readers(request, period)
    standing = standing_of(period)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    made, refused = _forms(request, standing, asked), False
    if asked:
        refused = _act(request, asked)(request, standing, made) is not None
        if not refused:
            return redirect("figures:year", period)
    return render(request, "figures/year.html", _told(request, standing) | made, status=422 if refused else 200)


@for_parties("agency", "secretariat")
def closing(request: PartyRequest, period: int) -> HttpResponse:
    """Whether the closing that is being made is there: then the page that asks is loaded anew."""
    if standing_of(period).being_made:
        return HttpResponse(status=_NOTHING_NEW)
    return HttpResponse(headers={"HX-Refresh": "true"})


def _for_readers(request: PartyRequest, period: int) -> HttpResponse:
    if vintage_of(request.role_held.party, period) is None:
        return not_published(request, period)
    standing = standing_of(period)
    context = {"period": period, "state": shown.badge_of(standing.state), "published": standing.published}
    return render(request, "figures/year_public.html", context)


def _told(request: PartyRequest, standing: YearStanding) -> dict[str, Any]:
    party = request.role_held.party
    network = party.kind == PartyKind.SECRETARIAT
    return {
        "period": standing.period,
        "standing": standing,
        "state": shown.badge_of(standing.state),
        "steps": shown.steps_of(standing),
        "missing": _missing(standing.period) if network else [],
        "own": None if network else collecting.agency_year(party, standing.period, today=timezone.localdate()),
        "closings": shown.closings_table(standing),
        "bodies": shown.bodies_table(standing),
        "acts": shown.acts_of(standing),
        "steers": network and may_change(request),
        "network": network,
        "embargo": EMBARGO,
    }


def _missing(period: int) -> list[Party]:
    """The agencies that did not certify the year, or were not accepted for counting yet; for the secretariat alone."""
    signed, members = certified_of(period)
    if signed == members:
        return []
    nine = collecting.state_of_the_nine(period, today=timezone.localdate())
    return [found.party for found in nine if found.state != "counted"]


def _forms(request: PartyRequest, standing: YearStanding, asked: str) -> dict[str, Any]:
    sent = {asked: request.POST}
    made: dict[str, Any] = {
        "close_form": ReasonForm(sent.get("close"), auto_id="close_%s"),
        "prepare_form": RemarkForm(sent.get("prepare"), auto_id="prepare_%s"),
        "hour_form": HourForm(sent.get("hour"), auto_id="hour_%s", initial={"at": _hour(standing.publication)}),
        "withdraw_form": ReasonForm(sent.get("withdraw"), auto_id="withdraw_%s"),
    }
    own = [stand for stand in standing.bodies if stand.body.owner_id == request.role_held.party_id]
    may = may_change(request) and standing.pending is not None
    made["approvals"] = [(stand, _approval_form(request, stand, asked)) for stand in own] if may else []
    return made


def _hour(publication: Publication | None) -> object:
    return publication.publish_at if publication is not None else None


def _approval_form(request: PartyRequest, stand: BodyStand, asked: str) -> ApprovalForm:
    mine = asked == "approve" and request.POST.get("body") == str(stand.body.pk)
    today = {"decided_on": timezone.localdate()}
    return ApprovalForm(request.POST if mine else None, auto_id=f"body_{stand.body.pk}_%s", initial=today)


def _act(request: PartyRequest, asked: str) -> Act:
    """What was asked for, where this party and person may do it. Raises Http404, PermissionDenied."""
    if asked not in _ACTS:
        raise Http404
    if not may_change(request):
        raise PermissionDenied(_("Only a data steward of your organisation may do this; you may look at the year."))
    if asked != "approve" and request.role_held.party.kind != PartyKind.SECRETARIAT:
        raise PermissionDenied(_("Only the secretariat does this; ask it."))
    return _ACTS[asked]


def _close(request: PartyRequest, standing: YearStanding, made: Forms) -> forms.Form | None:
    form = made["close_form"]
    form.fields["reason"].required = bool(standing.editions)

    def order(asked: dict[str, Any]) -> None:
        order_closing(actor=request.actor, period=standing.period, reason=asked["reason"])

    return done(request, form, order, _("The closing is being made; this page says when it is there."))


def _prepare(request: PartyRequest, standing: YearStanding, made: Forms) -> forms.Form | None:
    newest = standing.preparable
    if newest is None:
        messages.error(request, _("There is no closing of this year to publish."))
        return None

    def prepare(asked: dict[str, Any]) -> None:
        publishing.prepare_publication(actor=request.actor, closing=newest, remark=asked["remark"])

    return done(request, made["prepare_form"], prepare, _("The figures are under embargo; who must approve is asked."))


def _set_hour(request: PartyRequest, standing: YearStanding, made: Forms) -> forms.Form | None:
    held = _held(standing)
    at_once = request.POST.get("at_once") == "yes"

    def set_it(asked: dict[str, Any]) -> None:
        publishing.set_hour(actor=request.actor, publication=held, at=timezone.now() if at_once else asked["at"])

    return done(request, None if at_once else made["hour_form"], set_it, _("The hour of publication is set."))


def _withdraw(request: PartyRequest, standing: YearStanding, made: Forms) -> forms.Form | None:
    held = _held(standing)

    def call_off(asked: dict[str, Any]) -> None:
        publishing.withdraw(actor=request.actor, publication=held, reason=asked["reason"])

    return done(request, made["withdraw_form"], call_off, _("The publication is called off."))


def _approve(request: PartyRequest, standing: YearStanding, made: Any) -> forms.Form | None:  # noqa: ANN401 - forms
    held, number = _held(standing), request.POST.get("body", "")
    found = next((pair for pair in made["approvals"] if str(pair[0].body.pk) == number), None)
    if found is None:
        raise Http404
    stand, form = found

    def record(asked: dict[str, Any]) -> None:
        publishing.record_approval(
            actor=request.actor,
            publication=held,
            body=stand.body,
            approved=asked["decision"] == "approved",
            decided_on=asked["decided_on"],
            reference=asked["reference"],
            reason=asked["reason"],
        )

    return done(request, form, record, _("The decision is recorded."))


def _held(standing: YearStanding) -> Publication:
    """The publication that the page is about. Raises Http404 where none is prepared."""
    if standing.publication is None:
        raise Http404
    return standing.publication


_ACTS: dict[str, Act] = {
    "close": _close,
    "prepare": _prepare,
    "hour": _set_hour,
    "withdraw": _withdraw,
    "approve": _approve,
}


def done(
    request: PartyRequest, form: forms.Form | None, act: Callable[[dict[str, Any]], object], said: str
) -> forms.Form | None:
    """Do what a form asks and say so; gives back the form where it is not right, or what it asks is refused."""
    if form is not None and not form.is_valid():
        return form
    try:
        act({} if form is None else form.cleaned_data)
    except (PublicationRefused, ClosingRefused) as refused:
        if form is None:
            messages.error(request, str(refused))
            return None
        form.add_error(None, str(refused))
        return form
    messages.success(request, said)
    return None
