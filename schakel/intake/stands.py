"""How what an agency delivered for a year stands, kept in counts for the agency itself and the secretariat.

Worked out anew from deliveries, findings and records whenever one of them changes, in the transaction that changed
it: so it is never out of step, and what it says can always be told from what is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from schakel.intake import kinds, writing
from schakel.intake.models import (
    DeliveredRow,
    DeliveredTable,
    Delivery,
    DeliveryFinding,
    DeliveryStand,
    DeliveryState,
    Origin,
    RowOutcome,
)
from schakel.intake.records import RecordState

_NOT_IN = (DeliveryState.UPLOADING, DeliveryState.DISCARDED)


def keep_stands(*, owner: int, period: int) -> None:
    """Bring the stands of ``owner`` and ``period`` up to date, in the caller's transaction; ``owner`` acts."""
    _one_at_a_time(owner, period)
    deliveries = list(Delivery.objects.filter(owner_id=owner, period=period).exclude(state__in=_NOT_IN))
    deliveries.sort(key=lambda delivery: (delivery.received_at, delivery.pk))
    holding = _holding(deliveries)
    before = DeliveryStand.objects.filter(owner_id=owner, period=period)
    before.exclude(kind__in=["", *holding]).delete()
    if not deliveries:
        before.delete()
        return
    _keep(owner, period, "", _of_files(deliveries[-1]))
    restored = max((d.accepted_at for d in deliveries if d.origin == Origin.RESTORED and d.accepted_at), default=None)
    for kind, holders in holding.items():
        behind = standing_deliveries(owner, period, kind)
        _keep(owner, period, kind, _of_kind(owner, period, kind, holders, _in(holders, behind, restored)))


def keep_received(delivery: Delivery) -> None:
    """Say that files came in, whose kinds are not known before they are examined; as `keep_stands` does."""
    _one_at_a_time(delivery.owner_id, delivery.period)
    _keep(delivery.owner_id, delivery.period, "", _of_files(delivery))


def standing_deliveries(owner: int, period: int, kind: str) -> list[int]:
    """The deliveries that the records of a kind which count came with."""
    found = writing.record_table(kind).model._default_manager.filter(owner_id=owner, period=period)
    return sorted(set(found.exclude(state=RecordState.WITHDRAWN).values_list("delivery_id", flat=True)))


def _one_at_a_time(owner: int, period: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"stand {owner} {period}"])


def _keep(owner: int, period: int, kind: str, values: dict[str, Any]) -> None:
    DeliveryStand.objects.update_or_create(owner_id=owner, period=period, kind=kind, defaults=values)


def _holding(deliveries: Iterable[Delivery]) -> dict[str, list[Delivery]]:
    """By kind the deliveries that hold it, oldest first; accepted ones by the tables that were taken in."""
    by_pk = {delivery.pk: delivery for delivery in deliveries}
    taken = DeliveredTable.objects.filter(delivery__in=by_pk, delivery__state=DeliveryState.ACCEPTED)
    pairs = {(kind, pk) for kind, pk in taken.values_list("kind", "delivery_id")}
    pairs |= {(kind, pk) for pk, delivery in by_pk.items() for kind in delivery.holds}
    found: dict[str, list[Delivery]] = {}
    for kind in kinds.kinds():
        holders = [delivery for pk, delivery in by_pk.items() if (kind.name, pk) in pairs]
        if holders:
            found[kind.name] = holders
    return found


def _of_files(last: Delivery) -> dict[str, Any]:
    """What is to be said of the last files, whatever their kinds."""
    return {
        "delivery": last,
        "received_at": last.received_at,
        "checked_at": last.examined_at,
        "accepted_at": last.accepted_at,
        "readable": bool(last.examined_at) and last.state != DeliveryState.FAILED,
        **_found(last, ""),
    }


