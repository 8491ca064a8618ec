"""Rows of a copy, a sample of each table, and what the rules ask about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from schakel.leaking import reading
from schakel.leaking.rules import Network
from schakel.leaking.tables import READ_BY, Asker, Row

_COLUMNS = """
    SELECT c.relname AS "table", a.attname AS name,
        EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS key
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
        AND NOT a.atttypid = ANY ('{bytea, jsonb, tsvector}'::regtype[])
    ORDER BY 1, a.attnum
"""
_MORE = {"network_roleheld": ", until IS NULL OR until > statement_timestamp() AS stands"}  # by the server's clock


class UnknownTable(Exception):  # noqa: N818 - what happened
    """A table has row security and no rule here says who reads it."""


class Rows:
    """What rules ask of the rows of a copy (``tables.World``); what was read once is kept."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._slugs = reading.slugs()
        self.numbers = {slug: number for number, slug in self._slugs.items()}
        self.parties = reading.kinds_of_parties()
        reviews = reading.rows("SELECT owner_id FROM sharing_identityreview WHERE ended_at IS NULL")
        self.reviewing = frozenset(self._slugs[row["owner_id"]] for row in reviews)
        now = timezone.now()
        closings = "SELECT closing_id, publish_at FROM figures_publication WHERE withdrawn_at IS NULL"
        self.published = frozenset(
            row["closing_id"] for row in reading.rows(closings) if row["publish_at"] and row["publish_at"] <= now
        )
        self._columns: dict[str, list[str]] = {}
        self.keys: dict[str, str] = {}
        for row in reading.rows(_COLUMNS):
            self._columns.setdefault(row["table"], []).append(row["name"])
            if row["key"]:
                self.keys[row["table"]] = row["name"]
        if unknown := sorted(self._columns.keys() ^ READ_BY.keys()):
            raise UnknownTable(f"not one and the same here and in the database: {', '.join(unknown)}")
        self._known: dict[tuple[str, str, object], list[Row]] = {}
        self._opened: dict[Asker, set[tuple[str, str]]] = {}

    def party(self, number: object) -> str:
        """The party of this id; empty for none."""
        return self._slugs[number] if isinstance(number, int) else ""

    def opened(self, asker: Asker) -> set[tuple[str, str]]:
        """Kind and id of all that agreements open in full to ``asker``."""
        if asker not in self._opened:
            self._opened[asker] = {(thing.kind, str(thing.id)) for thing in self.network.whole(asker.party)}
        return self._opened[asker]

    def sees(self, asker: Asker, table: str, number: object) -> bool:
        """Whether ``asker`` reads the row of ``table`` with this id."""
        return any(self.may_read(asker, table, row) for row in self.where(table, "id", number))

    def may_read(self, asker: Asker, table: str, row: Row) -> bool:
        """Whether a rule says that ``asker`` reads a row."""
        return any(rule(self, asker, row) for rule in READ_BY[table])

    def where(self, table: str, column: str, value: object) -> list[Row]:
        """The rows of ``table`` with this value."""
        asked = (table, column, value)
        if asked not in self._known:
            self._known[asked] = self._rows(table, f"WHERE {column} = %(value)s", {"value": value})
        return self._known[asked]

    def sample(self, table: str, most: int | None) -> list[Row]:
        """So many rows of a table, spread over it; all where ``most`` is None."""
        key = self.keys[table]
        if most is None:
            return self._rows(table, "", {})
        spread = f"""
            WHERE {key} IN (
                SELECT {key} FROM (
                    SELECT {key}, row_number() OVER (ORDER BY {key}) AS place, count(*) OVER () AS of_all FROM {table}
                ) numbered WHERE (place - 1) %% greatest(1, of_all / %(most)s::int) = 0
            )
        """
        return self._rows(table, spread, {"most": most})

    def _rows(self, table: str, which: str, said: dict[str, Any]) -> list[Row]:
        columns = ", ".join(f'"{name}"' for name in self._columns[table])
        return list(reading.rows(f'SELECT {columns}{_MORE.get(table, "")} FROM "{table}" {which}', said))

    def askers(self, *, process: str = "web") -> Iterable[Asker]:
        """Every party, on its own pages and on those of what others share, and nobody."""
        for slug, kind in [*self.parties.items(), ("", "")]:
            for shared in (False, True):
                yield Asker(slug, kind, shared, process)
