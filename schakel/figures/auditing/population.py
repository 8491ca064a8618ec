"""What a sample is drawn from, as the counting process tells it: ids and amounts of agencies under mandate alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from schakel.figures.answering import answer
from schakel.figures.asking import Question, QuestionError
from schakel.figures.catalogue import SCALE, Indicator, catalogue
from schakel.figures.counting import CutError, Extract, Selection
from schakel.figures.facts import OTHER, facts

MOST = 20_000
"""As many records as one sample is drawn from at most."""


def population(question: Question, extract: Extract, known: Mapping[str, Indicator] | None = None) -> dict[str, Any]:
    """The records behind a figure of the audience's agencies, and how many there are in all.

    "rows": [kind, id, amount in stored whole numbers or None, agency]; "behind": how many, None where that is
    withheld; "value": what the figure is. Raises QuestionError.
    """
    told = answer(replace(question, ask="records"), extract, known)
    indicator = (catalogue() if known is None else known)[told["indicator"]]
    rows = sorted(_rows(indicator, question, extract))
    if len(rows) > MOST:
        raise QuestionError(f"more than {MOST} records are behind this figure; choose a part of it")
    return {
        "indicator": indicator.id,
        "version": indicator.version,
        "scale": SCALE[indicator.unit] if _summed(indicator) else None,
        "unit": indicator.unit,
        "value": _value(question, extract, known),
        "behind": told["count"],
        "rows": [list(row) for row in rows],
    }


def _value(question: Question, extract: Extract, known: Mapping[str, Indicator] | None) -> str | None:
    """What the figure is; of a part of the network it is looked up among all parts, so that small ones are withheld."""
    narrow = () if "agency" in question.filters else tuple(sorted(set(question.filters) - {"year"}))
    wide = {name: values for name, values in question.filters.items() if name not in narrow}
    (figure,) = answer(replace(question, ask="figures", by=narrow, filters=wide), extract, known)["figures"]
    place = [str(value) for name in narrow if name in figure["by"] for value in question.filters[name]]
    if not place:
        total: str | None = figure["total"]["value"]
        return total
    return next((cell["value"] for cell in figure["cells"] if [str(value) for value in cell["place"]] == place), None)


def frame_of(
    indicator: Indicator, extract: Extract, filters: Mapping[str, list[str | int]]
) -> Iterator[tuple[str, int, int | None, str]]:
    """The records behind a figure: kind, id, what each says of the amount that is summed, and its agency.

    Raises CutError for a cut that the indicator has not: what is drawn from is never wider than what is said.
    """
    found = Selection(indicator, extract).where(**filters).records()
    others = {fact.name: fact.other_kind for fact in facts()}
    found = found.filter(pl.col("fact").is_in([fact.name for fact in facts() if fact.of_records]))
    amounts = _amounts(indicator, extract)
    for fact, kind, record, agency in found.select("fact", "kind", "record", "agency").iter_rows():
        amount = amounts.get(record) if amounts is not None else None
        other = record >= OTHER
        yield (others[fact] if other else kind, record - OTHER if other else record, amount, agency)


def _rows(indicator: Indicator, question: Question, extract: Extract) -> Iterator[tuple[str, int, int | None, str]]:
    try:
        frame = list(frame_of(indicator, extract, question.filters))
    except CutError as error:
        raise QuestionError(str(error)) from error
    yield from (row for row in dict.fromkeys(frame) if question.audience.sees(row[3]))


def _summed(indicator: Indicator) -> bool:
    return not indicator.is_ratio and bool(indicator.parts[0].sums)


def _amounts(indicator: Indicator, extract: Extract) -> Mapping[int, int | None] | None:
    """What each record says; None for a figure that sums nothing."""
    if not _summed(indicator):
        return None
    part = indicator.parts[0]
    rows = extract.ask(f'SELECT record, "{part.sums}" AS amount FROM "{part.fact}"')  # noqa: S608 - our own catalogue
    return dict(rows.with_columns(pl.col("amount").fill_null(0)).iter_rows())
