"""What a joining says of records, in the words of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from schakel.register.ledger.clusters import Marks
from schakel.register.ledger.lines import Cause, Record
from schakel.register.ledger.state import State

_BY_RULE = Cause()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the joining says of a record: with which others it is one, and why.

    ``cluster`` means nothing beyond one round. ``entry``: the register entry it is; ``marks``: valid numbers by slot,
    which part it from whatever bears another.
    """

    record: Record
    cluster: int
    cause: Cause = _BY_RULE
    entry: int | None = None
    marks: Marks = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A direct reason to hold two records for one."""

    one: Record
    other: Record
    cause: Cause


def by_cluster(asked: Iterable[Answer]) -> dict[int, list[Answer]]:
    """The answers of each cluster."""
    found: dict[int, list[Answer]] = {}
    for answer in asked:
        found.setdefault(answer.cluster, []).append(answer)
    return found


def neighbours(asked: Iterable[Answer]) -> list[tuple[Record, Record]]:
    """Of each cluster the first record with each of the others."""
    first: dict[int, Record] = {}
    return [
        (head, answer.record)
        for answer in asked
        if (head := first.setdefault(answer.cluster, answer.record)) != answer.record
    ]


def elder(records: Iterable[Record], state: State) -> list[Record]:
    """Of ``records`` those that stand: the eldest identity first, in it whoever has been there longest."""
    seats = state.seats
    standing = [record for record in records if record in seats]
    return sorted(standing, key=lambda record: (state.home(record), seats[record].held, seats[record].no))


def sides(asked: Sequence[Answer], find: Callable[[Record], Record]) -> dict[Record, tuple[Record, ...]]:
    """The records of each cluster, by the one that stands for it."""
    found: dict[Record, list[Record]] = {}
    for answer in asked:
        found.setdefault(find(answer.record), []).append(answer.record)
    return {root: tuple(records) for root, records in found.items()}
