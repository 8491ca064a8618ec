"""How far a figure is on its way to a target: decided over plain numbers and days.

The rule. What adds up in the year (a flow in numbers or euros) begins the year at nothing: by a day it should be the
target times the part of the year that has passed. What is a level (a stock, a share, a ratio) goes from the baseline
in a straight line to the target, from the end of the baseline's year to the end of the target's. Reached is at or
past the target; below the line is behind, on or above it on course. A target may lie below its baseline: then the
other way round, and what adds up is reached only when the year is over.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Standing = Literal["reached", "on_course", "behind", "missed", "open"]
_NONE, _ALL = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure should become in ``period``, and from what. ``adds_up``: whether it begins the year at nothing."""

    value: Decimal
    period: int
    adds_up: bool
    baseline: Decimal | None = None
    baseline_period: int | None = None

    @property
    def down(self) -> bool:
        """Whether less is better."""
        return self.baseline is not None and self.value < self.baseline

    def part_passed(self, today: dt.date) -> Decimal:
        """Which part of the way in time lies behind ``today``, from 0 to 1."""
        first = dt.date(self.period, 1, 1)
        if not self.adds_up and self.baseline_period is not None and self.baseline_period < self.period:
            first = dt.date(self.baseline_period + 1, 1, 1)
        whole = dt.date(self.period + 1, 1, 1) - first
        return min(max(Decimal((today - first).days) / whole.days, _NONE), _ALL)

    def due(self, today: dt.date) -> Decimal | None:
        """What the figure should be by ``today``; None for a level of which no baseline is known, before the end."""
        part = self.part_passed(today)
        if self.adds_up or part == _ALL:
            return self.value * part
        return None if self.baseline is None else self.baseline + (self.value - self.baseline) * part

    def standing(self, actual: Decimal | None, today: dt.date) -> Standing:
        """How the figure stands; "open" where that cannot be said, "missed" where the time is over."""
        if actual is None:
            return "open"
        over = self.part_passed(today) == _ALL
        if self._at_least(actual, self.value) and (over or not (self.down and self.adds_up)):
            return "reached"
        if over:
            return "missed"
        due = self.due(today)
        if due is None:
            return "open"
        return "on_course" if self._at_least(actual, due) else "behind"

    def done(self, actual: Decimal | None) -> Decimal | None:
        """Which part of the way the figure went, from 0 to 1; None where there is no way to go."""
        start = _NONE if self.adds_up else self.baseline
        if actual is None or start is None or start == self.value:
            return None
        return min(max((actual - start) / (self.value - start), _NONE), _ALL)

    def _at_least(self, actual: Decimal, wanted: Decimal) -> bool:
        return actual <= wanted if self.down else actual >= wanted
