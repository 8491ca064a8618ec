"""Where an agency signs for its year: what is signed in words and counts, what is in the way, and what was signed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.intake import actions, collecting
from schakel.intake.collecting import AgencyYear
from schakel.intake.effects import counted_figures, kept
from schakel.intake.forms.collecting import ReasonForm, SignForm, VanishedForm
from schakel.intake.models import Certification
from schakel.intake.obstacles import obstacles
from schakel.intake.snapshots import SnapshotDamaged
from schakel.intake.views import year_tables
from schakel.intake.views.gates import may_change
from schakel.intake.views.years import done, links, must_change
from schakel.intake.worded import figure_said
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.tables import Column, Table

Forms = dict[str, forms.Form]
Act = Callable[[PartyRequest, int, Forms], forms.Form | None]


@for_parties("agency")
def certify(request: PartyRequest, period: int) -> HttpResponse:
    """The page where a year is signed, withdrawn and brought back; who only reads sees what was signed."""
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    shown = _forms(request, asked)
    refused = False
    if asked:
        if asked not in _ACTS:
            raise Http404
        must_change(request)
        refused = _ACTS[asked](request, period, shown) is not None
        if not refused:
            return redirect("intake:certify", period)
    found = collecting.agency_year(request.role_held.party, period, today=timezone.localdate())
    context = links(period, page="intake:certify") | shown | _told(request, found, period)
    return render(request, "intake/certify.html", context, status=422 if refused else 200)


def _told(request: PartyRequest, found: AgencyYear, period: int) -> dict[str, object]:
    in_the_way = obstacles(found, period)
    return {
        "found": found,
        "state": year_tables.year_badge(found),
        "table": _counts(found, period),
        "figures": _figures(found, period),
        "obstacles": [obstacle for obstacle in in_the_way if obstacle.key != "certified"],
        "keys": {obstacle.key for obstacle in in_the_way},
        "statement": collecting.statement_of(found.party, period),
        "history": collecting.certifications(found.party, period),
        "may_change": may_change(request),
        "exempt": [(kind, year_tables.kind_name(kind.kind)) for kind in found.kinds if kind.state == "exempt"],
    }


def _counts(found: AgencyYear, period: int) -> Table:
    stands = [kind.stand for kind in found.kinds if kind.stand is not None and kind.stand.accepted_at is not None]
    return Table(
        caption=_("What is signed for %(year)s") % {"year": period},
        columns=[
            Column("kind", _("What"), heading=True),
            Column("standing", _("Records"), kind="number"),
            Column("refused", _("Rows left out"), kind="number"),
            Column("errors", _("Errors"), kind="number"),
            Column("warnings", _("Warnings"), kind="number"),
            Column("waived", _("Explained"), kind="number"),
        ],
        rows=[
            {"kind": year_tables.kind_name(stand.kind), "standing": stand.standing, "refused": stand.refused}
            | {"errors": stand.errors, "warnings": stand.warnings, "waived": stand.waived}
            for stand in stands
        ],
        empty=_("Nothing was accepted for this year yet."),
        empty_how=_("Deliver first; then look at the findings and accept."),
    )


def _figures(found: AgencyYear, period: int) -> Table | None:
    """The agency's own figures: as they were when it was signed, else as they are now; None where they are away."""
    signed = found.certification if found.certified else None
    figures = kept(counted_figures(found.party, period)) if signed is None else signed.summary.get("figures")
    if figures is None:
        return None
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    there = [figure for figure in figures if figure["value"] is not None and Decimal(figure["value"])]
    return Table(
        caption=_("Your own figures of %(year)s") % {"year": period},
        columns=[Column("figure", _("Indicator"), heading=True), Column("value", _("Figure"), kind="number")],
        rows=[{"figure": figure[language], "value": figure_said(figure["unit"], figure["value"])} for figure in there],
        note=_("As they were counted when this was signed.")
        if signed
        else _("As they are counted now; they are kept with your signature."),
        empty=_("Nothing is counted of this year yet."),
    )


def _forms(request: PartyRequest, asked: str) -> Forms:
    sent = {asked: request.POST}
    return {
        "sign_form": SignForm(sent.get("sign"), auto_id="sign_%s"),
        "withdraw_form": ReasonForm(sent.get("withdraw"), auto_id="withdraw_%s"),
        "vanished_form": VanishedForm(sent.get("vanished"), auto_id="vanished_%s"),
    }


def _sign(request: PartyRequest, period: int, shown: Forms) -> forms.Form | None:
    statement = collecting.statement_of(request.role_held.party, period)

    def sign(_asked: dict[str, Any]) -> None:
        actions.certify(actor=request.actor, period=period, statement=statement)

    return done(request, shown["sign_form"], sign, _("You have certified this year. The secretariat looks at it now."))


def _withdraw(request: PartyRequest, period: int, shown: Forms) -> forms.Form | None:
    def take(asked: dict[str, Any]) -> None:
        actions.withdraw_certification(actor=request.actor, period=period, reason=asked["reason"])

    return done(request, shown["withdraw_form"], take, _("The certification is withdrawn; you can change the year."))


def _settle(request: PartyRequest, period: int, shown: Forms) -> forms.Form | None:
    def settle(asked: dict[str, Any]) -> None:
        withdraw = asked["decision"] == "withdraw"
        actions.settle_vanished(actor=request.actor, period=period, withdraw=withdraw, reason=asked["reason"])

    return done(request, shown["vanished_form"], settle, _("It is settled, and the reason kept with each record."))


def _recheck(request: PartyRequest, period: int, _shown: Forms) -> forms.Form | None:
    def check(_asked: dict[str, Any]) -> None:
        actions.ask_recheck(actor=request.actor, period=period)

    return done(request, None, check, _("The newest checks are being run; look again in a moment."))


def _bring_back(request: PartyRequest, period: int, _shown: Forms) -> forms.Form | None:
    number = request.POST.get("certification", "")
    wanted = get_object_or_404(
        Certification, pk=number if number.isdigit() else 0, period=period, owner=request.role_held.party
    )
    if request.POST.get("sure") != "yes":
        messages.warning(request, _("Nothing was brought back: tick that you are sure first."))
        return None

    def bring(_asked: dict[str, Any]) -> None:
        actions.restore_certified(actor=request.actor, certification=wanted)

    said = _("The records of %(year)s are again as they were certified, version %(version)s.")
    try:
        return done(request, None, bring, said % {"year": period, "version": wanted.version})
    except SnapshotDamaged:
        messages.error(request, _("The copy that was kept is damaged; nothing was changed. Ask your administrator."))
        return None


_ACTS: dict[str, Act] = {
    "sign": _sign,
    "withdraw": _withdraw,
    "vanished": _settle,
    "recheck": _recheck,
    "restore": _bring_back,
}
