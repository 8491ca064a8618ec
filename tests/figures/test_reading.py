"""Figures over years and documents: what breaks a series (traps 6 and 16), and what is said of a number (21)."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.figures import queries
from schakel.figures.catalogue import Display, catalogue
from schakel.figures.cited import CitedFigure, cited, cited_of, drawn_of, sources
from schakel.figures.history import Point, breaks, versions_of
from schakel.figures.own import RELATIONS, own_definitions
from schakel.figures.pages.series import Entry, change, cited_words, columns, series
from schakel.network.queries import member_numbers
from schakel.web.charts.years import year_columns, year_line

from .counting_here import ALL_NINE
from .pictures import drawn, runs

PROJECTS = catalogue()["innovation_projects"]
INVESTED = catalogue()["invested_eur"]
POINTS = st.builds(
    Point,
    year=st.just(0),
    agencies=st.sampled_from((8, 9)),
    version=st.sampled_from((0, 1, 2)),
    complete=st.booleans(),
)


def answer(value: int | None, *, version: int = 1, delivered: int = 9) -> dict[str, object]:
    """What the counting process says of a year."""
    total = {"value": None if value is None else str(value), "amount": value, "base": None, "contributors": 9}
    return {
        "indicator": "innovation_projects",
        "version": version,
        "by": [],
        "cells": [],
        "total": total,
        "coverage": {"expected": 9, "delivered": delivered},
    }


@given(points=st.lists(POINTS, min_size=2, max_size=8), gaps=st.lists(st.integers(1, 2), min_size=8, max_size=8))
def test_no_line_is_ever_drawn_across_a_break(points: list[Point], gaps: list[int]) -> None:
    entries: list[Entry] = []
    year = 2010
    for point, gap in zip(points, gaps, strict=False):
        year += gap
        now = Point(year, point.agencies, point.version, point.complete)
        why = breaks("trade_activities", entries[-1].point, now) if entries else []
        entries.append(Entry(now, answer(year)["total"], None, tuple(each.nl for each in why)))
    joined = {
        years for run in runs(year_line("l", "Lijn", columns(PROJECTS, entries)), entries) for years in pairwise(run)
    }
    for before, now in pairwise(entries):
        comparable = (
            before.point.agencies == now.point.agencies
            and before.point.version == now.point.version
            and now.year == before.year + 1
            and (not now.point.version or (before.point.complete and now.point.complete))
        )
        assert ((before.year, now.year) in joined) == comparable
        assert bool(now.broken) == (not comparable)
    marks = drawn(year_columns("c", "Kolommen", columns(PROJECTS, entries)), "chart__break")
    assert len(marks) == sum(bool(entry.broken) for entry in entries)


def test_a_changed_definition_breaks_the_series_and_no_change_is_said_across_it() -> None:
    """Trap 16."""
    counted = {2022: answer(100), 2023: answer(110, version=2), 2024: answer(121, version=2)}
    entries = series(PROJECTS, counted, dict.fromkeys(counted, 9))
    assert entries[1].broken == ("definitie gewijzigd: versie 1 naar 2",)
    assert entries[2].broken == ()
    assert change(PROJECTS, entries, 2023).said == ""
    assert "definitie gewijzigd" in change(PROJECTS, entries, 2023).why_not
    assert change(PROJECTS, entries, 2024).said == "+10% sinds 2023"


@pytest.mark.parametrize("indicator", ["invested_eur", "companies_invested_in"])
@given(value=st.integers(1, 10**9))
def test_the_year_of_the_corona_loans_compares_with_neither_side(indicator: str, value: int) -> None:
    """Trap 6, whatever stands in the years around it, counted or cited."""
    counted = {year: answer(value) for year in (2019, 2020, 2021, 2022)}
    entries = {each.year: each for each in series(catalogue()[indicator], counted, dict.fromkeys(counted, 9))}
    for year in (2020, 2021):
        assert any("Corona-overbruggingsleningen" in why for why in entries[year].broken)
    assert entries[2022].broken == ()
    told = year_columns("c", "Kolommen", columns(catalogue()[indicator], list(entries.values())))
    assert "Corona-overbruggingsleningen" in told


def test_the_loans_break_the_cited_series_too() -> None:
    entries = {each.year: each for each in series(INVESTED, {2022: answer(1)}, {2022: 9}, with_cited=True)}
    assert set(entries) >= {2017, 2020, 2021, 2022}
    assert any("COL" in why for why in entries[2020].broken)
    assert any("COL" in why for why in entries[2021].broken)
    assert any("vanaf hier geteld" in why for why in entries[2022].broken)


@pytest.mark.django_db
def test_every_change_of_membership_breaks_the_series() -> None:
    numbers = member_numbers(range(2015, 2025))
    assert {year: numbers[year] for year in (2015, 2017, 2018, 2019, 2020, 2021, 2022)} == {
        2015: 5,
        2017: 5,
        2018: 6,
        2019: 7,
        2020: 8,
        2021: 9,
        2022: 9,
    }
    counted = {year: answer(100) for year in numbers}
    broken = {each.year for each in series(PROJECTS, counted, numbers) if each.broken}
    assert broken == {2018, 2019, 2020, 2021}


def test_what_is_cited_names_its_document_and_never_replaces_what_is_counted() -> None:
    assert len(cited()) > 40
    for figure in cited():
        assert figure.indicator in catalogue()
        assert figure.source.second_hand or figure.source.url.startswith("https://")
        assert figure.source.second_hand or figure.said
        assert 2017 <= figure.year <= 2024
    assert {source.names.nl for source in sources() if source.second_hand} == {
        "Nieuwsverzamelaar over 2024 (uit de tweede hand; geen ander document gevonden)"
    }
    entries = {each.year: each for each in series(PROJECTS, {2021: answer(618)}, {2021: 9}, with_cited=True)}
    assert entries[2021].cited is None
    assert entries[2021].value == 618
    assert entries[2020].cited is not None


@given(counted=st.dictionaries(st.integers(2017, 2024), st.integers(0, 10_000), min_size=1))
def test_cited_figures_stand_beside_counted_ones_and_change_none(counted: dict[int, int]) -> None:
    answers = {year: answer(value) for year, value in counted.items()}
    alone = {each.year: each.value for each in series(PROJECTS, answers, {})}
    beside = series(PROJECTS, answers, {}, with_cited=True)
    assert {each.year: each.value for each in beside if each.cited is None} == alone
    picture = year_columns("c", "Kolommen", columns(PROJECTS, beside))
    assert len(drawn(picture, "chart__bar--cited")) == sum(each.cited is not None for each in beside)
    told = ElementTree.fromstring(picture).findtext("desc") or ""
    assert told.count("(aangehaald)") == sum(each.cited is not None for each in beside)


def test_created_and_retained_jobs_that_were_published_together_are_drawn_with_neither() -> None:
    """Trap 7, as far as it is about documents."""
    for name in ("jobs_created", "jobs_retained"):
        assert [figure.year for figure in cited_of(name)] == [2017, 2018, 2019, 2020, 2021, 2024]
        assert drawn_of(name) == {}


def test_two_documents_with_two_numbers_of_one_year_are_both_kept_and_one_is_drawn() -> None:
    """Trap 21: published numbers differ between outlets."""
    of_2018 = [figure for figure in cited_of("innovation_projects") if figure.year == 2018]
    assert sorted(cited_words(PROJECTS, figure) for figure in of_2018) == ["419", "> 400"]
    assert cited_words(PROJECTS, drawn_of("innovation_projects")[2018]) == "419"
    assert len({figure.source.url for figure in of_2018}) == 2


@given(
    value=st.integers(0, 10**12),
    step=st.sampled_from((1, 10, 100, 1_000_000)),
    rule=st.sampled_from(("exact", "rounded", "more_than")),
)
def test_what_is_said_in_public_follows_the_rule_and_leaves_the_value_alone(value: int, step: int, rule: str) -> None:
    """Trap 21: exact value and display rule are two things."""
    said = Display(rule, step).apply(Decimal(value))  # type: ignore[arg-type]
    if rule == "more_than":
        assert said <= value < said + step
    elif rule == "rounded":
        assert abs(said - value) * 2 <= step
    else:
        assert said == value


@pytest.mark.parametrize(
    ("indicator", "value", "exact", "said"),
    [
        ("jobs_created", "3334", "3.334", "meer dan 3.330"),
        ("jobs_created", "3330", "3.330", "3.330"),
        ("jobs_created", "0", "0", "0"),
        ("companies_in_projects", "1043", "1.043", "meer dan 1.040"),
        ("invested_eur", "219412345.67", "€ 219.412.345,67", "€ 219 mln"),
        ("market_involvement_share", "0.4961", "49,6%", "50%"),
        ("market_involvement_share", "0.004", "0,4%", "0%"),
        ("leverage", "3.416", "3,42", "3,42"),
        ("trade_participants", "4187", "4.187", "4.200"),
    ],
)
def test_exact_and_public_form_of_published_figures(indicator: str, value: str, exact: str, said: str) -> None:
    shown = queries.shown(catalogue()[indicator], {"value": value})
    assert (shown.exact.replace("\xa0", " "), shown.said.replace("\xa0", " ")) == (exact, said)


def test_definitions_through_the_years_begin_with_the_one_of_now() -> None:
    versions = versions_of(PROJECTS)
    assert versions[0].definition == PROJECTS.definition
    assert versions[0].until is None
    assert [(each.since, each.until) for each in versions[1:]] == [(2018, 2019), (2017, 2017)]
    for indicator in catalogue().values():
        for earlier in versions_of(indicator)[1:]:
            assert earlier.changed
            assert earlier.until is not None


def test_own_definitions_are_of_agencies_and_national_indicators_and_say_how_the_one_becomes_the_other() -> None:
    assert {each.agency for each in own_definitions()} == set(ALL_NINE)
    for each in own_definitions():
        assert each.indicator in catalogue()
        assert each.relation in RELATIONS
        for words in (each.names, each.definition, each.becomes):
            assert words.nl
            assert words.en
        assert each.source


def test_a_cited_figure_is_one_value_with_its_words() -> None:
    figure = drawn_of("market_involvement_share")[2017]
    assert isinstance(figure, CitedFigure)
    assert figure.value == Decimal("0.48")
    assert cited_words(catalogue()["market_involvement_share"], figure) == "48%"
