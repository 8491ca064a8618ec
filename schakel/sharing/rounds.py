"""Disclosure control in a table of two dimensions whose rows and columns are shown as well.

The table of each dimension was decided first: a row that is withheld there is withheld here in all its cells, and what
is shown there is known here and cannot be withheld any more. So the two never say different things, and a table by two
dimensions adds nothing to what is known of either.

A withheld figure cannot be computed if it lies on a closed round of withheld ones, turning from row to column, along
which an amount could be moved without any visible figure changing (Cox 1995; the cheapest round for each: Castro 2007).
Rows that are withheld are one here: only what they add up to is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

from schakel.sharing.disclosure import Layer, Layers, Place, cost, enough, too_much

Node = tuple[int, Hashable]
Edges = dict[Node, list[tuple[Node, Place]]]
_REST = object()


@dataclass(frozen=True)
class Crossing:
    """A table by row and column; ``rows`` and ``columns`` are those withheld in the table of that dimension."""

    layers: Layers
    rows: AbstractSet[Hashable]
    columns: AbstractSet[Hashable]

    def withhold(self, forced: AbstractSet[Place] = frozenset()) -> set[Place] | None:
        """The places with something in them to withhold; None if no cell can be shown without giving another away.

        Then the whole table is withheld, also which of its cells have nothing.
        """
        hidden = set(forced) | too_much(self.layers) | {place for place in self._places() if self._closed(place)}
        safe: set[tuple[int, Place]] = set()
        while True:
            hidden |= self._lines(hidden)
            waiting = [
                (number, place)
                for number, layer in enumerate(self.layers)
                for place in sorted(hidden & layer.cells.keys(), key=repr)
                if (number, place) not in safe
            ]
            if not waiting:
                return hidden
            for number, place in waiting:
                found = self._round(number, place, hidden)
                if found is None and self.layers[number].unsafe(place):
                    return None
                hidden |= found or set()
                safe.add((number, place))

    def _places(self) -> set[Place]:
        return {place for layer in self.layers for place in layer.cells}

    def _closed(self, place: Place) -> bool:
        return place[0] in self.rows or place[1] in self.columns

    def _ends(self, place: Place) -> tuple[Node, Node]:
        """The row and the column of a cell, those withheld being one."""
        row, column = place
        return (0, _REST if row in self.rows else row), (1, _REST if column in self.columns else column)

    def _lines(self, hidden: AbstractSet[Place]) -> set[Place]:
        """Further cells for each row and column that is shown, where what is withheld in it says too much."""
        extra: set[Place] = set()
        lines: dict[Node, set[Place]] = defaultdict(set)
        for place in self._places():
            for node in self._ends(place):
                if node[1] is not _REST:
                    lines[node].add(place)
        for _, places in sorted(lines.items(), key=repr):
            withheld = places & (hidden | extra)
            extra |= enough(self.layers, withheld, places - withheld)
        return extra

    def _round(self, number: int, place: Place, hidden: AbstractSet[Place]) -> set[Place] | None:
        """The cells of the cheapest round along which ``place`` could be more by what protects it; None if none is.

        What a column gains in one cell it loses in the next, which must have so much to lose.
        """
        layer, edges = self.layers[number], self._edges[number]
        goal, start = self._ends(place)
        moved = layer.rule.protection(layer.cells[place])
        queue: list[tuple[int, float, int, Node, tuple[Place, ...]]] = [(0, 0.0, 0, start, ())]
        done: set[Node] = set()
        count = 0
        while queue:
            cells, lost, _, node, way = heappop(queue)
            if node == goal:
                return set(way)
            if node in done:
                continue
            done.add(node)
            for other, step in edges[node]:
                if step == place or other in done or (node[0] == 1 and layer.values[step] < moved):
                    continue
                count += 1
                more = 0 if step in hidden else self._price(step)[0]
                heappush(queue, (cells + bool(more), lost + more, count, other, (*way, step)))
        return None

    @cached_property
    def _price(self) -> Callable[[Place], tuple[float, str]]:
        return cost(self.layers)

    @cached_property
    def _edges(self) -> list[Edges]:
        return [self._edges_of(layer) for layer in self.layers]

    def _edges_of(self, layer: Layer) -> Edges:
        edges: Edges = defaultdict(list)
        for place in sorted(layer.cells, key=repr):
            row, column = self._ends(place)
            edges[row].append((column, place))
            edges[column].append((row, place))
        return edges
