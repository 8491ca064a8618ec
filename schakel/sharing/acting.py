"""For whom the database works: the acting party, set for one transaction.

Invariant: without an acting party no owned row can be read or written by web or worker.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from schakel import prepared
from schakel.trail.actors import Actor

_SETTING = "schakel.party"


def _current() -> str:
    ((value,),) = prepared.rows("SELECT coalesce(current_setting(%s, true), '')", [_SETTING])
    return str(value)


def _set(value: str) -> None:
    prepared.rows("SELECT set_config(%s, %s, true)", [_SETTING, value])


def acting_party() -> int | None:
    """The id of the party for which the running transaction acts; None for none."""
    current = _current()
    return int(current) if current else None


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """A transaction in which ``actor``'s party owns what is written and sees what it owns.

    Inside another transaction it is a savepoint, and the party that acted before acts again after it.
    """
    inside = connection.in_atomic_block
    with transaction.atomic():
        before = _current() if inside else ""
        _set("" if actor.party is None else str(actor.party))
        yield
        if inside and not connection.needs_rollback:  # a transaction of its own takes the setting with it
            _set(before)
