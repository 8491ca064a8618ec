"""What the counting process tells to whom: it looks itself whether figures are published, whatever a page asks.

Invariants: a reader gets nothing but figures of the year of a published closing, from that closing. An auditor gets
besides what a mandate covers that stands at the moment of asking.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.utils import timezone

from schakel.figures.asking import Question, QuestionError
from schakel.figures.auditing.mandated import Mandated
from schakel.figures.editions import Edition, opened

NOT_PUBLISHED = "these figures are not published"
Editions = Callable[[], Sequence[Edition]]


def nothing_published() -> Sequence[Edition]:
    """No editions: readers get nothing."""
    return ()


def nothing_mandated(_auditor: int) -> Mandated:
    """No mandates: an auditor is a reader."""
    return Mandated()


class Gate:
    """Holds questions to what is published. ``editions``: asks the database; ``clock``: the time now.

    ``mandated``: what an auditor may ask of, asked of the database each time, as it may end at any moment.
    """

    def __init__(
        self,
        editions: Editions = nothing_published,
        clock: Callable[[], dt.datetime] = timezone.now,
        mandated: Callable[[int], Mandated] = nothing_mandated,
    ) -> None:
        self._editions, self._clock, self._mandated = editions, clock, mandated
        self._opened: dict[int, int] = {}  # what is open stays open, so that it need not be asked again

    def check(self, question: Question) -> None:
        """Raises QuestionError for what is not for this audience, or not yet."""
        if question.audience.auditor and self._mandated(question.audience.auditor).check(question):
            return
        if question.audience.maker or question.ask == "years":
            return
        if question.vintage is None:
            raise QuestionError(NOT_PUBLISHED)
        period = self._opened.get(question.vintage) or self._look().get(question.vintage)
        if period is None:
            raise QuestionError(NOT_PUBLISHED)
        if [str(year) for year in question.filters.get("year", ())] != [str(period)]:
            raise QuestionError(f"this closing is of {period} and says nothing of other years")

    def years(self) -> list[int]:
        """The years that are published, newest first."""
        return sorted(set(self._look().values()), reverse=True)

    def _look(self) -> dict[int, int]:
        self._opened |= opened(self._editions(), self._clock())
        return self._opened
