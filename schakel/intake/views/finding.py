"""One finding: its row among the neighbours, mending it or all alike, letting it stand, and talking about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from schakel.intake import actions, finding_groups, gates
from schakel.intake.asked import Asked
from schakel.intake.forms.findings import CellForm, RemarkForm, WaiveForm
from schakel.intake.mending import places
from schakel.intake.mending.layout import Layout, layout_of
from schakel.intake.mending.places import CellNow, Place
from schakel.intake.mending.rights import rights_of
from schakel.intake.mending.typed import written
from schakel.intake.models import Delivery, DeliveryFinding, DeliveryState, Edit, ReadTable
from schakel.intake.neighbours import neighbours
from schakel.intake.steps import steps_of
from schakel.intake.views.findings import shown_finding
from schakel.intake.views.naming import SEVERITIES, check_explained, check_title
from schakel.intake.views.remarks import people_of, remarks_about
from schakel.sharing.requests import PartyRequest, for_parties

_OPEN = (DeliveryState.RECEIVED, DeliveryState.CHECKED, DeliveryState.FAILED)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a finding is, and what stands there now; ``alike``: how many cells of the column say the same."""

    place: Place
    kept: ReadTable
    layout: Layout
    edits: list[Edit]
    now: CellNow
    alike: int


@for_parties("agency", "secretariat")
def finding(request: PartyRequest, delivery_id: int, finding_id: int) -> HttpResponse:
    """One finding with its neighbours; who looks for one that is mended is sent to those that are left."""
    delivery = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    found = DeliveryFinding.objects.filter(delivery=delivery, pk=finding_id).first()
    if found is None:
        messages.info(request, _("This finding is no longer there: it was mended."))
        return redirect("intake:findings", delivery.pk)
    return _page(request, delivery, found)


@require_POST
@for_parties("agency", "secretariat")
def mend(request: PartyRequest, delivery_id: int, finding_id: int) -> HttpResponse:
    """Make the cell of a finding say what was typed."""
    return _mend(request, delivery_id, finding_id, prefix="cell")


@require_POST
@for_parties("agency", "secretariat")
def mend_alike(request: PartyRequest, delivery_id: int, finding_id: int) -> HttpResponse:
    """Make all cells of the column that say the same say what was typed."""
    return _mend(request, delivery_id, finding_id, prefix="alike")


@require_POST
@for_parties("agency", "secretariat")
def waive(request: PartyRequest, delivery_id: int, finding_id: int) -> HttpResponse:
    """Let a finding stand, or all of its value, or all of its check, with a reason."""
    delivery = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    found = get_object_or_404(DeliveryFinding, delivery=delivery, pk=finding_id)
    form = WaiveForm(request.POST, scopes=_scopes(found))
    if not form.is_valid():
        return _page(request, delivery, found, waive_form=form)
    said = form.cleaned_data
    try:
        actions.waive(
            actor=request.actor,
            delivery=delivery,
            check_id=found.check_id,
            reason=said["reason"],
            carry=said["carry"],
            **_covered(found, said["scope"]),
        )
    except actions.DeliveryRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, delivery, found, waive_form=form)
    messages.success(request, _("This may stay. You can take that back under “Changes”."))
    return _to_the_next(delivery, found)


def _mend(request: PartyRequest, delivery_id: int, finding_id: int, *, prefix: str) -> HttpResponse:
    delivery = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    found = get_object_or_404(DeliveryFinding, delivery=delivery, pk=finding_id)
    form = CellForm(request.POST, prefix=prefix, may_carry=True)
    if not form.is_valid():
        return _page(request, delivery, found, **{f"{prefix}_form": form})
    said, place = form.cleaned_data, Place(found.file, found.table, found.column, found.row)
    edit = actions.edit_cell if prefix == "cell" else actions.edit_alike
    words: dict[str, Any] = {"before": said["before"], "after": said["after"], "carry": said["carry"]}
    try:
        made = edit(actor=request.actor, delivery=delivery, place=place, **words)
    except actions.DeliveryRefused as refused:
        form.add_error("after", str(refused))
        return _page(request, delivery, found, **{f"{prefix}_form": form})
    told = ngettext("%(count)s cell was mended.", "%(count)s cells were mended.", made.cells) % {"count": made.cells}
    messages.success(request, f"{told} {_('You can undo that under “Changes”.')}")
    return _to_the_next(delivery, found)


