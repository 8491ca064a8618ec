"""Background work after each acceptance: the linker joins; the worker brings up to date what is known while typing."""

from __future__ import annotations

from procrastinate.contrib.django import app

from schakel.intake.following import follow_acceptance
from schakel.register.actions import know, link_if_needed
from schakel.sharing.acting import acting_party
from schakel.trail.actors import Actor


@app.task(queue="link", name="register.link_all", retry=5)
def link_all() -> None:
    """Join what is new. Many deliveries queue this many times; all but the first find nothing to do."""
    link_if_needed()


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


follow_acceptance(queue_linking)
follow_acceptance(queue_knowing)
