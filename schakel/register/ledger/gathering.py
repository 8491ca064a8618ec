"""What stands, gathered anew under what people said: before it is asked what is new.

The order: what people say is one; what stands together under one number; what one rule or model once put together and
people parted meanwhile; what a rule merged and still would. Each step joins only what nothing keeps apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schakel.register.ledger.clusters import Clusters, Marks
from schakel.register.ledger.lines import Cause, Pair, Record
from schakel.register.ledger.saying import Said
from schakel.register.ledger.state import State


@dataclass(frozen=True)
class Heard:
    """What holds beside the records: what people said, and what rules were let do.

    ``merged``: pairs over which a rule merged identities at once. ``declined``: pairs of which people said that they
    are not to be merged (or split) by a proposal.
    """

    said: Said = field(default_factory=Said)
    merged: Mapping[Pair, Cause] = field(default_factory=dict)
    declined: frozenset[Pair] = frozenset()


@dataclass
class Gathered:
    """Clusters of what stands. ``late``: records whose place is open again, as what they were linked to came apart."""

    clusters: Clusters
    late: set[Record]
    contested: set[Record]


def gather(
    state: State,
    heard: Heard,
    *,
    marks: Mapping[Record, Marks] | None = None,
    near: Sequence[tuple[Record, Record]] = (),
    alike: Mapping[Record, int] | None = None,
) -> Gathered:
    """Gather all that stands, as people's decisions leave it; with what was withdrawn, which holds its place.

    ``near``: pairs that hold together best, the best first; ``alike``: the cluster of the joining that a record is in.
    Where a number must come apart, they say what goes where, whether or not others of the cluster stand yet.
    """
    gathering = _Gathering(state, heard, list(state.seats), marks, near, alike=alike or {})
    found = gathering.gathered({})
    broken = gathering.broken(found.clusters)
    return gathering.gathered(gathering.late(broken)) if broken else found


class _Gathering:
    def __init__(
        self,
        state: State,
        heard: Heard,
        standing: list[Record],
        marks: Mapping[Record, Marks] | None,
        near: Sequence[tuple[Record, Record]],
        *,
        alike: Mapping[Record, int],
    ) -> None:
        seats, self.homes = state.seats, {record: state.home(record) for record in standing}
        self.standing = sorted(standing, key=lambda one: (self.homes[one], seats[one].held, seats[one].no))
        self.state, self.heard, self.marks, self.near, self.alike = state, heard, marks, near, alike

    def gathered(self, late: Mapping[Record, int]) -> Gathered:
        """Everything gathered but ``late``, which is put where its home is whole and else left open."""
        clusters = Clusters(apart=self.heard.said.apart, marks=self.marks)
        for (one, other), cause in self.heard.said.must.items():
            clusters.join(one, other, cause)
        found = Gathered(clusters, set(), set())
        classes: dict[tuple[int, int], list[Record]] = {}
        of_block: dict[int, list[Record]] = {}
        for record in self.standing:
            if record not in late:
                block = self.state.seats[record].block
                classes.setdefault((self.homes[record], block), []).append(record)
                of_block.setdefault(block, []).append(record)
        for members in of_block.values():
            # In the order of their own numbers and not of where words put them: what is taken back leaves no trace.
            _together(found, sorted(members), self.near, self.alike)
        for (one, other), cause in self.heard.merged.items():
            clusters.join(one, other, cause)
        _place_late(found, late, classes)
        return found

    def broken(self, clusters: Clusters) -> set[int]:
        """Identities of several blocks that nothing holds together any more."""
        parts: dict[int, dict[int, set[Record]]] = {}
        for record in self.standing:
            blocks = parts.setdefault(self.homes[record], {})
            blocks.setdefault(self.state.seats[record].block, set()).add(clusters.find(record))
        several = {home: list(blocks.values()) for home, blocks in parts.items() if len(blocks) > 1}
        return {home for home, (first, *others) in several.items() if any(not first & other for other in others)}

    def late(self, broken: set[int]) -> dict[Record, int]:
        """Records linked to one of ``broken`` after another block came into it: to which of the two is not known."""
        seats, came = self.state.seats, dict[int, int]()
        for record in self.standing:
            seat, home = seats[record], self.homes[record]
            if home in broken and seat.block != self.state.block_of(home):
                since = seat.no if seat.held == home else self.state.ways[seat.held][0].no
                came[home] = min(came.get(home, since), since)
        named = {record for two in (*self.heard.said.must, *self.heard.merged) for record in two}
        return {
            record: home
            for record in self.standing
            if (home := self.homes[record]) in came
            and record not in named
            and seats[record].block == self.state.block_of(home)
            and seats[record].no > came[home]
        }


def _together(
    found: Gathered, members: list[Record], near: Sequence[tuple[Record, Record]], alike: Mapping[Record, int]
) -> None:
    """Join what stands together; where it must come apart, best first, then each to the first that it can join."""
    clusters = found.clusters
    if clusters.fit(members):
        for record in members[1:]:
            clusters.join(members[0], record)
        return
    found.contested.update(members)
    among = set(members)
    for one, other in near:
        if one in among and other in among:
            clusters.join(one, other)
    first: dict[int, Record] = {}
    for record in members:
        if record in alike:
            clusters.join(first.setdefault(alike[record], record), record)
    heads: list[Record] = []
    for record in members:
        if not any(clusters.join(head, record) for head in heads):
            heads.append(record)


def _place_late(
    found: Gathered,
    late: Mapping[Record, int],
    classes: Mapping[tuple[int, int], list[Record]],
) -> None:
    """Where an identity is still whole its late records are in it; else they are asked about anew."""
    clusters = found.clusters
    parts: dict[int, set[Record]] = {}
    for (home, _block), members in classes.items():
        parts.setdefault(home, set()).update(clusters.find(record) for record in members)
    for record, home in late.items():
        roots = {clusters.find(root) for root in parts.get(home, ())}
        if len(roots) != 1 or not clusters.join(min(roots), record):
            found.late.add(record)
