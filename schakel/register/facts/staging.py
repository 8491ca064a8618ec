"""One part of a register's file held against the facts that stand, in temporary tables of the running transaction.

Rows go in by COPY; what says nothing new is left out before keys are made, so a file with few changes costs little.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import polars as pl
from django.db import connection

from schakel.register.entry.keys import keys_of
from schakel.register.facts.reading import FACT, LISTS

_COLUMNS = ", ".join(FACT)
_TYPES = {"ended_on": "date", "merged_into": "varchar(8)", "kvk": "varchar(8)", "former_numbers": "varchar(8)[]"}
_MADE = ", ".join(f"{name} {_TYPES.get(name, 'text[]' if name in LISTS else 'text')}" for name in FACT)
_TABLES = (
    f"CREATE TEMPORARY TABLE register_staged ({_MADE}) ON COMMIT DROP",
    "CREATE TEMPORARY TABLE register_staged_keys (kvk varchar(8), keys text) ON COMMIT DROP",
    "CREATE TEMPORARY TABLE register_seen (kvk varchar(8)) ON COMMIT DROP",
)
# A name that was replaced becomes a former name; one that is borne again is former no longer.
_HISTORY = """
UPDATE register_staged s SET former_names = ARRAY(
    SELECT DISTINCT n COLLATE "C" FROM unnest(s.former_names || f.former_names || f.trade_names || f.name) n
    WHERE n <> s.name AND n <> ALL (s.trade_names) ORDER BY 1
)
FROM register_registerfact f
WHERE f.kvk = s.kvk AND (f.name, f.trade_names, f.former_names) IS DISTINCT FROM (s.name, s.trade_names, s.former_names)
"""
_OLD, _NEW = (", ".join(f"{at}.{name}" for name in FACT) for at in "fs")
_UNCHANGED = f"""
DELETE FROM register_staged s USING register_registerfact f
WHERE f.kvk = s.kvk AND f.missing_since IS NULL AND ({_OLD}) IS NOT DISTINCT FROM ({_NEW})
"""
_SET = ", ".join(f"{name} = EXCLUDED.{name}" for name in (*FACT, "load_id", "keys"))
_WRITE = f"""
WITH written AS (
    INSERT INTO register_registerfact ({_COLUMNS}, load_id, keys)
    SELECT {_NEW}, %s, ARRAY(SELECT hashtextextended(key, 0) FROM unnest(string_to_array(k.keys, ' ')) key)
    FROM register_staged s JOIN register_staged_keys k ON k.kvk = s.kvk
    ON CONFLICT (kvk) DO UPDATE SET {_SET}, missing_since = NULL
    RETURNING xmax = 0 AS fresh
)
SELECT count(*) FILTER (WHERE fresh), count(*) FILTER (WHERE NOT fresh) FROM written
"""


@dataclass(frozen=True, slots=True)
class Written:
    """How many facts of a part were added, and how many changed."""

    added: int
    changed: int


def begin() -> None:
    """Make the temporary tables; they go with the transaction."""
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table.split()[3]}")
            cursor.execute(table)


def write(part: pl.DataFrame, load: int, *, first: bool) -> Written:
    """Write the facts of ``part`` (columns of FACT; each KvK number once) that are new or differ, as of ``load``.

    ``first``: no facts stand yet, so there is nothing to hold them against.
    """
    _copy("register_seen", part.select("kvk"))
    _copy("register_staged", part.select(*FACT))
    with connection.cursor() as cursor:
        if not first:
            cursor.execute("ANALYZE register_staged")
            cursor.execute(_HISTORY)
            cursor.execute(_UNCHANGED)
            cursor.execute("SELECT kvk, former_names FROM register_staged")
            schema: dict[str, pl.DataType | type[pl.DataType]] = {"kvk": pl.String, "former_names": pl.List(pl.String)}
            left = pl.DataFrame(cursor.fetchall(), schema, orient="row")
            part = part.drop("former_names").join(left, on="kvk")
        keyed = keys_of(_said(part)).select(kvk=part["kvk"], keys=pl.col("keys").list.join(" "))
        _copy("register_staged_keys", keyed)
        cursor.execute(_WRITE, [load])
        added, changed = cursor.fetchone()
        cursor.execute("TRUNCATE register_staged, register_staged_keys")
    return Written(added=added, changed=changed)


def _said(part: pl.DataFrame) -> pl.DataFrame:
    """What keys are made of, one row a fact."""
    return part.select(
        id=pl.int_range(pl.len(), dtype=pl.Int64),
        names=pl.concat_list(pl.concat_list("name"), "trade_names", "former_names"),
        numbers=pl.concat_list(pl.concat_list("kvk"), "former_numbers"),
        rsin="rsin",
        postcode="postcode",
        house_number="house_number",
        website="website",
    )


def _copy(table: str, frame: pl.DataFrame) -> None:
    body = io.BytesIO()
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    as_text = frame.with_columns(_array(name) for name in lists)
    as_text.write_csv(body, include_header=False, null_value="\\N", quote_style="necessary")
    columns = ", ".join(frame.columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv, NULL '\\N')") as copy,
    ):
        copy.write(body.getvalue())


def _array(name: str) -> pl.Expr:
    """A list as an array literal of PostgreSQL."""
    quoted = pl.concat_str(pl.lit('"'), pl.element().str.replace_all(r"([\\\"])", r"\$1"), pl.lit('"'))
    return pl.concat_str(pl.lit("{"), pl.col(name).list.eval(quoted).list.join(","), pl.lit("}")).alias(name)
