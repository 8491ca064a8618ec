"""A sample: its records, one of them with all that stands behind it, what was concluded, and taking it along."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from schakel.figures.actions.auditing import AuditRefused, conclude_item, conclude_sample
from schakel.figures.auditing.concluding import concluded, standing_conclusion
from schakel.figures.auditing.evidence import Evidence, evidence
from schakel.figures.auditing.forms import ConclusionForm
from schakel.figures.auditing.taking_along import CONTENT_TYPES, taken_along
from schakel.figures.models import Outcome, Sample, SampleItem
from schakel.figures.pages import auditing as pages
from schakel.figures.queries import indicator, name_of
from schakel.sharing.looking import looked, saw
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note


@for_parties("auditor")
def sample(request: PartyRequest, sample_id: int) -> HttpResponseBase:
    """A sample and its records; signing what was found of the whole."""
    found = get_object_or_404(Sample.objects.select_related("closing", "drawn_by"), pk=sample_id)
    form = ConclusionForm(request.POST or None, without=("found",))
    form.fields["remark"].required = True
    form.fields["remark"].help_text = _("What you conclude of all that it was drawn from.")
    if request.method == "POST" and form.is_valid() and _concluded_whole(request, found, form):
        return redirect("figures:audit_sample", found.pk)
    items, done = list(found.items.select_related("giver")), concluded(found)
    whole = standing_conclusion(found, None)
    context = {
        "sample": found,
        "name": _name(found),
        "cut": pages.said_cut(found.cut),
        "frame": len(found.frame),
        "items": pages.items_table(found, items, done),
        "open": len(items) - len(done),
        "next": next((item.position for item in items if item.pk not in done), None),
        "whole": whole,
        "rate": Decimal(whole.projection["rate"]) if whole else None,
        "known": pages.in_unit(found, whole.projection["known"]) if whole else "",
        "projected": pages.in_unit(found, whole.projection["projected"]) if whole else "",
        "badge": pages.badge_of(whole),
        "history": pages.history(found, found.conclusions.filter(item=None).select_related("signed_by")),
        "form": form,
    }
    return render(request, "figures/audit_sample.html", context, status=422 if form.errors else 200)


@for_parties("auditor")
def item(request: PartyRequest, sample_id: int, position: int) -> HttpResponseBase:
    """One record of a sample with all that stands behind it; signing what was found of it."""
    found = get_object_or_404(
        SampleItem.objects.select_related("sample", "giver"), sample_id=sample_id, position=position
    )
    form = ConclusionForm(request.POST or None, without=() if found.amount is not None else ("found",))
    if request.method == "POST" and form.is_valid() and _concluded(request, found, form):
        return redirect("figures:audit_item", sample_id, position)
    seen = evidence(found.kind, found.record_id)
    if seen is not None:
        seen_of = [(found.giver_id, found.record_id)]
        saw(actor=request.actor, verb="opened", kind=found.kind, seen=seen_of)
    signed = list(found.conclusions.select_related("signed_by"))
    context = {
        "item": found,
        "sample": found.sample,
        "name": _name(found.sample),
        "count": found.sample.items.count(),
        "signed": signed,
        "badge": pages.badge_of(signed[-1] if signed else None),
        "history": pages.history(found.sample, signed),
        "form": form,
        "amount": pages.counted_as(found.sample, found.amount),
        **(_shown(seen) if seen else {"seen": None}),
    }
    return render(request, "figures/audit_item.html", context, status=422 if form.errors else 200)


def _shown(seen: Evidence) -> dict[str, Any]:
    return {
        "seen": seen,
        "values": pages.values_table(seen.view),
        "around": pages.around_table(seen.around) if seen.around else None,
        "changes": pages.changes_table(seen.around, seen.overrides),
        "identity": pages.identity_table(seen.members, seen.decisions),
    }


@for_parties("auditor")
def taken(request: PartyRequest, sample_id: int, ending: str) -> HttpResponse:
    """A sample with its evidence, as far as it may be seen now, as xlsx, csv or json."""
    found = get_object_or_404(Sample, pk=sample_id)
    if ending not in CONTENT_TYPES:
        raise Http404
    made = taken_along(found, ending)
    note(actor=request.actor, verb="exported", kind="sample", objects=[found.pk], ending=ending)
    for kind in sorted({one.kind for one in found.items.all()}):
        seen = found.items.filter(kind=kind).values_list("giver_id", "record_id")
        looked(actor=request.actor, verb="exported", kind=kind, seen=seen)
    headers = {"Content-Disposition": f'attachment; filename="schakel-sample-{found.pk}.{ending}"'}
    return HttpResponse(made, content_type=CONTENT_TYPES[ending], headers=headers)


def _concluded(request: PartyRequest, of: SampleItem, form: ConclusionForm) -> bool:
    asked = form.cleaned_data
    try:
        conclude_item(
            actor=request.actor,
            item=of,
            outcome=Outcome(asked["outcome"]),
            found=asked.get("found"),
            remark=asked["remark"],
        )
    except AuditRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Your conclusion is signed."))
    return True


def _concluded_whole(request: PartyRequest, of: Sample, form: ConclusionForm) -> bool:
    asked = form.cleaned_data
    try:
        conclude_sample(actor=request.actor, sample=of, outcome=Outcome(asked["outcome"]), remark=asked["remark"])
    except AuditRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Your conclusion on the sample is signed."))
    return True


def _name(of: Sample) -> str:
    found = indicator(of.indicator)
    return of.indicator if found is None else name_of(found)
