"""The background work of intake. A job carries ids and its actor, and may run twice without harm."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from schakel.intake import delivering, handing_back, rechecking, reminding
from schakel.intake.actions.queueing import queue_examination
from schakel.intake.receipts import make_receipt
from schakel.intake.sources.declared import declared_sources
from schakel.intake.sources.looking import look
from schakel.trail.actors import Actor

log = logging.getLogger(__name__)
_TRIES_AGAIN = 2


@app.task(queue="default", name="intake.examine", pass_context=False)
def examine(*, delivery_id: int, party: int, person: int | None, attempt: int = 0) -> None:
    """Read and check a delivery, so that its pages have something to show.

    It is tried again by another job, not by this one: another that waits for the same delivery does its work too.
    """
    actor = _worker(party, person)
    try:
        delivering.examine_in_background(actor=actor, delivery_id=delivery_id)
    except Exception:
        if attempt == _TRIES_AGAIN:
            raise
        log.warning("delivery %s could not be examined, and is tried again", delivery_id, exc_info=True)
        queue_examination(actor=actor, delivery_id=delivery_id, attempt=attempt + 1)


@app.task(queue="default", name="intake.accept", retry=2, pass_context=False)
def accept(*, delivery_id: int, party: int, person: int | None) -> None:
    """Accept a delivery that a person of its owner asked to accept."""
    delivering.accept_in_background(actor=_worker(party, person), delivery_id=delivery_id)


@app.task(queue="default", name="intake.after_acceptance", retry=5, pass_context=False)
def after_acceptance(*, delivery_id: int, party: int, person: int | None) -> None:
    """Make the receipt of a delivery that was accepted."""
    make_receipt(actor=_worker(party, person), delivery_id=delivery_id)


@app.task(queue="default", name="intake.return_workbook", retry=2, pass_context=False)
def return_workbook(*, delivery_id: int, language: str, party: int, person: int | None) -> None:
    """Mark the findings in the sender's own files."""
    handing_back.return_in_background(actor=_worker(party, person), delivery_id=delivery_id, language=language)


@app.task(queue="default", name="intake.recheck", retry=2, pass_context=False)
def recheck(*, delivery_id: int, party: int, person: int | None) -> None:
    """Run the newest checks on a delivery that was accepted."""
    rechecking.recheck_in_background(actor=_worker(party, person), delivery_id=delivery_id)


@app.task(queue="default", name="intake.remind", retry=2, pass_context=False)
def remind(*, period: int) -> None:
    """Bring the reminders of a year up to date, for the secretariat."""
    reminding.remind_of(period=period, today=timezone.localdate())


@app.periodic(cron="7 4 * * *")
@app.task(queue="default", name="intake.remind_of_all", queueing_lock="intake.remind_of_all", pass_context=False)
def remind_of_all(timestamp: int) -> None:
    """Remind of every year that is collected, once a day and before people begin."""
    reminding.remind_of_all(today=timezone.localdate())


@app.periodic(cron="* * * * *")
@app.task(queue="default", name="intake.look_at_sources", queueing_lock="intake.look_at_sources", pass_context=False)
def look_at_sources(timestamp: int) -> None:
    """Take in what lies in watched folders and buckets."""
    look(declared_sources(settings.SOURCES))


def _worker(party: int, person: int | None) -> Actor:
    return Actor(party=party, person=person, process="worker")
