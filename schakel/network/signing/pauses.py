"""How long somebody who tries to sign in must wait before the next try is taken.

Invariant: in any day no more tries are taken than ``Rule.bound`` says, however they are spread. What is not taken does
not count, so that nobody makes a wait longer by knocking.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
_DOUBLINGS = 20  # beyond this the longest pause was reached in any case


@dataclass(frozen=True, slots=True)
class Rule:
    """``free`` tries a day without waiting; then pauses that double from ``first`` up to ``longest``."""

    free: int
    first: dt.timedelta
    longest: dt.timedelta

    def pause(self, taken: int) -> dt.timedelta:
        """How long after the last try the next one is taken, where ``taken`` were in the day before it."""
        if taken < self.free:
            return dt.timedelta(0)
        return min(self.first * (1 << min(taken - self.free, _DOUBLINGS)), self.longest)

    @property
    def bound(self) -> int:
        """The most tries that are taken within any day.

        Of tries in one day the one after ``n`` others had at least these ``n`` in the day before it, and pauses only
        grow with their number: so it came at least ``pause(n)`` after the last.
        """
        taken, passed = 0, dt.timedelta(0)
        while passed <= DAY:
            taken += 1
            passed += self.pause(taken)
        return taken


# Whoever signs in at this address from a browser in which nobody did so before: all such browsers together.
ADDRESS = Rule(free=5, first=dt.timedelta(minutes=1), longest=dt.timedelta(hours=1))
# The same from one network (a /24, or a /64), whatever the addresses: an office may share one.
NETWORK = Rule(free=100, first=dt.timedelta(minutes=1), longest=dt.timedelta(minutes=15))
# A browser in which the person of this address signed in before.
BROWSER = Rule(free=10, first=dt.timedelta(seconds=30), longest=dt.timedelta(minutes=30))
# Codes of a second factor and passwords typed again: one person, whose password was right.
FACTOR = Rule(free=5, first=dt.timedelta(minutes=1), longest=dt.timedelta(hours=1))
# Letters for a new password to one address.
LETTERS = Rule(free=3, first=dt.timedelta(minutes=10), longest=dt.timedelta(hours=6))
