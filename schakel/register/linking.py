"""How records of any room become one thing: the interface, and the round over all of them.

Each room declares what makes two of its records one (`Joinable`). The linker asks each in turn and holds the answer
against the identities that stand and what people said; the ledger (`register.ledger`) decides what is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.intake.findings import Finding
from schakel.network.places import provinces_of
from schakel.register.ledger.lines import Record

Schema = dict[str, type[pl.DataType] | pl.DataType]
# What a room's join gives: one row a record. `record_kind`: the kind the id belongs to, as a thing may
# gather records of several kinds (a company in the market list, an organisation of an agency).
JOINED: Schema = {
    "record_kind": pl.String,
    "record": pl.Int64,
    "owner": pl.Int64,
    "cluster": pl.Int64,
    "rule": pl.String,
    "evidence": pl.String,
    "leading": pl.Boolean,
}


# What it may say beside that: the register entry that a record is, the score in thousandths of a bit, by what it was
# decided (rule, model or person), and valid numbers ("kvk=12345678"), which part it from what bears another.
OFFERED: Schema = {
    "entry": pl.Int64,
    "score": pl.Int64,
    "by": pl.String,
    "marks": pl.List(pl.String),
}
_PAIR: Schema = {"kind_a": pl.String, "record_a": pl.Int64, "kind_b": pl.String, "record_b": pl.Int64}
# Pairs of which it is not sure. `reasons`: codes; `gain`: what an answer teaches, in thousandths of a bit.
DOUBTFUL: Schema = _PAIR | {
    "score": pl.Int64,
    "reasons": pl.List(pl.String),
    "gain": pl.Int64,
}
# Direct reasons to hold two records for one, the best first.
LINKS: Schema = _PAIR | {
    "rule": pl.String,
    "evidence": pl.String,
    "score": pl.Int64,
}
# Pairs of records of one kind and owner, or of register entries, that belong to one corporate family.
FAMILIES: Schema = {
    "record_kind": pl.String,
    "one": pl.Int64,
    "other": pl.Int64,
    "reason": pl.String,
    "evidence": pl.String,
}
# What people hold for one (`same`) and for two; and where records stand.
JUDGED: Schema = _PAIR | {"same": pl.Boolean}
STANDING: Schema = {
    "record_kind": pl.String,
    "record": pl.Int64,
    "identity": pl.Int64,
}
Says = Mapping[str, Any]  # what a card says of a record: name or title, place, numbers, dates


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that joining brought up, and which party it is for."""

    owner: int
    period: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Known:
    """What a round knows before it asks: ``judged`` (JUDGED) and ``standing`` (STANDING).

    In ``standing`` are the records whose identity is not in question; of its numbers only equal ones mean anything.
    """

    judged: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=JUDGED))
    standing: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=STANDING))


@dataclass(frozen=True)
class Found:
    """What a room's joining says.

    ``joined``: JOINED, and what it likes of OFFERED. ``doubtful``: DOUBTFUL. ``links``: LINKS, direct reasons.
    ``merges``: LINKS between records of identities that stand, from a joining that leaves those alone; None from one
    that joins everything anew. ``families``: FAMILIES. ``version``: of its rules or model. ``lead``: from
    [record_kind, record, cluster] of what is one now to [record_kind, record, leading]; without it every record leads.
    """

    joined: pl.DataFrame
    doubtful: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=DOUBTFUL))
    links: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LINKS))
    merges: pl.DataFrame | None = None
    families: pl.DataFrame | None = None
    version: str = ""
    lead: Callable[[pl.DataFrame], pl.DataFrame] | None = None


@dataclass(frozen=True, slots=True)
class Joinable:
    """A sort of thing whose records can be joined.

    ``after``: things whose identities its rule needs. ``join`` reads with the linker's rights; the cluster's own
    numbers mean nothing beyond what it returns. ``tell`` gives what only the joining can see. ``cards``: what a
    reviewer may see of records. ``at_once``: rules that may merge what stands without asking a person. ``follows``:
    what it is follows from other things each round anew, as a round does from its company; nothing is proposed.
    ``anew``: whether joining starts from nothing each round; else it leaves what stands alone, and has `Found.merges`.
    """

    thing: str
    join: Callable[[BaseDatabaseWrapper, Known], Found]
    after: tuple[str, ...] = ()
    tell: Callable[[BaseDatabaseWrapper], Iterable[Told]] | None = None
    cards: Callable[[BaseDatabaseWrapper, Iterable[Record]], Mapping[Record, Says]] | None = None
    at_once: frozenset[str] = frozenset()
    follows: bool = False
    anew: bool = True


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


def joined(kind: str, clusters: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """A frame of JOINED from what a room's rule gave for its ``records`` (which have ``owner_id``)."""
    return clusters.join(records.select("record", "owner_id"), on="record").select(
        pl.lit(kind).alias("record_kind"), "record", pl.col("owner_id").alias("owner"), "cluster", "rule", "evidence"
    )


def cards_from(
    database: BaseDatabaseWrapper, kind: str, sql: str, says: Sequence[str], records: Iterable[Record]
) -> dict[Record, Says]:
    """What a card says of each of ``records`` of ``kind``: ``sql`` gives for their ids each id and then ``says``."""
    ids = [record for its, record in records if its == kind]
    with database.cursor() as cursor:
        cursor.execute(sql, [ids])
        return {
            (kind, record): {name: _plain(value) for name, value in zip(says, values, strict=True) if value}
            for record, *values in cursor.fetchall()
        }


def _plain(value: object) -> object:
    """A value as JSON can carry it; dates as yyyy-mm-dd."""
    if isinstance(value, list):
        return [_plain(one) for one in value if one]
    return value.isoformat() if isinstance(value, dt.date) else value


def homes(database: BaseDatabaseWrapper, places: pl.DataFrame) -> pl.Series:
    """For rows with ``postcode``, ``city`` and ``country``: slugs of the agencies in whose provinces they lie."""
    sql = "SELECT slug, unnest(provinces) FROM network_party WHERE kind = 'agency'"
    areas = rows(database, sql, {"slug": pl.String, "province": pl.String})
    of_province = areas.group_by("province").agg(pl.col("slug").sort().alias("home"))
    found = pl.DataFrame({"province": provinces_of(places)}).with_row_index()
    return found.join(of_province, on="province", how="left").sort("index")["home"]
