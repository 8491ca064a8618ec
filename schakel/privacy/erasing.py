"""Erasing a person from what the acting party holds, in one transaction; and again, after a restore.

Invariants: only texts change, and only where the person is: ids, links, amounts, dates and places stay, so that figures
and the ledger say what they said. A line of the trail that changes is told in another line, with the digest of what it
says from then on, so that the chain shows it was altered by law (see `schakel.trail`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from schakel.privacy.declaring import holdings
from schakel.privacy.looking import Column, Found, column_of, values
from schakel.privacy.marks import STANDS_FOR, Finder, normal
from schakel.privacy.specials import make_anew, specials
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.trail.exporting import ERASED, LINE

Put = Callable[[Column, int, str], None]
"""Writes a value of a row: with the rights of a request that stands, or as the owner of the database."""

_TRAIL = "trail_entry"
_STANDS = re.compile(rf"{STANDS_FOR}[0-9a-f]+")
_LINES = "SELECT id, encode(trail_digest(NULL, e), 'hex') FROM trail_entry e WHERE id = ANY(%s)"


def erase(*, actor: Actor, finder: Finder, found: Found, put: Put, reason: str) -> dict[str, int]:
    """Rewrite all that was found; returns how many rows of each table changed. In the acting party's transaction."""
    done: dict[str, int] = {}
    by_table = {special.table: special for special in specials()}
    declared = {holding.table: holding for holding in holdings()}
    for table, columns in sorted(found.items()):
        if table in by_table:
            ids = sorted({pk for of_column in columns.values() for pk in of_column})
            done[table] = by_table[table].rewrite(actor=actor, finder=finder, ids=ids)
            continue
        changed: set[int] = set()
        for name, ids in columns.items():
            column, wanted = column_of(table, name), set(ids)
            for pk, value in list(values(declared[table], column, actor.owner)):
                if pk in wanted and (new := without(column, value, finder)) != value:
                    put(column, pk, new)
                    changed.add(pk)
        done[table] = len(changed)
        if table == _TRAIL and changed:
            _tell_lines(actor, changed, reason)
    make_anew(actor)
    return {table: count for table, count in done.items() if count}


def without(column: Column, value: str, finder: Finder) -> str:
    """A value without the person, as it is written back; unchanged where they are not in it."""
    if column.form == "text":
        return _fitting(column, value, finder.without(value))
    before = json.loads(value)
    after = _each(before, finder)
    return value if after == before else json.dumps(after, ensure_ascii=False)


def put_for(request: int) -> Put:
    """Writes with the worker's rights, for a request to erase that its party decided."""

    def put(column: Column, pk: int, value: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT privacy_put(%s, %s, %s, %s, %s)", [request, column.table, column.name, pk, value])

    return put


def put_as_owner(party: int) -> Put:
    """Writes with the rights of the database's owner, for commands of an administrator."""

    def put(column: Column, pk: int, value: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT privacy_write(%s, %s, %s, %s, %s)", [party, column.table, column.name, pk, value])

    return put


def _fitting(column: Column, before: str, after: str) -> str:
    """What is written: nothing, where all of a personal column is the person, or what stands for them is too long.

    A name that is empty is that of an organisation whose owner shows no names; joining leaves such records where they
    are.
    """
    if after == before:
        return before
    left = normal(_STANDS.sub(" ", after))
    nothing = column.named and not left
    too_long = column.longest is not None and len(after) > column.longest
    return "" if nothing or too_long else after


def _each(value: Any, finder: Finder) -> Any:  # noqa: ANN401 - as JSON has it
    if isinstance(value, str):
        return finder.without(value)
    if isinstance(value, list):
        return [_each(one, finder) for one in value]
    if isinstance(value, dict):
        return {name: _each(one, finder) for name, one in value.items()}
    return value


def _tell_lines(actor: Actor, ids: Iterable[int], reason: str) -> None:
    """Say in the trail which of its lines were altered, and what they say since, as a digest."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [sorted(ids)])
        now = dict(cursor.fetchall())
    for line, digest in now.items():
        note(actor=actor, verb=ERASED, kind=LINE, objects=[line], reason=reason, now=digest)
