"""The receipt of a delivery: what happened to its rows, in numbers."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from schakel.intake.models import DeliveredRow, Delivery, DeliveryFinding, Receipt
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def make_receipt(*, actor: Actor, delivery_id: int) -> Receipt:
    """The receipt of an accepted delivery of the acting party; made once, the same one ever after.

    Raises Delivery.DoesNotExist where the acting party has no such delivery.
    """
    with acting(actor):
        delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
        known = Receipt.objects.filter(delivery=delivery).first()
        if known is not None:
            return known
        receipt = Receipt.objects.create(owner_id=delivery.owner_id, delivery=delivery, content=_content(delivery))
        note(actor=actor, verb="receipted", kind="delivery", objects=[delivery.pk])
    return receipt


def _content(delivery: Delivery) -> dict[str, Any]:
    outcomes = (
        DeliveredRow.objects.filter(table__delivery=delivery)
        .values("table__kind", "outcome")
        .annotate(rows=Count("pk"))
        .order_by("table__kind", "outcome")
    )
    rows: dict[str, dict[str, int]] = {}
    for line in outcomes:
        rows.setdefault(line["table__kind"], {})[line["outcome"]] = line["rows"]
    findings = DeliveryFinding.objects.filter(delivery=delivery).values("severity").annotate(count=Count("pk"))
    return {
        "rows": rows,
        "findings": {line["severity"]: line["count"] for line in findings.order_by("severity")},
        "files": list(delivery.files.order_by("name").values("name", "digest", "size")),
    }
