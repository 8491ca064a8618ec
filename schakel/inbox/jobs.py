"""The background work of the inbox: letters out, the message of the day, reminders.

The worker is behind the same walls as all: it goes from party to party and acts for each. Each job may run twice.
"""

from __future__ import annotations

from collections.abc import Callable

from procrastinate.contrib.django import app

from schakel.inbox import digests, forgetting, invitations, reminders, sending
from schakel.network.models import Party


@app.task(queue="default", name="inbox.send_letters", pass_context=False)
def send_letters(*, party: int) -> None:
    """Send the letters of a party that are due; what cannot be sent is tried again by ``send_what_is_due``."""
    _send([party])


@app.task(queue="default", name="inbox.send_invitations", pass_context=False)
def send_invitations(*, party: int) -> None:
    """Send the invitations of a party that are due; see ``send_letters``."""
    invitations.send_invitations(party)


@app.periodic(cron="* * * * *")
@app.task(queue="default", name="inbox.send_what_is_due", queueing_lock="inbox.send_what_is_due", pass_context=False)
def send_what_is_due(timestamp: int) -> None:
    """Send the letters and invitations of all parties whose pause is over."""
    _send(_parties())
    _for_each(invitations.send_invitations)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="default", name="inbox.write_letters", queueing_lock="inbox.write_letters", pass_context=False)
def write_letters(timestamp: int) -> None:
    """Write reminders and messages of the day where their hour has come; often, so that none is late by much."""
    written = _for_each(reminders.write_reminders) + _for_each(digests.write_digests)
    if written:
        _send(_parties())


@app.periodic(cron="23 3 * * *")
@app.task(queue="default", name="inbox.forget_letters", queueing_lock="inbox.forget_letters", pass_context=False)
def forget_letters(timestamp: int) -> None:
    """Take away letters that went out long ago; what they told of is in the inbox."""
    _for_each(forgetting.forget_letters)


def _parties() -> list[int]:
    return list(Party.objects.values_list("pk", flat=True))


def _for_each(do: Callable[[int], int]) -> int:
    return sum(do(party) for party in _parties())


def _send(parties: list[int]) -> None:
    sending_round = sending.Round()
    try:
        for party in parties:
            sending_round.send(party)
    finally:
        sending_round.close()
