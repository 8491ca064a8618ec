"""Files of a trade register for tests, and loading them as an administrator does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from schakel.register.actions import load_register
from schakel.register.models import RegisterFact, RegisterLoad
from schakel.trail.actors import Actor
from tests.making import as_owner

Row = Mapping[str, object]
YEAR = dt.date(2024, 1, 1)


def written(folder: Path, rows: Sequence[Row], name: str = "register.parquet") -> Path:
    """A file of ``rows``: parquet, or csv with semicolons and bars between several values."""
    path = folder / name
    frame = pl.DataFrame(list(rows), infer_schema_length=None)
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    else:
        lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
        frame.with_columns(pl.col(name).list.join("|") for name in lists).write_csv(path, separator=";")
    return path


def loaded(path: Path, day: dt.date = YEAR, **options: Any) -> RegisterLoad | None:
    """Load a file as an administrator."""
    actor = Actor(party=None, process="test")
    with as_owner():
        return load_register(actor=actor, path=path, source="test", reference_date=day, **options)


def load_rows(folder: Path, *rows: Row, day: dt.date = YEAR, **options: bool) -> RegisterLoad | None:
    """Write ``rows`` to a file and load it."""
    return loaded(written(folder, rows, f"{day}-{RegisterLoad.objects.count()}.parquet"), day, **options)


def fact(kvk: str) -> RegisterFact:
    return RegisterFact.objects.get(kvk=kvk)
