"""What follows from the log: which record is of which identity, where old numbers lead, what is anchored.

Invariants: the state is a function of the lines and of nothing else. A number that leads elsewhere never stands by
itself again. The record with which a number was born is of that number for as long as the number stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from schakel.register.ledger.lines import Cause, Line, Record


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a record is. ``held``: the number it is held under, which may lead elsewhere by now.

    ``block``: the number under which rules and models put it, whatever people said since; ``no``: the line that put it
    here. ``rule`` and ``evidence``: of that line.
    """

    held: int
    block: int
    no: int = 0
    rule: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """That an old number leads to ``to``, since a moment and a line of the log."""

    to: int
    no: int = 0
    since: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Anchored:
    """The register entry that an identity is, and by what; which judgement it was stands in the log."""

    entry: int
    cause: Cause


@dataclass(frozen=True)
class State:
    """The identities of one sort of thing, as they stand. Numbers are given in the order of birth.

    ``ways``: of an old number where it leads; the first is the merge, a second one says that the merge was undone for
    some. ``last``: the highest number ever given, of whatever thing; ``line``: the last line of the log.
    """

    seats: Mapping[Record, Seat] = field(default_factory=dict)
    ways: Mapping[int, tuple[Way, ...]] = field(default_factory=dict)
    anchors: Mapping[int, Anchored] = field(default_factory=dict)
    last: int = field(default=0, compare=False)
    line: int = field(default=0, compare=False)

    def resolve(self, identity: int) -> int:
        """The number that ``identity`` counts under now: the elder that it was merged into, if it was."""
        return resolve(self.ways, identity)

    def home(self, record: Record) -> int:
        """The identity of ``record``. Raises KeyError for a record that was never linked."""
        return self.resolve(self.seats[record].held)

    def leads_to(self, identity: int) -> frozenset[int]:
        """All that an old number may mean by now; itself where it still stands."""
        if identity not in self.ways:
            return frozenset((identity,))
        return frozenset().union(*(self.leads_to(way.to) for way in self.ways[identity]))

    def partition(self) -> frozenset[frozenset[Record]]:
        """Which records are together, whatever the numbers."""
        groups: dict[int, set[Record]] = {}
        for record in self.seats:
            groups.setdefault(self.home(record), set()).add(record)
        return frozenset(frozenset(group) for group in groups.values())

    @cached_property
    def founders(self) -> Mapping[int, Record]:
        """Of each number the record that has been held under it longest."""
        found: dict[int, Record] = {}
        for record, seat in sorted(self.seats.items(), key=lambda item: item[1].no):
            found.setdefault(seat.held, record)
        return found

    def block_of(self, identity: int) -> int:
        """The block of what joins ``identity`` next: its founder's."""
        founder = self.founders.get(identity)
        return identity if founder is None else self.seats[founder].block

    def after(self, lines: Iterable[Line]) -> State:
        """The state once ``lines`` are written; those without a place get the next ones."""
        following = _Following(self)
        for line in lines:
            following.follow(line)
        return following.state()


def replay(log: Iterable[Line], *, until: dt.datetime | None = None) -> State:
    """The state that follows from the log of one thing, or what it was at ``until``."""
    return State().after(line for line in log if until is None or line.at is None or line.at <= until)


def resolve(ways: Mapping[int, tuple[Way, ...]], identity: int) -> int:
    """The end of the merges of ``identity``."""
    while identity in ways:
        identity = ways[identity][0].to
    return identity


class _Following:
    """The state while lines are followed one by one."""

    def __init__(self, state: State) -> None:
        self.seats, self.ways, self.anchors = dict(state.seats), dict(state.ways), dict(state.anchors)
        self.last, self.line = state.last, state.line
        self.blocks = {number: state.seats[record].block for number, record in state.founders.items()}

    def state(self) -> State:
        return State(self.seats, self.ways, self.anchors, self.last, self.line)

    def follow(self, line: Line) -> None:
        line = replace(line, no=line.no or self.line + 1)
        self.line, self.last = line.no, max(self.last, line.identity, line.other or 0)
        match line.verb:
            case "linked" | "moved":
                self._seat(line)
            case "merged" | "redirected":
                way = Way(line.identity, line.no, line.at)
                self.ways[_other(line)] = (*self.ways.get(_other(line), ()), way)
            case "anchored":
                cause = replace(line.cause, judgement=None, proposal=None)
                self.anchors[line.identity] = Anchored(_record(line)[1], cause)
            case "let go":
                del self.anchors[line.identity]
            case "born" | "split":
                pass  # a number begins; its records follow in lines of their own

    def _seat(self, line: Line) -> None:
        record, cause = _record(line), line.cause
        # What is moved keeps its block, so that it comes back once what moved it no longer holds.
        moved = line.verb == "moved"
        block = self.seats[record].block if moved else self.blocks.get(line.identity, line.identity)
        self.blocks.setdefault(line.identity, block)
        self.seats[record] = Seat(line.identity, block, line.no, cause.rule, cause.evidence)


def _record(line: Line) -> Record:
    if line.record is None:
        raise ValueError(f"line {line.no} ({line.verb}) names no record")
    return line.record


def _other(line: Line) -> int:
    if line.other is None:
        raise ValueError(f"line {line.no} ({line.verb}) names no other identity")
    return line.other
