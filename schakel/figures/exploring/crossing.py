"""The cells of a question: for each indicator and year every place along rows and columns, and what they are together.

Invariant: a number in a cell is the one the counting process gave for that place to this reader; where it gave none
the cell has a mark that says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from schakel.figures.asking import Audience, crossed_by
from schakel.figures.catalogue import Indicator
from schakel.figures.exploring.asked import Asked
from schakel.figures.exploring.dimensions import AGENCY, NOT_SAID, YEAR, has
from schakel.figures.exploring.questions import Step, Terms, fits

Mark = Literal["", "withheld", "not_yours", "not_asked", "not_applicable", "not_there", "nothing"]
"""Why a cell has no number: small; another agency's; too small a part; no such breakdown; newer than the closing."""

ALL = "*"
"""The place of what all values are together."""
Answer = Mapping[str, Any]
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. ``row`` and ``column``: codes of values; ALL for all together or where it is not split.

    ``value`` in the indicator's unit; ``amount`` and ``base`` (of a ratio): the stored whole numbers.
    """

    indicator: Indicator
    year: int
    row: str
    column: str
    mark: Mark = ""
    value: Decimal | None = None
    amount: int | None = None
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and its cells by their place."""

    answer: Answer
    cells: Mapping[tuple[str, ...], Answer]


@dataclass(frozen=True)
class Crossed:
    """All cells of a question, with the answers they are of: by year, indicator and dimensions."""

    asked: Asked
    terms: Terms
    years: tuple[int, ...]
    answers: Mapping[tuple[int, str, tuple[str, ...]], Answered]
    audience: Audience

    def answer(self, indicator: Indicator, year: int) -> Answer | None:
        """What an indicator is in a year as a whole: version, coverage, which dimensions overlap."""
        keys = ((year, indicator.id, shown) for shown in crossed_by(self.asked.breakdown))
        return next((self.answers[key].answer for key in keys if key in self.answers), None)

    def cell(self, indicator: Indicator, year: int, place: Mapping[str, str]) -> Cell:
        """The cell at ``place`` (dimension to value; a dimension that is absent: all together)."""
        asked = self.asked
        row, column = (place.get(dimension, ALL) if dimension else ALL for dimension in (asked.rows, asked.columns))
        row, column = (str(year) if d == YEAR else p for d, p in ((asked.rows, row), (asked.columns, column)))
        mark, found = self._found(indicator, year, place)
        if found is None:
            return Cell(indicator, year, row, column, mark)
        return Cell(indicator, year, row, column, mark, _value(found), found["amount"], found["base"])

    def _found(self, indicator: Indicator, year: int, place: Mapping[str, str]) -> tuple[Mark, Answer | None]:
        by = tuple(dimension for dimension in self.asked.breakdown if dimension in place)
        mark = self._refused(indicator, place)
        found = self.answers.get((year, indicator.id, by))
        if mark or found is None:
            return mark or "not_there", None
        if found.answer.get("refused"):
            return "not_asked", None
        if not found.answer["by"]:
            return _marked(found.answer["total"])
        return _marked(found.cells.get((*(place[dimension] for dimension in by), *self.terms.taken.values())))

    def _refused(self, indicator: Indicator, place: Mapping[str, str]) -> Mark:
        """Why a place is not even looked for; empty where it is."""
        if self.terms.refusal:
            return "not_yours" if self.terms.refusal == "agency" else "not_asked"
        if not fits(self.asked, indicator) or not all(has(indicator, dimension) for dimension in place):
            return "not_applicable"
        return "not_yours" if AGENCY in place and not self.audience.sees(place[AGENCY]) else ""

    def values(self, dimension: str) -> set[str]:
        """The values of a dimension that some answer has something at."""
        taken = tuple(self.terms.taken.values())
        return {
            place[shown.index(dimension)]
            for (_year, _name, shown), found in self.answers.items()
            if dimension in shown
            for place in found.cells
            if place[len(shown) :] == taken
        }


def crossed(
    asked: Asked, terms: Terms, years: Sequence[int], told: Sequence[tuple[Step, Answer]], audience: Audience
) -> Crossed:
    """The cells of the answers to ``steps``, each with its own."""
    answers = {
        (step.year, found["indicator"], tuple(d for d in found["by"] if d not in terms.taken)): Answered(
            found, _placed(found)
        )
        for step, answer in told
        for found in answer["figures"]
    }
    return Crossed(asked, terms, tuple(years), answers, audience)


def _placed(found: Answer) -> dict[tuple[str, ...], Answer]:
    return {tuple(map(_said, cell["place"])): cell for cell in found["cells"]}


def _value(found: Answer) -> Decimal | None:
    return None if found["value"] is None else Decimal(found["value"])


def _marked(found: Answer | None) -> tuple[Mark, Answer | None]:
    if found is None:
        return "nothing", None
    if found.get("suppressed"):
        return "withheld", None
    return ("" if found["value"] is not None else "nothing"), found


def _said(value: object) -> str:
    return NOT_SAID if value is None else str(value)
