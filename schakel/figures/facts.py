"""What can be counted: a fact kind, declared by the room whose records it comes from.

Invariant: a fact holds ids, dimensions and whole numbers (amounts in cents); no names, no texts.

Every fact table has these columns:

    record        Int64         id of the record it is about, in the room's own table; once in a fact
    agency        String        slug of the agency that delivered it ("" for lists of the network)
    year          Int32         period it belongs to
    date          Date, null    the day it happened; null for stocks
    thing         Int64         identity of what is counted (project, case, activity; else the record)
    organisation  Int64, null   identity of the organisation it concerns
    province      String        code of the place by the fact's stated rule; "unknown", "abroad"
    themes        List(String)  theme codes; empty where the kind has none
    leading       Boolean       the one record of its thing whose statements count for the network

and the measures (Int64) and codes (String) that its declaration names. Where an identity is doubtful, a column of
identities has beside it what it counts under if every doubtful pair is one thing, and if none is (`SUPPOSED`). A column
of identities that joining gives (`FactKind.joined`) has beside it the id of the record whose identity it is (`of`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.words import Words

# A fact may stand on records of a second kind where the first has none (a lead that is not listed among
# the participants): its ids begin here, so that they are never one of the first kind's.
OTHER = 1 << 45

# By what joining gives the identity of an organisation that an agency knows (`FactKind.joined`).
ORGANISATIONS = ("organisation", "organisation")

# What can be supposed of all that is doubtful: that every pair is one thing, or that none is.
Supposed = Literal["if_one", "if_apart"]
SUPPOSED: tuple[Supposed, ...] = ("if_one", "if_apart")

COMMON: dict[str, pl.DataType | type[pl.DataType]] = {
    "record": pl.Int64,
    "agency": pl.String,
    "year": pl.Int32,
    "date": pl.Date,
    "thing": pl.Int64,
    "organisation": pl.Int64,
    "province": pl.String,
    "themes": pl.List(pl.String),
    "leading": pl.Boolean,
}


def supposing(column: str, supposed: Supposed) -> str:
    """The name of the column with the labels of ``column`` under what is supposed."""
    return f"{column}_{supposed}"


def of(column: str) -> str:
    """The name of the column with the ids of the records whose identities ``column`` has."""
    return f"{column}_of"


@dataclass(frozen=True, slots=True)
class FactKind:
    """A table of facts: what it holds and how it is read from the room's records.

    ``read`` gets a connection with the counter's rights and returns a frame with the columns of
    COMMON, then ``measures`` (Int64) and ``codes`` (String). ``record_kind`` says which record
    kind its ``record`` ids belong to; from OTHER on they are ids of ``other_kind``. ``place_rule``
    says in words which place is the fact's. ``identities``: measures that are no amounts but say what a record is one
    of. ``of_records``: whether it stands on records at all, and not on what is expected and came. ``joined``: of each
    column of identities the sort of thing, and the kind of the records, that joining gives them by; ``thing`` among
    them, it says too which record leads. ``derived``: works out anew what follows from those columns.
    """

    name: str
    record_kind: str
    labels: Words
    place_rule: Words
    read: Callable[[BaseDatabaseWrapper], pl.DataFrame]
    measures: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    other_kind: str = ""
    identities: tuple[str, ...] = ()
    of_records: bool = True
    joined: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    derived: Callable[[pl.DataFrame], pl.DataFrame] | None = None

    @property
    def schema(self) -> dict[str, pl.DataType | type[pl.DataType]]:
        """Column names and types of the fact's frame."""
        return COMMON | dict.fromkeys(self.measures, pl.Int64) | dict.fromkeys(self.codes, pl.String)


_facts: dict[str, FactKind] = {}


def register_fact(fact: FactKind) -> FactKind:
    """Add ``fact`` to the registry. Raises ValueError if its name is taken."""
    if fact.name in _facts and _facts[fact.name] is not fact:
        raise ValueError(f"fact {fact.name} is declared twice")
    _facts[fact.name] = fact
    return fact


def facts() -> Iterable[FactKind]:
    """All declared facts, by name."""
    return [_facts[name] for name in sorted(_facts)]
