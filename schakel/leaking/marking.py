"""Secret marks in a copy: in the records, in the cells they came from, in what people wrote, in the audit log."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import connection

from schakel.leaking import reading
from schakel.leaking.kinds import KINDS
from schakel.leaking.rules import Line, Network, Thing, digest
from schakel.leaking.tables import WORDS, Asker, Row
from schakel.leaking.world import Rows
from schakel.search.actions import index
from schakel.sharing.acting import acting
from schakel.sharing.roles import WORKER, as_owner, database_role
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.trail.whence import Channel, coming_from

WORD = "Zonneveld"  # in every name, so that one question of search finds many
ADDRESS = "192.0.2.1"  # of documentation (RFC 5737): nobody's


@dataclass(frozen=True)
class Written:
    """What somebody wrote in a row of a table, with a mark in it."""

    table: str
    row: Row

    @property
    def mark(self) -> str:
        """The word that stands there and nowhere else."""
        return f"q{digest(self.table, self.row['id'])}rowq"

    def __str__(self) -> str:
        return f"what was written in {self.table}"


def mark_things(things: Iterable[Thing]) -> None:
    """Write marks into things, and find them by those from now on. As the owner of the tables."""
    changed: dict[tuple[str, str], list[str]] = defaultdict(list)
    with (
        _without_triggers([*(kind.table for kind in KINDS.values()), "intake_deliveredrow"]),
        connection.cursor() as cursor,
    ):
        for thing in things:
            kind = KINDS[thing.kind]
            said = {
                kind.known: f"{WORD} {thing.word} {thing.mark('known')}",
                kind.summary: f"https://{thing.mark('summary')}.example",
                kind.full: [thing.mark("full")] if kind.full == "co_investors" else thing.mark("full"),
            }
            said.pop("", None)
            if said:
                columns = ", ".join(f"{column} = %s" for column in said)
                cursor.execute(f"UPDATE {kind.table} SET {columns} WHERE id = %s", [*said.values(), thing.id])
            cells = json.dumps({"name": thing.mark("cell"), "title": thing.mark("cell")})
            cursor.execute(
                "UPDATE intake_deliveredrow SET raw = raw || %s"
                f" WHERE id = (SELECT source_id FROM {kind.table} WHERE id = %s)",
                [cells, thing.id],
            )
            changed[thing.owner, thing.kind].append(str(thing.id))
    numbers = {slug: number for number, slug in reading.slugs().items()}
    with database_role(WORKER):
        for (owner, of_kind), ids in changed.items():
            index(actor=Actor(party=numbers[owner], process="check"), kind=of_kind, ids=ids)


def mark_words(world: Rows, *, each: int) -> tuple[Written, ...]:
    """Write marks into what people wrote, in ``each`` rows of every table of ``tables.WORDS``."""
    made = []
    with _without_triggers(WORDS), connection.cursor() as cursor:
        for table, columns in WORDS.items():
            for row in world.sample(table, each):
                written = Written(table, row)
                said = ", ".join(f"{column} = %s" for column in columns)
                cursor.execute(f"UPDATE {table} SET {said} WHERE id = %s", [*[written.mark] * len(columns), row["id"]])
                made.append(written)
    return tuple(made)


def mark_log(network: Network, agencies: list[str]) -> Network:
    """Write lines into the audit log: each agency's own, one about what is of the next, and one of nobody."""
    pairs = [("", "")]
    for place, slug in enumerate(agencies):
        pairs += [(slug, ""), (slug, agencies[(place + 1) % len(agencies)])]
    return replace(network, lines=tuple(_line(owner, concerned) for owner, concerned in pairs))


def _line(owner: str, concerned: str) -> Line:
    numbers = {slug: number for number, slug in reading.slugs().items()}
    made = Line(0, owner, concerned)
    actor = Actor(party=numbers.get(owner), process="check")
    with acting(actor), coming_from(Channel.PAGE, ADDRESS):
        note(
            actor=actor, verb="withdrew", kind="project", objects=[1], reason=made.mark, concerns=numbers.get(concerned)
        )
    (row,) = reading.rows("SELECT max(id) AS id FROM trail_entry WHERE reason = %(mark)s", {"mark": made.mark})
    return replace(made, id=row["id"])


def hidden_words(world: Rows, written: Iterable[Written], party: str) -> dict[str, str]:
    """Every mark in what was written that may not appear before ``party``, and where it stands."""
    asker = Asker(party, world.parties.get(party, ""), shared=True)
    return {one.mark: str(one) for one in written if not world.may_read(asker, one.table, one.row)}


@contextmanager
def _without_triggers(tables: Iterable[str]) -> Iterator[None]:
    """As the owner of these tables, who may alter what otherwise is never altered; for copies alone."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
