"""One record, each value with the cell it came from, and what a person put in its place."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.intake import kinds, queries
from schakel.intake.beside import panels
from schakel.intake.canonical import said
from schakel.intake.changing import steps_of
from schakel.intake.models import Origin
from schakel.intake.overriding import holding
from schakel.intake.showing import shown
from schakel.intake.views.gates import may_change
from schakel.network.models import Party
from schakel.sharing.acting import seeing_shared, seen_by
from schakel.sharing.logbook.history import history, lines_of
from schakel.sharing.looking import saw
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web import formats
from schakel.web.tables import Column, Link, Table


@for_parties()
def record(request: PartyRequest, kind: str, record_id: int) -> HttpResponse:
    """One record, each value with the cell it came from; with ``als``, as that party sees one of the acting party's."""
    language = get_language() or "nl"
    receiver = _receiver(request, kind, record_id)
    with seeing_shared() if receiver is None else seen_by(receiver.pk):
        view = queries.record_view(kind, record_id)
        if view is None:
            raise Http404
        mine = receiver is None and view.record.owner_id == request.actor.owner and may_change(request)
        typed = view.delivered_here and view.record.delivery.origin == Origin.FORM
        values = _values_table(view, language, typed=typed, change=mine and not typed)
        related = [_related_table(*part, language=language) for part in view.related]
    if receiver is None:
        saw(actor=request.actor, verb="opened", kind=kind, seen=[(view.record.owner_id, record_id)])
    else:
        note(actor=request.actor, verb="previewed", kind=kind, objects=[record_id], receiver=receiver.pk)
    shared = not view.delivered_here and view.kind.delivered_by != "network"
    context: dict[str, Any] = {
        "view": view,
        "kind": kind,
        "kind_label": view.kind.labels.in_(language),
        "mine": mine,
        "typed": typed,
        "overrides": [] if shared else _overrides(view, language),
        "receiver": receiver,
        "values": values,
        "related": related,
        "history": _history(request, view, language) if receiver is None else "",
        "panels": [] if shared else panels(request, kind, view.record),
        "shared": shared,
        "years": [(period, reverse("intake:record", args=[kind, pk])) for period, pk in view.years],
    }
    return render(request, "intake/record.html", context)


def _history(request: PartyRequest, view: queries.RecordView, language: str) -> str:
    """What became of the record and who looked; of another's only who of the reader's own people did."""
    if view.kind.delivered_by == "network" and not view.delivered_here:
        return ""
    kind, record = view.kind, view.record
    acts, sights = lines_of(kind.name, record.pk)
    party = request.actor.owner
    steps = steps_of(kind, record, acts, party=party, language=language) if view.delivered_here else []
    return history(request, kind=kind.name, number=record.pk, steps=steps, sights=sights, mine=view.delivered_here)


def _receiver(request: PartyRequest, kind: str, record_id: int) -> Party | None:
    """As whom the acting party looks at a record of its own; raises Http404 where it is not its own."""
    slug = request.GET.get("als", "")
    if not slug:
        return None
    if not queries.is_owned_by(kind, record_id, request.actor.owner):
        raise Http404
    return get_object_or_404(Party, slug=slug)


def _overrides(view: queries.RecordView, language: str) -> list[dict[str, Any]]:
    found = holding(view.record.owner_id, view.kind.name, view.record.period).filter(number=view.record.number)
    return [
        {
            "override": held,
            "field": view.kind.fields_by_name[held.field].labels.in_(language),
            "delivered": said(view.kind.fields_by_name[held.field], held.delivered) or formats.NOTHING,
            "value": said(view.kind.fields_by_name[held.field], held.value) or formats.NOTHING,
        }
        for held in found.order_by("pk")
        if held.field in view.kind.fields_by_name
    ]


def _values_table(view: queries.RecordView, language: str, *, typed: bool, change: bool) -> Table:
    rows = []
    for value in view.values:
        text: object = shown(value.field, value.value)
        if value.record:
            kind, pk, title = value.record
            text = Link(title, reverse("intake:record", args=[kind, pk]))
        if text or value.raw or change:
            label = value.field.labels.in_(language)
            row = {"field": label, "value": text, "cell": value.cell, "raw": value.raw}
            rows.append(row | {"change": _change(view, value.field, label)} if change else row)
    columns = [Column("field", _("Field"), heading=True), Column("value", _("Value"))]
    columns += (
        [] if typed or not view.delivered_here else [Column("cell", _("Cell")), Column("raw", _("As it was sent"))]
    )
    columns += [Column("change", _("Change it"))] if change else []
    return Table(
        caption=_caption(view, typed=typed),
        columns=columns,
        rows=rows,
    )


def _caption(view: queries.RecordView, *, typed: bool) -> str:
    if typed:
        return _("Values, as they were typed")
    if view.delivered_here:
        return _("Values, and the cells they came from")
    published = view.kind.delivered_by == "network"
    return _("Values, as they were published") if published else _("Values, as their owner shares them")


def _change(view: queries.RecordView, field: kinds.Field, label: str) -> object:
    if field.name in view.kind.key:
        return ""
    text = format_html('{}<span class="visually-hidden"> {}</span>', _("Change it"), label)
    return Link(text, reverse("intake:override", args=[view.kind.name, view.record.pk, field.name]))


def _related_table(kind: kinds.RecordKind, records: list[Any], count: int, *, language: str) -> Table:
    rows = [
        {"record": Link(str(found), reverse("intake:record", args=[kind.name, found.pk])), "period": str(found.period)}
        for found in records
    ]
    more = _("%(count)s in all; the first %(shown)s are shown.") % {"count": count, "shown": len(records)}
    return Table(
        caption=kind.plural.in_(language).capitalize(),
        columns=[Column("record", kind.labels.in_(language).capitalize(), heading=True), Column("period", _("Year"))],
        rows=rows,
        note=more if count > len(records) else "",
    )
