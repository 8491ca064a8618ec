"""What of a question of the explorer is asked of the counting process, for whom: each year by itself.

A year is never added to another: its figures are those of its own closing, and one thing of two years is one in each.
What others than the makers' secretariat ask in part (one province of all) is asked as all cells, so that small ones
are withheld by the same rule as everywhere, and the part is taken of the answer.

Invariant: whose audience asks decides, never who made the address; what is not for them is not asked at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import Indicator
from schakel.figures.editions import Vintage
from schakel.figures.exploring.asked import Asked
from schakel.figures.exploring.dimensions import AGENCY, has
from schakel.figures.withholding import MOST, dimensions

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
    """One question of a year: the ``shown`` dimensions it is by."""

    year: int
    shown: tuple[str, ...]
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
    return Terms({}, taken, "" if _may(audience, tuple(taken), {}) else "narrow")


def steps(asked: Asked, years: Mapping[int, Vintage], audience: Audience) -> list[Step]:
    """The questions, a year after the other: each cell, what rows and columns are together, and all of it."""
    held = terms(asked, audience)
    if held.refusal:
        return []
    names = tuple(indicator.id for indicator in asked.chosen() if fits(asked, indicator))
    return [
        Step(year, shown, _question(names, (*shown, *held.taken), held, vintage, audience))
        for year, vintage in years.items()
        for shown in subsets(asked.breakdown)
        if names and _may(audience, (*shown, *held.taken), held.passed)
    ]


def fits(asked: Asked, indicator: Indicator) -> bool:
    """Whether an indicator can be limited as is asked; one that cannot must not be shown unlimited."""
    return all(has(indicator, dimension) for dimension in asked.hidden)


def subsets(by: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All of ``by``, then what its rows and columns are together, then nothing."""
    for kept in product((True, False), repeat=len(by)):
        yield tuple(dimension for dimension, keep in zip(by, kept, strict=True) if keep)


def _may(audience: Audience, by: tuple[str, ...], passed: Mapping[str, Any]) -> bool:
    """Whether the counting answers this to the audience (see ``answering``)."""
    return audience.all_agencies or AGENCY in passed or AGENCY in by or len(dimensions(by)) <= MOST


def _question(
    indicators: tuple[str, ...], by: tuple[str, ...], held: Terms, vintage: Vintage, audience: Audience
) -> Question:
    filters: dict[str, list[str | int]] = {"year": [vintage.period]}
    filters |= {dimension: list(values) for dimension, values in held.passed.items()}
    return Question("figures", indicators, by, filters, audience, vintage.closing)
