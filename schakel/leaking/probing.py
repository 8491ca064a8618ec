"""What the database itself lets each party read, table by table, held to the rules; without any page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext

from django.db import connection

from schakel.leaking.tables import READ_BY, Row
from schakel.leaking.world import Rows
from schakel.sharing.acting import acting, seeing_shared
from schakel.sharing.roles import ALL_SEEING, WEB, WORKER, as_owner, database_role
from schakel.trail.actors import Actor

_PROCESSES = {"web": WEB, "worker": WORKER}


def probe(world: Rows, tables: Iterable[str] | None = None, *, most: int | None = None) -> Iterator[str]:
    """Say of each table who reads rows that it may not, or does not read what it may.

    ``world``: of the whole network. ``most``: so many rows of each table; all where it is None. Signed in as the owner
    of the tables, who can be every role.
    """
    samples = {table: world.sample(table, most) for table in sorted(READ_BY if tables is None else tables)}
    for process, role in _PROCESSES.items():
        asked = _asked_by(role, samples)
        for asker in world.askers(process=process):
            actor = Actor(party=world.numbers.get(asker.party), process="check")
            of_others = seeing_shared() if asker.shared else nullcontext()
            with database_role(role), acting(actor), of_others:
                read = {table: _ids(world, table, samples[table]) for table in asked}
            for table in asked:
                may = {row[world.keys[table]] for row in samples[table] if world.may_read(asker, table, row)}
                if read[table] != may:
                    who = f"{asker.party or 'nobody'} ({process}{', of what is shared' if asker.shared else ''})"
                    over, under = len(read[table] - may), len(may - read[table])
                    yield f"{table}: {who} reads {over} rows too many, {under} too few"
    for role in ("", *ALL_SEEING):
        for table in _asked_by(role, samples) if role else samples:
            with database_role(role) if role else as_owner():
                missed = len(samples[table]) - len(_ids(world, table, samples[table]))
            if missed:
                yield f"{table}: {role or 'the owner of the tables'} reads {missed} rows too few"


def _asked_by(role: str, tables: Iterable[str]) -> list[str]:
    """Those of the tables that a role may read at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name WHERE has_table_privilege(%s, name, 'SELECT')",
            [list(tables), role],
        )
        return [row[0] for row in cursor.fetchall()]


def _ids(world: Rows, table: str, sample: Sequence[Row]) -> set[object]:
    key = world.keys[table]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {key} FROM "{table}" WHERE {key} = ANY (%s)', [[row[key] for row in sample]])
        return {row[0] for row in cursor.fetchall()}
