"""The background work of search: bringing the index up to date after a change, for the one whose records changed."""

from __future__ import annotations

from collections.abc import Iterable

from procrastinate.contrib.django import app

from schakel.search import actions
from schakel.trail.actors import Actor


@app.task(queue="default", name="search.index", retry=5)
def index(*, party: int, person: int | None, period: int | None, kind: str, ids: list[str]) -> None:
    """Bring a party's entries up to date. It reads what is there now, so it may run twice and in any order."""
    actor = Actor(party=party, person=person, process="worker")
    actions.index(actor=actor, period=period, kind=kind, ids=ids)
    actions.index_public(actor=actor, period=period, kind=kind, ids=ids)


def queue_index(*, actor: Actor, period: int | None = None, kind: str = "", ids: Iterable[object] = ()) -> None:
    """Queue a round over what the acting party owns, in the caller's transaction.

    ``period``, ``kind`` and ``ids`` narrow it: a changed record needs no round over its whole year.
    """
    index.defer(party=actor.owner, person=actor.person, period=period, kind=kind, ids=[str(one) for one in ids])
