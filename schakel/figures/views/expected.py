"""What is still to come for a figure: the expectation, what is in the pipeline, and estimates of what is missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.figures import expecting, queries, targeting
from schakel.figures.actions.pipeline import PipelineRefused, say_what_came, state_pipeline
from schakel.figures.catalogue import Indicator
from schakel.figures.editions import Vintage
from schakel.figures.models import PipelineEntry
from schakel.figures.pages import expected as shown
from schakel.figures.pages.addresses import page_url
from schakel.figures.pipeline_forms import CameForm, PipelineForm
from schakel.figures.views.asked import counted, indicator_or_404
from schakel.figures.vintages import chosen_vintage
from schakel.intake.views.gates import may_change
from schakel.network.models import PartyKind
from schakel.sharing.requests import PartyRequest, for_parties

_FIRST, _LAST = 2000, 2100


@for_parties("agency", "secretariat")
@counted
def expected(request: PartyRequest, indicator_id: str) -> HttpResponse:
    """What is still to come for an indicator in a year (``?year=``), of the agency itself or of the network."""
    found, year = indicator_or_404(indicator_id), _year(request)
    states = request.role_held.party.kind == PartyKind.AGENCY and may_change(request)
    form = PipelineForm(_sent(request, "state"), indicator=found)
    if request.method == "POST":
        if not states:
            raise PermissionDenied(_("Only a data steward of an agency states what is in its pipeline."))
        if _state(request, form, found, year) if form.is_bound else _came(request):
            return redirect(f"{request.path}?year={year}")
    vintage = chosen_vintage(request.role_held.party, year)
    context = _figures(request, found, vintage) | {
        "form": form if states else None,
        "ends": _ends(request, found, states),
    }
    return render(request, "figures/expected.html", context, status=422 if form.errors else 200)


def _year(request: PartyRequest) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else timezone.localdate().year
    if not _FIRST <= year <= _LAST:
        raise Http404
    return year


def _figures(request: PartyRequest, found: Indicator, vintage: Vintage) -> dict[str, Any]:
    party, year = request.role_held.party, vintage.period
    answer = queries.figures(party, year=year, indicators=(found.id,), by=("agency",), stand=vintage).get(found.id)
    context: dict[str, Any] = {
        "name": queries.name_of(found),
        "indicator": found,
        "year": year,
        "figure_url": page_url(found.id, year),
        "may": expecting.may_expect(party, vintage) and answer is not None,
        "of": party.name if party.kind == PartyKind.AGENCY else _("the network"),
    }
    if not context["may"] or answer is None:
        return context
    about = party.slug if party.kind == PartyKind.AGENCY else ""
    target = targeting.for_figure(party, found.id, year, agency=about, found=answer, stand=vintage)
    return (
        context
        | shown.forecast_context(party, found, year, answer)
        | shown.missing_context(found, expecting.missing_of(party, found, vintage, answer))
        | {"target": target, "years": (year - 1, year)}
    )


def _sent(request: PartyRequest, what: str) -> Any:  # noqa: ANN401 - what was sent, as Django has it
    return request.POST if request.method == "POST" and request.POST.get("do") == what else None


def _state(request: PartyRequest, form: PipelineForm, found: Indicator, year: int) -> bool:
    if not form.is_valid():
        return False
    try:
        state_pipeline(actor=request.actor, indicator=found.id, period=year, **form.cleaned_data)
    except PipelineRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("What is in the pipeline is stated."))
    return True


def _ends(request: PartyRequest, found: Indicator, states: bool) -> list[tuple[PipelineEntry, forms.Form]]:
    """Entries of years that are over of which it is not said yet what came."""
    if not states:
        return []
    waiting = PipelineEntry.objects.filter(
        owner_id=request.role_held.party_id,
        indicator=found.id,
        period__lt=timezone.localdate().year,
        came__isnull=True,
        replaced_at__isnull=True,
    )
    return [(entry, CameForm(auto_id=f"came_{entry.pk}_%s")) for entry in waiting]


def _came(request: PartyRequest) -> bool:
    number, form = request.POST.get("entry", ""), CameForm(request.POST)
    if request.POST.get("do") != "came" or not number.isdigit():
        raise Http404
    entry = get_object_or_404(PipelineEntry, pk=number, owner_id=request.role_held.party_id)
    if not form.is_valid():
        messages.error(request, _("Say in a whole number how many came."))
        return True
    try:
        say_what_came(actor=request.actor, entry=entry, came=form.cleaned_data["came"])
        messages.success(request, _("It is said what came."))
    except PipelineRefused as refused:
        messages.error(request, str(refused))
    return True
