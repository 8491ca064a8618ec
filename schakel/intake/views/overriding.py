"""Another value in the place of a delivered one, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schakel.intake import actions, kinds, writing
from schakel.intake.canonical import canonical, said
from schakel.intake.forms.typing import OverrideForm
from schakel.intake.overriding import holding
from schakel.intake.records import Record
from schakel.intake.standing import value_of
from schakel.intake.typed import text_of
from schakel.intake.views.gates import for_stewards
from schakel.sharing.requests import PartyRequest, for_parties


def own_record(request: PartyRequest, kind: str, record_id: int) -> tuple[writing.RecordTable, Record]:
    """The acting party's own record. Raises Http404."""
    try:
        table = writing.record_table(kind)
    except KeyError as error:
        raise Http404 from error
    owned = table.model._default_manager.select_related("owner", "delivery").filter(owner_id=request.actor.owner)
    return table, get_object_or_404(owned, pk=record_id)


@for_parties("agency", "secretariat")
@for_stewards
def override(request: PartyRequest, kind: str, record_id: int, field: str) -> HttpResponse:
    """A form for another value of one field, with the reason; what is wrong with it stands beside it."""
    table, record = own_record(request, kind, record_id)
    declared = kinds.kind(kind).fields_by_name.get(field)
    if declared is None or field in kinds.kind(kind).key:
        raise Http404
    value = value_of(table, record, declared)
    form = OverrideForm(
        request.POST if request.method == "POST" else None,
        field=declared,
        owner=record.owner_id,
        period=record.period,
        text=text_of(declared, value) if declared.type != "date" else canonical(declared, value),
    )
    if form.is_valid() and _kept(request, form, kind, record_id, field):
        messages.success(request, _("Your value holds from now on."))
        return redirect("intake:record", kind, record_id)
    context = {
        "form": form,
        "record": record,
        "kind": kind,
        "field": declared.labels.in_(get_language() or "nl"),
        "now": said(declared, canonical(declared, value)),
    }
    return render(request, "intake/override.html", context, status=422 if form.errors else 200)


def _kept(request: PartyRequest, form: OverrideForm, kind: str, record_id: int, field: str) -> bool:
    try:
        actions.override_value(
            actor=request.actor,
            kind=kind,
            record_id=record_id,
            field=field,
            text=form.text(),
            reason=form.cleaned_data["reason"],
        )
    except actions.ValueRefused as refused:
        form.add_error("value", str(refused))
        return False
    except actions.DeliveryRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@require_POST
@for_parties("agency", "secretariat")
@for_stewards
def take_back(request: PartyRequest, kind: str, record_id: int, field: str) -> HttpResponse:
    """Let the delivered value hold again."""
    _table, record = own_record(request, kind, record_id)
    held = holding(record.owner_id, kind, record.period).filter(number=record.number, field=field).first()
    if held is not None:
        try:
            actions.take_back_override(actor=request.actor, override_id=held.pk)
        except actions.DeliveryRefused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("The delivered value holds again."))
    return redirect("intake:record", kind, record_id)
