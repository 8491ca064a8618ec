"""What is withheld of the figures of one list in one year, so that no organisation's own can be read from them.

Invariants
- It is decided for a list (all indicators of one fact) and a year, not for a question: whatever is asked together, or
  one after the other, fits. First the total, then each breakdown, then each cross; what is withheld first is withheld
  in what follows, and what is shown first is known there.
- Counts come before amounts, and both before what is counted of a part of the list: an amount is withheld wherever the
  count beside it is.
- From an agency, which knows its own column, is withheld what is from everybody, and what says too much of the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from schakel.figures.catalogue import Indicator, Part
from schakel.figures.counting import Extract
from schakel.figures.counting.contributions import Contributions, contributions
from schakel.network.themes import REST, counted_under, scheme_of
from schakel.sharing.disclosure import Layer, Place, Rule, too_much, withhold
from schakel.sharing.rounds import Crossing

_BEFORE: Mapping[int, tuple[int, ...]] = {0: (), 1: (0,), 2: (0,), 3: (0, 1)}
Places = AbstractSet[Place]
By = tuple[str, ...]


def rank(indicator: Indicator) -> int:
    """When it is decided: counts of the whole list (0), amounts of it (1), then those of a part of it (2, 3)."""
    part = indicator.parts[0]
    whole = not (indicator.is_ratio or part.only or part.stated or part.also_in or part.shared)
    return (0 if whole else 2) + any(part.sums for part in indicator.parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A breakdown by one dimension: the places that have anything in them, and those withheld."""

    places: Places
    hidden: Places