def _in(holders: list[Delivery], behind: list[int], restored: dt.datetime | None) -> list[Delivery]:
    """The accepted deliveries of a kind, oldest first; once a state was brought back, those behind it and since."""
    accepted = sorted((d for d in holders if d.accepted_at), key=lambda delivery: (delivery.accepted_at, delivery.pk))
    if restored is None or any(d.accepted_at > restored for d in accepted if d.accepted_at):
        return accepted
    return [delivery for delivery in accepted if delivery.pk in behind]


def _of_kind(owner: int, period: int, kind: str, holders: list[Delivery], accepted: list[Delivery]) -> dict[str, Any]:
    shown, last = (accepted or holders)[-1], holders[-1]
    values = {
        "delivery": shown,
        "received_at": last.received_at,
        "checked_at": last.examined_at,
        "accepted_at": accepted[-1].accepted_at if accepted else None,
        "first_accepted_at": accepted[0].accepted_at if accepted else None,
        "readable": True,
        **_rows(shown, kind),
        **_found(shown, kind),
    }
    return values | (_standing(owner, period, kind, shown) if accepted else _nothing_stands())


def _rows(delivery: Delivery, kind: str) -> dict[str, Any]:
    rows = DeliveredRow.objects.filter(table__delivery=delivery, table__kind=kind)
    counts = rows.aggregate(all=Count("pk"), out=Count("pk", filter=Q(outcome=RowOutcome.REFUSED)))
    return {"delivered": counts["all"] or delivery.holds.get(kind, 0), "refused": counts["out"]}


def _found(delivery: Delivery, kind: str) -> dict[str, Any]:
    lines = (
        DeliveryFinding.objects.filter(delivery=delivery, kind=kind)
        .values("check_id", "severity")
        .annotate(count=Count("pk"), waived=Count("pk", filter=Q(waived=True)))
        .order_by("severity", "check_id")
    )
    found = [
        {"check": line["check_id"], "severity": line["severity"], "count": line["count"], "waived": line["waived"]}
        for line in lines
    ]
    return {
        "found": found,
        "errors": sum(line["count"] for line in found if line["severity"] == "error"),
        "warnings": sum(line["count"] for line in found if line["severity"] == "warning"),
        "waived": sum(line["waived"] for line in found if line["severity"] == "warning"),
    }


def _nothing_stands() -> dict[str, Any]:
    return {"standing": 0, "vanished": 0, "references": 0, "resolved": 0, "checks_version": ""}


def _standing(owner: int, period: int, kind: str, accepted: Delivery) -> dict[str, Any]:
    records = writing.record_table(kind).model._default_manager.filter(owner_id=owner, period=period)
    counts = records.aggregate(
        standing=Count("pk", filter=Q(state=RecordState.STANDS)),
        vanished=Count("pk", filter=Q(state=RecordState.VANISHED)),
    )
    behind = standing_deliveries(owner, period, kind) or [accepted.pk]
    versions = set(Delivery.objects.filter(pk__in=behind).values_list("checks_version", flat=True))
    filled, resolved = _references(owner, period, kind)
    return counts | {
        "references": filled,
        "resolved": resolved,
        "checks_version": versions.pop() if len(versions) == 1 else "",
    }


def _references(owner: int, period: int, kind: str) -> tuple[int, int]:
    """How many references to other records were filled in by rows that stand, and how many of them lead somewhere."""
    table = writing.record_table(kind)
    fields = [field.name for field in kinds.kind(kind).fields if field.refers_to and field.name in table.own_fields()]
    filled = resolved = 0
    for name in fields:
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT count(*), count(m."{table.column(name)}") FROM {table.model._meta.db_table} m'
                f" JOIN {DeliveredRow._meta.db_table} r ON r.id = m.source_id"
                " WHERE m.owner_id = %s AND m.period = %s AND m.state <> %s AND coalesce(r.raw->>%s, '') <> ''",
                [owner, period, RecordState.WITHDRAWN, name],
            )
            row = cursor.fetchone()
        filled, resolved = filled + row[0], resolved + row[1]
    return filled, resolved
