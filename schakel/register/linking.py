"""How records of any room become one thing: the interface, and the round over all of them.

Each room declares what makes two of its records one (`Joinable`). The linker asks each in turn, holds the
answer against the identities that stand, and writes only what is new: births, links and merges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.intake.findings import Finding

# What a room's join gives: one row a record. `record_kind`: the kind the id belongs to, as a thing may
# gather records of several kinds (a company in the market list, an organisation of an agency).
JOINED: dict[str, type[pl.DataType]] = {
    "record_kind": pl.String,
    "record": pl.Int64,
    "owner": pl.Int64,
    "cluster": pl.Int64,
    "rule": pl.String,
    "evidence": pl.String,
    "leading": pl.Boolean,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that joining brought up, and which party it is for."""

    owner: int
    period: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Joinable:
    """A sort of thing whose records can be joined.

    ``after``: things whose identities its rule needs. ``join`` reads with the linker's rights and returns
    a frame of JOINED; the cluster's own numbers mean nothing beyond that frame. ``tell`` gives what only
    the joining can see.
    """

    thing: str
    join: Callable[[BaseDatabaseWrapper], pl.DataFrame]
    after: tuple[str, ...] = ()
    tell: Callable[[BaseDatabaseWrapper], Iterable[Told]] | None = None


_joinables: dict[str, Joinable] = {}


def register_joinable(joinable: Joinable) -> Joinable:
    """Add a sort of thing. Raises ValueError if its name is taken."""
    if joinable.thing in _joinables and _joinables[joinable.thing] != joinable:
        raise ValueError(f"{joinable.thing} is declared twice")
    _joinables[joinable.thing] = joinable
    return joinable


def joinables() -> Iterator[Joinable]:
    """All sorts of things, those that others stand on first."""
    waiting = dict(sorted(_joinables.items()))
    while waiting:
        ready = [j for j in waiting.values() if not set(j.after) & set(waiting)]
        if not ready:
            raise ValueError(f"things wait for each other: {', '.join(waiting)}")
        yield from ready
        for joinable in ready:
            del waiting[joinable.thing]


def rows(database: BaseDatabaseWrapper, sql: str, schema: dict[str, type[pl.DataType] | pl.DataType]) -> pl.DataFrame:
    """The rows of ``sql``, whose columns stand in the order of ``schema``."""
    with database.cursor() as cursor:
        cursor.execute(sql)
        return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")
