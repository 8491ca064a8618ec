"""Values that a person put in the place of delivered ones: kept over later deliveries until the source agrees.

Invariant: a record holds the value of its override, and the delivered row what was delivered. An override ends where
a delivery says the same, or where a person takes it back.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from schakel.intake import kinds, writing
from schakel.intake.canonical import canonical
from schakel.intake.models import Delivery, Override
from schakel.intake.standing import Numbers, column_of, stored

AGREES = "agrees"  # in `Override.ended_because`: a delivery says the same now


def holding(owner: int, kind: str, period: int) -> QuerySet[Override]:
    """The overrides of an owner's records of a kind and period that hold."""
    return Override.objects.filter(owner_id=owner, kind=kind, period=period, ended_at=None).select_related("made_by")


def put_over(staged: str, table: writing.RecordTable, delivery: Delivery) -> None:
    """Put the values that hold over the staged rows of a delivery; end those that the delivery agrees with."""
    numbers = Numbers(delivery.owner_id, delivery.period)
    declared = kinds.kind(table.kind).fields_by_name
    for override in holding(delivery.owner_id, table.kind, delivery.period).order_by("pk"):
        field = declared.get(override.field)
        if field is not None:
            _put_over(staged, column_of(table, field), field, override, numbers)


def _put_over(staged: str, column: str, field: kinds.Field, override: Override, numbers: Numbers) -> None:
    try:
        value = stored(field, override.value, numbers)
    except LookupError:  # the record it leads to is gone: what is delivered stands until somebody looks
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT \"{column}\" FROM {staged} WHERE number = %s AND outcome <> 'refused'", [override.number]
        )
        row = cursor.fetchone()
        if row is None:
            return
        if row[0] == value:
            override.ended_at, override.ended_because = timezone.now(), AGREES
            override.save(update_fields=["ended_at", "ended_because"])
            return
        override.delivered = _delivered(field, row[0], numbers)
        override.save(update_fields=["delivered"])
        cursor.execute(f'UPDATE {staged} SET "{column}" = %s WHERE number = %s', [value, override.number])


def _delivered(field: kinds.Field, value: object, numbers: Numbers) -> str:
    if field.refers_to is None or value is None:
        return canonical(field, value)
    return next((number for number, pk in numbers.of(field.refers_to).items() if pk == value), "")
