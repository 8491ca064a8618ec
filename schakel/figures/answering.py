"""Answers from an extract: totals, cells, and the records behind a figure, for who may have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import polars as pl

from schakel.figures.asking import Question, QuestionError
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import CutError, Extract, Figure, Selection
from schakel.figures.counting.bounds import bounds
from schakel.figures.counting.cut import Value
from schakel.figures.counting.rollup import Whole
from schakel.figures.facts import OTHER, facts
from schakel.figures.withholding import MOST, Withheld, dimensions, withheld

_MOST_RECORDS = 20_000
_FEWEST_LISTS = 3


def answer(question: Question, extract: Extract, known: Mapping[str, Indicator] | None = None) -> dict[str, Any]:
    """The answer as plain values. Raises QuestionError where there is none, or not for this audience.

    ``known``: the indicators by id, where they are not those of the catalogue now but of a closing.
    """
    indicators = catalogue() if known is None else known
    refuse_others_columns(question)
    try:
        if question.ask == "years":
            return {"years": _years(extract)}
        if question.ask == "records":
            return _records(question, extract, indicators)
        asked = indicators_asked(question, indicators)
        return {"figures": [_figures(indicator, question, extract, indicators) for indicator in asked]}
    except CutError as error:
        raise QuestionError(str(error)) from error


def refuse_others_columns(question: Question) -> None:
    """Raises QuestionError for what is not for who asks."""
    asked = question.filters.get("agency", ())
    if not all(question.audience.sees(str(agency)) for agency in asked):
        raise QuestionError("figures of another agency alone are not for you")
    if question.ask == "figures" and not (question.audience.all_agencies or asked):
        _refuse_small_parts(question)


def _refuse_small_parts(question: Question) -> None:
    if _narrow(question):
        raise QuestionError("ask for all cells of a breakdown, so that small ones can be withheld")
    if "agency" not in question.by and len(dimensions(question.by)) > MOST:
        raise QuestionError(f"ask by at most {MOST} dimensions beside the year")


def _narrow(question: Question) -> tuple[str, ...]:
    """The dimensions, beside year and agency, that the question is limited to."""
    return tuple(sorted(set(question.filters) - {"year", "agency"}))


def indicators_asked(question: Question, known: Mapping[str, Indicator]) -> Iterator[Indicator]:
    """The indicators asked for; one that is newer than a closing is left out of what the closing answers."""
    for name in question.indicators or known:
        if name in known:
            yield known[name]
        elif name not in catalogue():
            raise QuestionError(f"there is no indicator {name}")


def _years(extract: Extract) -> list[int]:
    """The years for which anything was delivered, newest first."""
    if "years" not in extract.decided:
        listed = " UNION ".join(f'SELECT year FROM "{fact}"' for fact in extract.rows)  # noqa: S608 - our own facts
        extract.decided["years"] = extract.ask(listed)["year"].unique().sort(descending=True).to_list()
    years: list[int] = extract.decided["years"]
    return years


def _figures(
    indicator: Indicator, question: Question, extract: Extract, known: Mapping[str, Indicator]
) -> dict[str, Any]:
    selection = _selection(indicator, question, extract)
    by = tuple(dimension for dimension in dict.fromkeys(question.by) if dimension in indicator.breakdowns)
    cells = selection.by(*by)
    hidden = withheld(indicator, question, by, extract, known)
    around = bounds(selection, by)
    return {
        "indicator": indicator.id,
        "version": indicator.version,
        "by": list(by),
        "overlapping": list(cells.overlapping),
        "total": dict(WITHHELD) if hidden.total else {**plain(selection.total(), indicator), **around.total},
        "cells": list(around.beside(cells_for(cells.figures, by, indicator, question, hidden))),
        "lists": None if hidden.lists else _sum_of_lists(selection, indicator, question),
        "coverage": coverage_of(indicator, question, extract),
    }


def cells_for(
    figures: Mapping[tuple[Value, ...], Figure],
    by: tuple[str, ...],
    indicator: Indicator,
    question: Question,
    hidden: Withheld,
) -> Iterator[dict[str, Any]]:
    """The cells for who asks, withheld ones too: also those withheld that have nothing in them."""
    for place, figure in figures.items():
        if "agency" not in by or question.audience.sees(str(place[by.index("agency")])):
            yield {"place": list(place), **(WITHHELD if place in hidden.places else plain(figure, indicator))}
    yield from ({"place": list(place), **WITHHELD} for place in sorted(hidden.places - figures.keys(), key=repr))


WITHHELD = {"amount": None, "base": None, "contributors": None, "value": None, "suppressed": True}


def _selection(indicator: Indicator, question: Question, extract: Extract) -> Selection:
    applicable = {name: values for name, values in question.filters.items() if name in indicator.breakdowns}
    return Selection(indicator, extract).where(**applicable)


def plain(figure: Figure, indicator: Indicator) -> dict[str, Any]:
    """A figure as plain values."""
    value = figure.value(indicator)
    return {
        "amount": int(figure.amount),
        "base": None if figure.base is None else int(figure.base),
        "contributors": int(figure.contributors),
        "value": None if value is None else str(value),
    }


def _sum_of_lists(selection: Selection, indicator: Indicator, question: Question) -> int | None:
    """What the agencies' own columns add up to; None for what does not add.

    Nor where so few agencies have anything that one could subtract its own and find another's.
    """
    if indicator.is_ratio or indicator.parts[0].whole_network or "agency" not in indicator.breakdowns:
        return None
    columns = selection.by("agency").figures.values()
    if len(columns) < _FEWEST_LISTS and not question.audience.all_agencies:
        return None
    return sum(int(figure.amount) for figure in columns)


def coverage_of(indicator: Indicator, question: Question, extract: Extract) -> dict[str, int] | None:
    """How many of the agencies expected delivered all that the indicator needs; None where nobody need deliver."""
    if "delivery" not in extract.rows or not indicator.needs:
        return None
    asked = ("coverage", indicator.needs, tuple(question.filters.get("year", ())))
    if asked not in extract.decided:
        extract.decided[asked] = _covered(extract, *asked[1:])
    expected, delivered = extract.decided[asked]
    return {"expected": expected, "delivered": delivered} if expected else None


def _covered(extract: Extract, needs: tuple[str, ...], years: tuple[str | int, ...]) -> tuple[int, int]:
    facts = extract.ask("SELECT agency, year, kind, state FROM delivery").filter(pl.col("kind").is_in(needs))
    if years:
        facts = facts.filter(pl.col("year").is_in([int(year) for year in years]))
    whole = facts.group_by("agency", "year").agg((pl.col("state") == "delivered").all().alias("in"))
    return whole.height, int(whole["in"].sum())


def _records(question: Question, extract: Extract, known: Mapping[str, Indicator]) -> dict[str, Any]:
    indicator = next(indicators_asked(question, known), None)
    if indicator is None:
        raise QuestionError("this indicator is newer than the closing")
    found = _selection(indicator, question, extract).records()
    told = not _length_is_withheld(indicator, question, extract, known)
    return {
        "indicator": indicator.id,
        "groups": list(_groups(found, {part.fact: extract.kind_of(part.fact) for part in indicator.parts}, told=told)),
        "count": found.height if told else None,
    }


def _length_is_withheld(
    indicator: Indicator, question: Question, extract: Extract, known: Mapping[str, Indicator]
) -> bool:
    """Whether the list is that of a figure that is withheld: then its length is not told either."""
    narrow = tuple(name for name in _narrow(question) if name in indicator.breakdowns)
    if len(narrow) > MOST:
        return not (question.audience.all_agencies or "agency" in question.filters or indicator.disclosure == "open")
    wider = {name: values for name, values in question.filters.items() if name not in narrow}
    hidden = withheld(indicator, replace(question, filters=wider), narrow, extract, known)
    asked = product(*([str(value) for value in question.filters[name]] for name in narrow))
    places = {tuple(map(str, place)) for place in hidden.places}
    return hidden.total if not narrow else any(place in places for place in asked)


def _groups(found: pl.DataFrame, kinds: Mapping[str, str], *, told: bool) -> Iterator[dict[str, Any]]:
    """The records by kind; those of a fact's other kind under that kind, with its own ids.

    ``kinds``: the facts that they are of, and the record kind of each.
    """
    others = {fact.name: fact.other_kind for fact in facts()}
    of_kind: dict[str, list[Whole]] = defaultdict(list)
    for fact, kind in kinds.items():
        part = found if len(kinds) == 1 else found.filter(pl.col("fact") == fact)
        records = np.unique(part["record"].to_numpy())
        other = records >= OTHER
        of_kind[kind].append(records[~other])
        of_kind[others.get(fact, fact)].append(records[other] - OTHER)
    for kind, listed in sorted(of_kind.items()):
        ids = np.unique(np.concatenate(listed))
        if len(ids):
            yield {"kind": kind, "ids": ids[:_MOST_RECORDS].tolist(), "count": len(ids) if told else None}
