"""Handing work on a delivery to the worker, in the transaction of whoever asks for it."""

from __future__ import annotations

from procrastinate.contrib.django import app

from schakel.intake.models import CollectionYear
from schakel.trail.actors import Actor


def queue(task: str, *, actor: Actor, delivery_id: int) -> None:
    """Have ``task`` of intake's jobs done for a delivery, with the rights of ``actor``."""
    app.configure_task(task).defer(delivery_id=delivery_id, party=actor.owner, person=actor.person)


def queue_reminding(*, period: int) -> None:
    """Have it worked out again who must be reminded of ``period``, where that year is collected."""
    if CollectionYear.objects.filter(period=period).exists():
        app.configure_task("intake.remind").defer(period=period)
