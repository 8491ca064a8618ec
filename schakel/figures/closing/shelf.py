"""The closings that the counting process has open: a few, as each takes memory; the one asked of longest ago makes way.

A closing never changes, so what was opened once is as good as what is opened now. One that makes way is let go of when
the last question to it is answered.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.closing.explaining import Revision, explain
from schakel.figures.closing.manifest import ClosingError
from schakel.figures.closing.opening import Closed
from schakel.figures.closing.telling import told

MOST_OPEN = 12  # ten years, and two that are being revised
MOST_ROWS = 1_000_000  # facts in all that are open; one alone may have more


def _none(number: int) -> Closed:
    raise ClosingError(f"there is no closing {number}")


def _makes_none(number: int) -> dict[str, Any]:
    raise ClosingError(f"closing {number} cannot be made here")


class Shelf:
    """Opens closings and makes them. ``read``: a closing by its number; ``make``: makes one that was ordered."""

    def __init__(
        self,
        read: Callable[[int], Closed] = _none,
        make: Callable[[int], dict[str, Any]] = _makes_none,
        *,
        most_open: int = MOST_OPEN,
        most_rows: int = MOST_ROWS,
    ) -> None:
        self._read, self.make = read, make
        self._most_open, self._most_rows = most_open, most_rows
        self._open: OrderedDict[int, Closed] = OrderedDict()
        self._lock, self._explaining = threading.Lock(), threading.Lock()
        self._explained: dict[tuple[int, int], Revision] = {}

    def closed(self, number: int) -> Closed:
        """The closing with this number, opened. Raises QuestionError where there is none, or it cannot be opened."""
        with self._lock:
            if number not in self._open:
                self._open[number] = self._opened(number)
            self._open.move_to_end(number)
            while len(self._open) > 1 and self._too_much():
                self._open.popitem(last=False)
            return self._open[number]

    def told_between(self, before: int, after: int, audience: Audience) -> dict[str, Any]:
        """What lies between two closings, as far as it is for ``audience``. Raises QuestionError."""
        one, other = self.closed(before), self.closed(after)
        with self._explaining:  # it takes a while, and two who ask at once want the same
            if (before, after) not in self._explained:
                self._explained.clear()  # only the last: a page of it is read for a while, and seldom two at once
                self._explained[before, after] = _revision(one, other)
            revision = self._explained[before, after]
        hidden = _withheld(one, audience) | _withheld(other, audience)
        return told(revision, {**one.indicators, **other.indicators}, audience, hidden)

    def open_now(self) -> list[int]:
        """The numbers of those that are open, the one asked of longest ago first."""
        return list(self._open)

    def _too_much(self) -> bool:
        return len(self._open) > self._most_open or sum(map(_rows, self._open.values())) > self._most_rows

    def _opened(self, number: int) -> Closed:
        try:
            return self._read(number)
        except ClosingError as error:
            raise QuestionError(str(error)) from error


def _revision(before: Closed, after: Closed) -> Revision:
    try:
        return explain(before, after)
    except ValueError as error:
        raise QuestionError(str(error)) from error


def _withheld(closed: Closed, audience: Audience) -> set[str]:
    """The indicators of which not even the network's figure is for ``audience``."""
    question = Question("figures", filters={"year": [closed.manifest.year]}, audience=audience)
    figures = answer(question, closed.extract, closed.indicators)["figures"]
    return {found["indicator"] for found in figures if found["total"].get("suppressed")}


def _rows(closed: Closed) -> int:
    return sum(int(said["rows"]) for said in closed.manifest.facts.values())
