"""A check: what must hold of a delivery, as data, and the registry of checks.

Invariant: every check says in both languages what it looks for and what to do, and carries an example
that fails and one that passes; a test runs them all.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import polars as pl

from schakel.intake.findings import Finding, Severity
from schakel.intake.interpreting import KindRows
from schakel.words import Words

Scope = Literal["cell", "row", "delivery", "across"]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the delivery, as plain frames, so that checks stay pure.

    Frames have ``_number`` and the kind's fields, as in KindRows. ``standing``: the agency's own
    records of the same period, for kinds that are not in this delivery. ``earlier``: its own records
    of earlier periods, with ``_period``. ``others``: other agencies' records of the same period, with
    ``_agency`` (its slug); only what checks of scope "across" may see, never shown to the sender.
    ``beside``: what rooms know of the year beside records, by name (see `context.register_beside`).
    ``whole``: the delivery says all there is of each kind that it holds; else it only adds and changes, so
    that what stands of its kinds is known beside it.
    """

    period: int = 0
    agency: str = ""
    standing: Mapping[str, pl.DataFrame] = dataclasses.field(default_factory=dict)
    earlier: Mapping[str, pl.DataFrame] = dataclasses.field(default_factory=dict)
    others: Mapping[str, pl.DataFrame] = dataclasses.field(default_factory=dict)
    beside: Mapping[str, pl.DataFrame] = dataclasses.field(default_factory=dict)
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """The rows of a delivery by kind, beside what else is known."""

    kinds: Mapping[str, KindRows]
    context: Context
    agency: str
    period: int

    def rows(self, kind: str) -> pl.DataFrame | None:
        """Delivered rows of ``kind`` with their position ``_at``; None if the kind was not delivered."""
        delivered = self.kinds.get(kind)
        return None if delivered is None else delivered.frame.with_row_index("_at")

    def known(self, kind: str) -> pl.DataFrame | None:
        """Rows of ``kind`` in this delivery, else those that stand from an earlier one; None if there are neither.

        A delivery that is not whole has the rows that stand beside its own.
        """
        delivered, standing = self.kinds.get(kind), self.context.standing.get(kind)
        if delivered is None:
            return standing
        if self.context.whole or standing is None:
            return delivered.frame
        others = standing.filter(~pl.col("_number").is_in(delivered.frame["_number"].drop_nulls().implode()))
        return pl.concat([delivered.frame, others], how="diagonal_relaxed")

    def earlier(self, kind: str) -> pl.DataFrame | None:
        """The agency's own rows of ``kind`` of earlier periods; None if there are none."""
        return self.context.earlier.get(kind)

    def others(self, kind: str) -> pl.DataFrame | None:
        """Other agencies' rows of ``kind`` of this period; None if there are none."""
        return self.context.others.get(kind)


@dataclass(frozen=True, slots=True)
class Blame:
    """What a check has against a row: ``at`` is its position among the rows of ``kind``, None for all of them.

    ``says`` fills the places of the check's message; ``concerns`` are slugs of other agencies.
    """

    kind: str
    at: int | None = None
    field: str = ""
    says: Mapping[str, object] = dataclasses.field(default_factory=dict)
    concerns: tuple[str, ...] = ()


class Example(Protocol):
    """Something a check can be tried on."""

    def findings(self, check: Check) -> list[Finding]:
        """What ``check`` finds in this example."""
        ...


@dataclass(frozen=True, slots=True)
class Check:
    """One rule about deliveries.

    ``kind``: the record kind it is about, empty for any. ``field``: whose cell is pointed at. A row
    check has ``when``, an expression over the kind's frame (and ``_period``) that is true where the
    rule is broken; a delivery or across check has ``find``; a cell check has neither: reading itself
    finds it. ``network_only``: the sender is not told, only the secretariat and whom it concerns.
    """

    id: str
    severity: Severity
    scope: Scope
    title: Words
    explanation: Words
    message: Words
    remedy: Words
    fails: tuple[Example, ...]
    passes: tuple[Example, ...]
    kind: str = ""
    field: str = ""
    when: pl.Expr | None = None
    find: Callable[[Delivery], Iterator[Blame]] | None = None
    version: int = 1
    network_only: bool = False

    def __post_init__(self) -> None:
        if not (self.fails and self.passes):
            raise ValueError(f"check {self.id}: give an example that fails and one that passes")
        if (self.scope == "row") != (self.when is not None):
            raise ValueError(f"check {self.id}: a row check, and no other, has an expression")
        if (self.scope in ("delivery", "across")) != (self.find is not None):
            raise ValueError(f"check {self.id}: a delivery or across check, and no other, has a function")


_checks: dict[str, Check] = {}


def register_check(check: Check) -> Check:
    """Add ``check`` to the registry. Raises ValueError if another check has its id."""
    if check.id in _checks:
        raise ValueError(f"check {check.id} is declared twice")
    _checks[check.id] = check
    return check


def checks_version() -> str:
    """A digest of all checks with their versions, in hexadecimals: another one means that there are newer checks."""
    listed = "\n".join(f"{check.id} {check.version} {check.severity}" for check in all_checks())
    return hashlib.sha256(listed.encode()).hexdigest()


def all_checks() -> tuple[Check, ...]:
    """All registered checks, by id."""
    return tuple(_checks[id] for id in sorted(_checks))


def check(id: str) -> Check:
    """The check called ``id``. Raises KeyError if there is none."""
    return _checks[id]
