"""Filling the index in tests, with the rights of the worker."""

from __future__ import annotations

import json

from django.db import connection

from schakel.search import actions
from schakel.search.jobs import index
from schakel.search.keeping import Kept
from schakel.search.queries import entries, find
from schakel.sharing.roles import WORKER, database_role
from tests.making import actor_for, acts


def indexed(slug: str, **narrowed: object) -> Kept:
    """Bring a party's entries up to date."""
    with database_role(WORKER):
        return actions.index(actor=actor_for(slug), **narrowed)


def public() -> Kept:
    """Bring the entries for everybody up to date."""
    with database_role(WORKER):
        return actions.index_public(actor=actor_for("rom-nederland"))


def titles(slug: str, text: str, **narrowed: object) -> list[str]:
    """What somebody of a party finds, best first."""
    with acts(slug):
        return [entry.title for entry in entries(find(text, **narrowed).candidates)]


def do_jobs() -> list[dict[str, object]]:
    """Do the waiting jobs of search as the worker does them; gives what each was asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = 'search.index' RETURNING args::text"
        )
        asked = [json.loads(row[0]) for row in cursor.fetchall()]
    with database_role(WORKER):
        for arguments in asked:
            index.func(**arguments)
    return asked
