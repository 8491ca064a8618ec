"""Bounds of a figure: as few as when every doubtful pair is one thing, as many as when none is."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack, closing
from typing import Any

import polars as pl
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import Extract, Selection, extract_of
from schakel.figures.extracting import read_facts
from schakel.figures.facts import SUPPOSED, supposing
from schakel.figures.pages.answers import bounds_words
from schakel.invest.models import Fund, Investment
from schakel.register.actions import link
from schakel.register.models import IdentityMember, Organisation
from schakel.sharing.roles import COUNTER, LINKER, database_role
from tests.making import acts, make, organisation

from .drawing import AGENCIES, Facts, drawn_facts, fact, frames_of

INDICATORS = list(catalogue().values())
SECRETARIAT = Audience(all_agencies=True, maker=True)
COMPANIES = "companies_invested_in"
LABELS = st.integers(1, 4)


def doubted(frames: dict[str, pl.DataFrame], data: st.DataObject) -> dict[str, dict[str, pl.DataFrame]]:
    """The facts with labels beside some identities, and what they are with those labels in their place."""
    replaced: dict[str, dict[str, pl.DataFrame]] = {each: {} for each in SUPPOSED}
    labelled: dict[str, pl.DataFrame] = {}
    for name, frame in frames.items():
        labelled[name] = frame
        for supposed in SUPPOSED:
            replaced[supposed][name] = frame
        for column in ("thing", "organisation"):
            for supposed in SUPPOSED:
                drawn = st.lists(st.none() | LABELS, min_size=frame.height, max_size=frame.height)
                labels = pl.Series(supposing(column, supposed), data.draw(drawn), dtype=pl.Int64)
                labelled[name] = labelled[name].with_columns(labels)
                counted = pl.coalesce(labels, pl.col(column)).alias(column)
                replaced[supposed][name] = replaced[supposed][name].with_columns(counted)
    return {"as_is": labelled, **replaced}


def asked(extract: Extract, indicator: Indicator, **filters: Any) -> dict[str, Any]:
    by = ("agency",) if "agency" in indicator.breakdowns else ()
    question = Question("figures", (indicator.id,), by, {"year": [2023], **filters}, SECRETARIAT)
    return answer(question, extract)["figures"][0]


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.id)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_bounds_are_what_is_counted_where_the_doubtful_is_one_thing_and_where_it_is_not(
    indicator: Indicator, data: st.DataObject
) -> None:
    names = {"delivery", "market_round"} | {part.fact for part in indicator.parts}
    facts = data.draw(drawn_facts(names))
    with ExitStack() as opened:
        ways = {
            name: opened.enter_context(closing(extract_of(frames, memory="200MB", threads=1)))
            for name, frames in doubted(frames_of(facts, names), data).items()
        }
        compare(indicator, ways)


def compare(indicator: Indicator, ways: dict[str, Extract]) -> None:
    """Hold the bounds against what is counted in each of the ways."""
    found = asked(ways["as_is"], indicator)
    places: dict[tuple[str, ...], dict[str, Any]] = {tuple(cell["place"]): cell for cell in found["cells"]}
    for place, cell in [((), found["total"]), *places.items()]:
        cut = {"year": 2023} | ({"agency": place[0]} if place else {})
        every = [Selection(indicator, way).where(**cut).total().value(indicator) for way in ways.values()]
        values = [each for each in every if each is not None]
        if not values or min(values) == max(values):
            assert "low" not in cell
        else:
            assert (cell["low"], cell["high"]) == (str(min(values)), str(max(values)))


def test_what_is_cut_into_small_parts_has_no_bounds_and_neither_has_what_is_not_doubtful() -> None:
    facts: Facts = {"project": [fact(n, AGENCIES[n % 3], n) for n in range(1, 9)]}
    plain = extract_of(frames_of(facts, ("project", "delivery")))
    projects = catalogue()["innovation_projects"]
    assert "low" not in asked(plain, projects)["total"]
    frames = frames_of(facts, ("project", "delivery"))
    frames["project"] = frames["project"].with_columns(
        thing_if_one=pl.when(pl.col("record") < 3).then(pl.lit(1, pl.Int64))
    )
    doubtful = extract_of(frames)
    assert (asked(doubtful, projects)["total"]["low"], asked(doubtful, projects)["total"]["high"]) == ("7", "8")
    question = Question("figures", (projects.id,), ("province",), {"year": [2023]}, SECRETARIAT)
    cut = answer(question, doubtful)["figures"][0]
    assert not any("low" in cell for cell in (cut["total"], *cut["cells"]))


@pytest.mark.django_db
def test_two_companies_that_may_be_one_are_one_to_two() -> None:
    for slug, name in (("bom", "Zonneveld Energie B.V."), ("nom", "Noorderlicht Techniek B.V.")):
        with acts(slug) as agency:
            company = organisation(agency, name=name, city="Breda")
            fund = make(Fund, agency, number="F", name="Fonds", capital=1)
            make(
                Investment,
                agency,
                number="I",
                fund=fund,
                organisation=company,
                date=dt.date(2023, 3, 1),
                amount=100,
                round_size=500,
            )
    with database_role(LINKER):
        link()
        first = IdentityMember.objects.filter(record_kind="organisation").order_by("identity_id").first()
        assert first is not None
        IdentityMember.objects.filter(record_kind="organisation").update(if_one=first.identity_id)
    with database_role(COUNTER):
        extract = extract_of(*read_facts())
        assert Organisation.objects.count() == 2
    found = asked(extract, catalogue()[COMPANIES])
    assert (found["total"]["value"], found["total"]["low"], found["total"]["high"]) == ("2", "1", "2")
    assert not any("low" in cell for cell in found["cells"])  # each agency's own column is one, whichever it is
    assert "low" not in asked(extract, catalogue()["invested_eur"])["total"]  # euros do not hang on identity


@pytest.mark.parametrize(("language", "words"), [("nl", "tussen 1.101 en 1.109"), ("en", "between 1,101 and 1,109")])
def test_bounds_are_said_as_the_figure_is(language: str, words: str) -> None:
    portfolio = catalogue()["portfolio_companies"]
    with translation.override(language):
        assert bounds_words(portfolio, {"value": "1104", "low": "1101", "high": "1109"}) == words
        assert bounds_words(portfolio, {"value": "1104"}) == ""
