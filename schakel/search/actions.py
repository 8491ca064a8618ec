"""The verb of search: keep the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from schakel.network.models import Party
from schakel.search.keeping import Kept, keep
from schakel.search.registry import Scope
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def index(*, actor: Actor, period: int | None = None, kind: str = "", ids: Sequence[str] = ()) -> Kept:
    """Bring what the acting party owns up to date in the index: all, of a period, of a kind, or some of a kind.

    With the rights of the worker. Says how many entries changed and how many went.
    """
    with acting(actor):
        return _kept(actor, Scope(actor.owner, period, kind, tuple(ids)))


def index_public(*, actor: Actor, period: int | None = None, kind: str = "", ids: Sequence[str] = ()) -> Kept:
    """Bring what everybody may find up to date in the index: all, of a period, of a kind, or some of a kind."""
    with acting(actor):
        return _kept(actor, Scope(None, period, kind, tuple(ids)))


def index_all(*, process: str, parties: Iterable[Party]) -> Iterator[tuple[Party, Kept]]:
    """Bring all there is of ``parties``, and what is for everybody, up to date; gives each party when it is done.

    What is for everybody comes last: what a party no longer has to itself must have left its own entries by then.
    """
    for party in parties:
        yield party, index(actor=Actor(party=party.pk, process=process))
    index_public(actor=Actor(party=None, process=process))


def _kept(actor: Actor, scope: Scope) -> Kept:
    done = keep(scope)
    if done.written or done.dropped:
        note(
            actor=actor,
            verb="indexed",
            kind=scope.kind or "search",
            period=scope.period,
            written=done.written,
            dropped=done.dropped,
        )
    return done
