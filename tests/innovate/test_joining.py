"""Joining projects: one joint project told twice, and two projects that look alike."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.innovate.joining import RULES, differing, join_projects, leading

PROJECT: dict[str, Any] = {
    "record": pl.Int64,
    "owner": pl.String,
    "year": pl.Int32,
    "number": pl.String,
    "title": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "volume": pl.Int64,
    "eu_number": pl.String,
    "together_with": pl.List(pl.String),
    "lead_organisation": pl.Int64,
}
PARTICIPANT: dict[str, Any] = {"record": pl.Int64, "organisation": pl.Int64}
CLUSTER: dict[str, Any] = {"record": pl.Int64, "cluster": pl.Int64}
Said = dict[str, Any]
FIELDLAB: Said = {
    "title": "Fieldlab houtbouw op zee",
    "start": date(2023, 6, 27),
    "end": date(2027, 1, 6),
    "volume": 17_800_000,
}


def projects(*said: Said) -> pl.DataFrame:
    usual = {"year": 2023, "together_with": []}
    rows = [
        dict.fromkeys(PROJECT) | usual | {"record": n, "owner": f"agency {n}"} | one
        for n, one in enumerate(said, start=1)
    ]
    return pl.DataFrame(rows, PROJECT)


def clusters(said: pl.DataFrame, part: list[tuple[int, int]] | None = None) -> list[int]:
    participants = pl.DataFrame(part or [], PARTICIPANT, orient="row")
    parties = participants.select(record="organisation", cluster="organisation").unique()
    return join_projects(said, participants, parties)["cluster"].to_list()


@pytest.mark.parametrize(
    "title", ["FIELDLAB HOUTBOUW OP ZEE", "Samenwerking Fieldlab houtbouw op zee", "Fieldlab: houtbouw op zee (NL)"]
)
def test_one_title_in_two_spellings_and_the_same_dates(title: str) -> None:
    assert clusters(projects(FIELDLAB, FIELDLAB | {"title": title})) == [1, 1]


@pytest.mark.parametrize("title", ["Fieldlab houtbouw", "Fieldlab houtbow op zee", "Groot fieldlab houtbouw op zee"])
def test_a_title_alike_needs_the_lead_or_to_be_named_together(title: str) -> None:
    other = FIELDLAB | {"title": title}
    assert clusters(projects(FIELDLAB, other)) == [1, 2]
    assert clusters(projects(FIELDLAB | {"lead_organisation": 5}, other | {"lead_organisation": 5})) == [1, 1]
    assert clusters(projects(FIELDLAB | {"together_with": ["agency 2"]}, other)) == [1, 1]


def test_another_title_with_one_lead_dates_and_volume() -> None:
    said = FIELDLAB | {"lead_organisation": 5}
    assert clusters(projects(said, said | {"title": "Bouwen met hout bij de kust"})) == [1, 1]


def test_an_eu_number_on_both_sides_joins_and_on_one_side_does_not_part() -> None:
    numbered = FIELDLAB | {"eu_number": "101092211"}
    assert clusters(projects(numbered, {"title": "Fieldlab houtbouw", "eu_number": "EU 101092211"})) == [1, 1]
    assert clusters(projects(numbered, FIELDLAB)) == [1, 1]


def test_two_eu_numbers_part_whatever_else_agrees() -> None:
    assert clusters(projects(FIELDLAB | {"eu_number": "101092211"}, FIELDLAB | {"eu_number": "101120651"})) == [1, 2]


def test_two_projects_of_one_title_and_lead_are_told_apart_by_their_dates() -> None:
    early = FIELDLAB | {"lead_organisation": 5}
    late = early | {"start": date(2023, 11, 5), "end": date(2025, 1, 1), "volume": 21_750_000}
    said = projects(
        early | {"owner": "bom"}, late | {"owner": "bom"}, late | {"owner": "nom"}, early | {"owner": "nom"}
    )
    assert clusters(said) == [1, 2, 2, 1]


def test_one_agency_tells_a_project_once_a_year() -> None:
    assert clusters(projects(FIELDLAB | {"owner": "bom"}, FIELDLAB | {"owner": "bom"})) == [1, 2]


def test_but_may_tell_it_again_next_year() -> None:
    assert clusters(projects(FIELDLAB | {"owner": "bom"}, FIELDLAB | {"owner": "bom", "year": 2024})) == [1, 1]


def test_the_same_participants_make_up_for_an_unknown_lead() -> None:
    named = FIELDLAB | {"together_with": ["agency 2"]}
    other = FIELDLAB | {"title": "Bouwen met hout bij de kust"}
    assert clusters(projects(named, other), [(1, 7), (1, 8), (2, 8), (2, 7)]) == [1, 1]
    assert clusters(projects(named, other), [(1, 7), (1, 8), (2, 9)]) == [1, 2]


def test_every_answer_says_by_which_rule() -> None:
    said = projects(FIELDLAB, FIELDLAB, {"title": "Iets anders", "start": date(2023, 1, 1)})
    found = join_projects(said, pl.DataFrame(schema=PARTICIPANT), pl.DataFrame(schema=CLUSTER))
    assert found["rule"].to_list() == ["title-dates", "title-dates", "alone"]
    assert set(found["rule"]) <= set(RULES)


TOLD = pl.DataFrame(
    {
        "record": [1, 2, 3],
        "cluster": [1, 1, 1],
        "owner": ["bom", "liof", "nom"],
        "year": [2023, 2023, 2023],
        "together_with": [["liof"], ["bom", "nom"], []],
        "home": [["nom"]] * 3,
        "volume": [100, 100, 250],
    }
)


def the_lead(told: pl.DataFrame) -> list[int]:
    return leading(told).filter("leading")["record"].to_list()


def test_the_agency_where_the_lead_organisation_lies_counts() -> None:
    assert the_lead(TOLD) == [3]


def test_else_the_record_that_names_most_partners() -> None:
    assert the_lead(TOLD.with_columns(home=pl.lit(["oost-nl"]))) == [2]
    assert the_lead(TOLD.with_columns(home=pl.lit(None, pl.List(pl.String)))) == [2]


def test_else_the_owner_first_in_the_alphabet() -> None:
    assert the_lead(TOLD.with_columns(home=pl.lit(["oost-nl"]), together_with=pl.lit(["x"])).reverse()) == [1]


def test_each_year_has_its_own_leading_record() -> None:
    assert the_lead(TOLD.with_columns(year=pl.Series([2023, 2024, 2024]))) == [1, 3]


def test_statements_that_differ_from_the_leading_one_are_listed() -> None:
    assert differing(TOLD, leading(TOLD), "volume").rows() == [
        (1, 2023, 1, "bom", 100, 250),
        (1, 2023, 2, "liof", 100, 250),
    ]
    assert differing(TOLD.with_columns(volume=pl.lit(7)), leading(TOLD), "volume").is_empty()


told_by_chance = st.lists(
    st.fixed_dictionaries(
        {
            "owner": st.sampled_from(["bom", "nom", "liof"]),
            "title": st.sampled_from(
                ["Fieldlab houtbouw", "fieldlab houtbow", "Living lab eiwit", "Samenwerking living lab eiwit"]
            ),
            "start": st.sampled_from([date(2023, 1, 1), date(2023, 2, 1)]),
            "eu_number": st.sampled_from([None, None, "101", "102"]),
            "lead_organisation": st.sampled_from([None, 5, 6]),
            "together_with": st.sampled_from([[], ["bom"], ["nom", "liof"]]),
        }
    ),
    max_size=10,
)


@settings(max_examples=60, deadline=None)
@given(told_by_chance, st.randoms(use_true_random=False))
def test_order_means_nothing_and_constraints_hold(said: list[Said], random: Random) -> None:
    once = projects(*said)
    mixed = once.sample(fraction=1, shuffle=True, seed=random.randrange(10**6))
    assert clusters(mixed) == clusters(once)
    both = once.with_columns(pl.Series("cluster", clusters(once), pl.Int64))
    assert both.select("cluster", "owner").is_duplicated().any() is False
    assert all(n <= 1 for n in both.group_by("cluster").agg(pl.col("eu_number").drop_nulls().n_unique())["eu_number"])
