"""Handing work on a delivery to the worker, in the transaction of whoever asks for it."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from schakel.intake.models import CollectionYear
from schakel.trail.actors import Actor


def queue(task: str, *, actor: Actor, delivery_id: int) -> None:
    """Have ``task`` of intake's jobs done for a delivery, with the rights of ``actor``."""
    app.configure_task(task).defer(delivery_id=delivery_id, party=actor.owner, person=actor.person)


def queue_examination(*, actor: Actor, delivery_id: int, attempt: int = 0) -> bool:
    """Have a delivery examined once more, unless that waits to be done already; False where it does.

    An examination that runs is followed by another one: it may have begun before what is asked about was there.
    """
    lock = f"intake.examine:{delivery_id}"
    try:
        with transaction.atomic():  # a refusal of the lock ends the statement, not what the caller did
            app.configure_task("intake.examine", queueing_lock=lock).defer(
                delivery_id=delivery_id, party=actor.owner, person=actor.person, attempt=attempt
            )
    except AlreadyEnqueued:
        return False
    return True


def queue_reminding(*, period: int) -> None:
    """Have it worked out again who must be reminded of ``period``, where that year is collected."""
    if CollectionYear.objects.filter(period=period).exists():
        app.configure_task("intake.remind").defer(period=period)
