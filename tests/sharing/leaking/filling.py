"""Something of several parties in every table with row security, so that every policy lets somebody read something.

What is put there is made from the catalogue, with all that would hold it back taken away first (checks, keys to other
tables, triggers); the policies stay. For databases of tests, within a transaction that is rolled back.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils import timezone

from schakel.leaking import reading
from schakel.leaking.tables import WORDS
from schakel.network.queries import party
from tests.making import as_owner

from ..mandates import office
from .worlds import AGENCIES, YEAR

OWNERS = (*AGENCIES, "rom-nederland")
_SECOND = 10_000  # ids of the second row of each owner: not shared, not proposed, no longer in force
_NOBODYS = 90_000
_KINDS = ("organisation", "project", "investment", "position", "foreign_case", "trade_activity", "outcome", "valuation")
_HELD_BACK = """
    SELECT format('ALTER TABLE %I DROP CONSTRAINT IF EXISTS %I CASCADE', conrelid::regclass::text, conname)
    FROM pg_constraint JOIN pg_class c ON c.oid = conrelid
    WHERE c.relrowsecurity AND contype IN ('c', 'f', 'x', 'u')
    UNION ALL
    SELECT format('DROP INDEX IF EXISTS %I', indexrelid::regclass::text)
    FROM pg_index JOIN pg_class c ON c.oid = indrelid
    WHERE c.relrowsecurity AND indisunique AND NOT indisprimary
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    UNION ALL
    SELECT format('ALTER TABLE %I DISABLE TRIGGER USER', relname) FROM pg_class
    WHERE relrowsecurity AND relkind IN ('r', 'p')
