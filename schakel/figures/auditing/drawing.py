"""Drawing a sample by a seed: anybody who has the frame and the seed draws the same, with any tool.

Invariants: no record is drawn twice; the order in which the frame is given does not matter; a larger simple sample by
the same seed begins with the smaller one.

*Simple*: records in the order of SHA-256 of "seed/kind/id" (UTF-8, in hexadecimals), of which the first so many. The
digest stands for chance, as it has no relation to what is in a record: a "ticket" (R. L. Rivest, "Consistent sampling
with replacement", 2018), here without replacement.

*Monetary*: each euro an equal chance (monetary-unit sampling; ISA 530 Appendix 4; AICPA, Audit Guide: Audit Sampling,
ch. 6; European Commission, EGESIF_16-0014-01, 6.3). Records with an amount above nothing stand in the order of the
digest; their amounts are added up, and from a start that the seed gives every ``interval``-th cent is drawn, the
interval being the total divided by the size, rounded down. What is as large as the interval is drawn for certain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Unit:
    """A record that can be drawn. ``amount``: in whole cents (or what else is stored), None where it has none."""

    kind: str
    id: int
    amount: int | None = None
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record that was drawn; ``hits``: by how many of the cents."""

    unit: Unit
    hits: int = 1


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn, in order. ``total``: the amounts drawn from; ``left_out``: records without an amount above 0."""

    items: tuple[Drawn, ...]
    total: int | None = None
    interval: int | None = None
    left_out: int = 0


class DrawError(ValueError):
    """A sample cannot be drawn so; says why."""


def ticket(seed: str, unit: Unit) -> str:
    """The place of a record in the order of chance that ``seed`` gives."""
    return hashlib.sha256(f"{seed}/{unit.kind}/{unit.id}".encode()).hexdigest()


def ordered(seed: str, frame: Iterable[Unit]) -> list[Unit]:
    """The frame in the order of chance that ``seed`` gives. Raises DrawError for a record that is in it twice."""
    units = sorted(frame, key=lambda unit: (ticket(seed, unit), unit.kind, unit.id))
    if len({(unit.kind, unit.id) for unit in units}) < len(units):
        raise DrawError("a record stands twice in what is to be drawn from")
    return units


def simple(seed: str, frame: Iterable[Unit], size: int) -> Draw:
    """A simple random sample without replacement; all where there are no more. Raises DrawError."""
    _refuse_odd(seed, size)
    return Draw(tuple(Drawn(unit) for unit in ordered(seed, frame)[:size]))


def monetary(seed: str, frame: Sequence[Unit], size: int) -> Draw:
    """A monetary-unit sample by a fixed interval. Raises DrawError where there is nothing to draw by."""
    _refuse_odd(seed, size)
    units = [unit for unit in ordered(seed, frame) if unit.amount is not None and unit.amount > 0]
    total = sum(unit.amount or 0 for unit in units)
    if total < size:
        raise DrawError("there are no amounts to draw by; draw records instead")
    interval = total // size
    point, passed, items = _start(seed, interval), 0, []
    for unit in units:
        passed += unit.amount or 0
        hits = 0
        while point <= passed and point <= interval * size:
            hits, point = hits + 1, point + interval
        if hits:
            items.append(Drawn(unit, hits))
    return Draw(tuple(items), total, interval, len(frame) - len(units))


def _start(seed: str, interval: int) -> int:
    """The first cent that is drawn: from 1 up to and with the interval."""
    return int(hashlib.sha256(f"{seed}/start".encode()).hexdigest(), 16) % interval + 1


def _refuse_odd(seed: str, size: int) -> None:
    if not seed.strip():
        raise DrawError("name a seed: any word or number, chosen before the records are known")
    if size < 1:
        raise DrawError("draw at least one record")


def digest_of(frame: Iterable[Unit]) -> str:
    """SHA-256 of what is drawn from: a line "kind id amount" a record, sorted, so that any order gives the same."""
    lines = sorted(f"{unit.kind} {unit.id} {'' if unit.amount is None else unit.amount}" for unit in frame)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def without_amounts(frame: Iterable[Unit]) -> list[Unit]:
    """The same records, for figures that are no sums."""
    return [replace(unit, amount=None) for unit in frame]
