"""All that the trade register says, as one frame: entries that were delivered, and facts that were loaded.

Invariant: a KvK number has one row; where an entry and a fact have it, the newer of the two speaks, and the row keeps
the number of the entry, so that what is anchored stays anchored.
"""

from __future__ import annotations

import io

import polars as pl
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

_TEXTS = ("kvk", "rsin", "name", "legal_form", "street", "house_number", "postcode", "city", "website")
_LISTS = ("trade_names", "former_names")
REGISTER = {
    "entry": pl.Int64,
    "kvk": pl.String,
    "rsin": pl.String,
    "name": pl.String,
    "trade_names": pl.List(pl.String),
    "former_names": pl.List(pl.String),
    "legal_form": pl.String,
    "street": pl.String,
    "house_number": pl.String,
    "postcode": pl.String,
    "city": pl.String,
    "website": pl.String,
}
"""``entry``: the id of a delivered entry, or below zero that of a loaded fact (see `entry_and_fact`)."""
_BETWEEN = "\x1f"
_TOLD = ", ".join((*_TEXTS, *(f"array_to_string({name}, E'\\x1f') AS {name}" for name in _LISTS)))
# Of an entry that several years' lists name, the newest.
_ENTRIES = f"""
COPY (SELECT DISTINCT ON (number) id AS entry, period AS year, {_TOLD}
FROM register_registerentry WHERE state <> 'withdrawn' ORDER BY number, period DESC) TO STDOUT (FORMAT csv, HEADER)
"""
_FACTS = f"""
COPY (SELECT -f.id AS entry, extract(year FROM l.reference_date)::int AS year, {_TOLD}
FROM register_registerfact f JOIN register_registerload l ON l.id = f.load_id) TO STDOUT (FORMAT csv, HEADER)
"""


def register_frame(database: BaseDatabaseWrapper = connection) -> pl.DataFrame:
    """The newest of each number, as columns REGISTER, in order of ``entry``; with the rights of who asks.

    Ended, merged and missing entries are in it: records of earlier years are of them.
    """
    entries, facts = _read(database, _ENTRIES), _read(database, _FACTS)
    both = (
        entries.filter(pl.col("kvk").is_not_null()).select("kvk", "entry", of_entry="year").unique("kvk", keep="last")
    )
    held = facts.drop("entry").join(both, on="kvk").filter(pl.col("year") >= pl.col("of_entry")).drop("of_entry")
    newer = held.select(entries.columns)
    return (
        pl.concat(
            [
                entries.join(newer, on="entry", how="anti"),
                newer,
                facts.join(both, on="kvk", how="anti"),
            ]
        )
        .select(*REGISTER)
        .sort("entry")
    )


def entry_and_fact(entry: int) -> tuple[int | None, int | None]:
    """The id of the delivered entry and of the loaded fact that a number of the frame stands for; one is None."""
    return (entry, None) if entry > 0 else (None, -entry)


def _read(database: BaseDatabaseWrapper, sql: str) -> pl.DataFrame:
    body = io.BytesIO()
    with database.cursor() as cursor, cursor.copy(sql) as copy:
        for block in copy:
            body.write(block)
    body.seek(0)
    told = {"entry": pl.Int64, "year": pl.Int64} | dict.fromkeys((*_TEXTS, *_LISTS), pl.String)
    read = pl.read_csv(body, schema=told)
    return read.with_columns(
        pl.when(pl.col(name) == "")
        .then(pl.lit([], pl.List(pl.String)))
        .otherwise(pl.col(name).str.split(_BETWEEN))
        .fill_null([])
        .alias(name)
        for name in _LISTS
    ).sort("year", "entry")
