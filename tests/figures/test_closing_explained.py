"""What lies between two closings: each cause by itself, and parts that add exactly to the difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.figures.closing import Closed, freeze, opened
from schakel.figures.closing.explaining import CAUSES, COUNTING, NETWORK, Explained, Revision, explain
from tests.examples import shown_by

from .closings import (
    COMPANIES,
    COVERAGE,
    EVERY,
    FACTS,
    INVESTED,
    LEVERAGE,
    MARKET,
    PROJECTS,
    SEED,
    VOLUME,
    state_of,
    usual,
)
from .drawing import Row, drawn_facts, fact

Year = Mapping[str, list[Row]]


def closed(facts: Year, *indicators: str, version: int = 1) -> Closed:
    return opened(freeze(state_of(facts, *indicators), version=version))


def between(before: Year, after: Year, old: tuple[str, ...] = EVERY, new: tuple[str, ...] = EVERY) -> Revision:
    return explain(closed(before, *old), closed(after, *new, version=2))


def figure(revision: Revision, indicator: str, column: str = NETWORK) -> Explained:
    return next(f for f in revision.figures if (f.indicator, f.column) == (indicator, column))


def parts(found: Explained) -> dict[str, tuple[int, int]]:
    """What each cause did, without those that did nothing."""
    return {part.cause: (part.amount, part.base) for part in found.parts if part.amount or part.base}


def without(facts: Year, name: str, record: int) -> Year:
    return {**facts, name: [row for row in facts[name] if row["record"] != record]}


def changed(facts: Year, name: str, record: int, **other: Any) -> Year:
    return {**facts, name: [row | other if row["record"] == record else row for row in facts[name]]}


def touched(revision: Revision) -> set[tuple[str, str, str, int]]:
    return {(t.fact, t.agency, t.cause, t.records) for t in revision.records}


def test_where_nothing_happened_nothing_is_explained():
    revision = between(usual(), usual())
    assert not [f for f in revision.figures if f.differs]
    assert (revision.records, revision.definitions) == ((), ())


def test_a_withdrawn_record_takes_away_what_it_brought():
    revision = between(usual(), without(usual(), "investment", 2))
    assert parts(figure(revision, "invested")) == {"withdrawn": (-300_00, 0)}
    assert parts(figure(revision, "invested", "nom")) == {"withdrawn": (-300_00, 0)}
    assert parts(figure(revision, "invested", "bom")) == {}
    assert touched(revision) == {("investment", "nom", "withdrawn", 1)}


def test_a_late_delivery_brings_its_records_and_is_counted_as_come():
    late = usual()
    late["project"].append(fact(9, "liof", 12, volume=7_00))
    late["delivery"][2]["state"] = "delivered"
    revision = between(usual(), late)
    assert parts(figure(revision, "projects")) == {"late": (1, 0)}
    assert parts(figure(revision, "coverage")) == {"late": (1, 0)}
    assert touched(revision) == {("project", "liof", "late", 1), ("delivery", "liof", "late", 1)}


def test_a_changed_amount_is_no_other_record():
    revision = between(usual(), changed(usual(), "investment", 1, amount=450_00))
    assert parts(figure(revision, "invested")) == {"changed": (-50_00, 0)}
    assert parts(figure(revision, "leverage")) == {"changed": (0, -50_00)}
    assert touched(revision) == {("investment", "bom", "changed", 1)}


def test_a_merge_makes_two_one_and_a_split_two_of_one():
    merged = changed(usual(), "project", 3, thing=10, leading=False)
    assert parts(figure(between(usual(), merged), "projects")) == {"identity": (-1, 0)}
    assert parts(figure(between(usual(), merged), "volume")) == {"identity": (-50_00, 0)}
    assert parts(figure(between(merged, usual()), "projects")) == {"identity": (1, 0)}
    assert parts(figure(between(usual(), merged), "projects", "liof")) == {}


def test_whose_statement_leads_is_identity_too():
    other = changed(changed(usual(), "project", 1, leading=False), "project", 2, leading=True)
    revision = between(usual(), other)
    assert parts(figure(revision, "volume")) == {"identity": (-10_00, 0)}
    assert touched(revision) == {("project", "bom", "identity", 1), ("project", "nom", "identity", 1)}


def test_another_definition_counts_otherwise_what_is_the_same():
    revision = between(usual(), usual(), (INVESTED, COMPANIES), (SEED, COMPANIES))
    assert parts(figure(revision, "invested")) == {"definition": (-300_00, 0)}
    assert parts(figure(revision, "companies")) == {}
    assert (revision.definitions, revision.records) == (("invested",), ())


def test_an_indicator_that_is_new_or_gone_is_so_by_definition():
    revision = between(usual(), usual(), (COMPANIES,), (PROJECTS,))
    assert parts(figure(revision, "projects")) == {"definition": (2, 0)}
    assert parts(figure(revision, "companies")) == {"definition": (-2, 0)}


def test_causes_that_cancel_out_are_told_apart():
    after = changed(without(usual(), "investment", 2), "investment", 1, amount=800_00)
    found = figure(between(usual(), after), "invested")
    assert found.before == found.after
    assert parts(found) == {"withdrawn": (-300_00, 0), "changed": (300_00, 0)}


def test_years_do_not_explain_each_other():
    before = closed(usual(), INVESTED)
    object.__setattr__(before.manifest, "year", 2022)
    with pytest.raises(ValueError, match="2022"):
        explain(before, closed(usual(), INVESTED))


CATALOGUES = st.sets(st.sampled_from([PROJECTS, VOLUME, COMPANIES, LEVERAGE, MARKET, COVERAGE])).flatmap(
    lambda some: st.sampled_from([INVESTED, SEED]).map(lambda one: (one, *sorted(some)))
)


@given(drawn_facts(FACTS), drawn_facts(FACTS), CATALOGUES, CATALOGUES)
@settings(max_examples=shown_by(5, assured_by=12))
def test_parts_add_exactly_to_the_difference(before, after, old, new):
    revision = between(before, after, old, new)
    for found in revision.figures:
        assert [part.cause for part in found.parts] == list(CAUSES)
        assert found.after[0] - found.before[0] == sum(part.amount for part in found.parts)
        assert found.after[1] - found.before[1] == sum(part.base for part in found.parts)
        assert next(part for part in found.parts if part.cause == COUNTING) == type(found.parts[0])(COUNTING, 0, 0)


@given(drawn_facts(FACTS))
@settings(max_examples=shown_by(3, assured_by=8))
def test_from_nothing_all_came_late(after):
    nothing: Year = {name: [] for name in FACTS}
    for found in between(nothing, after).figures:
        assert set(parts(found)) <= {"late"}
