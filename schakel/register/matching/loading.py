"""Bringing statements into the database that compares them."""

from __future__ import annotations

import polars as pl
from duckdb import DuckDBPyConnection, connect

from schakel.register.matching.statements import Said


def load(database: DuckDBPyConnection, side: str, said: Said) -> None:
    """Tables ``side`` and ``side``_name of what one side states."""
    for table, frame in ((side, said.about), (f"{side}_name", said.names)):
        database.register("arriving", frame.to_arrow())
        database.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM arriving")
        database.unregister("arriving")


def keep(database: DuckDBPyConnection, part: str, side: str, *, first: bool) -> None:
    """Put the tables of ``part`` to those of ``side``, or begin these with them."""
    for table in ("", "_name"):
        begin = f"CREATE OR REPLACE TEMP TABLE {side}{table} AS" if first else f"INSERT INTO {side}{table}"
        database.execute(f"{begin} SELECT * FROM {part}{table}")


def framed(database: DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """What ``sql`` answers."""
    return pl.DataFrame(database.sql(sql).to_arrow_table())


def small_database() -> DuckDBPyConnection:
    """A database for a handful of rows: there planning a question better costs more than asking it."""
    database = connect(config={"threads": 1})
    database.execute("PRAGMA disable_optimizer")
    return database
