"""What somebody wants to hear of when it is published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schakel.figures import alerting, queries
from schakel.figures.actions.alerts import AlertRefused, ask_to_hear, hear_no_more
from schakel.figures.catalogue import catalogue
from schakel.figures.models import Alert
from schakel.intake.forms.collecting import YearForm
from schakel.network.places import PROVINCES
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.forms import choose

_ALL = {"data-empty-says": "all"}  # the empty choice says so itself


class AlertForm(YearForm):
    """Of what somebody wants to hear; both empty is of all that is published."""

    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"), required=False, widget=forms.Select(attrs=_ALL))
    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False, widget=forms.Select(attrs=_ALL))

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - any form's
        super().__init__(*args, **options)
        named = [(each.id, queries.name_of(each)) for each in catalogue().values()]
        choose(self, "indicator", [("", _("All indicators")), *named])
        choose(self, "province", [("", _("The whole country")), *PROVINCES.items()])


@for_parties()
def alerts(request: PartyRequest) -> HttpResponse:
    """What one asked to hear of; asking for more, and for less."""
    form = AlertForm(request.POST if request.POST.get("do") == "ask" else None, initial=_usual(request))
    if request.method == "POST":
        done = _ask(request, form) if form.is_bound else _end(request)
        if done:
            return redirect(_back(request))
    mine = [(alert, alerting.what_words(alert)) for alert in alerting.of_person(request.actor.person or 0)]
    context = {"alerts": mine, "form": form}
    return render(request, "figures/alerts.html", context, status=422 if form.errors else 200)


def _usual(request: PartyRequest) -> dict[str, str]:
    """A province asks for its own."""
    provinces = request.role_held.party.provinces
    return {"province": provinces[0] if request.role_held.party.kind == "province" and provinces else ""}


def _ask(request: PartyRequest, form: AlertForm) -> bool:
    if not form.is_valid():
        return False
    try:
        ask_to_hear(actor=request.actor, **form.cleaned_data)
    except AlertRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("You will hear of it in your inbox when figures are published, also of revisions."))
    return True


def _end(request: PartyRequest) -> bool:
    number = request.POST.get("alert", "")
    if not number.isdigit():
        raise Http404
    held = get_object_or_404(Alert, pk=number, person_id=request.actor.person)
    hear_no_more(actor=request.actor, alert=held)
    messages.success(request, _("You will not hear of this any more."))
    return True


def _back(request: PartyRequest) -> str:
    """The page that asked, where it is one of ours."""
    asked = request.POST.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return "figures:alerts"
