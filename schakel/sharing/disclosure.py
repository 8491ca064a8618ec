"""Disclosure control: which figures are withheld so that nothing of one organisation can be read from them.

A figure says too much if fewer than three contributed to it, or if one or two nearly make up its amount. It is
withheld, and others with it, so that it cannot be computed from those that are shown (Hundepool et al., Statistical
Disclosure Control, 2012): in a row with a shown total, what is withheld adds up to something that may be known; in a
table of two dimensions each withheld figure also lies on a closed round of withheld ones (``rounds``).

What is judged may be counted in several ways at once (companies, euros): each is a layer, and one set of places is
withheld from all of them, so that none gives away another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from heapq import nlargest

Place = tuple[Hashable, ...]
"""Where a figure lies: a value for each dimension of its table."""

Shares = Mapping[Hashable, float]
"""What each contributor accounts for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When a figure says too much of who contributed.

    ``threshold``: as many must have contributed. For ``amounts`` also: ``share``, the (1, k) rule, one may account for
    at most this part; ``within``, the p% rule, the second must not be able to estimate the largest within this part.
    """

    threshold: int = 3
    share: float = 0.75
    within: float = 0.10
    amounts: bool = False

    def says_too_much(self, shares: Shares) -> bool:
        """Whether a figure of these shares may not be known. One of nobody may: it says nothing of anyone."""
        if not shares:
            return False
        return len(shares) < self.threshold or (self.amounts and self._dominated(shares))

    def _dominated(self, shares: Shares) -> bool:
        whole, first, second = _largest(shares)
        return first > self.share * whole or (whole > 0 and whole - first - second < self.within * first)

    def protection(self, shares: Shares) -> float:
        """How much more the figure must be able to be, for all that a reader knows: at least one.

        Of an amount: so much that the second cannot tell the largest within p% of it (Hundepool et al., 4.2.2).
        """
        whole, first, second = _largest(shares)
        return max(1.0, self.within * first - (whole - first - second)) if self.amounts else 1.0


def _largest(shares: Shares) -> tuple[float, float, float]:
    """The whole, and what the first and the second account for."""
    sizes = [abs(amount) for amount in shares.values()]
    first, second = (*nlargest(2, sizes), 0.0, 0.0)[:2]
    return sum(sizes), first, second


@dataclass(frozen=True)
class Layer:
    """One way of counting the cells of a table; a place that is not in ``cells`` has nothing, and is known to."""

    cells: Mapping[Place, Shares]
    rule: Rule
    values: Mapping[Place, float] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", {place: sum(shares.values()) for place, shares in self.cells.items()})

    def unsafe(self, place: Place) -> bool:
        """Whether this figure says too much."""
        return self.rule.says_too_much(self.cells.get(place, {}))

    def unsafe_together(self, places: Iterable[Place]) -> bool:
        """Whether what these figures add up to says too much."""
        whole: dict[Hashable, float] = defaultdict(float)
        for place in places:
            for contributor, amount in self.cells.get(place, {}).items():
                whole[contributor] += amount
        return self.rule.says_too_much(whole)


Layers = Sequence[Layer]


def too_much(layers: Layers) -> set[Place]:
    """The places whose figure says too much in some layer."""
    return {place for layer in layers for place in layer.cells if layer.unsafe(place)}


def cost(layers: Layers) -> Callable[[Place], tuple[float, str]]:
    """What is lost by withholding a place: most where many contributed. Equal ones go by name, for ever the same."""
    people: dict[Place, int] = defaultdict(int)
    for layer in layers:
        for place, shares in layer.cells.items():
            people[place] = max(people[place], len(shares))
    return lambda place: (people[place], repr(place))


def withhold(layers: Layers, forced: AbstractSet[Place] = frozenset()) -> set[Place]:
    """The places to withhold of a row of figures whose total is shown; ``forced`` are withheld already.

    What they add up to, which anyone can compute, may be known in each layer. All places, if the total itself may not.
    """
    hidden = set(forced) | too_much(layers)
    others = {place for layer in layers for place in layer.cells} - hidden
    return hidden | enough(layers, hidden, others)


def enough(layers: Layers, hidden: Collection[Place], others: Collection[Place]) -> set[Place]:
    """The cheapest of ``others`` to withhold too, so that what is ``hidden`` together says not too much."""
    extra: list[Place] = []
    by_cost = sorted(others, key=cost(layers))
    lacking = [layer for layer in layers if layer.unsafe_together(hidden)]
    while lacking and by_cost:
        fits = (place for place in by_cost if not _unsafe(lacking, [*hidden, *extra, place]))
        chosen = next(fits, by_cost[0])
        extra.append(chosen)
        by_cost.remove(chosen)
        lacking = [layer for layer in layers if layer.unsafe_together([*hidden, *extra])]
    return set(extra)


def _unsafe(layers: Layers, places: Collection[Place]) -> bool:
    return any(layer.unsafe_together(places) for layer in layers)
