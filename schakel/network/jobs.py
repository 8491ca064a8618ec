"""The background work of the network: tries to sign in are forgotten, letters for a new password go out."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from schakel.network.signing.counters import forget
from schakel.network.signing.letters import send_change_letter, send_password_letter
from schakel.network.signing.pauses import DAY

_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)  # a mail server that is away for a minute


@app.periodic(cron="41 * * * *")
@app.task(queue="default", name="network.forget_tries", queueing_lock="network.forget_tries", pass_context=False)
def forget_tries(timestamp: int) -> None:
    """Take away tries to sign in of more than a day ago."""
    forget(before=timezone.now() - DAY)


@app.task(
    queue="default",
    name="network.write_password_letter",
    retry=_AGAIN,
    pass_context=False,
)
def write_password_letter(*, person: int) -> None:
    """Send a person the link with which to choose a new password; nobody (0) gets none."""
    send_password_letter(person)


@app.task(queue="default", name="network.write_change_letter", retry=_AGAIN, pass_context=False)
def write_change_letter(*, person: int) -> None:
    """Tell a person that how they sign in was changed."""
    send_change_letter(person)
