"""Rounds: one company, sixty days from the first day, no chains."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.invest.rounds import rounds

SCHEMA = {"record": pl.Int64, "company": pl.Int64, "date": pl.Date}
FIRST = date(2023, 1, 1)


def told(*said: tuple[int | None, int | None]) -> pl.DataFrame:
    rows = [
        (n, company, None if day is None else FIRST + timedelta(days=day)) for n, (company, day) in enumerate(said, 1)
    ]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def found(*said: tuple[int | None, int | None]) -> list[int]:
    return rounds(told(*said))["round"].to_list()


def test_two_agencies_in_one_round() -> None:
    assert found((7, 0), (7, 60)) == [1, 1]


def test_after_sixty_days_another_round_begins() -> None:
    assert found((7, 0), (7, 61)) == [1, 2]


def test_tranches_do_not_chain_a_year_into_one_round() -> None:
    assert found((7, 0), (7, 40), (7, 80), (7, 120)) == [1, 1, 3, 3]


def test_two_companies_have_two_rounds() -> None:
    assert found((7, 0), (8, 0)) == [1, 2]


def test_without_company_or_date_an_investment_is_a_round_of_its_own() -> None:
    assert found((None, 0), (None, 0), (7, None), (7, None)) == [1, 2, 3, 4]


def test_nothing_in_nothing_out() -> None:
    assert rounds(told()).is_empty()


some = st.lists(st.tuples(st.sampled_from([None, 7, 8]), st.one_of(st.none(), st.integers(0, 200))), max_size=12)


@settings(deadline=None)
@given(some, st.integers(0, 10**6))
def test_order_means_nothing_and_a_round_spans_sixty_days(said: list[tuple[int | None, int | None]], seed: int) -> None:
    once = told(*said)
    found = rounds(once)
    assert rounds(once.sample(fraction=1, shuffle=True, seed=seed)).equals(found)
    spans = (
        once.join(found, on="record")
        .drop_nulls()
        .group_by("round")
        .agg((pl.col("date").max() - pl.col("date").min()).dt.total_days().alias("days"), pl.col("company").n_unique())
    )
    assert all(days <= 60 and companies == 1 for _, days, companies in spans.iter_rows())
