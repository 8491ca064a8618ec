"""How a figure stands against a target: the stated rule, for what adds up and for what is a level (trap 11)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from schakel.figures.progress import Aim

FROM_40_TO_60 = {"value": Decimal(60), "period": 2024, "baseline": Decimal(40), "baseline_period": 2023}
MIDSUMMER = dt.date(2024, 7, 1)  # 182 of 366 days
numbers = st.decimals(0, 10**6, places=2)
days = st.dates(dt.date(2018, 1, 1), dt.date(2027, 12, 31))


@st.composite
def aims(draw: st.DrawFn) -> Aim:
    baseline = draw(st.none() | numbers)
    year = None if baseline is None else draw(st.integers(2018, 2023))
    return Aim(draw(numbers), 2024, draw(st.booleans()), baseline, year)


def test_from_40_to_60_in_the_year_begins_at_nothing_and_at_its_end_at_40() -> None:
    flow, stock = Aim(adds_up=True, **FROM_40_TO_60), Aim(adds_up=False, **FROM_40_TO_60)
    assert round(flow.due(MIDSUMMER), 2) == Decimal("29.84")
    assert round(stock.due(MIDSUMMER), 2) == Decimal("49.95")
    assert flow.standing(Decimal(40), MIDSUMMER) == "on_course"
    assert stock.standing(Decimal(40), MIDSUMMER) == "behind"


def test_the_end_of_the_year_decides() -> None:
    flow, later = Aim(adds_up=True, **FROM_40_TO_60), dt.date(2025, 1, 1)
    assert flow.standing(Decimal(59), later) == "missed"
    assert flow.standing(Decimal(60), later) == "reached"
    assert flow.standing(None, later) == "open"


def test_less_can_be_better() -> None:
    staff = Aim(Decimal(90), 2024, False, Decimal(100), 2023)
    assert staff.standing(Decimal(89), MIDSUMMER) == "reached"
    assert staff.standing(Decimal(99), MIDSUMMER) == "behind"
    costs = Aim(Decimal(90), 2024, True, Decimal(100), 2023)
    assert costs.standing(Decimal(10), MIDSUMMER) == "on_course"  # the year is not over, so nothing is reached
    assert costs.standing(Decimal(90), dt.date(2025, 6, 1)) == "reached"


def test_a_level_without_a_baseline_is_open_until_the_end() -> None:
    share = Aim(Decimal("0.5"), 2024, False)
    assert share.standing(Decimal("0.4"), MIDSUMMER) == "open"
    assert share.standing(Decimal("0.5"), MIDSUMMER) == "reached"
    assert share.standing(Decimal("0.4"), dt.date(2025, 1, 1)) == "missed"


@given(aims(), numbers, days)
def test_who_is_on_the_line_is_on_course_and_reached_is_at_the_target(aim: Aim, actual: Decimal, day: dt.date) -> None:
    standing, due, over = aim.standing(actual, day), aim.due(day), aim.part_passed(day) == 1
    there = actual <= aim.value if aim.down else actual >= aim.value
    assert (standing == "reached") == (there and (over or not (aim.down and aim.adds_up)))
    assert (standing == "missed") == (over and not there)
    if standing in ("on_course", "behind"):
        assert due is not None
        assert (standing == "on_course") == (actual <= due if aim.down else actual >= due)


@given(aims(), days, days)
def test_what_is_due_goes_from_start_to_target_and_never_turns_back(aim: Aim, one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    assert 0 <= aim.part_passed(first) <= aim.part_passed(last) <= 1
    early, late = aim.due(first), aim.due(last)
    if early is None or late is None:
        return
    start = Decimal(0) if aim.adds_up else aim.baseline
    assert aim.due(dt.date(2025, 1, 1)) == aim.value
    if start is not None:
        low, high = sorted((start, aim.value))
        assert low <= early <= high
        assert (late >= early) if aim.value >= start else (late <= early)


@given(aims(), numbers, numbers)
def test_more_of_the_way_is_never_less_done(aim: Aim, one: Decimal, other: Decimal) -> None:
    nearer, further = sorted((one, other), reverse=aim.down and not aim.adds_up)
    done = aim.done(nearer), aim.done(further)
    if None not in done:
        assert 0 <= done[0] <= done[1] <= 1
