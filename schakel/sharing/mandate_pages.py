"""The page on which a party gives auditors a mandate, takes it back, and sees who looked at what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.network.models import Role
from schakel.sharing.look_tables import looks_table
from schakel.sharing.mandate_forms import MandateForm, WithdrawForm
from schakel.sharing.mandates import MandateRefused, give_mandate, given, looks, withdraw_mandate
from schakel.sharing.models import Mandate
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.formats import moment_long
from schakel.web.tables import Badge

_MAY_GIVE = (Role.STEWARD, Role.SECRETARY)
_YEARS, _LOOKS = 10, 25


@for_parties("agency", "secretariat")
def mandates(request: PartyRequest) -> HttpResponseBase:
    """The mandates that the acting party gave, who looked at what, and the form for another one."""
    form = MandateForm(request.POST or None, years=_years(), now=timezone.localtime().replace(second=0, microsecond=0))
    if request.method == "POST":
        _must_be_steward(request)
        if form.is_valid() and _gave(request, form):
            return redirect("sharing:mandates")
    now = timezone.now()
    page = Paginator(looks(), _LOOKS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "may_give": request.role_held.role in _MAY_GIVE,
        "mandates": [{"mandate": mandate, "state": state_of(mandate, now)} for mandate in given()],
        "looks": looks_table(page, empty=_("Nobody has looked at anything of yours under a mandate yet.")),
        "page": page,
    }
    return render(request, "sharing/mandates.html", context, status=422 if form.errors else 200)


@for_parties("agency", "secretariat")
def withdraw(request: PartyRequest, mandate_id: int) -> HttpResponseBase:
    """End a mandate now, and say why."""
    _must_be_steward(request)
    mandate = get_object_or_404(given(), pk=mandate_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_mandate(actor=request.actor, mandate_id=mandate.pk, reason=form.cleaned_data["reason"])
        except MandateRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The mandate is withdrawn; the auditor sees nothing of yours any more."))
            return redirect("sharing:mandates")
    context = {"mandate": mandate, "form": form}
    return render(request, "sharing/withdraw_mandate.html", context, status=422 if form.errors else 200)


def state_of(mandate: Mandate, now: dt.datetime) -> Badge:
    """How a mandate stands, in a word."""
    if mandate.withdrawn_at is not None:
        return Badge("neutral", _("withdrawn"))
    if mandate.until <= now:
        return Badge("neutral", _("ended"))
    if mandate.since > now:
        return Badge("info", _("not yet begun"))
    return Badge("ok", _("stands"))


def _gave(request: PartyRequest, form: MandateForm) -> bool:
    asked: dict[str, Any] = form.cleaned_data
    try:
        give_mandate(actor=request.actor, **asked)
    except MandateRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("The mandate is given, until %(moment)s.") % {"moment": moment_long(asked["until"])})
    return True


def _years() -> list[int]:
    last = timezone.localdate().year
    return list(range(last, last - _YEARS, -1))


def _must_be_steward(request: PartyRequest) -> None:
    if request.role_held.role not in _MAY_GIVE:
        raise PermissionDenied(_("Mandates are given by data stewards; ask one of your organisation."))
