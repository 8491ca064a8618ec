"""Targets: all that may be seen, setting one, and one with its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.figures import targeting
from schakel.figures.actions import targets as acts
from schakel.figures.actions.targets import TargetRefused
from schakel.figures.forms import ReasonForm
from schakel.figures.models import Target
from schakel.figures.pages import targets as shown
from schakel.figures.target_forms import TargetForm, initial_of
from schakel.figures.views.asked import counted
from schakel.figures.vintages import MAKERS
from schakel.intake.views.gates import may_change
from schakel.sharing.requests import PartyRequest, for_parties


@for_parties()
@counted
def targets(request: PartyRequest) -> HttpResponse:
    """The targets of a year (``?year=``) that may be read, with how they stand; and those that ended."""
    party = request.role_held.party
    years = sorted({each.period for each in targeting.current()}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else _usual(years)
    context = {
        "table": shown.targets_table(targeting.told(party, targeting.current(year)), year),
        "ended": shown.ended_table(Target.objects.filter(ended_at__isnull=False).select_related("owner", "about")),
        "years": [(str(each), f"{reverse('figures:targets')}?year={each}") for each in years],
        "current": f"{reverse('figures:targets')}?year={year}",
        "may_set": _may_set(request),
    }
    return render(request, "figures/targets.html", context)


def _usual(years: list[int]) -> int:
    """The year of now where there are targets of it, else the newest there are, else now."""
    now = timezone.localdate().year
    return now if now in years or not years else years[0]


@for_parties()
@counted
def target(request: PartyRequest, number: int) -> HttpResponse:
    """One target and how it stands; its own organisation ends it here."""
    held = get_object_or_404(Target.objects.select_related("owner", "about", "set_by"), pk=number)
    told = next(iter(targeting.told(request.role_held.party, [held])), None)
    if told is None:
        raise Http404
    own = held.owner_id == request.role_held.party_id and held.ended_at is None and _may_set(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        if not own:
            raise PermissionDenied(_("Only a data steward of the organisation that set a target ends it."))
        if form.is_valid() and _done(
            form, lambda: acts.end_target(actor=request.actor, target=held, reason=form.cleaned_data["reason"])
        ):
            messages.success(request, _("The target has ended; it stays to be read."))
            return redirect("figures:target", held.pk)
    context = {"target": told, "facts": shown.facts_of(told), "own": own, "form": form}
    return render(request, "figures/target.html", context, status=422 if form.errors else 200)


@for_parties("agency", "secretariat")
def new_target(request: PartyRequest) -> HttpResponse:
    """Set a target, or have one follow another (``?follows=``)."""
    if not _may_set(request):
        raise PermissionDenied(_("Only a data steward of your organisation sets its targets; you may read them."))
    follows = _followed(request)
    initial = initial_of(follows) if follows else _initial(request)
    form = TargetForm(request.POST or None, setter=request.role_held.party, follows=follows, initial=initial)
    if request.method == "POST" and form.is_valid() and _done(form, lambda: _set(request, form, follows)):
        messages.success(request, _("The target is set."))
        return redirect(f"{reverse('figures:targets')}?year={form.cleaned_data['period']}")
    context = {"form": form, "follows": follows, "network": request.role_held.party.kind == "secretariat"}
    return render(request, "figures/target_new.html", context, status=422 if form.errors else 200)


def _initial(request: PartyRequest) -> dict[str, Any]:
    """What the address says already; what an indicator counts is left to be chosen, as it is to be thought of."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() else timezone.localdate().year
    return {"period": year, "indicator": request.GET.get("indicator", "")}


def _followed(request: PartyRequest) -> Target | None:
    asked = request.GET.get("follows", "")
    if not asked:
        return None
    if not asked.isdigit():
        raise Http404
    return get_object_or_404(Target, pk=asked, owner_id=request.role_held.party_id, ended_at__isnull=True)


def _set(request: PartyRequest, form: TargetForm, follows: Target | None) -> Target:
    if follows is None:
        return acts.set_target(actor=request.actor, wanted=form.wanted())
    reason = form.cleaned_data["reason"]
    return acts.follow_target(actor=request.actor, target=follows, wanted=form.wanted(), reason=reason)


def _done(form: forms.Form, act: Any) -> bool:  # noqa: ANN401 - any act
    """Do what a form asks; where it is refused, the form says why."""
    try:
        act()
    except TargetRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _may_set(request: PartyRequest) -> bool:
    return request.role_held.party.kind in MAKERS and may_change(request)
