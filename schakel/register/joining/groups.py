"""Best links first, under constraints: how links between things become groups of things.

Invariant: no two members of a group bear clashing marks of one slot, or are a pair that is kept apart, whatever the
order of the links; so there are no chains from one company over a doubtful third to another.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

Slot = str
Marks = Mapping[Slot, Hashable]


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A reason to hold ``one`` and ``other`` for the same. Lower ``rank`` is a better reason.

    ``despite``: beginnings of slots whose marks this reason may override.
    """

    rank: int
    one: int
    other: int
    rule: str
    evidence: str
    despite: tuple[str, ...] = ()


class Groups:
    """Nodes in groups, each group with the marks of its members. ``apart``: pairs of nodes that are never in one."""

    def __init__(self, marks: Mapping[int, Marks], apart: Iterable[tuple[int, int]] = ()) -> None:
        self._parent = {node: node for node in marks}
        self._held: dict[int, dict[Slot, set[Hashable]]] = {
            node: {slot: {value} for slot, value in said.items()} for node, said in marks.items()
        }
        self._barred: dict[int, set[int]] = {}
        for one, other in apart:
            self._barred.setdefault(one, set()).add(other)
            self._barred.setdefault(other, set()).add(one)
        self.reasons: dict[int, Link] = {}

    def find(self, node: int) -> int:
        """The node that stands for the group of ``node``: its lowest."""
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def join(self, links: Iterable[Link]) -> None:
        """Follow ``links``, best first, ties by node; a link that would make marks clash is passed over."""
        for link in sorted(links):
            one, other = self.find(link.one), self.find(link.other)
            if one != other and not self._clash(one, other, link.despite):
                self._merge(min(one, other), max(one, other))
                self.reasons.setdefault(link.one, link)
                self.reasons.setdefault(link.other, link)

    def may_join(self, one: int, other: int) -> bool:
        """Whether two nodes are in two groups that nothing keeps apart."""
        a, b = self.find(one), self.find(other)
        return a != b and not self._clash(a, b, ())

    def _clash(self, one: int, other: int, despite: tuple[str, ...]) -> bool:
        if any(node in self._parent and self.find(node) == other for node in self._barred.get(one, ())):
            return True
        a, b = self._held[one], self._held[other]
        return any(
            a[slot] != b[slot] and len(a[slot] | b[slot]) > 1
            for slot in a.keys() & b.keys()
            if not slot.startswith(despite or ("\0",))
        )

    def _merge(self, keep: int, drop: int) -> None:
        self._parent[drop] = keep
        if barred := self._barred.pop(drop, None):
            self._barred.setdefault(keep, set()).update(barred)
        held = self._held[keep]
        for slot, values in self._held.pop(drop).items():
            held.setdefault(slot, set()).update(values)
