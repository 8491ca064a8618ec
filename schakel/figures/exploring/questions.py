"""What of a question of the explorer is asked of the counting process, for whom: each year by itself.

A year is never added to another: its figures are those of its own closing, and one thing of two years is one in each.
What others than the makers' secretariat ask in part (one province of all) is asked as all cells, so that small ones
are withheld by the same rule as everywhere, and the part is taken of the answer.

Invariant: whose audience asks decides, never who made the address; what is not for them is not asked at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import Indicator
from schakel.figures.editions import Vintage
from schakel.figures.exploring.asked import Asked
from schakel.figures.exploring.dimensions import AGENCY, has

Refusal = Literal["", "agency", "narrow"]
"""Why nothing of a question is for a reader: another agency's figures alone, or too small a part."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a reader may ask: limits on what is not shown go along (``passed``), or are asked as cells (``taken``)."""

    passed: Mapping[str, tuple[str, ...]]
    taken: Mapping[str, str]
    refusal: Refusal = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The question of one year."""

    year: int
    question: Question


def terms(asked: Asked, audience: Audience) -> Terms:
    """How ``audience`` may ask what is asked."""
    hidden = dict(asked.hidden)
    agencies = hidden.get(AGENCY, ())
    if not all(map(audience.sees, agencies)):
        return Terms({}, {}, "agency")
    if audience.all_agencies or agencies:
        return Terms(hidden, {})
    if any(len(values) > 1 for values in hidden.values()):
        return Terms({}, {}, "narrow")
    taken = {dimension: values[0] for dimension, values in hidden.items()}
    return Terms({}, taken)


def steps(asked: Asked, years: Mapping[int, Vintage], audience: Audience) -> list[Step]:
    """The questions, one a year: each cell, what rows and columns are together, and all of it."""
    held = terms(asked, audience)
    names = tuple(indicator.id for indicator in asked.chosen() if fits(asked, indicator))
    if held.refusal or not names:
        return []
    return [Step(year, _question(asked, names, held, vintage, audience)) for year, vintage in years.items()]


def fits(asked: Asked, indicator: Indicator) -> bool:
    """Whether an indicator can be limited as is asked; one that cannot must not be shown unlimited."""
    return all(has(indicator, dimension) for dimension in asked.hidden)


def _question(asked: Asked, indicators: tuple[str, ...], held: Terms, vintage: Vintage, audience: Audience) -> Question:
    filters: dict[str, list[str | int]] = {"year": [vintage.period]}
    filters |= {dimension: list(values) for dimension, values in held.passed.items()}
    return Question("cross", indicators, asked.breakdown, filters, audience, vintage.closing, tuple(held.taken))
