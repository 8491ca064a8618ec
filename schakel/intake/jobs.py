"""The background work of intake. A job carries ids and its actor, and may run twice without harm."""

from __future__ import annotations

from procrastinate.contrib.django import app

from schakel.intake.receipts import make_receipt
from schakel.trail.actors import Actor


@app.task(queue="default", name="intake.after_acceptance", retry=5, pass_context=False)
def after_acceptance(*, delivery_id: int, party: int, person: int | None) -> None:
    """Make the receipt of a delivery that was accepted."""
    make_receipt(actor=Actor(party=party, person=person, process="worker"), delivery_id=delivery_id)
