"""The linker's background work: joining after each acceptance."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from schakel.intake.following import follow_acceptance
from schakel.register.actions import link_if_needed
from schakel.register.reminding import remind_reviewers

_WHILE = 30  # seconds


@app.task(queue="link", name="register.link_all", retry=5)
def link_all() -> None:
    """Join what is new. Many deliveries queue this many times; all but the first find nothing to do."""
    link_if_needed()
    remind.defer()


@app.task(queue="default", name="register.remind", retry=2)
def remind() -> None:
    """Tell reviewers what waits for them; with the rights of the worker, as the linker has no inbox."""
    remind_reviewers()


def queue_linking() -> None:
    """Queue a round of joining, in the caller's transaction."""
    link_all.defer()


def queue_linking_soon() -> None:
    """Queue a round of joining in a while, in the caller's transaction; nothing where one waits already.

    For what people say one after another: a round for each answer would join everybody's records every few seconds.
    """
    try:
        with transaction.atomic():
            link_all.configure(queueing_lock="register.link_soon", schedule_in={"seconds": _WHILE}).defer()
    except AlreadyEnqueued:
        return


follow_acceptance(queue_linking)