def _to_the_next(delivery: Delivery, found: DeliveryFinding) -> HttpResponseRedirect:
    """Back to what the check found: there the next one is seen."""
    return redirect(reverse("intake:findings", args=[delivery.pk]) + Asked(check=found.check_id).address())


def _page(request: PartyRequest, delivery: Delivery, found: DeliveryFinding, **forms: Form) -> HttpResponse:
    title, why = check_explained(found.check_id)
    before, after = finding_groups.beside(found)
    spot = _spot(delivery, found)
    mine = rights_of(request.actor, delivery).over(found.kind, found.check_id)
    may, stays = mine and delivery.state in _OPEN, gates.why_not_waivable(delivery)
    context: dict[str, Any] = {
        "delivery": delivery,
        "steps": steps_of(delivery),
        "found": found,
        "shown": shown_finding(found),
        "label": SEVERITIES[found.severity],
        "check_title": title,
        "why": why,
        "before": before,
        "after": after,
        "group_url": reverse("intake:findings", args=[delivery.pk]) + Asked(check=found.check_id).address(),
        "remarks": remarks_about(found),
        "remark_form": RemarkForm(people=people_of(request), about=about_choices(found)),
        "mine": mine,
        "stays": stays,
    }
    if mine and not stays and found.severity != "error" and not found.waived:
        context["waive_form"] = WaiveForm(scopes=_scopes(found))
    if spot is not None:
        context |= _at(found, spot, may=may)
    return render(request, "intake/finding.html", context | forms)


def _spot(delivery: Delivery, found: DeliveryFinding) -> _Spot | None:
    """Where a finding about a cell is; None for one about a whole table or delivery."""
    kept = places.kept_table(delivery, found.file, found.table) if found.row is not None else None
    if kept is None:
        return None
    edits = places.edits_of(delivery, found.file, found.table)
    place = Place(found.file, found.table, found.column, found.row)
    layout = layout_of(delivery, kept, edits)
    now = places.cell_now(kept, place, edits) or CellNow("", "empty")
    alike = places.alike(kept, found.column, now.text, edits, layout.header_row).height if found.column else 0
    return _Spot(place, kept, layout, edits, now, alike)


def _at(found: DeliveryFinding, spot: _Spot, *, may: bool) -> dict[str, Any]:
    """What the page shows of the place, and the forms to mend it."""
    near = neighbours(found, spot.kept, spot.layout, spot.edits)
    shown = written(spot.now.text, spot.now.kind)
    said: dict[str, Any] = {
        "near": near,
        "now": spot.now,
        "sent_shown": written(spot.now.sent, spot.now.sent_kind),
        "now_shown": shown,
        "also": _also_here(found),
        "alike": spot.alike,
    }
    if may and found.column:
        text, may_carry = spot.now.text, bool(spot.layout.headers.get(found.column))
        said["cell_form"] = CellForm(before=text, shown=shown, prefix="cell", may_carry=may_carry and bool(text))
        if spot.alike > 1:
            said["alike_form"] = CellForm(before=text, prefix="alike", may_carry=may_carry)
    return said


def _also_here(found: DeliveryFinding) -> dict[int, str]:
    """The other open findings of the same row, by id."""
    others = DeliveryFinding.objects.filter(
        delivery=found.delivery, file=found.file, table=found.table, row=found.row, waived=False
    )
    return {other.pk: f"{other.cell}: {check_title(other.check_id)}" for other in others.exclude(pk=found.pk)[:20]}


def _scopes(found: DeliveryFinding) -> list[tuple[str, str]]:
    """How much of what a check found may be let stand from one finding."""
    scopes = [("place", _("only this place"))] if found.row is not None else []
    if found.column:
        value = found.value or _("(empty)")
        scopes.append(("value", _("all with the value “%(value)s” in this column") % {"value": value[:80]}))
    return [*scopes, ("check", _("all that this check finds in this delivery"))]


def _covered(found: DeliveryFinding, scope: str) -> dict[str, Any]:
    """The place that a waiver of this scope covers; the value is part of it, as another value is another question."""
    if scope == "check":
        return {}
    said: dict[str, Any] = {"file": found.file, "table": found.table, "column": found.column, "value": found.value}
    return said | {"row": found.row} if scope == "place" else said


def about_choices(found: DeliveryFinding) -> list[tuple[str, str]]:
    """What one may talk about from a finding."""
    row = [("row", _("row %(row)s") % {"row": found.row})] if found.row is not None else []
    return [("finding", _("this finding")), *row, ("delivery", _("the whole delivery"))]
