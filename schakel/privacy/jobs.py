"""The background work of personal data: erasing whom a party decided to erase, and the daily round of retention."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from schakel.privacy import actions, retaining
from schakel.trail.actors import Actor

_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.task(queue="default", name="privacy.carry_out", retry=_AGAIN, pass_context=False)
def carry_out_request(*, request_id: int, party: int, person: int | None) -> None:
    """Erase the person of a request that was decided."""
    actions.carry_out(actor=Actor(party=party, person=person, process="worker"), request_id=request_id)


@app.periodic(cron="37 2 * * *")
@app.task(queue="default", name="privacy.retain", queueing_lock="privacy.retain", pass_context=False)
def retain(timestamp: int) -> None:
    """Take away what is kept no longer than its period, each party's own."""
    retaining.retain_all(process="worker")
