"""In which shade a place is drawn on a map: by how much, or by how far from nought on either side.

Where all is above nought there are five steps up to the highest value, darker for more. What can fall as well as rise
(``both_ways``) has its middle at nought: two steps of each colour beside a plain one, so that nobody reads a fall as
little of the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from schakel.web.charts.svg import element

STEPS = 5
_UP = ("0", "1", "2", "3", "4")
_BOTH = ("less-2", "less-1", "middle", "more-1", "more-2")
_DARK = {"3", "4", "less-2", "more-2"}


@dataclass(frozen=True, slots=True)
class Shades:
    """Five equal steps, from nought to ``furthest``, or from as far below nought as above it."""

    furthest: float
    both_ways: bool = False

    @classmethod
    def of(cls, values: Iterable[float | None], *, both_ways: bool = False) -> Shades:
        """The shades of a map with these values; those that are not known count for nothing."""
        known = [value for value in values if value is not None]
        return cls(max(map(abs, known) if both_ways else known, default=0), both_ways)

    def name(self, value: float | None, unknown: str) -> str:
        """The shade of ``value``; ``unknown`` where it is not known."""
        where = self._step(value)
        return unknown if where is None else (_BOTH if self.both_ways else _UP)[where]

    def is_dark(self, value: float | None) -> bool:
        """Whether what is written on it must be light."""
        return self.name(value, "") in _DARK

    def _step(self, value: float | None) -> int | None:
        if value is None or not self.both_ways:
            return step(value, self.furthest)
        return STEPS // 2 if self.furthest <= 0 else step(value + self.furthest, 2 * self.furthest)

    def legend(self, written: Callable[[float], str]) -> Iterator[SafeString]:
        """Five boxes in the sea, least on top, each with the values it stands for."""
        if self.furthest <= 0:
            return
        lowest = -self.furthest if self.both_ways else 0
        for index, name in enumerate(_BOTH if self.both_ways else _UP):
            low, high = (written(lowest + (self.furthest - lowest) * bound / STEPS) for bound in (index, index + 1))
            top = 4 + index * 28
            yield element("rect", class_=f"map__area map__area--{name}", x=0, y=top, width=26, height=20)
            yield element("text", f"{low} – {high}", class_="map__legend", x=34, y=top + 17)


def step(value: float | None, highest: float) -> int | None:
    """Which of five equal steps from zero to the highest value holds ``value``: 0 to 4, None if not known."""
    if value is None:
        return None
    return 0 if highest <= 0 else min(int(STEPS * max(value, 0) / highest), STEPS - 1)
