"""Where pairs are met and compared: on DuckDB, or on Spark where a setting asks so. The same comes out of both.

What a backend does is all that grows with the register; what is learned from it and decided on it is not its work.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from typing import Protocol, cast

import polars as pl

from schakel.register.matching.on_duckdb import OnDuckDB
from schakel.register.matching.statements import Said

DUCKDB, SPARK = "duckdb", "spark"
NAMES = (DUCKDB, SPARK)


class BackendError(Exception):
    """The backend that was asked for is not there."""


class Met(Protocol):
    """Pairs that share a telling key; what a value says is that one of ``many`` statements has it."""

    @property
    def many(self) -> int:
        """How many entries, or records; 0 where there are none to meet."""

    def compared(self) -> pl.DataFrame:
        """As of `comparing.compare`, in order of a and b."""


class Backend(Protocol):
    """Compares records with entries of the register, and with each other."""

    def meet(self, said: Said, register: pl.DataFrame) -> AbstractContextManager[tuple[Met, Met]]:
        """What records state met with the entries of ``register`` and among themselves; to be compared within."""


def backend(name: str, *, master: str) -> Backend:
    """The backend called ``name``; ``master`` is Spark's. Raises BackendError for one that is not there."""
    if name == DUCKDB:
        return OnDuckDB()
    if name != SPARK:
        raise BackendError(f"There is no {name!r} to match on; it is {' or '.join(NAMES)}.")
    try:
        # Not of what Schakel needs to run, so it is loaded only when it is asked for.
        on_spark = import_module("schakel.register.matching.on_spark")
    except ModuleNotFoundError as error:
        raise BackendError(f"{error}. Spark is installed with: pip install -r requirements/spark.lock") from error
    return cast(Backend, on_spark.OnSpark(master))
