"""Best links first, under constraints: how scored pairs become organisations.

Invariants, whatever the order of the links: no two members hold clashing marks (numbers more than a
slip apart, two register entries, two permanent numbers of one agency), no pair that a person parted
stands in one cluster, and no chain of single likenesses joins what on the whole is unlike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from rapidfuzz.distance import OSA

# How good a reason is, before its score counts: the lower the sooner followed.
PERSON, STANDING, PERMANENT, NUMBER, ENTRY, MODEL = range(6)
NUMBERS = ("kvk", "rsin")
UNKNOWN = -3000  # thousandths of a bit for a pair that was no candidate
MOST = 15000  # ... and no single pair counts for more than this


class Link(NamedTuple):
    """A reason to hold nodes ``one`` and ``other`` for the same; ``cost`` is minus the score.

    ``at``: its place among all links, by which its rule and evidence are found.
    """

    tier: int
    cost: int
    one: int
    other: int
    at: int

    @property
    def score(self) -> int:
        """Thousandths of a bit."""
        return -self.cost


Marks = dict[str, set[str]]


def one_slip_apart(number: str, other: str) -> bool:
    """Whether two numbers are one but for a digit mistaken, or two neighbours that changed places."""
    return OSA.distance(number, other, score_cutoff=1) <= 1


class Clusters:
    """Nodes in clusters, each with what its members hold, and whom people keep from it."""

    def __init__(
        self,
        marks: dict[int, Marks],
        apart: Iterable[tuple[int, int]] = (),
        mistyped: Callable[[str, str], bool] = one_slip_apart,
    ) -> None:
        """``marks``: what each node holds, by slot; the clusters keep it and change it.

        ``mistyped``: whether two KvK numbers, as they stand in the marks, may be one.
        """
        self._mistyped = mistyped
        self._root: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._marks = marks
        self._apart: dict[int, set[int]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)
        self.reasons: dict[int, Link] = {}
        self.refused: list[tuple[Link, str]] = []

    def find(self, node: int) -> int:
        """The node that stands for the cluster of ``node``: its lowest."""
        return self._root.get(node, node)

    def roots(self, nodes: Iterable[int]) -> list[int]:
        """As `find`, for each of ``nodes``."""
        root = self._root.get
        return [root(node, node) for node in nodes]

    def held(self, node: int, slot: str) -> set[str]:
        """The values of ``slot`` in the cluster of ``node``."""
        return self._marks.get(self.find(node), {}).get(slot, set())

    def follow(self, links: Iterable[tuple[int, int, int, int]], likeness: Mapping[tuple[int, int], int]) -> None:
        """Follow ``links``, a `Link` each but for its place, best first; those that may not be are kept in ``refused``.

        ``likeness``: how far the score of a pair, the lower first, is above what joins two, by `MOST` at most.
        """
        root, reasons = self._root.get, self.reasons
        for at, (tier, cost, a, b) in enumerate(links):
            one, other = root(a, a), root(b, b)
            if one == other:
                continue
            link = Link(tier, cost, a, b, at)
            if why := self._against(one, other, link, likeness):
                self.refused.append((link, why))
                continue
            self._merge(min(one, other), max(one, other))
            reasons.setdefault(link.one, link)
            reasons.setdefault(link.other, link)

    def _against(self, one: int, other: int, link: Link, likeness: Mapping[tuple[int, int], int]) -> str:
        if self._apart and self._parted(one, other):
            return "parted"
        if link.tier <= STANDING:
            return ""
        if slot := self._clash(one, other, link):
            return slot
        return "unlike" if link.tier == MODEL and self._unlike(one, other, likeness) else ""

    def _parted(self, one: int, other: int) -> bool:
        kept = self._apart.get(one, set())
        return bool(kept) and not kept.isdisjoint(self._members.get(other, [other]))

    def _clash(self, one: int, other: int, link: Link) -> str:
        a, b = self._marks.get(one), self._marks.get(other)
        if not a or not b:
            return ""
        clashing = [
            slot for slot in a if slot in b and a[slot] != b[slot] and not self._excused(slot, a[slot], b[slot], link)
        ]
        if not clashing:
            return ""
        slot = min(clashing, key=_in_order)
        return "number" if slot in NUMBERS else slot.split(" ")[0]

    def _excused(self, slot: str, a: set[str], b: set[str], link: Link) -> bool:
        """One permanent number may differ between records of one number and name; a KvK number by one slip."""
        if slot.startswith("owner "):
            return link.tier == NUMBER
        return slot == "kvk" and all(self._mistyped(x, y) for x in a for y in b)

    def _unlike(self, one: int, other: int, likeness: Mapping[tuple[int, int], int]) -> bool:
        mine, theirs = self._members.get(one, [one]), self._members.get(other, [other])
        if len(mine) * len(theirs) == 1:
            return False
        known, total = likeness.get, 0
        for x in mine:
            for y in theirs:
                total += known((x, y) if x < y else (y, x), UNKNOWN)
        return total < 0

    def _merge(self, keep: int, drop: int) -> None:
        moved = self._members.pop(drop, [drop])
        self._members.setdefault(keep, [keep]).extend(moved)
        for node in moved:
            self._root[node] = keep
        for slot, values in self._marks.pop(drop, {}).items():
            self._marks.setdefault(keep, {}).setdefault(slot, set()).update(values)
        parted = self._apart.pop(drop, None)
        if parted:
            self._apart.setdefault(keep, set()).update(parted)


_TOLD_FIRST = ("identity", "entry", *NUMBERS)


def _in_order(slot: str) -> tuple[int, str]:
    """Of several clashes the one that is told: of identities, entries, numbers, then of agencies' own numbers."""
    return (_TOLD_FIRST.index(slot) if slot in _TOLD_FIRST else len(_TOLD_FIRST)), slot
