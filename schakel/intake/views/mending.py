"""The list of what was changed on top of a delivery: edits and waivers, each undone or taken along from here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schakel.intake import actions, gates
from schakel.intake.mending.rights import rights_of
from schakel.intake.mending.typed import written
from schakel.intake.models import Delivery, DeliveryState, Edit, Waiver
from schakel.intake.steps import steps_of
from schakel.intake.views.naming import check_title
from schakel.sharing.requests import PartyRequest, for_parties

_OPEN = (DeliveryState.RECEIVED, DeliveryState.CHECKED, DeliveryState.FAILED)


@for_parties("agency", "secretariat")
def changes(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """Who changed what on top of a delivery, the last first; what is undone stays to be seen."""
    delivery = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    rights = rights_of(request.actor, delivery)
    edits = delivery.edits.select_related("made_by", "undone_by", "carried_from").order_by("-pk")
    waivers = delivery.waivers.select_related("made_by", "ended_by", "carried_from").order_by("-pk")
    context: dict[str, Any] = {
        "delivery": delivery,
        "steps": steps_of(delivery),
        "edits": [_shown_edit(edit) for edit in edits],
        "waivers": [_shown_waiver(waiver) for waiver in waivers],
        "may": rights.some,
        "open": delivery.state in _OPEN,
        "waivable": not gates.why_not_waivable(delivery),
    }
    return render(request, "intake/changes.html", context)


@require_POST
@for_parties("agency", "secretariat")
def change_edit(request: PartyRequest, delivery_id: int, edit_id: int) -> HttpResponse:
    """Undo an edit, do it again, or say whether it is taken to the next delivery."""
    edit = get_object_or_404(Edit.objects.select_related("delivery"), delivery_id=delivery_id, pk=edit_id)
    words: dict[str, Any] = {"actor": request.actor, "edit": edit}
    by_name = {
        "undo": (lambda: actions.undo_edit(**words), _("The change was undone.")),
        "redo": (lambda: actions.redo_edit(**words), _("The change holds again.")),
        "carry": (lambda: actions.carry_edit(**words, carry=True), _("The next delivery takes this change along.")),
        "leave": (lambda: actions.carry_edit(**words, carry=False), _("The next delivery does not take this along.")),
    }
    return _done(request, delivery_id, by_name)


@require_POST
@for_parties("agency", "secretariat")
def change_waiver(request: PartyRequest, delivery_id: int, waiver_id: int) -> HttpResponse:
    """Have a waiver not hold any more, or say whether it is taken to the next delivery."""
    waiver = get_object_or_404(Waiver.objects.select_related("delivery"), delivery_id=delivery_id, pk=waiver_id)
    words: dict[str, Any] = {"actor": request.actor, "waiver": waiver}
    by_name = {
        "end": (lambda: actions.end_waiver(**words), _("What was waived is open again.")),
        "carry": (lambda: actions.carry_waiver(**words, carry=True), _("The next delivery takes this along.")),
        "leave": (lambda: actions.carry_waiver(**words, carry=False), _("The next delivery does not take this along.")),
    }
    return _done(request, delivery_id, by_name)


def _done(request: PartyRequest, delivery_id: int, by_name: dict[str, tuple[Any, str]]) -> HttpResponse:
    asked = by_name.get(request.POST.get("do", ""))
    if asked is None:
        raise Http404
    do, told = asked
    try:
        do()
    except actions.DeliveryRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("intake:changes", delivery_id)


def _shown_edit(edit: Edit) -> dict[str, Any]:
    where = f"{edit.table}!{edit.column}{edit.row or ''}"
    return {
        "pk": edit.pk,
        "where": where if edit.row else _("all in %(column)s") % {"column": f"{edit.table}!{edit.column}"},
        "header": edit.header,
        "before": edit.before,
        "after": written(edit.after, edit.after_type),
        "cells": edit.cells,
        "carry": edit.carry,
        "may_carry": bool(edit.header) and (edit.row is None or bool(edit.before)),
        "from": edit.carried_from.delivery_id if edit.carried_from else None,
        "who": edit.made_by or "Schakel",
        "when": edit.made_at,
        "undone": edit.undone_at,
        "undone_by": edit.undone_by or "Schakel",
    }


def _shown_waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "pk": waiver.pk,
        "check": check_title(waiver.check_id),
        "where": _covered(waiver),
        "reason": waiver.reason,
        "carry": waiver.carry,
        "may_carry": waiver.row is None,
        "from": waiver.carried_from.delivery_id if waiver.carried_from else None,
        "who": waiver.made_by or "Schakel",
        "when": waiver.made_at,
        "ended": waiver.ended_at,
        "ended_by": waiver.ended_by or "Schakel",
    }


def _covered(waiver: Waiver) -> str:
    """What a waiver covers, in words."""
    if waiver.value is None and waiver.row is None and not waiver.column:
        return _("all that this check finds")
    place = f"{waiver.table}!{waiver.column}{waiver.row or ''}" if waiver.column else waiver.table
    if waiver.value is None:
        return place
    return _("“%(value)s” in %(place)s") % {"value": waiver.value or _("(empty)"), "place": place}
