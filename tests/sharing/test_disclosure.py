"""No withheld figure can be computed from those that stay visible: also not by someone who solves equations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from schakel.sharing.disclosure import Layer, Place, Rule, Shares, withhold
from schakel.sharing.rounds import Crossing

COUNTS, AMOUNTS = Rule(), Rule(amounts=True)
FAR = 1e7


@st.composite
def layers(draw: st.DrawFn, *, dimensions: int) -> list[Layer]:
    """Companies and their euros in a few cells: the same companies in both."""
    sizes = [draw(st.integers(1, 4)) for _ in range(dimensions)]
    counts: dict[Place, Shares] = {}
    amounts: dict[Place, Shares] = {}
    for number in range(int(np.prod(sizes))):
        place = tuple(int(part) for part in np.unravel_index(number, sizes))
        people = draw(st.lists(st.integers(1, 100), max_size=6))
        if people:
            counts[place] = {(place, who): 1 for who in range(len(people))}
            amounts[place] = {(place, who): amount for who, amount in enumerate(people)}
    return [Layer(counts, COUNTS), Layer(amounts, AMOUNTS)]


def _along(layer: Layer, axis: int) -> Layer:
    """The table of one dimension of a table of two."""
    cells: dict[Place, dict[object, float]] = defaultdict(dict)
    for place, shares in layer.cells.items():
        cells[(place[axis],)].update(shares)
    return Layer(cells, layer.rule)


def _widths(
    values: Mapping[Place, float], hidden: set[Place], lines: list[set[Place]]
) -> Iterator[tuple[Place, float]]:
    """How much more each withheld cell could be, where each of ``lines`` adds up to something that is known."""
    unknown = sorted(hidden)
    equations = [[float(place in line) for place in unknown] for line in lines]
    sums = [sum(values.get(place, 0) for place in line & hidden) for line in lines]
    for number, place in enumerate(unknown):
        goal = np.zeros(len(unknown))
        goal[number] = -1
        found = linprog(goal, A_eq=equations or None, b_eq=sums or None, bounds=[(0, FAR)] * len(unknown))
        yield place, -found.fun - values.get(place, 0)


@given(layers(dimensions=1))
def test_in_a_row_with_a_total_each_withheld_figure_could_be_more_by_what_protects_it(table: list[Layer]) -> None:
    hidden = withhold(table)
    everything = {place for layer in table for place in layer.cells}
    for layer in table:
        if layer.unsafe_together(everything):
            continue  # then the total itself is withheld
        assert not layer.unsafe_together(hidden)
        for place, more in _widths(layer.values, hidden, [everything]):
            assert not layer.unsafe(place) or more > layer.rule.protection(layer.cells[place]) - 1e-6


@given(layers(dimensions=2))
def test_in_a_table_with_totals_each_withheld_figure_could_be_more_by_what_protects_it(table: list[Layer]) -> None:
    lines = [[_along(layer, axis) for layer in table] for axis in (0, 1)]
    everything = {place for layer in table for place in layer.cells}
    if any(layer.unsafe_together(everything) for layer in table):
        return
    rows, columns = ({place[0] for place in withhold(line)} for line in lines)
    hidden = Crossing(table, rows, columns).withhold()
    if hidden is None:
        return
    known = [
        {place for place in everything if place[axis] in values}
        for axis, withheld in enumerate((rows, columns))
        for values in [withheld, *({place[axis]} for place in everything if place[axis] not in withheld)]
    ]
    for layer in table:
        for place, more in _widths(layer.values, hidden, known):
            assert not layer.unsafe(place) or more > layer.rule.protection(layer.cells[place]) - 1e-6


def _row(*companies: int) -> list[Layer]:
    """A row with so many companies in each cell."""
    return [Layer({(at,): {(at, who): 1 for who in range(many)} for at, many in enumerate(companies)}, COUNTS)]


def test_a_row_with_one_small_cell_loses_the_cheapest_other() -> None:
    assert withhold(_row(1, 5, 9)) == {(0,), (1,)}


def test_what_is_withheld_together_is_of_enough_companies() -> None:
    assert withhold(_row(1, 1, 9, 8)) == {(0,), (1,), (3,)}


def test_the_same_company_in_two_cells_is_one() -> None:
    twice = Layer(
        {("NB",): {7: 1}, ("GR",): {7: 1, 8: 1}, ("LI",): {1: 1, 2: 1, 3: 1}, ("UT",): {1: 1, 9: 1, 4: 1}}, COUNTS
    )
    assert withhold([twice]) == {("NB",), ("GR",), ("LI",)}


def test_nothing_small_nothing_withheld() -> None:
    assert withhold(_row(3, 4, 9)) == set()


def test_what_was_withheld_before_stays_so() -> None:
    assert withhold(_row(3, 4, 9), {(2,)}) == {(2,)}


def test_a_count_is_withheld_where_another_of_the_same_list_is_too_small() -> None:
    (companies,), leaders = _row(5, 5, 5), Layer({(0,): {1: 1}, (1,): {2: 1, 3: 1, 4: 1}}, COUNTS)
    assert withhold([companies, leaders]) == {(0,), (1,)}


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ({1: 80, 2: 10, 3: 5, 4: 5}, True),  # more than 75% is one company's
        ({1: 60, 2: 38, 3: 2}, True),  # the second knows the first to within 2 of 60
        ({1: 40, 2: 30, 3: 30}, False),
        ({1: 0, 2: 0, 3: 0}, False),
        ({1: 100, 2: 0, 3: 0}, True),  # two of the three have nothing
        ({1: 50, 2: 50}, True),
        ({}, False),
    ],
)
def test_amounts_that_one_or_two_nearly_make_up_say_too_much(shares: Shares, says: bool) -> None:
    assert AMOUNTS.says_too_much(shares) is says
    assert COUNTS.says_too_much(shares) is (0 < len(shares) < 3)


def _table(*rows: tuple[int, ...]) -> list[Layer]:
    cells = {
        (r, c): {(r, c, who): 1 for who in range(many)} for r, row in enumerate(rows) for c, many in enumerate(row)
    }
    return [Layer({place: shares for place, shares in cells.items() if shares}, COUNTS)]


def test_a_small_cell_of_a_table_is_hidden_by_a_round_of_four() -> None:
    table = _table((1, 6, 9), (7, 8, 9), (9, 9, 9))
    assert Crossing(table, set(), set()).withhold() == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_where_no_round_is_the_whole_table_is_withheld() -> None:
    assert Crossing(_table((1, 6), (0, 8)), set(), set()).withhold() is None


def test_a_row_that_was_withheld_is_so_in_all_its_cells() -> None:
    table = _table((1, 1), (4, 5), (9, 9))
    hidden = Crossing(table, {0, 1}, set()).withhold()
    assert hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}
