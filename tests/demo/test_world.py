"""The invented world hangs together: years follow from each other, and it has the traps it should have."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import OSA

from schakel.demo.generator import YEARS
from schakel.demo.names import stripped
from schakel.demo.plans import JOINED, QUANTUM
from schakel.demo.portions import spread
from schakel.demo.shapes.ways import Day
from schakel.demo.sightings import sighting
from schakel.demo.towns import AGENCIES, TOWNS
from schakel.demo.world import World

PROVINCES = {
    "bom": {"NB"}, "horizon-flevoland": {"FL"}, "impuls-zeeland": {"ZE"}, "innovationquarter": {"ZH"}, "liof": {"LI"},
    "nom": {"GR", "FR", "DR"}, "oost-nl": {"OV", "GE"}, "rom-inwest": {"NH"}, "rom-utrecht-region": {"UT", "NH"},
}  # fmt: skip


@given(
    weights=st.lists(st.floats(0.001, 1000), min_size=1, max_size=50),
    units=st.integers(0, 100_000),
    quantum=st.sampled_from((1, 500)),
)
def test_portions_add_up_and_none_is_nothing(weights: list[float], units: int, quantum: int) -> None:
    total = (units + len(weights)) * quantum
    portions = spread(total, weights, quantum)
    assert sum(portions) == total
    assert len(portions) == len(weights)
    assert all(portion >= quantum and portion % quantum == 0 for portion in portions)


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_in_digits_can_be_read_back(day: date) -> None:
    year, month, number = (int(part) for part in Day("yyyy/m/d").text(day).split("/"))
    assert date(year, month, number) == day


def test_a_total_too_small_for_its_portions_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be spread"):
        spread(2, [1, 1, 1])


def test_towns_are_in_the_provinces_of_their_agency() -> None:
    assert {slug: {town.province for town in TOWNS if town.agency == slug} for slug in AGENCIES} == PROVINCES
    assert 60 <= len(TOWNS) <= 130
    assert all(1000 <= area <= 9999 for town in TOWNS for area in town.postcodes)


def test_no_two_organisations_share_a_name_or_a_number(world: World) -> None:
    everyone = world.organisations.values()
    names = Counter(stripped(name) for one in everyone for name in {one.name, *one.trade_names})
    numbers = Counter(number for one in everyone for number in (one.kvk, one.rsin) if number)
    assert [name for name, count in names.items() if count > 1] == []
    assert max(numbers.values()) == 1


def test_sisters_share_a_door(world: World) -> None:
    doors = defaultdict(set)
    for group in world.population.companies.values():
        for one in group:
            if one.address.postcode:
                doors[one.address.postcode, one.address.house_number].add(one.name.split()[0])
    known = [stems for stems in doors.values() if len(stems) == 1]
    assert len(known) > 1000
    sisters = Counter(one.address for group in world.population.companies.values() for one in group)
    assert sum(count == 2 for address, count in sisters.items() if address.postcode) > 50


def test_who_has_no_number_is_known_by_name_and_place(world: World) -> None:
    for one in list(world.organisations.values())[::5]:
        for by in ("bom", "market"):
            seen = sighting(world.seed, by, one, 2023)
            if not seen.kvk and not seen.vat:
                forms = {stripped(name) for name in (one.name, *one.trade_names)}
                forms.add(stripped(one.name.removesuffix(one.legal_form)))
                assert stripped(seen.name) in forms
                assert seen.address.city or seen.address.postcode


def test_a_list_knows_an_organisation_by_one_name_over_the_years(world: World) -> None:
    for one in list(world.organisations.values())[::20]:
        assert len({sighting(world.seed, "nom", one, year).name for year in YEARS}) == 1


def test_some_organisations_move_and_some_have_no_place(world: World) -> None:
    everyone = world.organisations.values()
    moved = [one for one in everyone if one.address_in(2021) != one.address_in(2024)]
    assert any(one.address_in(2021).province != one.address_in(2024).province for one in moved)
    assert all(one.numbered for one in moved)
    assert any(not one.address.city and one.numbered for one in everyone)
    assert any(one.address.country != "NL" for one in everyone)


@pytest.mark.parametrize(("before", "year"), list(pairwise(YEARS)))
def test_positions_follow_from_the_year_before(world: World, before: int, year: int) -> None:
    old = {p.organisation for p in world.years[before].money.positions}
    new = {p.organisation for p in world.years[year].money.positions}
    invested = {deal.organisation for deal in world.years[year].money.investments}
    assert new - old <= invested
    assert len(old & new) > 0.75 * len(old)
    assert old - new
    assert not (old - new) & invested


@pytest.mark.parametrize("year", YEARS)
def test_money_is_whole_and_positive(world: World, year: int) -> None:
    money = world.years[year].money
    amounts = [amount for deal in money.investments for amount in (deal.amount, deal.round_size)]
    amounts += [amount for held in money.positions for amount in (held.cost, held.value)]
    amounts += [project.volume for project in world.years[year].projects]
    assert all(amount > 0 and amount % QUANTUM == 0 for amount in amounts)
    assert all(deal.round_size >= deal.amount for deal in money.investments)


@pytest.mark.parametrize("year", YEARS)
def test_agencies_in_one_round_name_one_size(world: World, year: int) -> None:
    deals = defaultdict(list)
    for deal in world.years[year].money.investments:
        deals[deal.organisation].append(deal)
    joint = [group for group in deals.values() if len({deal.agency for deal in group}) > 1]
    assert joint
    for group in deals.values():
        for one, other in pairwise(sorted(group, key=lambda deal: deal.day)):
            near = (other.day - one.day).days <= 60
            assert near == (one.round_size == other.round_size)


@pytest.mark.parametrize("year", YEARS)
def test_some_leads_have_two_projects_of_one_title(world: World, year: int) -> None:
    starts = defaultdict(list)
    for project in world.years[year].projects:
        starts[project.title.text, project.lead].append(project.start)
    twins = [days for days in starts.values() if len(days) == 2]
    assert len(twins) >= 3
    assert all(abs((first - second).days) > 100 for first, second in twins)


@pytest.mark.parametrize("year", YEARS)
def test_joint_projects_are_named_on_one_side_or_both_and_titled_differently(world: World, year: int) -> None:
    joint = [project for project in world.years[year].projects if len(project.agencies) > 1]
    sides = [[bool(telling.names) for telling in project.tellings.values()] for project in joint]
    assert all(any(named) for named in sides)
    assert any(not all(named) for named in sides)
    assert any(len({telling.title for telling in project.tellings.values()}) > 1 for project in joint)


def test_everything_happens_in_its_year(world: World) -> None:
    for year, happened in world.years.items():
        days = [project.start for project in happened.projects] + [case.day for case in happened.cases]
        days += [deal.day for deal in happened.money.investments] + [r.day for r in happened.money.market]
        days += [activity.start for activity in happened.activities]
        assert {day.year for day in days} == {year}
    assert min(world.years) == JOINED


def test_some_market_companies_raise_twice_and_some_of_an_agencys_are_missing(world: World) -> None:
    money = world.years[2023].money
    times = Counter(round_.organisation for round_ in money.market)
    assert max(times.values()) == 2
    staged = {deal.organisation for deal in money.investments if deal.stage in {"start-up", "later-stage"}}
    assert staged - set(times)


def test_chance_is_only_that_of_the_seed() -> None:
    from schakel.demo.world import stream

    assert [stream(1, "a").random() for _ in range(2)] == [Random("1/a").random()] * 2
    assert stream(1, "a").random() != stream(1, "b").random()


def test_within_a_region_no_two_families_are_a_typing_error_apart(world: World) -> None:
    for group in world.population.companies.values():
        stems = sorted({one.name.split()[0] for one in group if one.home})
        near = process.cdist(stems, stems, scorer=OSA.distance, score_cutoff=2)
        assert int((near <= 2).sum()) == len(stems)
