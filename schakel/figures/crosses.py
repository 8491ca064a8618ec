"""Answers to a cross: figures by two dimensions, by each of them alone, and by none, for who may have them.

Invariant: each part of an answer is what ``answering`` tells of it asked by itself, but for how many contributed (here
always 0, as it is not counted); here all are counted at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from schakel.figures.answering import (
    WITHHELD,
    cells_for,
    coverage_of,
    indicators_asked,
    plain,
    refuse_others_columns,
)
from schakel.figures.asking import Question, QuestionError, crossed_by
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import CutError, Extract, Figure
from schakel.figures.counting.crossing import By, Figures, cross
from schakel.figures.counting.cut import Cut
from schakel.figures.withholding import withheld


def answer_cross(question: Question, extract: Extract, known: Mapping[str, Indicator] | None = None) -> dict[str, Any]:
    """The answer as plain values. Raises QuestionError where there is none.

    A part that is not for this audience is told as refused; one that an indicator has no breakdown for is not told.
    """
    indicators = catalogue() if known is None else known
    try:
        figures = [
            told
            for each in indicators_asked(question, indicators)
            for told in _parts(each, question, extract, indicators)
        ]
    except CutError as error:
        raise QuestionError(str(error)) from error
    return {"figures": figures}


def _parts(
    indicator: Indicator, question: Question, extract: Extract, known: Mapping[str, Indicator]
) -> Iterator[dict[str, Any]]:
    asked = [by for by in crossed_by(question.by, question.always) if set(by) <= set(indicator.breakdowns)]
    allowed = [by for by in asked if _may(replace(question, ask="figures", by=by))]
    cut = Cut.of({name: values for name, values in question.filters.items() if name in indicator.breakdowns})
    coverage = coverage_of(indicator, question, extract) if allowed else None
    found = cross(indicator, extract, cut, allowed)
    for by in asked:
        part = replace(question, ask="figures", by=by)
        told = _part(indicator, part, found[by], extract, known) if by in found else _REFUSED
        yield {"indicator": indicator.id, "version": indicator.version, "by": list(by), "coverage": coverage, **told}


_REFUSED: Mapping[str, Any] = {"total": None, "cells": [], "refused": True}


def _may(question: Question) -> bool:
    try:
        refuse_others_columns(question)
    except QuestionError:
        return False
    return True


def _part(
    indicator: Indicator, question: Question, found: Figures, extract: Extract, known: Mapping[str, Indicator]
) -> dict[str, Any]:
    by: By = question.by
    hidden = withheld(indicator, question, by, extract, known)
    total = found.get((), Figure(0, 0 if indicator.is_ratio else None))
    return {
        "total": None if by else dict(WITHHELD) if hidden.total else plain(total, indicator),
        "cells": list(cells_for(found, by, indicator, question, hidden)) if by else [],
    }
