"""Where personal data sits: each room declares of each of its tables which columns are about people.

Invariants: every column of text is declared, as personal, as free text in which a person can be named, or as neither;
a test walks all models, so that a new column cannot be forgotten. What can be shown, exported and erased is what is
declared here, and the register of processing is made from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from schakel.words import Words


class Ground(Enum):
    """On what legal ground data is processed (article 6, first paragraph, of the GDPR)."""

    TASK = Words("taak van algemeen belang (art. 6 lid 1 sub e AVG)", "task in the public interest (art. 6(1)(e) GDPR)")
    DUTY = Words("wettelijke verplichting (art. 6 lid 1 sub c AVG)", "legal obligation (art. 6(1)(c) GDPR)")
    INTEREST = Words("gerechtvaardigd belang (art. 6 lid 1 sub f AVG)", "legitimate interest (art. 6(1)(f) GDPR)")


@dataclass(frozen=True, slots=True)
class Processing:
    """A processing as the register has it (article 30): what for, about whom, on what ground, who receives.

    ``kept``: the name of the retention period that holds for it (see `retention`).
    """

    name: str
    title: Words
    purpose: Words
    whose: Words
    ground: Ground
    receivers: Words
    kept: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class Holding:
    """What a table holds of people.

    ``named``: columns that are about a person as such. ``free``: texts in which somebody can be named. ``none``: texts
    that are about nobody (codes, digests, names of columns). ``of``: SQL for whose row it is, with the party's id as
    ``{party}``; empty where the table is no party's, or is kept in another way: ``how`` then says how it is erased.
    """

    table: str
    processing: str = ""
    named: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    of: str = "owner_id = {party}"
    how: str = ""

    @property
    def searched(self) -> tuple[str, ...]:
        """The columns in which a person is looked for."""
        return (*self.named, *self.free)


_processings: dict[str, Processing] = {}
_holdings: dict[str, Holding] = {}


def processing(declared: Processing) -> None:
    """Declare a processing. Raises ValueError for a second one of its name."""
    if _processings.setdefault(declared.name, declared) != declared:
        raise ValueError(f"two processings are called {declared.name}")


def holding(*declared: Holding) -> None:
    """Declare what tables hold. Raises ValueError for a table that was declared otherwise before."""
    for one in declared:
        if _holdings.setdefault(one.table, one) != one:
            raise ValueError(f"{one.table} is declared twice")


def about_nobody(table: str, *columns: str) -> None:
    """Declare that no text of a table is about a person."""
    holding(Holding(table, none=columns))


def processings() -> list[Processing]:
    """All processings, in the order of the register."""
    return sorted(_processings.values(), key=lambda one: (one.order, one.name))


def holdings() -> list[Holding]:
    """What all tables hold, by table."""
    return [_holdings[table] for table in sorted(_holdings)]


def searched() -> Iterable[Holding]:
    """The tables of parties in which a person is looked for, and which are rewritten in place."""
    return (one for one in holdings() if one.searched and not one.how)


def of_processing(name: str) -> list[Holding]:
    """The tables of a processing."""
    return [one for one in holdings() if one.processing == name]
