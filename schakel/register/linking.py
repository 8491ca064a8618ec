"""How records of any room become one thing: the interface, and the round over all of them.

Each room declares what makes two of its records one (`Joinable`). The linker asks each in turn, holds the
answer against the identities that stand, and writes only what is new: births, links and merges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.intake.findings import Finding
from schakel.network.places import provinces_of

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


def rows(database: BaseDatabaseWrapper, sql: str, schema: Mapping[str, Any]) -> pl.DataFrame:
    """The rows of ``sql``, whose columns stand in the order of ``schema``."""
    with database.cursor() as cursor:
        cursor.execute(sql)
        return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")


def identities_of(database: BaseDatabaseWrapper, thing: str, kind: str) -> pl.DataFrame:
    """``record`` and its identity ``cluster``, for the records of ``kind`` that are already joined."""
    sql = (
        "SELECT m.record_id, coalesce(i.redirects_to_id, i.id) FROM register_identitymember m"
        f" JOIN register_identity i ON i.id = m.identity_id WHERE m.thing = '{thing}' AND m.record_kind = '{kind}'"
    )
    return rows(database, sql, {"record": pl.Int64, "cluster": pl.Int64})


def joined(kind: str, clusters: pl.DataFrame, records: pl.DataFrame, leads: pl.DataFrame) -> pl.DataFrame:
    """A frame of JOINED from what a room's rule gave for its ``records`` (which have ``owner_id``)."""
    return (
        clusters.join(records.select("record", "owner_id"), on="record")
        .join(leads, on="record")
        .select(
            pl.lit(kind).alias("record_kind"),
            "record",
            pl.col("owner_id").alias("owner"),
            "cluster",
            "rule",
            "evidence",
            "leading",
        )
    )


def homes(database: BaseDatabaseWrapper, places: pl.DataFrame) -> pl.Series:
    """For rows with ``postcode``, ``city`` and ``country``: slugs of the agencies in whose provinces they lie."""
    sql = "SELECT slug, unnest(provinces) FROM network_party WHERE kind = 'agency'"
    areas = rows(database, sql, {"slug": pl.String, "province": pl.String})
    of_province = areas.group_by("province").agg(pl.col("slug").sort().alias("home"))
    found = pl.DataFrame({"province": provinces_of(places)}).with_row_index()
    return found.join(of_province, on="province", how="left").sort("index")["home"]
