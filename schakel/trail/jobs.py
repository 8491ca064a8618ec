"""The background work of the trail: addresses are forgotten when their time is over."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from schakel.trail.actions import forget_origins, note
from schakel.trail.actors import Actor


@app.periodic(cron="23 * * * *")
@app.task(queue="default", name="trail.forget_addresses", queueing_lock="trail.forget_addresses", pass_context=False)
def forget_addresses(timestamp: int) -> None:
    """Take away from where lines were written that are older than the settings say, and say how many."""
    with transaction.atomic():
        days = dt.timedelta(days=settings.TRAIL_ADDRESS_DAYS)
        if gone := forget_origins(before=timezone.now() - days):
            note(actor=Actor(party=None, process="retention"), verb="forgot addresses", kind="trail", addresses=gone)
