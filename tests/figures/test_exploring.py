"""Cross and cut: each cell is the figure of its cut, and what is not for who asks is not asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, QuestionError
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import Extract, Selection, extract_of
from schakel.figures.crosses import answer_cross
from schakel.figures.exploring.asked import Asked, read
from schakel.figures.exploring.crossing import Cell, Crossed
from schakel.figures.exploring.dimensions import AGENCY, NOT_SAID, YEAR
from schakel.figures.exploring.questions import fits, steps, terms

from .drawing import YEARS, Facts, drawn_facts, fact, frames_of
from .exploring import AUDIENCES, BOM, MINISTRY, SECRETARIAT, answered, asked_of, provisional, questions

pytestmark = pytest.mark.django_db


def places(found: Crossed) -> Iterator[dict[str, str]]:
    """Every place that the answers have, and what rows, columns and all are together."""
    axes = [(d, [*sorted(found.values(d)), ""]) for d in found.asked.breakdown]
    first = axes[0] if axes else ("", [""])
    second = axes[1] if len(axes) > 1 else ("", [""])
    for one in first[1]:
        for other in second[1]:
            yield {d: value for d, value in ((first[0], one), (second[0], other)) if d and value}


def cells(found: Crossed) -> Iterator[tuple[dict[str, str], Cell]]:
    for indicator in found.asked.chosen():
        for year in found.years:
            for place in places(found):
                yield place, found.cell(indicator, year, place)


def alone(indicator: Indicator, extract: Extract, asked: Asked, year: int, place: dict[str, str]) -> int:
    """The figure of a cell asked by itself: its indicator, with the year, the limits and the place as a cut."""
    limits = {d: list(values) for d, values in asked.hidden.items()}
    return Selection(indicator, extract).where(year=year, **limits, **place).total().amount


@given(facts=drawn_facts({"project_company", "investment"}), asked=questions())
@settings(max_examples=12)
def test_each_cell_is_the_figure_of_its_own_cut(facts: Facts, asked: Asked) -> None:
    extract = extract_of(frames_of(facts))
    found = asked_of(asked, extract, SECRETARIAT)
    for place, cell in cells(found):
        if cell.mark == "not_applicable":
            lacking = {*place, *asked.hidden} - set(cell.indicator.breakdowns)
            assert lacking
            continue
        if NOT_SAID in place.values():
            continue
        assert cell.mark in ("", "nothing")
        assert (cell.amount or 0) == alone(cell.indicator, extract, asked, cell.year, place)


@given(
    facts=drawn_facts({"project_company", "investment"}), asked=questions(), audience=st.sampled_from((BOM, MINISTRY))
)
@settings(max_examples=12)
def test_others_see_the_secretariats_number_or_none(facts: Facts, asked: Asked, audience: Audience) -> None:
    extract = extract_of(frames_of(facts))
    mine, all_of_it = asked_of(asked, extract, audience), asked_of(asked, extract, SECRETARIAT)
    for place, cell in cells(all_of_it):
        seen = mine.cell(cell.indicator, cell.year, place)
        if seen.value is not None:
            assert seen.value == cell.value
            assert all(audience.sees(agency) for agency in asked.hidden.get(AGENCY, ()))
        if AGENCY in place and not audience.sees(place[AGENCY]) and fits(asked, cell.indicator):
            assert seen.mark in ("not_yours", "not_asked", "not_applicable")
            assert seen.value is None


@given(asked=questions(), audience=st.sampled_from(AUDIENCES))
@settings(max_examples=12)
def test_no_question_is_asked_that_the_counting_refuses(asked: Asked, audience: Audience) -> None:
    facts = {"investment": [fact(1, "bom", 1, amount=5, stage="seed"), fact(2, "nom", 2, amount=7, stage="seed")]}
    assert answered(asked, facts, audience).asked == asked


@given(asked=questions(), first=st.sampled_from([0, 2021, 2023]), last=st.sampled_from([0, 2023]))
def test_an_address_read_and_written_again_asks_the_same(asked: Asked, first: int, last: int) -> None:
    full = Asked(asked.indicators, asked.rows, asked.columns, first, last, asked.limits, "nu" if first else "")
    assert read(QueryDict(full.query())) == full


@given(text=st.text(max_size=80), query=st.dictionaries(st.sampled_from(["i", "rijen", "van", "province"]), st.text()))
def test_whatever_an_address_says_is_read_as_some_question(text: str, query: dict[str, str]) -> None:
    said = QueryDict(mutable=True)
    said.update(query)
    for asked in (read(said), read(QueryDict(text))):
        assert read(QueryDict(asked.query())) == asked


@given(facts=drawn_facts({"project_company", "investment"}), asked=questions(), audience=st.sampled_from(AUDIENCES))
@settings(max_examples=8)
def test_a_cross_tells_what_each_part_tells_asked_by_itself(facts: Facts, asked: Asked, audience: Audience) -> None:
    extract = extract_of(frames_of(facts))
    for step in steps(asked, provisional((2023,)), audience):
        for part in answer_cross(step.question, extract)["figures"]:
            alone = replace(step.question, ask="figures", indicators=(part["indicator"],), by=tuple(part["by"]))
            if part.get("refused"):
                with pytest.raises(QuestionError):
                    answer(alone, extract)
                continue
            (told,) = answer(alone, extract)["figures"]
            assert _amounts(part["cells"]) == (_amounts(told["cells"]) if part["by"] else {})
            assert part["coverage"] == told["coverage"]
            if not part["by"]:
                assert _amount(part["total"]) == _amount(told["total"])


def _amounts(cells: list[dict[str, Any]]) -> dict[str, tuple[object, ...]]:
    return {str(cell["place"]): _amount(cell) for cell in cells}


def _amount(cell: dict[str, Any]) -> tuple[object, ...]:
    return tuple(cell.get(name) for name in ("amount", "base", "value", "suppressed"))


def test_years_stand_by_themselves_and_are_never_added() -> None:
    facts = {"project": [fact(1, "bom", 9, year=2022), fact(2, "bom", 9, year=2023)]}
    found = answered(Asked(("innovation_projects",), rows=YEAR), facts, SECRETARIAT)
    projects = catalogue()["innovation_projects"]
    assert [found.cell(projects, year, {}).amount for year in YEARS] == [1, 1]


def test_a_ministry_that_opens_a_view_by_agency_gets_no_agencys_number() -> None:
    facts = {"project": [fact(n, "bom" if n % 2 else "nom", n) for n in range(1, 9)]}
    asked = Asked(("innovation_projects",), rows=AGENCY)
    projects = catalogue()["innovation_projects"]
    of_secretariat, of_ministry = (answered(asked, facts, audience) for audience in (SECRETARIAT, MINISTRY))
    for agency in ("bom", "nom"):
        assert of_secretariat.cell(projects, 2023, {AGENCY: agency}).amount == 4
        assert of_ministry.cell(projects, 2023, {AGENCY: agency}).mark == "not_yours"
        assert of_ministry.cell(projects, 2023, {AGENCY: agency}).value is None
    assert of_ministry.cell(projects, 2023, {}).amount == 8


@pytest.mark.parametrize("audience", [BOM, MINISTRY])
def test_another_agency_alone_is_not_even_asked_for(audience: Audience) -> None:
    asked = Asked(("innovation_projects",), rows="theme", limits=((AGENCY, ("nom",)),))
    assert terms(asked, audience).refusal == "agency"
    assert steps(asked, provisional(), audience) == []


def test_an_agency_limits_to_itself_as_far_as_it_likes() -> None:
    limits = ((AGENCY, ("bom",)), ("province", ("NB",)), ("status", ("running",)))
    facts = {"project": [fact(1, "bom", 1, status="running"), fact(2, "nom", 2, status="running")]}
    found = answered(Asked(("innovation_projects",), rows="theme", limits=limits), facts, BOM)
    assert found.cell(catalogue()["innovation_projects"], 2023, {}).amount == 1


def test_an_indicator_that_cannot_be_limited_so_is_not_shown_unlimited() -> None:
    facts = {"project": [fact(1, "bom", 1)], "investment": [fact(1, "bom", 1, amount=100, stage="seed")]}
    asked = Asked(("innovation_projects", "invested_eur"), rows=AGENCY, limits=(("stage", ("seed",)),))
    found = answered(asked, facts, SECRETARIAT)
    assert found.cell(catalogue()["innovation_projects"], 2023, {}).mark == "not_applicable"
    assert found.cell(catalogue()["invested_eur"], 2023, {}).amount == 100
