"""Disclosure control: which cells of a table of figures are withheld so that no one's own can be read from it.

Invariant: a withheld cell cannot be computed from the cells, row totals, column totals and grand
total that stay visible, also not by a viewer who knows the cells that are open to him; and what a
row's or column's withheld cells add up to (which can be computed) is itself of enough contributors.

A cell is withheld by itself (primary) if it has fewer than ``threshold`` contributors, or if one or
two of them account for nearly all of it (dominance). Others are withheld with it (complementary):
in a table with totals a withheld cell is safe if it lies on a closed round of withheld cells, turning
from row to column, along which an amount could be moved without any visible total changing; the
cheapest such round is sought for each cell, one after the other (Cox 1995; Castro 2007 for the
shortest path; Hundepool et al., Statistical Disclosure Control, 2012, for the rules).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

Place = tuple[Hashable, ...]
"""Where a cell lies: a value for each dimension of the table, TOTAL where it is not split by it."""


class Total:
    """The mark of a row or column total in a place."""

    def __repr__(self) -> str:
        return "TOTAL"


TOTAL = Total()


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with what decides whether it may be shown: who contributed, and how much the first two did."""

    value: float
    contributors: int
    largest: float = 0
    second: float = 0


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What is shown for a withheld cell. ``primary``: for its own sake, else to protect another."""

    primary: bool


@dataclass(frozen=True, slots=True)
class Dominance:
    """When few contributors account for too much of an amount.

    ``share``: the (1, k) rule, the largest may be at most this part of it. ``within``: the p% rule, the
    second must not be able to estimate the largest within this part of the largest.
    """

    share: float = 0.75
    within: float = 0.10

    def applies(self, cell: Cell) -> bool:
        """Whether this amount says too much of its largest contributor."""
        if cell.value <= 0:
            return False
        remainder = cell.value - cell.largest - cell.second
        return cell.largest > self.share * cell.value or remainder < self.within * cell.largest


def suppress(
    cells: Mapping[Place, Cell],
    *,
    threshold: int = 3,
    dominance: Dominance | None = None,
    open_to: Callable[[Place], bool] = lambda place: False,
    closed_to: Callable[[Place], bool] = lambda place: False,
) -> dict[Place, Cell | Suppressed]:
    """The table as it may be shown: each cell, or Suppressed.

    ``cells``: all cells of a table of one or two dimensions with its totals, by place; totals that
    will not be shown are left out. ``open_to``: the cells the viewer may see (his own): they are shown
    and cannot hide others. ``closed_to``: those he may not, however many contributed. A cell of no
    contributors is always shown: it says nothing of anyone, and hides nothing.
    Raises ValueError for a table of more dimensions, or whose places differ in length.
    """
    table = _Table(cells, open_to)
    primary = {p for p in table.closed if closed_to(p) or _says_too_much(cells[p], threshold, dominance)}
    hidden = table.protected(primary, threshold)
    return {place: Suppressed(place in primary) if place in hidden else cell for place, cell in cells.items()}


def _says_too_much(cell: Cell, threshold: int, dominance: Dominance | None) -> bool:
    if cell.contributors == 0:
        return False
    return cell.contributors < threshold or (dominance is not None and dominance.applies(cell))


def _totals_of(cells: Mapping[Place, Cell]) -> set[Place]:
    """The totals that the rows and columns of these cells have, shown or not."""
    totals: set[Place] = set()
    for place in cells:
        totals |= {(TOTAL,)} if len(place) == 1 else {(place[0], TOTAL), (TOTAL, place[1]), (TOTAL, TOTAL)}
    return totals


Node = tuple[int, Hashable]


class _Table:
    """The cells as edges between their row and their column; every row and column adds up, signs included.

    A table of one dimension is one row whose columns all meet in one: two withheld cells hide each other.
    ``unseen``: totals that are not in the table; nobody can subtract from them, so they move freely.
    """

    def __init__(self, cells: Mapping[Place, Cell], open_to: Callable[[Place], bool]) -> None:
        self.cells = cells
        lengths = {len(place) for place in cells}
        if len(lengths) > 1 or lengths - {1, 2}:
            raise ValueError("a table has one or two dimensions, the same for all its cells")
        self.unseen = _totals_of(cells) - cells.keys()
        self.edges: dict[Node, list[tuple[Node, Place]]] = {}
        for place in sorted(cells.keys() | self.unseen, key=repr):
            row, column = self.ends(place)
            self.edges.setdefault(row, []).append((column, place))
            self.edges.setdefault(column, []).append((row, place))
        known = {place for place, cell in cells.items() if open_to(place) or cell.contributors == 0}
        self.closed = cells.keys() - self._computable(known)

    def _computable(self, known: set[Place]) -> set[Place]:
        """``known`` with what it adds up to: a total of nobody but the viewer is no secret to him."""
        before = -1
        while len(known) > before:
            before = len(known)
            for lines in self.edges.values():
                unknown = {place for _, place in lines} - known
                if len(unknown) == 1:
                    known |= unknown
        return known - self.unseen

    def ends(self, place: Place) -> tuple[Node, Node]:
        """The row and the column of a cell."""
        return ((0, place[0]), (1, place[1])) if len(place) == 2 else ((0, None), (1, None))

    def protected(self, primary: set[Place], threshold: int) -> set[Place]:
        """``primary`` with the cells that must go with it."""
        hidden = set(primary)
        before = -1
        while len(hidden) > before:
            before = len(hidden)
            for place in sorted(hidden, key=lambda place: (self._weight(place), repr(place))):
                hidden |= self._round(place, hidden)
            hidden |= self._enough(hidden, threshold)
        return hidden

    def _enough(self, hidden: set[Place], threshold: int) -> set[Place]:
        """A further cell for each row or column whose withheld cells together are of too few."""
        extra: set[Place] = set()
        for lines in self.edges.values():
            if any(place in self.unseen for _, place in lines):
                continue
            places = [place for _, place in lines if place in hidden | extra]
            people = sum(self.cells[place].contributors for place in places)
            others = [place for _, place in lines if place in self.closed - hidden - extra]
            if places and people < threshold and others:
                extra.add(min(others, key=self._weight))
        return extra

    def _round(self, place: Place, hidden: set[Place]) -> set[Place]:
        """The cells of the cheapest closed round through ``place`` that lets its amount move.

        It may move up, or down if there is something to take from. All that can be withheld is if no
        round exists, as in a table of one cell and its total that are both open.
        """
        row, column = self.ends(place)
        rounds = [self._path(place, column, row, hidden, up=not self._negative(place))]
        if self.cells[place].value > 0:
            rounds.append(self._path(place, column, row, hidden, up=self._negative(place)))
        found = [path for path in rounds if path is not None]
        if not found:
            return set(self.closed)
        return set(min(found, key=lambda path: path[0])[1]) - self.unseen

    def _path(
        self, place: Place, start: Node, goal: Node, hidden: set[Place], *, up: bool
    ) -> tuple[float, list[Place]] | None:
        """The cheapest way from ``start`` back to ``goal`` without ``place``, each cell moving as it must.

        Amounts go to and fro: what a row gains in one cell it loses in the next, so cells walked from a
        row to a column move as the first one does (``up``), the others the other way.
        """
        queue: list[tuple[float, int, Node, list[Place]]] = [(0.0, 0, start, [])]
        done: set[Node] = set()
        count = 0
        while queue:
            cost, _, node, way = heappop(queue)
            if node == goal:
                return cost, way
            if node in done:
                continue
            done.add(node)
            for other, step in self.edges[node]:
                if step != place and other not in done and self._movable(step, up=up == (node[0] == 0)):
                    count += 1
                    price = 0.0 if step in hidden or step in self.unseen else self._weight(step)
                    heappush(queue, (cost + price, count, other, [*way, step]))
        return None

    def _movable(self, place: Place, *, up: bool) -> bool:
        """Whether a viewer must think this cell could be more (or less), in the sense of the round."""
        if place in self.unseen:
            return True
        rising = up != self._negative(place)
        return place in self.closed and (rising or self.cells[place].value > 0)

    def _negative(self, place: Place) -> bool:
        """A total counts against its parts: what they gain it gains, so in the round it moves the other way."""
        return sum(part is TOTAL for part in place) % 2 == 1

    def _weight(self, place: Place) -> float:
        """What is lost by withholding a cell: totals most, then what many contributed to, then what is large."""
        cell = self.cells[place]
        totals = sum(part is TOTAL for part in place)
        return 1e12 * totals + cell.contributors + abs(cell.value) / (1 + abs(cell.value))
