"""Linking a folder of lists to a register and to each other, from file to file, without a database."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from schakel.register.matching.backends import Backend
from schakel.register.matching.engine import match
from schakel.register.matching.matched import Matched

LISTS, REGISTER = "lists.parquet", "register.parquet"
# What a column is called in the files, and in the engine. No other column is read.
LIST_COLUMNS = {
    "rid": "record",
    "agency": "owner",
    "name": "name",
    "kvk": "kvk",
    "street": "street",
    "houseno": "house_number",
    "postcode": "postcode",
    "city": "city",
    "website": "website",
    "mail": "mail",
    "form": "legal_form",
}
REGISTER_COLUMNS = {
    "kvk": "kvk",
    "name": "name",
    "trade": "trade",
    "form": "legal_form",
    "street": "street",
    "houseno": "house_number",
    "postcode": "postcode",
    "city": "city",
    "domain": "website",
}


class LinkingError(Exception):
    """The folder does not hold what linking reads."""


def link_folder(folder: Path, backend: Backend | None = None) -> tuple[pl.DataFrame, Matched]:
    """[rid, identity, register_kvk, decided] for the records in ``folder``, and all that was answered.

    Reads lists.parquet and, where it is there, register.parquet. ``decided``: rule, model, or person
    for what a person would be asked; the same on any ``backend``. Raises LinkingError where there are no lists
    or a column misses, and what opening the backend does.
    """
    register = listed(folder)
    found = match(told(folder), register, backend=backend)
    numbers = register.select("entry", register_kvk="kvk")
    asked = pl.when(pl.col("decided") == "doubt").then(pl.lit("person")).otherwise("decided")
    rows = found.answers.join(numbers, on="entry", how="left", maintain_order="left")
    return rows.select(
        pl.col("record").alias("rid"), identity="cluster", register_kvk="register_kvk", decided=asked
    ), found


def told(folder: Path) -> pl.DataFrame:
    """The records in the lists of ``folder``, in the engine's columns."""
    return _read(folder / LISTS, LIST_COLUMNS)


def listed(folder: Path) -> pl.DataFrame:
    """The entries in the register of ``folder``; none where there is no register.

    An entry is called by its place in the order of the numbers.
    """
    path = folder / REGISTER
    empty = pl.DataFrame(schema=dict.fromkeys(REGISTER_COLUMNS.values(), pl.String))
    found = _read(path, REGISTER_COLUMNS) if path.exists() else empty
    place = pl.int_range(pl.len(), dtype=pl.Int64).alias("entry")
    return found.sort("kvk", "name").with_columns(place, trade_names=pl.concat_list("trade")).drop("trade")


def _read(path: Path, columns: dict[str, str]) -> pl.DataFrame:
    if not path.exists():
        raise LinkingError(f"{path} does not exist; it should hold one row a record.")
    kept = pl.scan_parquet(path)
    missing = sorted(set(columns) - set(kept.collect_schema().names()))
    if missing:
        raise LinkingError(f"{path}: no column {', '.join(missing)}.")
    return kept.select(pl.col(theirs).alias(ours) for theirs, ours in columns.items()).collect()
