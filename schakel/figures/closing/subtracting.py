"""What two versions of a year tell together: a figure of one, taken from the same figure of the other.

Both may be told, and still their difference says what changed; where that is of too few organisations, their own can
be read from it (Hundepool et al., Statistical Disclosure Control, 2012). What was published cannot be taken back, and
a sum of a country is not withheld for one letter that came late. So nothing is withheld here: the secretariat is told
before it publishes, and decides.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from schakel.figures.catalogue import Indicator, Part
from schakel.figures.closing.opening import Closed
from schakel.figures.counting.contributions import Cells, contributions
from schakel.figures.deciding import Group
from schakel.figures.withholding import dimensions, group_of
from schakel.sharing.disclosure import Place, Rule

By = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subtracted:
    """A figure of which the difference says too much: of an ``indicator``, by a dimension at a place, or in total ("").

    ``organisations``: how many the difference is of.
    """

    indicator: str
    dimension: str
    place: str
    organisations: int


def subtracted(before: Closed, after: Closed) -> Iterator[Subtracted]:
    """The figures, in total and by one dimension, that both closings tell everybody, and that tell too much together.

    Of indicators that both define alike; by agency nobody but the agency reads more than the network's.
    """
    for name, indicator in before.indicators.items():
        if indicator.disclosure == "open" or after.indicators.get(name) != indicator:
            continue
        groups = [
            group_of(indicator, closed.extract, closed.indicators, after.manifest.year) for closed in (before, after)
        ]
        for by in ((), *((dimension,) for dimension in dimensions(indicator.breakdowns))):
            found = _at_places(indicator, by, before, after)
            hidden = {place for group in groups for place in _hidden(group, by, found)}
            for place, organisations in sorted(found.items(), key=repr):
                if place not in hidden:
                    yield Subtracted(name, "".join(by), "".join(map(str, place)), organisations)


def _hidden(group: Group, by: By, places: Mapping[Place, int]) -> AbstractSet[Place]:
    if group.total():
        return places.keys()
    return group.line(*by).hidden if by else set()


def _at_places(indicator: Indicator, by: By, before: Closed, after: Closed) -> dict[Place, int]:
    """By place, of how many organisations a difference is that says too much."""
    found: dict[Place, int] = {}
    for part in indicator.parts:
        if part.whole_network:
            continue  # that list is public
        cells, cells_now = (_cells(indicator, part, by, closed) for closed in (before, after))
        for place in cells.keys() | cells_now.keys():
            changed = _changed(cells.get(place, {}), cells_now.get(place, {}))
            if sum(changed.values()) and Rule(amounts=bool(part.sums)).says_too_much(changed):
                found[place] = min(found.get(place, len(changed)), len(changed))
    return found


def _cells(indicator: Indicator, part: Part, by: By, closed: Closed) -> Cells:
    stock = indicator.nature == "stock"
    return contributions(closed.extract, part, closed.manifest.year, by, stock=stock).cells(by)


def _changed(before: Mapping[Hashable, float], after: Mapping[Hashable, float]) -> dict[Hashable, float]:
    """What each contributor has more or less; without those that have the same."""
    differences = {who: after.get(who, 0) - before.get(who, 0) for who in before.keys() | after.keys()}
    return {who: difference for who, difference in differences.items() if difference}
