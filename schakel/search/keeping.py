"""Bringing the index up to date with what the rooms keep, in bulk.

COPY is refused on tables with row security, so documents go by COPY into a temporary table, and from there only
what differs is written. Reads and writes with the rights of the party whose things they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from schakel.search.documents import Document, in_both, key, vector
from schakel.search.registry import Scope, documents

_BATCH = 5000
_COLUMNS = (
    "owner_id",
    "kind",
    "object_id",
    "thing",
    "period",
    "title",
    "title_en",
    "subtitle",
    "subtitle_en",
    "sort_key",
    "vector",
)
_LISTED = ", ".join(_COLUMNS)
_KEPT = ", ".join(f"e.{column}" for column in _COLUMNS)
_GIVEN = ", ".join(f"EXCLUDED.{column}" for column in _COLUMNS)
_SET = ", ".join(f"{column} = EXCLUDED.{column}" for column in _COLUMNS)
_STAGE = f"CREATE TEMPORARY TABLE search_staged ON COMMIT DROP AS SELECT {_LISTED} FROM search_searchentry WITH NO DATA"
# What of the scope is no longer there.
_DROP = """
DELETE FROM search_searchentry e
WHERE e.owner_id IS NOT DISTINCT FROM %(owner)s
  AND (%(period)s::int IS NULL OR e.period = %(period)s)
  AND (%(kind)s = '' OR e.kind = %(kind)s)
  AND (%(ids)s::text[] = '{}' OR e.object_id = ANY (%(ids)s))
  AND NOT EXISTS (SELECT FROM search_staged s WHERE s.kind = e.kind AND s.object_id = e.object_id)
"""
_WRITE = f"""
INSERT INTO search_searchentry AS e ({_LISTED}) SELECT {_LISTED} FROM search_staged
ON CONFLICT (kind, object_id) DO UPDATE SET {_SET} WHERE ({_KEPT}) IS DISTINCT FROM ({_GIVEN})
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many entries were written anew or altered, and how many went."""

    written: int
    dropped: int


def keep(scope: Scope) -> Kept:
    """Make the entries of ``scope`` say what is there now, in the caller's transaction.

    The same twice changes nothing. One round for an owner at a time; another waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search'), %s)", [scope.owner or 0])
        cursor.execute("DROP TABLE IF EXISTS search_staged")
        cursor.execute(_STAGE)
        _stage(documents(scope))
        cursor.execute("ANALYZE search_staged")
        asked = {"owner": scope.owner, "period": scope.period, "kind": scope.kind, "ids": list(scope.ids)}
        cursor.execute(_DROP, asked)
        dropped = cursor.rowcount
        cursor.execute(_WRITE)
        written = cursor.rowcount
        cursor.execute("DROP TABLE search_staged")
    return Kept(written=written, dropped=dropped)


def _stage(found: Iterable[Document]) -> None:
    """Documents into the temporary table; by parts, as a source may still be reading from the database."""
    waiting = iter(found)
    while part := list(islice(waiting, _BATCH)):
        with connection.cursor() as cursor, cursor.copy(f"COPY search_staged ({_LISTED}) FROM STDIN") as copy:
            for row in _rows(part):
                copy.write_row(row)


def _rows(found: Iterable[Document]) -> Iterator[tuple[object, ...]]:
    for document in found:
        yield (
            document.owner,
            document.kind,
            document.id,
            document.thing or document.id,
            document.period,
            *in_both(document.title),
            *in_both(document.subtitle),
            key(document),
            vector(document),
        )
