"""Joining foreign cases and trade activities: several claimants of one thing, and things that look alike."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from schakel.internationalise.joining import (
    ACTIVITY_RULES,
    CASE_RULES,
    differing,
    join_foreign_cases,
    join_trade_activities,
    leading,
)

CASE = {
    "record": pl.Int64,
    "owner": pl.String,
    "year": pl.Int32,
    "organisation": pl.Int64,
    "date": pl.Date,
    "capex": pl.Int64,
    "origin": pl.String,
    "kind": pl.String,
    "together_with": pl.List(pl.String),
}
ACTIVITY = {
    "record": pl.Int64,
    "owner": pl.String,
    "year": pl.Int32,
    "title": pl.String,
    "country": pl.String,
    "city": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "kind": pl.String,
    "together_with": pl.List(pl.String),
}
Said = dict[str, Any]
NEW_SITE: Said = {
    "organisation": 5,
    "date": date(2023, 9, 24),
    "capex": 5_027_900_000,
    "origin": "TW",
    "kind": "new-site",
}
MISSION: Said = {
    "title": "Handelsmissie AI Düsseldorf December 2023",
    "country": "DE",
    "city": "Düsseldorf",
    "start": date(2023, 12, 2),
    "end": date(2023, 12, 6),
    "kind": "trade-mission",
}


def told(schema: dict[str, Any], said: tuple[Said, ...]) -> pl.DataFrame:
    usual = {"year": 2023, "together_with": []}
    rows = [
        dict.fromkeys(schema) | usual | {"record": n, "owner": f"agency {n}"} | one
        for n, one in enumerate(said, start=1)
    ]
    return pl.DataFrame(rows, schema)


def cases(*said: Said) -> list[int]:
    return join_foreign_cases(told(CASE, said))["cluster"].to_list()


def activities(*said: Said) -> list[int]:
    return join_trade_activities(told(ACTIVITY, said))["cluster"].to_list()


def test_one_case_claimed_by_an_agency_the_nfia_and_a_city_counts_once() -> None:
    claims = ({"owner": "bom"}, {"owner": "nfia", "date": date(2023, 10, 2)}, {"owner": "eindhoven"})
    said = told(CASE, tuple(NEW_SITE | claim for claim in claims))
    found = join_foreign_cases(said)
    assert found["cluster"].to_list() == [1, 1, 1]
    known = said.join(found, on="record").with_columns(home=pl.lit(["bom"]))
    assert known.join(leading(known), on="record").filter("leading")["owner"].to_list() == ["bom"]
    assert differing(known, leading(known), "capex").is_empty()


def test_a_second_decision_of_one_company_is_a_second_case() -> None:
    expansion = NEW_SITE | {"kind": "expansion", "date": date(2023, 10, 20), "capex": 100}
    assert cases(NEW_SITE, expansion) == [1, 2]
    later = NEW_SITE | {"date": date(2024, 3, 1), "year": 2024}
    assert cases(NEW_SITE, later) == [1, 2]


def test_one_agency_claims_a_case_once() -> None:
    assert cases(NEW_SITE | {"owner": "bom"}, NEW_SITE | {"owner": "bom", "capex": 1}) == [1, 2]


def test_an_unknown_company_joins_by_decision_and_being_named_together() -> None:
    nameless = NEW_SITE | {"organisation": 9}
    assert cases(NEW_SITE | {"together_with": ["agency 2"]}, nameless) == [1, 1]
    assert cases(NEW_SITE, nameless) == [1, 2]


@pytest.mark.parametrize(
    "title",
    [
        "handelsmissie ai düsseldorf december 2023",
        "Handelsmissie AI Düsseldorf December 2023 (NL)",
        "Handelsmissie AI Dusseldorf december 2023",
    ],
)
def test_one_activity_in_two_spellings(title: str) -> None:
    assert activities(MISSION, MISSION | {"title": title}) == [1, 1]


def test_another_title_needs_to_be_named_together() -> None:
    other = MISSION | {"title": "Missie AI Düsseldorf"}
    assert activities(MISSION, other | {"title": "Naar de Rijn met robots"}) == [1, 2]
    assert activities(MISSION, other | {"title": "Naar de Rijn met robots", "together_with": ["agency 1"]}) == [1, 1]


def test_two_activities_in_one_city_on_one_day_stay_two() -> None:
    assert activities(
        MISSION, MISSION | {"title": "Beurs Waterstof Düsseldorf December 2023", "kind": "trade-fair"}
    ) == [1, 2]


def test_a_yearly_activity_is_another_each_year() -> None:
    assert activities(MISSION, MISSION | {"start": date(2024, 12, 2), "year": 2024}) == [1, 2]


def test_one_agency_tells_an_activity_once() -> None:
    assert activities(MISSION | {"owner": "bom"}, MISSION | {"owner": "bom"}) == [1, 2]


def test_every_answer_says_by_which_rule() -> None:
    found = join_foreign_cases(told(CASE, (NEW_SITE, NEW_SITE, NEW_SITE | {"organisation": 6})))
    assert found["rule"].to_list() == ["company-date", "company-date", "alone"]
    assert set(found["rule"]) <= set(CASE_RULES)
    done = join_trade_activities(told(ACTIVITY, (MISSION, MISSION)))
    assert set(done["rule"]) == {"title-start"} <= set(ACTIVITY_RULES)


def test_order_means_nothing() -> None:
    said = told(
        ACTIVITY, (MISSION, MISSION | {"title": "Missie AI Düsseldorf", "together_with": ["agency 1"]}, MISSION)
    )
    assert join_trade_activities(said.reverse()).equals(join_trade_activities(said))
