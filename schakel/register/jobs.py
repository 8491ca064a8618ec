"""The linker's background work: joining after each acceptance."""

from __future__ import annotations

from procrastinate.contrib.django import app

from schakel.intake.following import follow_acceptance
from schakel.register.actions import link_if_needed


@app.task(queue="link", name="register.link_all", retry=5)
def link_all() -> None:
    """Join what is new. Many deliveries queue this many times; all but the first find nothing to do."""
    link_if_needed()


def queue_linking() -> None:
    """Queue a round of joining, in the caller's transaction."""
    link_all.defer()


follow_acceptance(queue_linking)
