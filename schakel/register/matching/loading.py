"""Bringing statements into the database that compares them."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from schakel.register.matching.statements import Said


def load(database: DuckDBPyConnection, side: str, said: Said) -> None:
    """Tables ``side``, ``side``_name and ``side``_word of what one side states."""
    for table, frame in ((side, said.about), (f"{side}_name", said.names)):
        database.register("arriving", frame.to_arrow())
        database.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM arriving")
        database.unregister("arriving")
    database.execute(
        f"CREATE OR REPLACE TEMP TABLE {side}_word AS SELECT DISTINCT id, unnest(words) AS word FROM {side}_name"
    )
