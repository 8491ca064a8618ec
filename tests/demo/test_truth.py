"""What is true of the invented network: 2023 is as published, the other years are as large as such years are."""

from __future__ import annotations

import pytest

from schakel.demo.generator import YEARS
from schakel.demo.plans import JOINED, NEWCOMER
from schakel.demo.towns import AGENCIES
from schakel.demo.truth import COUNTERS, NETWORK, Truth
from schakel.demo.world import World

# As ROM-Nederland published over 2023; exact where it gave a round number.
PUBLISHED_2023 = {
    "innovation_projects": 474,
    "innovation_project_volume_eur": 352_400_000,
    "companies_in_projects": 1_043,
    "invested_eur": 219_000_000,
    "companies_invested_in": 372,
    "market_companies": 412,
    "market_companies_with_agency": 206,
    "portfolio_companies": 1_104,
    "foreign_companies": 138,
    "foreign_investment_3y_eur": 1_100_000_000,
    "jobs_created": 2_411,
    "jobs_retained": 923,
    "trade_activities": 194,
    "trade_participants": 4_200,
    "fund_assets_eur": 2_100_000_000,
    "staff_headcount": 612,
}
# Published over other years, with other scopes: the order of magnitude only.
CITED = {
    2021: {"innovation_projects": 734, "innovation_project_volume_eur": 190_000_000, "invested_eur": 143_700_000,
           "companies_invested_in": 250, "foreign_companies": 223, "trade_activities": 238,
           "foreign_investment_3y_eur": 2_100_000_000},
    2024: {"innovation_projects": 538, "innovation_project_volume_eur": 236_000_000, "invested_eur": 215_000_000,
           "companies_invested_in": 367, "portfolio_companies": 1_137, "foreign_companies": 155,
           "foreign_investment_3y_eur": 2_000_000_000},
}  # fmt: skip
ADDS_UP = {"invested_eur", "trade_participants", "fund_assets_eur", "staff_headcount"}


def test_2023_counts_to_what_was_published(truth: Truth) -> None:
    assert {name: truth.figure(2023, name) for name in PUBLISHED_2023} == PUBLISHED_2023


def test_another_seed_has_another_world_with_the_same_published_totals(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    from schakel.demo.generator import write_network

    other = write_network(tmp_path_factory.mktemp("other"), seed=7, years=(2023,))
    assert {name: other.figure(2023, name) for name in PUBLISHED_2023} == PUBLISHED_2023


@pytest.mark.parametrize("year", CITED)
def test_other_years_are_of_the_published_order(truth: Truth, year: int) -> None:
    for name, cited in CITED[year].items():
        assert 0.7 * cited < truth.figure(year, name) < 1.4 * cited
        assert truth.figure(year, name) != cited


def test_no_two_years_have_one_figure(truth: Truth) -> None:
    for name in COUNTERS:
        assert len({truth.figure(year, name) for year in YEARS}) == len(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_a_thing_of_two_agencies_stands_in_both_columns_and_once_in_the_network(truth: Truth, year: int) -> None:
    for name in COUNTERS.keys() - {"market_companies"}:
        columns = sum(truth.figure(year, name, slug) for slug in AGENCIES)
        if name in ADDS_UP:
            assert columns == truth.figure(year, name)
        else:
            assert truth.figure(year, name) < columns < 1.6 * truth.figure(year, name)


def test_the_newcomer_delivers_december_only_in_its_first_year(truth: Truth, world: World) -> None:
    first = world.years[JOINED]
    days = [project.start for project in first.projects if NEWCOMER in project.agencies]
    days += [deal.day for deal in first.money.investments if deal.agency == NEWCOMER]
    days += [case.day for case in first.cases if NEWCOMER in case.agencies]
    days += [activity.start for activity in first.activities if NEWCOMER in activity.agencies]
    assert {day.month for day in days} == {12}
    for name in ("innovation_projects", "companies_invested_in", "portfolio_companies", "trade_activities"):
        assert 0 < truth.figure(JOINED, name, NEWCOMER) * 3 < truth.figure(JOINED + 1, name, NEWCOMER) + 6


def test_an_unknown_figure_is_a_key_error(truth: Truth) -> None:
    with pytest.raises(KeyError):
        truth.figure(2023, "innovation_projects", "no-such-agency")


def test_the_network_is_the_default_party(truth: Truth) -> None:
    assert truth.figure(2023, "staff_headcount") == truth.figure(2023, "staff_headcount", NETWORK)
