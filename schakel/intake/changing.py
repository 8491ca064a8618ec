"""What a record's values were and became, and by whom: read off what came, and off what people put in its place.

Invariants: nothing is kept for this alone. A delivery's rows stand as they were sent for ever, and say what they made
of a record; where an acceptance was compared first, the difference says it in the record's own values. Overrides hold
both values themselves; withdrawing is a line of the trail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.intake.canonical import said
from schakel.intake.differing import STATE
from schakel.intake.kinds import Field, RecordKind
from schakel.intake.models import DeliveredRow, DifferenceLine, Origin, Override
from schakel.intake.overriding import AGREES
from schakel.intake.records import Record, RecordState
from schakel.sharing.logbook.history import Changed, Step
from schakel.sharing.logbook.telling import told, who, why
from schakel.trail.models import Entry

_ONE_ACT = dt.timedelta(seconds=1)
_TELLING = ("withdrew", "kept")  # lines that nothing else says


def steps_of(kind: RecordKind, record: Record, lines: Sequence[Entry], *, party: int, language: str) -> list[Step]:
    """Everything that was done with a record of the acting party, in no order; ``lines``: of the trail about it."""
    told_of = [line for line in reversed(lines) if line.verb in _TELLING]
    return [
        *_delivered(kind, record, language),
        *_overridden(kind, record, language),
        *(Step(one.line.at, who(one, party), one.verb, why=why(one)) for one in told(told_of)),
    ]


def _delivered(kind: RecordKind, record: Record, language: str) -> Iterator[Step]:
    """A step for each accepted delivery that made the record or changed it."""
    came = DeliveredRow.objects.filter(
        table__delivery__owner_id=record.owner_id,
        table__delivery__period=record.period,
        table__delivery__accepted_at__isnull=False,
        table__kind=kind.name,
        number=record.number,
        outcome__in=("new", "changed"),
    ).select_related("table__delivery__accepted_by", "table__delivery__sender")
    rows = list(came.order_by("table__delivery__accepted_at", "pk"))
    deliveries = [row.table.delivery_id for row in rows]
    lines = DifferenceLine.objects.filter(delivery_id__in=deliveries, kind=kind.name, number=record.number)
    compared = {line.delivery_id: line for line in lines}
    before: dict[str, str] | None = None
    for row in rows:
        at = row.table.delivery.accepted_at
        if at is None:
            continue
        delivery, known = row.table.delivery, compared.get(row.table.delivery_id)
        if before is None:
            changed: Iterable[Changed] = ()
        elif known is not None and known.outcome == "changed":
            changed = _compared(kind, known.fields, language)
        else:
            changed = _as_sent(kind, before, row.raw, language)
        person = delivery.accepted_by or delivery.sender
        yield Step(at, str(person or delivery.get_origin_display()), _came(row, first=before is None), tuple(changed))
        before = row.raw


def _came(row: DeliveredRow, *, first: bool) -> SafeString:
    """What a delivery did, with the way to it."""
    typed = row.table.delivery.origin == Origin.FORM
    if first:
        said_so = _("typed it here, delivery") if typed else _("delivered it first, delivery")
    else:
        said_so = _("typed it anew, delivery") if typed else _("delivered it anew, delivery")
    number = row.table.delivery_id
    url = reverse("intake:delivery", args=[number])
    return format_html('{} <a class="nl-link" href="{}">{}</a>', said_so, url, number)


def _compared(kind: RecordKind, fields: Iterable[dict[str, str]], language: str) -> Iterator[Changed]:
    """What a kept difference says, in the record's own values."""
    for line in fields:
        field = kind.fields_by_name.get(line["field"])
        if line["field"] == STATE:
            states = dict(RecordState.choices)
            yield Changed(_("State"), str(states.get(line["before"], "")), str(states.get(line["after"], "")))
        elif field is not None:
            yield _change(field, line["before"], line["after"], language)


def _change(field: Field, before: str, after: str, language: str) -> Changed:
    """Of a reference both are written as they were told then; all else in the reader's language."""
    if field.refers_to is None:
        before, after = said(field, before), said(field, after)
    return Changed(field.labels.in_(language), before, after)


def _as_sent(kind: RecordKind, before: dict[str, Any], after: dict[str, Any], language: str) -> Iterator[Changed]:
    """What was sent otherwise than the last time, as it was sent."""
    for field in kind.fields:
        texts = [str(raw.get(field.name) or "") for raw in (before, after)]
        if texts[0] != texts[1]:
            yield Changed(field.labels.in_(language), *texts)


def _overridden(kind: RecordKind, record: Record, language: str) -> Iterator[Step]:
    """A step for each value that a person put, and for each that was taken back or that a delivery agreed with."""
    found = Override.objects.filter(
        owner_id=record.owner_id, kind=kind.name, period=record.period, number=record.number
    ).select_related("made_by", "ended_by")
    put = list(found.order_by("pk"))
    for place, one in enumerate(put):
        field = kind.fields_by_name.get(one.field)
        if field is None:
            continue
        earlier = next((other for other in reversed(put[:place]) if _gave_way(other, one)), None)
        before = earlier.value if earlier is not None else one.delivered
        what = _("put another value in its place")
        yield Step(
            one.made_at, str(one.made_by or ""), what, (_change(field, before, one.value, language),), one.reason
        )
        if one.ended_at is not None and not any(_gave_way(one, other) for other in put[place + 1 :]):
            yield _ended(field, one, one.ended_at, language)


def _ended(field: Field, one: Override, at: dt.datetime, language: str) -> Step:
    if one.ended_because == AGREES:
        return Step(at, "", _("a delivery says the same now"))
    changed = _change(field, one.value, one.delivered, language)
    return Step(at, str(one.ended_by or ""), _("took that value back"), (changed,), one.ended_because)


def _gave_way(one: Override, other: Override) -> bool:
    """Whether ``one`` ended as ``other`` took its place, which is one act."""
    if one.field != other.field or one.ended_at is None:
        return False
    return abs(other.made_at - one.ended_at) < _ONE_ACT