"""
_COLUMNS = """
    SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, -1) AS type, a.attnotnull AS needed,
        CASE WHEN a.atttypid = 'varchar'::regtype AND a.atttypmod > 0 THEN a.atttypmod - 4 END AS length,
        (SELECT confrelid::regclass::text FROM pg_constraint
         WHERE contype = 'f' AND conrelid = c.oid AND conkey = ARRAY[a.attnum] LIMIT 1) AS leads_to
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relrowsecurity AND c.relkind IN ('r', 'p') AND a.attgenerated = '' ORDER BY 1, a.attnum
"""


def fill() -> None:
    """Two rows of every owner in every table with row security, and one of nobody where there can be one."""
    auditor = office().pk
    numbers = {slug: party(slug).pk for slug in OWNERS}
    tables = _columns()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _let_go(cursor)
        for table, columns in tables.items():
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")  # some policies bind the owner too
            cursor.execute(f"DELETE FROM {table}")
            for place, slug in enumerate(OWNERS):
                other = numbers[OWNERS[(place + 1) % len(OWNERS)]]
                for second in (False, True):
                    row = _row(table, columns, numbers[slug], other, auditor, tables, second=second)
                    _insert(cursor, table, row)
            if any(column["name"] == "owner_id" and not column["needed"] for column in columns):
                row = _row(table, columns, _NOBODYS, numbers["bom"], auditor, tables, second=False)
                row |= {name: None for name in ("owner_id", "concerns_id") if name in row}
                _insert(cursor, table, row)
        _agree(cursor, numbers)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def write_words() -> None:
    """A row of every agency wherever people write words (``tables.WORDS``) and in what those hang on, as pages show."""
    tables = _columns()
    owned = {table for table, columns in tables.items() if any(column["name"] == "owner_id" for column in columns)}
    auditor = office().pk
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _let_go(cursor)
        for table in ("documents_storedfile", "figures_sampleitem", *WORDS):
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            for place in range(len(AGENCIES)):
                owner, other = (party(AGENCIES[(place + step) % len(AGENCIES)]).pk for step in (0, 1))
                row = _row(table, tables[table], owner, other, auditor, tables, second=False)
                for column in tables[table]:
                    if column["leads_to"] in owned and column["name"] in row:
                        row[column["name"]] = _first(cursor, column["leads_to"], owner) or owner
                row |= {"shared": False} if "shared" in row else {}
                _insert(cursor, table, row | {"id": owner + _WRITTEN})
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


_WRITTEN = 500_000  # above the ids of what there is


def _first(cursor: Any, table: str, owner: int) -> int | None:
    """The first row of an owner in a table."""
    cursor.execute(f"SELECT min(id) FROM {table} WHERE owner_id = %s", [owner])
    return cursor.fetchone()[0]


def _columns() -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for column in reading.rows(_COLUMNS):
        tables[column["table"]].append(column)
    return tables


def _let_go(cursor: Any) -> None:
    cursor.execute(_HELD_BACK)
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)


def _row(
    table: str, columns: list[dict[str, Any]], owner: int, other: int, auditor: int, tables: Any, *, second: bool
) -> dict[str, Any]:
    number = owner + _SECOND if second else owner
    row: dict[str, Any] = {}
    for column in columns:
        name, leads_to = column["name"], column["leads_to"]
        if name == "id":
            row[name] = number
        elif name in ("owner_id", "party_id", "owner_a_id"):
            row[name] = owner
        elif name in ("other_id", "owner_b_id") and leads_to == "network_party":
            row[name] = owner if second else other
        elif name == "auditor_id":
            row[name] = auditor
        elif name == "owners":
            row[name] = [owner]
        elif leads_to == "network_party":
            row[name] = other
        elif (leads_to in tables and (column["needed"] or name in _FOLLOWED)) or leads_to == "register_identity":
            row[name] = number
        elif name in ("period", "year"):
            row[name] = YEAR
        elif column["needed"]:
            row[name] = _value(table, column, number, second=second)
        elif (name in _ONCE and not second) or (name in _OVER and second):
            row[name] = timezone.now() - dt.timedelta(hours=1)
    return row | _SPECIAL.get(table, lambda _number, _other: {})(number, other)


_FOLLOWED = ("fund_id", "organisation_id", "closing_id")
_ONCE = ("proposed_at", "publish_at", "signed_at")
_OVER = ("until", "withdrawn_at", "ended_at")
_SPECIAL = {
    "search_searchentry": lambda number, _other: {"kind": "project", "object_id": str(number)},
    "trail_entry": lambda _number, other: {"concerns_id": other},
    "sharing_mandate": lambda number, _other: {"years": [YEAR], "until": timezone.now() + dt.timedelta(hours=1)},
    "sharing_clause": lambda number, _other: {"depth": 3, "reach": "all", "kind": "none"},
    "sharing_agreement": lambda number, _other: {"until": timezone.now() + dt.timedelta(hours=1)},
}


def _value(table: str, column: dict[str, Any], number: int, *, second: bool) -> Any:
    """Something that can stand in a column: of its choices the first, where its model has any."""
    kind, name = column["type"], column["name"]
    if kind.startswith(("character varying", "text")) and not kind.endswith("[]"):
        return _choice(table, name) or ("" if name == "ended_because" else f"t{number}"[: column["length"]])
    if kind.startswith("timestamp"):
        return timezone.now() - dt.timedelta(hours=1)
    plain = {
        "boolean": not second,
        "date": dt.date(YEAR, 5, 1),
        "jsonb": "{}",
        "bytea": b"",
        "tsvector": "",
        "uuid": f"{number:032x}",
    }
    if kind.endswith("[]"):
        return []
    return plain.get(kind, 1)


def _choice(table: str, name: str) -> str:
    model = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    field = next((field for field in model._meta.fields if field.column == name), None) if model else None
    return str(field.choices[0][0]) if field is not None and field.choices else ""


def _insert(cursor: Any, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})", list(row.values()))


def _agree(cursor: Any, numbers: dict[str, int]) -> None:
    """BOM shares all it has with NOM in full; both take part in identity review. BOM and the secretariat let look."""
    bom, nom = numbers["bom"], numbers["nom"]
    now = timezone.now()
    cursor.execute("UPDATE sharing_signatory SET gives = false, receives = false, signed_at = NULL")
    cursor.execute("UPDATE sharing_signatory SET gives = true, signed_at = %s WHERE agreement_id = %s", [now, bom])
    cursor.execute(
        "INSERT INTO sharing_signatory (id, agreement_id, owner_id, gives, receives, contact, signed_as, ended_because,"
        " signed_at) VALUES (%s, %s, %s, false, true, '', '', '', %s)",
        [_NOBODYS, bom, nom, now],
    )
    cursor.execute(  # a party to what is not proposed yet: it may not know
        "INSERT INTO sharing_signatory (id, agreement_id, owner_id, gives, receives, contact, signed_as, ended_because)"
        " VALUES (%s, %s, %s, false, true, '', '', '')",
        [_NOBODYS + 1, bom + _SECOND, nom],
    )
    for place, kind in enumerate(_KINDS):
        cursor.execute(
            "INSERT INTO sharing_clause (id, agreement_id, kind, depth, reach, things)"
            " VALUES (%s, %s, %s, 3, 'all', '{}')",
            [_NOBODYS + place, bom, kind],
        )
    cursor.execute("DELETE FROM sharing_mandate WHERE NOT owner_id = ANY (%s)", [[bom, numbers["rom-nederland"]]])
    cursor.execute("UPDATE sharing_identityreview SET ended_at = %s WHERE NOT owner_id = ANY (%s)", [now, [bom, nom]])
