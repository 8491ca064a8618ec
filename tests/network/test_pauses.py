"""How often somebody may try to sign in, however they go about it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.network.signing.pauses import ADDRESS, BROWSER, DAY, FACTOR, LETTERS, NETWORK, Rule

RULES = {"address": ADDRESS, "network": NETWORK, "browser": BROWSER, "factor": FACTOR, "letters": LETTERS}
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def taken_of(rule: Rule, knocks: list[dt.datetime]) -> list[dt.datetime]:
    """Which of the knocks, in their order, are taken as tries."""
    taken: list[dt.datetime] = []
    for now in knocks:
        in_day = [moment for moment in taken if moment > now - DAY]
        if not in_day or in_day[-1] + rule.pause(len(in_day)) <= now:
            taken.append(now)
    return taken


def most_in_a_day(taken: list[dt.datetime]) -> int:
    return max(sum(first <= moment <= first + DAY for moment in taken) for first in taken)


@pytest.mark.parametrize(
    ("name", "bound"), [("address", 33), ("network", 199), ("browser", 62), ("factor", 33), ("letters", 11)]
)
def test_a_day_has_so_many_tries_for_who_never_stops_knocking(name: str, bound: int) -> None:
    rule = RULES[name]
    assert rule.bound == bound
    knocks = [START + dt.timedelta(seconds=30 * step) for step in range(3 * 24 * 120)]
    assert most_in_a_day(taken_of(rule, knocks)) <= bound


@given(
    st.builds(
        Rule,
        free=st.integers(1, 20),
        first=st.timedeltas(dt.timedelta(seconds=1), dt.timedelta(minutes=10)),
        longest=st.timedeltas(dt.timedelta(minutes=10), dt.timedelta(hours=8)),
    ),
    st.lists(st.integers(0, 6 * 3600), min_size=1, max_size=300),
)
def test_no_way_of_spreading_tries_gives_more_in_a_day_than_the_rule_says(rule: Rule, gaps: list[int]) -> None:
    knocks, now = [], START
    for gap in gaps:
        now += dt.timedelta(seconds=gap)
        knocks.append(now)
    assert most_in_a_day(taken_of(rule, knocks)) <= rule.bound


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_pauses_grow_with_the_tries_and_end(rule: Rule) -> None:
    pauses = [rule.pause(taken) for taken in range(1000)]
    assert pauses == sorted(pauses)
    assert set(pauses[: rule.free]) == {dt.timedelta(0)}
    assert pauses[rule.free] == rule.first
    assert pauses[-1] == rule.longest
