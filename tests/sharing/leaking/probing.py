"""What the database itself lets each party see, table by table, held to the rules; without any page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from schakel.network.queries import party
from schakel.sharing.acting import seeing_shared
from tests.making import acts, as_owner

from ..mandates import OFFICE
from .rules import Network
from .worlds import AGENCIES, OTHERS

RECORDS = {
    "register_organisation": "organisation",
    "innovate_innovationproject": "project",
    "invest_investment": "investment",
    "invest_fund": "fund",
    "internationalise_foreigncase": "foreign_case",
}
# Rows that are their owner's alone, and an auditor's with its mandate.
DELIVERED = ("intake_delivery", "intake_deliveredtable", "intake_deliveredrow")
LOG = ("trail_entry", "trail_origin")
TABLES = (*RECORDS, *DELIVERED, "innovate_participation", "search_searchentry", *LOG)


def probe(network: Network) -> list[str]:
    """Rows that somebody sees and may not, or may and does not."""
    return [line for viewer in (*AGENCIES, *OTHERS, OFFICE) for line in _probed(network, viewer)]


def _probed(network: Network, viewer: str) -> Iterator[str]:
    whole = network.whole(viewer)
    lets_look = {party(slug).pk for slug in network.mandates.get(viewer, ())}
    with acts(viewer):
        yield from _of_the_log(network, viewer)
    with acts(viewer) as me, seeing_shared():
        for table, kind in RECORDS.items():
            of_kind = [thing for thing in network.things if thing.kind == kind]
            may = {thing.id for thing in of_kind if network.owns(viewer, thing) or thing in whole}
            seen = set(_ids(table))
            if seen != may:
                yield f"{viewer} {table}: {len(seen - may)} too many, {len(may - seen)} too few"
        for owner in {me.pk, *lets_look} & {party(slug).pk for slug in AGENCIES}:
            if len(list(_ids("innovate_participation", owner))) != _count_of("innovate_participation", owner):
                yield f"{viewer} innovate_participation: not all of {owner}"
        for table in DELIVERED:
            for owner in (party(slug).pk for slug in AGENCIES):
                due = _count_of(table, owner) if owner in {me.pk, *lets_look} else 0
                if len(list(_ids(table, owner))) != due:
                    yield f"{viewer} {table}: not {due} rows of {owner}"
        if viewer in AGENCIES:
            projects = {thing.id for thing in whole if thing.kind == "project"}
            with connection.cursor() as cursor:
                cursor.execute("SELECT DISTINCT project_id FROM innovate_participation WHERE owner_id <> %s", [me.pk])
                if {row[0] for row in cursor.fetchall()} != projects:
                    yield f"{viewer} innovate_participation: of others, not that of {projects}"
                cursor.execute("SELECT count(*) FROM search_searchentry WHERE owner_id = %s", [me.pk])
                if not cursor.fetchone()[0]:
                    yield f"{viewer} search_searchentry: nothing of its own"
                cursor.execute("SELECT kind, object_id FROM search_searchentry WHERE owner_id <> %s", [me.pk])
                others = {(kind, int(number)) for kind, number in cursor.fetchall() if kind in RECORDS.values()}
                if others != {(thing.kind, thing.id) for thing in whole}:
                    yield f"{viewer} search_searchentry: {len(others)} of others, not {len(whole)}"


def _of_the_log(network: Network, viewer: str) -> Iterator[str]:
    """What is wrong with the lines of the audit log that somebody reads, and with from where they were done."""
    due = {line.id for line in network.lines if network.reads(viewer, line)}
    every = [line.id for line in network.lines]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM trail_entry WHERE id = ANY (%s)", [every])
        read = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT DISTINCT p.slug FROM trail_origin o JOIN network_party p ON p.id = o.owner_id"
            " WHERE p.slug = ANY (%s)",
            [list(AGENCIES)],
        )
        placed = {row[0] for row in cursor.fetchall()}
    if read != due:
        yield f"{viewer} trail_entry: {len(read - due)} too many, {len(due - read)} too few"
    if placed != network.reach(viewer) & set(AGENCIES):
        yield f"{viewer} trail_origin: of {placed}"


def _ids(table: str, owner: int | None = None) -> Iterable[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE %s::bigint IS NULL OR owner_id = %s",
            [owner, owner],
        )
        return [row[0] for row in cursor.fetchall()]


def _count_of(table: str, owner: int) -> int:
    with as_owner():
        return len(list(_ids(table, owner)))


@contextmanager
def mutated(*statements: str) -> Iterator[None]:
    """With the walls changed by ``statements``, as the owner of the tables could; afterwards as they were."""
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for statement in statements:
                cursor.execute(statement)
        yield
        transaction.set_rollback(True)
