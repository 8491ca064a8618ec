"""Between what a figure lies while it is doubtful which records are one thing.

The lower bound is the least, the upper the most, of the figure as it is counted, counted as if every doubtful pair were
one thing, and as if none were. All three are the same expression over other labels for identities, so a figure that
does not hang on identity has no bounds, and neither has one of which nothing is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from schakel.figures.counting.cut import Value
from schakel.figures.counting.selection import Figure, Selection
from schakel.figures.facts import SUPPOSED

Place = tuple[Value, ...]
# Small parts of a whole may be withheld, and what lies around one could tell of it.
_WHOLE = {"agency", "year"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of a total, and of its cells by their place, as plain values: ``low`` and ``high``; empty where none."""

    total: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[Place, Mapping[str, str]] = field(default_factory=dict)

    def beside(self, cells: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The cells, each with its bounds; one that is withheld has none."""
        for cell in cells:
            around = {} if cell.get("suppressed") else self.places.get(tuple(cell["place"]), {})
            yield {**cell, **around}


def bounds(selection: Selection, by: tuple[str, ...]) -> Bounds:
    """The bounds of what ``selection`` counts and of its cells by ``by``; none but by agency and year."""
    asked = {*by, *selection.cut.attributes, *(name for name, _values in selection.cut.limits)}
    facts = {fact for part in selection.indicator.parts for fact in part.facts}
    if asked - _WHOLE or not facts & selection.extract.layout.doubted:
        return Bounds()
    ways = [selection, *(selection.on(selection.extract.supposing(each)) for each in SUPPOSED)]
    totals = _around(selection, [way.total() for way in ways])
    if not by:
        return Bounds(totals, {(): totals})
    cells = [way.by(*by).figures for way in ways]
    return Bounds(totals, {place: _around(selection, [each.get(place) for each in cells]) for place in cells[0]})


def _around(selection: Selection, figures: Iterable[Figure | None]) -> dict[str, str]:
    """The least and the most of what these figures are; nothing where they are all the same."""
    counted = (selection.nothing() if each is None else each for each in figures)
    values: list[Decimal] = [value for each in counted if (value := each.value(selection.indicator)) is not None]
    if not values or min(values) == max(values):
        return {}
    return {"low": str(min(values)), "high": str(max(values))}
