"""Bringing statements into the database that compares them, and answers out of it."""

from __future__ import annotations

import polars as pl
from duckdb import DuckDBPyConnection, connect

from schakel.register.matching.statements import Said

_VIEWED = pl.CompatLevel.newest()  # texts as they stand in memory, not written out again


def show(database: DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Let ``frame`` be read as table ``name``, where it stands, in place of what had that name."""
    database.register(name, frame.to_arrow(compat_level=_VIEWED))


def load(database: DuckDBPyConnection, side: str, said: Said) -> None:
    """Tables ``side`` and ``side``_name of what one side states: what keys are made of."""
    show(database, side, said.about)
    about = said.about.select("id", "city", "kvk")
    names = said.names.select("id", "words", "tight", "bare").join(about, on="id", how="left", maintain_order="left")
    show(database, f"{side}_name", names)


def framed(database: DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """What ``sql`` answers."""
    return pl.DataFrame(database.sql(sql).to_arrow_table())


def small_database() -> DuckDBPyConnection:
    """A database for a handful of rows: there planning a question better costs more than asking it."""
    database = connect(config={"threads": 1})
    database.execute("PRAGMA disable_optimizer")
    return database
