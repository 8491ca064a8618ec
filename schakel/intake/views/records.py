"""One record, each value with the cell it came from."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.intake import kinds, queries
from schakel.intake.showing import shown
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.tables import Column, Link, Table


@for_parties()
def record(request: PartyRequest, kind: str, record_id: int) -> HttpResponse:
    """One record, each value with the cell it came from."""
    view = queries.record_view(kind, record_id)
    if view is None:
        raise Http404
    note(actor=request.actor, verb="opened", kind=kind, objects=[record_id])
    language = get_language() or "nl"
    context: dict[str, Any] = {
        "view": view,
        "kind_label": view.kind.labels.in_(language),
        "values": _values_table(view, language),
        "related": [_related_table(*part, language=language) for part in view.related],
        "years": [(period, reverse("intake:record", args=[kind, pk])) for period, pk in view.years],
    }
    return render(request, "intake/record.html", context)


def _values_table(view: queries.RecordView, language: str) -> Table:
    rows = []
    for value in view.values:
        text: object = shown(value.field, value.value)
        if value.record:
            kind, pk, title = value.record
            text = Link(title, reverse("intake:record", args=[kind, pk]))
        if text or value.raw:
            rows.append(
                {"field": value.field.labels.in_(language), "value": text, "cell": value.cell, "raw": value.raw}
            )
    return Table(
        caption=_("Values, and the cells they came from"),
        columns=[
            Column("field", _("Field"), heading=True),
            Column("value", _("Value")),
            Column("cell", _("Cell")),
            Column("raw", _("As it was sent")),
        ],
        rows=rows,
    )


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
