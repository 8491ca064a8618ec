"""Adding up is exact: also for great amounts, far numbers and more members than one block of bitmap holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.figures.counting import rollup
from schakel.figures.counting.rollup import Axis, Grid

ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(-(2**61), 2**61), st.integers(-9, 9)), max_size=30
)


def _grid(rows: list[tuple[int, int, int, int]]) -> Grid:
    codes = [np.array([row[axis] for row in rows], dtype=np.int64) for axis in (0, 1)]
    return Grid.of([Axis("a", ("x", "y", "z"), codes[0]), Axis("b", (1, 2), codes[1])], len(rows))


@given(ROWS)
def test_distinct_members_of_every_subtotal(rows: list[tuple[int, int, int, int]]) -> None:
    found = _grid(rows).distinct(np.array([row[2] for row in rows], dtype=np.int64))
    assert found[()] == len({row[2] for row in rows})
    assert found["a",].tolist() == [len({row[2] for row in rows if row[0] == a}) for a in range(3)]
    assert found["a", "b"][2, 1] == len({row[2] for row in rows if row[:2] == (2, 1)})


@given(ROWS, st.sampled_from([1, 2**50, 2**57]))
def test_sums_of_every_subtotal(rows: list[tuple[int, int, int, int]], times: int) -> None:
    found = _grid(rows).added(np.array([row[3] * times for row in rows], dtype=np.int64))
    assert found[()] == sum(row[3] for row in rows) * times
    assert found["b",].tolist() == [sum(row[3] for row in rows if row[1] == b) * times for b in range(2)]


@pytest.mark.parametrize("block", [1, 7, 64])
def test_members_are_counted_block_by_block(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(rollup, "BLOCK", block)
    members = np.arange(1000, dtype=np.int64) % 300
    codes = np.arange(1000, dtype=np.int64) % 2
    found = Grid.of([Axis("a", ("x", "y"), codes)], 1000).distinct(members)
    assert (found[()].item(), found["a",].tolist()) == (300, [150, 150])


def test_a_fixed_axis_stays_in_every_subtotal() -> None:
    found = _grid([(0, 0, 1, 1), (1, 1, 2, 1)]).added(None, fixed=("a",))
    assert set(found) == {("a",), ("a", "b")}


def test_nothing_adds_to_nothing() -> None:
    empty = Grid.of([Axis("a", (), np.zeros(0, dtype=np.int64))], 0)
    assert empty.added(None)[()] == 0
    assert empty.distinct(np.zeros(0, dtype=np.int64))[()] == 0
