"""Bringing up to date what is found while somebody types an organisation."""

from __future__ import annotations

from schakel.register.entry.keeping import keep_known
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def know(*, actor: Actor) -> int:
    """Make anew what the acting party's changed organisations, and published entries, are found under; how many.

    With the worker's rights.
    """
    with acting(actor):
        made = keep_known(actor.owner) + keep_known(None)
        if made:
            note(actor=actor, verb="indexed", kind="organisation", written=made)
    return made
