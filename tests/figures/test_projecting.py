"""What a sample comes to for all: exact where all was drawn, and right on average."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.figures.auditing.drawing import Unit, monetary, simple
from schakel.figures.auditing.projecting import Found, project

judged = st.tuples(st.integers(1, 10**8), st.integers(0, 10**8))


@given(st.lists(judged, min_size=1, max_size=30))
def test_of_a_sample_of_all_records_the_projection_is_the_deviation_itself(pairs):
    found = [Found("deviates" if a != s else "agrees", a, s) for a, s in pairs]
    told = project(found, frame=len(found))
    assert told.projected == told.known == sum(a - s for a, s in pairs)


@given(st.lists(judged, min_size=1, max_size=30), st.integers(1, 10**6))
def test_what_agrees_projects_to_nothing(pairs, interval):
    found = [Found("agrees", amount, amount) for amount, _should in pairs]
    assert project(found, frame=100, interval=interval).projected == 0


def test_what_cannot_be_established_counts_as_a_deviation_of_all_of_it():
    told = project([Found("unknown", 500_00), Found("agrees", 100_00, 100_00)], frame=10)
    assert (told.known, told.projected, told.rate) == (500_00, Fraction(500_00, 2) * 10, Fraction(1, 2))


def test_of_records_as_large_as_the_interval_the_deviation_is_not_projected():
    large, small = Found("deviates", 900_00, 800_00, hits=3), Found("deviates", 100_00, 50_00)
    told = project([large, small], frame=100, interval=300_00)
    assert told.projected == 100_00 + Fraction(1, 2) * 300_00


def test_what_is_no_sum_has_a_rate_and_no_amounts():
    told = project([Found("agrees"), Found("deviates"), Found("agrees")], frame=90)
    assert (told.method, told.known, told.projected, told.rate) == ("rate", None, None, Fraction(1, 3))


def test_nothing_judged_is_no_projection():
    with pytest.raises(ValueError, match="nothing was concluded"):
        project([], frame=3)


@pytest.mark.parametrize("rule", [simple, monetary])
def test_over_many_seeds_the_projection_is_right_on_average(rule):
    frame = [Unit("investment", number, 1000 * number) for number in range(1, 41)]
    wrong = {unit.id: (unit.amount or 0) // 4 for unit in frame if unit.id % 5 == 0}
    whole = sum((unit.amount or 0) - wrong[unit.id] for unit in frame if unit.id in wrong)
    told = []
    for seed in range(1500):
        draw = rule(f"seed {seed}", frame, 8)
        found = [
            Found("deviates" if i.unit.id in wrong else "agrees", i.unit.amount, wrong.get(i.unit.id), i.hits)
            for i in draw.items
        ]
        told.append(project(found, frame=len(frame), interval=draw.interval).projected)
    assert float(sum(told) / len(told)) == pytest.approx(whole, rel=0.03)