@dataclass(frozen=True)
class Group:
    """The ``members`` of one list of one rank, decided together for a year.

    ``members``: all indicators of the list that are not open. ``without``: the agencies whose columns the
    reader sees (its own, or those that an auditor has a mandate for): they are known, so the others' is what matters.
    """

    extract: Extract
    members: tuple[Indicator, ...]
    rank: int
    year: int
    without: tuple[str, ...] = ()

    def total(self) -> bool:
        """Whether the total is withheld."""
        return bool(self._once("total", (), self._total))

    def line(self, dimension: str) -> Line:
        """What is withheld by one dimension."""
        line: Line = self._once("line", (dimension,), lambda: self._line((dimension,)))
        return line

    def cross(self, by: By) -> Places | None:
        """What is withheld by two dimensions, also cells of nothing in withheld rows; None if everything is."""
        places: Places | None = self._once("cross", by, lambda: self._cross(by))
        return places

    def lists(self, part: Part) -> bool:
        """Whether what the agencies' columns add up to is withheld: beside the total it tells what they share."""
        return part.one != "record" and bool(self._once(f"lists of {part}", (), lambda: self._lists(part)))

    def _once(self, what: str, by: By, decide: Callable[[], object]) -> Any:  # noqa: ANN401 - as decided
        """What ``decide`` says, once for an extract: it is the same for every question."""
        key = (what, by, self.members, self.rank, self.year, self.without)
        if key not in self.extract.decided:
            self.extract.decided[key] = decide()
        return self.extract.decided[key]

    def _total(self) -> bool:
        return any(group.total() for group in self._earlier(())) or bool(too_much(self._layers(())))

    def _line(self, by: By) -> Line:
        layers, earlier = self._layers(by), [group.line(*by) for group in self._earlier(by)]
        places = {place for layer in layers for place in layer.cells}.union(*(line.places for line in earlier))
        if self.total():
            return Line(places, places)
        forced = {place for line in earlier for place in line.hidden}
        hub = self._hub(by)
        if hub:
            forced |= _listed(by, self.line(*hub).hidden)
        if self._slices():
            forced |= self._sliced(by, places)
        return Line(places, withhold(layers, forced))

    def _cross(self, by: By) -> Places | None:
        hub = self._hub(by)
        before = [group.cross(by) for group in self._earlier(by)]
        delivered = self.cross(hub) if hub else set()
        if self.total() or delivered is None or any(places is None for places in before):
            return None
        lines = [self.line(dimension) for dimension in by]
        rows, columns = ({place[0] for place in line.hidden} for line in lines)
        forced = _listed(by, delivered) | {place for places in before for place in places or ()}
        if self._slices():
            return {(row, column) for (row,) in lines[0].places for (column,) in lines[1].places}
        hidden = Crossing(self._layers(by), rows, columns).withhold(forced)
        if hidden is None:
            return None
        every = {(row, column) for (row,) in lines[0].places for (column,) in lines[1].places}
        return hidden | {place for place in every if place[0] in rows or place[1] in columns}

    def _lists(self, part: Part) -> bool:
        counted, rule = self._counted(part, ()), Rule(amounts=bool(part.sums))
        every = self._counted(replace(part, not_nationally=()), ()) if part.not_nationally else counted
        return any(rule.says_too_much(every.beyond(counted, without)) for without in {(), self.without})

    def _wholes(self) -> dict[Part, Part]:
        """Parts that are of an indicator with less asked of its records as well: the two tell what lies between.

        Of a code beside that of all codes; of who states two things (a growth) beside that of who states one.
        """
        every = {part for member in self.members for part in member.parts}
        mine = {part for member in self.members if rank(member) == self.rank for part in member.parts}
        coded = {part: replace(part, only=()) for part in mine if part.only and replace(part, only=()) in every}
        return coded | {part: wider for part in mine if (wider := _stating_less(part, every)) is not None}

    def _slices(self) -> set[tuple[str, str]]:
        """The codes that these are of: each such figure is one of a cross with that code."""
        codes = {(column, code) for part in self._wholes() for column, allowed in part.only for code in allowed}
        return {(column, code) for column, code in codes if not scheme_of(column)}

    def _sliced(self, by: By, places: Places) -> Places:
        """What the cross with the code withholds; everything by a dimension that has no such cross."""
        hidden: set[Place] = set()
        for column, code in self._slices():
            cross = replace(self, rank=self.rank - 2).cross((*by, column)) if by == ("province",) else None
            hidden |= set(places) if cross is None else {place[:1] for place in cross if place[1] == code}
        return hidden

    def _earlier(self, by: By) -> Iterator[Group]:
        """Those decided before: of a lower rank, and for who has no column."""
        for lower in _BEFORE[self.rank]:
            if any(rank(member) == lower and set(by) <= set(member.breakdowns) for member in self.members):
                yield replace(self, rank=lower)
        if self.without:
            yield replace(self, without=())

    def _hub(self, by: By) -> By | None:
        """The same by the list of themes that is delivered, if this is by another; else None."""
        plain = tuple("theme" if scheme_of(dimension) else dimension for dimension in by)
        return plain if plain != by and self._has(plain) else None

    def _has(self, by: By) -> bool:
        return any(rank(member) == self.rank and set(by) <= set(member.breakdowns) for member in self.members)

    def _layers(self, by: By) -> list[Layer]:
        """Each count and amount of the group, and what a share leaves: who is not in it."""
        mine = [m for m in self.members if rank(m) == self.rank and set(by) <= set(m.breakdowns)]
        parts = dict.fromkeys(part for m in mine for part in m.parts if not part.whole_network)  # that list is public
        found = {part: self._counted(part, by) for part in parts}
        layers = [self._layer(part, counted, by) for part, counted in found.items()]
        shares = [m.parts for m in mine if m.is_ratio and rank(m) == 2 and len({part.fact for part in m.parts}) == 1]
        wholes = [(part, whole) for part, whole in self._wholes().items() if part in found]
        found |= {whole: self._counted(whole, by) for _, whole in wholes}
        rest = dict.fromkeys([*shares, *wholes])
        return layers + [self._layer(below, found[below].beside(found[above]), by) for above, below in rest]

    def _layer(self, part: Part, counted: Contributions, by: By) -> Layer:
        return Layer(counted.cells(by, self.without), Rule(amounts=bool(part.sums)))

    def _counted(self, part: Part, by: By) -> Contributions:
        return contributions(self.extract, part, self.year, by, stock=self.members[0].nature == "stock")


def _stating_less(part: Part, every: Iterable[Part]) -> Part | None:
    """The same sum of the most of those that need not state all that ``part`` asks; None where there is none."""
    found = [
        wider for wider in every if set(wider.stated) < set(part.stated) and replace(wider, stated=part.stated) == part
    ]
    return min(found, key=lambda wider: (len(wider.stated), wider.stated), default=None)


def _listed(by: By, places: Places) -> set[Place]:
    """Places by the delivered list of themes as places of the lists asked for: what one of them counts under.

    A theme that all of them count under is left out: what they add up to may be known.
    """
    for number, dimension in enumerate(by):
        scheme = scheme_of(dimension)
        if scheme is not None and dimension != "theme":
            under = {**counted_under(scheme.id), REST: (REST,)}
            rows: dict[Place, list[str]] = defaultdict(list)
            for place in places:
                rows[(*place[:number], *place[number + 1 :])].append(str(place[number]))
            places = {
                (*rest[:number], code, *rest[number:])
                for rest, themes in rows.items()
                for code, counted in Counter(code for theme in themes for code in under.get(theme, (theme,))).items()
                if counted < len(themes)
            }
    return set(places)
