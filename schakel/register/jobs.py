"""Background work after each acceptance: the linker joins; the worker brings up to date what is known while typing."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from schakel.intake.following import follow_acceptance
from schakel.register.actions import foresee, know, link_if_needed
from schakel.register.following import call_followers
from schakel.register.reminding import remind_reviewers
from schakel.sharing.acting import acting_party
from schakel.trail.actors import Actor

_WHILE = 30  # seconds


@app.task(queue="link", name="register.link_all", retry=5)
def link_all() -> None:
    """Join what is new. Many deliveries queue this many times; all but the first find nothing to do."""
    if link_if_needed():
        foresee_next.defer()
    remind.defer()


@app.task(queue="link", name="register.foresee", retry=5)
def foresee_next() -> None:
    """Foresee what is proposed, a part at a time, so that no round waits for all of it; then what follows is queued."""
    if foresee():
        foresee_next.defer()
    else:
        call_followers()


@app.task(queue="default", name="register.remind", retry=2)
def remind() -> None:
    """Tell reviewers what waits for them; with the rights of the worker, as the linker has no inbox."""
    remind_reviewers()


def queue_linking() -> None:
    """Queue a round of joining, in the caller's transaction."""
    link_all.defer()


@app.task(queue="default", name="register.know", retry=5)
def know_own(*, party: int) -> None:
    """Bring what a party's organisations are found under up to date. It may run twice."""
    know(actor=Actor(party=party, process="worker"))


def queue_knowing() -> None:
    """Queue it for the party that acts, in the caller's transaction."""
    party = acting_party()
    if party is not None:
        know_own.defer(party=party)


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
follow_acceptance(queue_knowing)
