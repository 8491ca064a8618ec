"""The background work of intake. A job carries ids and its actor, and may run twice without harm."""

from __future__ import annotations

from procrastinate.contrib.django import app

from schakel.intake import delivering
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


def _worker(party: int, person: int | None) -> Actor:
    return Actor(party=party, person=person, process="worker")
