"""The background work of the network: what is kept of signing in for a short time is taken away."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from schakel.network.signing.counters import forget
from schakel.network.signing.pauses import DAY


@app.periodic(cron="41 * * * *")
@app.task(queue="default", name="network.forget_tries", queueing_lock="network.forget_tries", pass_context=False)
def forget_tries(timestamp: int) -> None:
    """Take away tries to sign in of more than a day ago."""
    forget(before=timezone.now() - DAY)
