"""The background work of intake. A job carries ids and its actor, and may run twice without harm."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from schakel.intake import delivering, rechecking, reminding
from schakel.intake.receipts import make_receipt
from schakel.trail.actors import Actor


@app.task(queue="default", name="intake.examine", retry=2, pass_context=False)
def examine(*, delivery_id: int, party: int, person: int | None) -> None:
    """Read and check a delivery, so that its pages have something to show."""
    delivering.examine_in_background(actor=_worker(party, person), delivery_id=delivery_id)


@app.task(queue="default", name="intake.accept", retry=2, pass_context=False)
def accept(*, delivery_id: int, party: int, person: int | None) -> None:
    """Accept a delivery that a person of its owner asked to accept."""
    delivering.accept_in_background(actor=_worker(party, person), delivery_id=delivery_id)


@app.task(queue="default", name="intake.after_acceptance", retry=5, pass_context=False)
def after_acceptance(*, delivery_id: int, party: int, person: int | None) -> None:
    """Make the receipt of a delivery that was accepted."""
    make_receipt(actor=_worker(party, person), delivery_id=delivery_id)


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


def _worker(party: int, person: int | None) -> Actor:
    return Actor(party=party, person=person, process="worker")
