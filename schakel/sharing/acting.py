"""For whom the database works: the acting party, set for one transaction.

Invariant: without an acting party no owned row can be read or written by web or worker.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from schakel import prepared
from schakel.trail.actors import Actor

_SETTING, _SHARED = "schakel.party", "schakel.shared"


def _current() -> tuple[str, str]:
    """The party that acts, and whether what others share with it is seen ("on")."""
    ((party, shared),) = prepared.rows(
        "SELECT coalesce(current_setting(%s, true), ''), coalesce(current_setting(%s, true), '')", [_SETTING, _SHARED]
    )
    return str(party), str(shared)


def _set(party: str, shared: str) -> None:
    prepared.rows("SELECT set_config(%s, %s, true), set_config(%s, %s, true)", [_SETTING, party, _SHARED, shared])


def acting_party() -> int | None:
    """The id of the party for which the running transaction acts; None for none."""
    current, _shared = _current()
    return int(current) if current else None


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """A transaction in which ``actor``'s party owns what is written and sees what it owns.

    Inside another transaction it is a savepoint, and the party that acted before acts again after it.
    """
    inside = connection.in_atomic_block
    with transaction.atomic():
        before = _current() if inside else ("", "")
        _set("" if actor.party is None else str(actor.party), "")
        yield
        if inside and not connection.needs_rollback:  # a transaction of its own takes the setting with it
            _set(*before)


@contextmanager
def seen_by(party: int) -> Iterator[None]:
    """What follows is read as ``party`` would see it: to show somebody what of their own another sees, and no more.

    The caller holds what it shows to what is the acting party's own.
    """
    with acting(Actor(party=party, process="see as")), seeing_shared():
        yield


@contextmanager
def seeing_shared() -> Iterator[None]:
    """Within the running transaction, the acting party also sees what agreements open to it in full.

    For pages that show what others share. All else is about a party's own records, and asks for those alone.
    """
    party, before = _current()
    _set(party, "on")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _set(party, before)
