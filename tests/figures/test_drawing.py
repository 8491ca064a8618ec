"""A sample by seed: the same for everybody, no record twice, and no record with more chance than another."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.figures.auditing.drawing import DrawError, Unit, digest_of, monetary, simple

seeds = st.text(min_size=1, max_size=20).filter(str.strip)
frames = st.lists(
    st.tuples(st.sampled_from(["project", "investment"]), st.integers(1, 10**9)), min_size=1, max_size=40, unique=True
).map(lambda pairs: [Unit(kind, pk) for kind, pk in pairs])
priced = st.lists(
    st.tuples(st.integers(1, 10**9), st.integers(-(10**6), 10**9)), min_size=1, max_size=40, unique_by=lambda p: p[0]
).map(lambda pairs: [Unit("investment", pk, amount) for pk, amount in pairs])


@given(seed=seeds, frame=frames, size=st.integers(1, 60), chance=st.randoms(use_true_random=False))
def test_the_order_of_the_frame_does_not_matter_and_nothing_is_drawn_twice(seed, frame, size, chance):
    drawn = [item.unit for item in simple(seed, frame, size).items]
    mixed = chance.sample(frame, len(frame))
    assert drawn == [item.unit for item in simple(seed, mixed, size).items]
    assert digest_of(frame) == digest_of(mixed)
    assert len(set(drawn)) == len(drawn) == min(size, len(frame))


@given(seed=seeds, frame=frames, size=st.integers(1, 40), more=st.integers(0, 20))
def test_a_larger_sample_begins_with_the_smaller_one(seed, frame, size, more):
    few, many = simple(seed, frame, size).items, simple(seed, frame, size + more).items
    assert many[: len(few)] == few


@given(seed=seeds, frame=frames, size=st.integers(1, 40))
def test_a_record_that_was_not_drawn_can_go_without_another_sample(seed, frame, size):
    drawn = {item.unit for item in simple(seed, frame, size).items}
    assert {item.unit for item in simple(seed, list(drawn), size).items} == drawn


@given(seed=seeds, frame=frames, size=st.integers(1, 40))
def test_it_is_drawn_again_by_the_lines_of_the_documentation(seed, frame, size):
    order = sorted(frame, key=lambda u: hashlib.sha256(f"{seed}/{u.kind}/{u.id}".encode()).hexdigest())
    assert [item.unit for item in simple(seed, frame, size).items] == order[:size]


def test_every_record_has_the_same_chance():
    frame = [Unit("project", number) for number in range(1, 51)]
    drawn = Counter(item.unit.id for seed in range(2000) for item in simple(f"seed {seed}", frame, 5).items)
    expected = 2000 * 5 / 50
    chi_square = sum((drawn[unit.id] - expected) ** 2 / expected for unit in frame)
    assert chi_square < 85.4  # 49 degrees of freedom, once in a thousand by chance; these seeds are always the same


def test_of_two_records_each_pair_has_the_same_chance():
    frame = [Unit("project", number) for number in range(1, 6)]
    pairs = Counter(frozenset(i.unit.id for i in simple(f"seed {seed}", frame, 2).items) for seed in range(2000))
    assert len(pairs) == 10
    assert sum((count - 200) ** 2 / 200 for count in pairs.values()) < 27.9  # 9 degrees of freedom, 0.001


@given(seed=seeds, frame=priced, size=st.integers(1, 30), chance=st.randoms(use_true_random=False))
def test_by_euros_each_hit_is_an_interval_apart_and_what_is_as_large_is_always_drawn(seed, frame, size, chance):
    total = sum(unit.amount for unit in frame if unit.amount > 0)
    if total < size:
        with pytest.raises(DrawError, match="no amounts"):
            monetary(seed, frame, size)
        return
    draw = monetary(seed, frame, size)
    assert draw == monetary(seed, chance.sample(frame, len(frame)), size)
    assert sum(item.hits for item in draw.items) == size
    assert draw.interval == total // size
    assert draw.total == total
    for item in draw.items:
        assert item.hits <= item.unit.amount / draw.interval + 1
    drawn = {item.unit for item in draw.items}
    rest = total - draw.interval * size  # the last cents, fewer than the size, are never drawn
    assert all(unit in drawn for unit in frame if unit.amount >= draw.interval + rest)
    assert draw.left_out == sum(unit.amount <= 0 for unit in frame)


def test_by_euros_a_record_of_twice_the_amount_has_twice_the_chance():
    frame = [Unit("investment", number, 100 * (1 + number % 2)) for number in range(1, 31)]
    drawn = Counter(item.unit.id % 2 for seed in range(2000) for item in monetary(f"seed {seed}", frame, 5).items)
    assert drawn[1] / drawn[0] == pytest.approx(2, rel=0.05)


@pytest.mark.parametrize(("seed", "size"), [("", 3), ("  ", 3), ("x", 0), ("x", -1)])
def test_without_a_seed_or_a_size_nothing_is_drawn(seed, size):
    for rule in (simple, monetary):
        with pytest.raises(DrawError):
            rule(seed, [Unit("investment", 1, 100)], size)


def test_a_record_that_stands_twice_is_no_frame():
    with pytest.raises(DrawError, match="twice"):
        simple("x", [Unit("project", 1), Unit("project", 1)], 1)
