"""No withheld cell can be computed from what stays visible: also not by someone who solves equations."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from schakel.sharing.disclosure import TOTAL, Cell, Dominance, Place, Suppressed, suppress

PUBLIC: Callable[[Place], bool] = lambda place: False  # noqa: E731


def _with_totals(cells: dict[Place, Cell]) -> dict[Place, Cell]:
    table = dict(cells)
    for place, cell in cells.items():
        sums = {(TOTAL,)} if len(place) == 1 else {(place[0], TOTAL), (TOTAL, place[1]), (TOTAL, TOTAL)}
        for total in sums:
            before = table.get(total, Cell(0, 0))
            table[total] = Cell(before.value + cell.value, before.contributors + cell.contributors)
    return table


@st.composite
def tables(draw: st.DrawFn) -> dict[Place, Cell]:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    places: list[Place] = [(r, c) for r in range(rows) for c in range(columns)]
    if draw(st.booleans()):
        places = [(r,) for r in range(rows)]
    cells = {}
    for place in places:
        people = draw(st.integers(0, 6))
        cells[place] = Cell(draw(st.integers(0, 9)) if people else 0, people)
    return _with_totals(cells)


def _lines(table: Mapping[Place, Cell]) -> list[dict[Place, int]]:
    """Each row and column that adds up, as the sign of each of its cells."""
    dimensions = len(next(iter(table)))
    lines: dict[object, dict[Place, int]] = {}
    for axis in range(dimensions):
        for place in table:
            rest = (axis, *(part for i, part in enumerate(place) if i != axis))
            lines.setdefault(rest, {})[place] = -1 if place[axis] is TOTAL else 1
    return list(lines.values())


def _widths(table: Mapping[Place, Cell], shown: Mapping[Place, Cell | Suppressed], mine: Callable[[Place], bool]):
    """How far apart the least and greatest possible value of each withheld cell lie, solved as a linear programme."""
    hidden = [place for place in table if isinstance(shown[place], Suppressed)]
    equations = [[line.get(place, 0) for place in hidden] for line in _lines(table)]
    sums = [
        -sum(sign * table[place].value for place, sign in line.items() if place not in hidden) for line in _lines(table)
    ]
    for place in hidden:
        goal = np.array([1.0 if other == place else 0.0 for other in hidden])
        ends = [
            linprog(sign * goal, A_eq=equations, b_eq=sums, bounds=[(0, 1000)] * len(hidden)).fun * sign
            for sign in (1, -1)
        ]
        yield place, ends[1] - ends[0]


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_withheld_cell_is_determined_by_the_visible_ones(table: dict[Place, Cell]) -> None:
    shown = suppress(table)
    for place, width in _widths(table, shown, PUBLIC):
        assert width > 0.5, place


@settings(max_examples=100, deadline=None)
@given(tables())
def test_nor_by_someone_who_knows_his_own_row(table: dict[Place, Cell]) -> None:
    def mine(place: Place) -> bool:
        return place[0] == 0

    shown = suppress(table, open_to=mine)
    assert not any(isinstance(cell, Suppressed) for place, cell in shown.items() if mine(place))
    for place, width in _widths(table, shown, mine):
        assert width > 0.5, place


@settings(max_examples=150, deadline=None)
@given(tables())
def test_small_cells_and_small_sums_of_withheld_cells_are_never_readable(table: dict[Place, Cell]) -> None:
    shown = suppress(table, threshold=3)
    for place, cell in table.items():
        assert isinstance(shown[place], Suppressed) or cell.contributors not in {1, 2}
    for line in _lines(table):
        hidden = [table[place].contributors for place in line if isinstance(shown[place], Suppressed)]
        rest = [place for place in line if place not in hidden and table[place].contributors]
        everything = all(isinstance(shown[place], Suppressed) for place in rest)
        assert not hidden or sum(hidden) >= 3 or everything


def test_a_row_with_one_small_cell_loses_a_second_and_keeps_its_total() -> None:
    cells = {("NB",): Cell(1, 1), ("GR",): Cell(5, 5), ("LI",): Cell(9, 9)}
    shown = suppress(_with_totals(cells))
    assert shown[("NB",)] == Suppressed(primary=True)
    assert shown[("GR",)] == Suppressed(primary=False)
    assert shown[("LI",)] == cells[("LI",)]
    assert shown[(TOTAL,)] == Cell(15, 15)


def test_two_small_cells_whose_sum_is_still_small_take_a_third_with_them() -> None:
    cells = {("NB",): Cell(1, 1), ("GR",): Cell(1, 1), ("LI",): Cell(9, 9), ("UT",): Cell(8, 8)}
    shown = suppress(_with_totals(cells))
    assert [p for p, cell in shown.items() if isinstance(cell, Suppressed)] == [("NB",), ("GR",), ("UT",)]


def test_without_a_total_nothing_can_be_subtracted_and_one_cell_is_enough() -> None:
    cells: dict[Place, Cell] = {("NB",): Cell(1, 1), ("GR",): Cell(5, 5)}
    shown = suppress(cells)
    assert shown == {("NB",): Suppressed(primary=True), ("GR",): Cell(5, 5)}


def test_an_agency_sees_its_own_small_cell_and_no_other() -> None:
    table = _with_totals({("bom", "NB"): Cell(1, 1), ("bom", "LI"): Cell(7, 7), ("nom", "GR"): Cell(2, 2)})
    shown = suppress(table, open_to=lambda place: place[0] == "bom")
    assert shown[("bom", "NB")] == Cell(1, 1)
    assert isinstance(shown[("nom", "GR")], Suppressed)
    assert isinstance(shown[(TOTAL, TOTAL)], Suppressed)  # total less one's own would be the other's


def test_a_cell_of_nobody_is_shown() -> None:
    assert suppress({("NB",): Cell(0, 0)}) == {("NB",): Cell(0, 0)}


@pytest.mark.parametrize(
    ("cell", "dominated"),
    [
        (Cell(100, 5, largest=80, second=10), True),  # more than 75% is one company's
        (Cell(100, 5, largest=60, second=38), True),  # the second knows the first to within 2 of 60
        (Cell(100, 5, largest=40, second=30), False),
        (Cell(0, 5), False),
    ],
)
def test_dominated_amounts_are_withheld(cell: Cell, dominated: bool) -> None:
    assert Dominance().applies(cell) is dominated
    shown = suppress({("NB",): cell, ("GR",): Cell(500, 9, 100, 90)}, dominance=Dominance())
    assert (shown[("NB",)] == Suppressed(primary=True)) is dominated


def test_what_is_not_for_the_viewer_is_withheld_and_cannot_be_subtracted() -> None:
    table = _with_totals({("bom",): Cell(40, 20), ("nom",): Cell(50, 30)})
    shown = suppress(table, open_to=lambda place: place == ("bom",), closed_to=lambda place: place == ("nom",))
    assert shown[("bom",)] == Cell(40, 20)
    assert shown[("nom",)] == Suppressed(primary=True)
    assert shown[(TOTAL,)] == Suppressed(primary=False)


def test_tables_of_three_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match="one or two dimensions"):
        suppress({("bom", 2023, "NB"): Cell(1, 1)})
    with pytest.raises(ValueError, match="the same for all"):
        suppress({("bom",): Cell(1, 1), ("bom", 2023): Cell(1, 1)})
