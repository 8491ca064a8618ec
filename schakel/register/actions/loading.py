"""Loading a trade register from a file, which an administrator does with the owner's rights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import polars as pl
from django.db import connection, transaction

from schakel.register.facts import staging
from schakel.register.facts.reading import FileRefused, RegisterFile, opened
from schakel.register.models import RegisterFact, RegisterLoad
from schakel.trail.actions import note
from schakel.trail.actors import Actor

_LOCK = 7207003
_MOST_GONE = 0.1  # of the live entries; a file that lacks more is cut off sooner than the register shrank so
_INDEX = "CREATE INDEX register_fact_keys ON register_registerfact USING gin (keys) WITH (fastupdate = off)"
_GONE = """
UPDATE register_registerfact f SET missing_since = %s, load_id = %s
WHERE missing_since IS NULL AND NOT EXISTS (SELECT FROM register_seen s WHERE s.kvk = f.kvk)
"""
_TOO_MANY = """
SELECT count(*) FILTER (WHERE s.kvk IS NULL), count(*)
FROM register_registerfact f LEFT JOIN register_seen s ON s.kvk = f.kvk
WHERE f.missing_since IS NULL AND f.ended_on IS NULL
"""


@transaction.atomic
def load_register(
    *,
    actor: Actor,
    path: Path,
    source: str,
    reference_date: dt.date,
    whole: bool = True,
    may_shrink: bool = False,
    on_rows: Callable[[int, int], None] = lambda _done, _all: None,
) -> RegisterLoad | None:
    """Bring register facts up to date with the file at ``path``, as of ``reference_date``; None if it was the last one.

    ``whole``: the file names every live entry, so what it lacks is marked as missing since then; else it holds changes
    only. ``may_shrink``: a whole file may lack more than a tenth of them. ``on_rows`` is told rows done and in all. All
    in one transaction: what is broken off is as if it had not begun. Raises FileRefused, and OSError.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    with opened(path) as register:
        if not _is_newer(register, reference_date):
            return None
        load = RegisterLoad.objects.create(
            file=path.name,
            sha256=register.sha256,
            source=source,
            reference_date=reference_date,
            loaded_by=actor.process,
            whole=whole,
        )
        _write(register, load, on_rows)
    if whole:
        load.vanished = _mark_missing(load, may_shrink=may_shrink)
    load.save()
    counts = {name: getattr(load, name) for name in ("rows", "added", "changed", "vanished", "refused")}
    note(actor=actor, verb="loaded", kind="register_fact", date=reference_date.isoformat(), **counts)
    return load


def _is_newer(register: RegisterFile, reference_date: dt.date) -> bool:
    """Whether the file was not the last one to be loaded. Raises FileRefused for an older one."""
    last = RegisterLoad.objects.order_by("-pk").first()
    if last is not None and last.sha256 == register.sha256:
        return False
    if last is not None and last.reference_date > reference_date:
        raise FileRefused(
            f"{register.path.name} is of {reference_date}, and a register of {last.reference_date} was loaded already; "
            "an older one would undo what is newer. Load the newest file, or give its right date with --date."
        )
    return True


def _write(register: RegisterFile, load: RegisterLoad, on_rows: Callable[[int, int], None]) -> None:
    numbers = register.numbers()
    usable = pl.Series(numbers.is_not_null() & numbers.is_first_distinct())
    first = not RegisterFact.objects.exists()
    staging.begin()
    with connection.cursor() as cursor:
        if first:  # made anew afterwards in a fraction of the time
            cursor.execute("DROP INDEX register_fact_keys")
    for part in register.parts():
        at = int(part["row"][0]) - 1
        kept = part.filter(usable.slice(at, part.height) & pl.col("name").is_not_null())
        written = staging.write(kept, load.pk, first=first)
        load.rows += part.height
        load.refused += part.height - kept.height
        load.added += written.added
        load.changed += written.changed
        on_rows(load.rows, register.rows)
    with connection.cursor() as cursor:
        if first:
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            cursor.execute(_INDEX)
        cursor.execute("ANALYZE register_registerfact")


def _mark_missing(load: RegisterLoad, *, may_shrink: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE register_seen")
        cursor.execute(_TOO_MANY)
        gone, live = cursor.fetchone()
        if gone > max(1, live * _MOST_GONE) and not may_shrink:
            raise FileRefused(
                f"{load.file} lacks {gone} of the {live} live entries, which looks like a part of a register. Load "
                "it with --changes if it holds changes only, or with --may-shrink if the register shrank so much."
            )
        cursor.execute(_GONE, [load.reference_date, load.pk])
        return int(cursor.rowcount)
