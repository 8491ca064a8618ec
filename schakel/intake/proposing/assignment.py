"""The best one-to-one assignment, by the Hungarian method (Kuhn 1955, in the form of Jonker and Volgenant)."""

from __future__ import annotations

from collections.abc import Sequence

INFINITY = float("inf")


def assign(gains: Sequence[Sequence[float]]) -> list[int]:
    """For each row the column that makes the sum of gains greatest, -1 where leaving it out is better (gain 0).

    >>> assign([[3.0, 2.0], [3.0, -1.0]])
    [1, 0]
    >>> assign([[-1.0]])
    [-1]
    """
    if not gains:
        return []
    width = len(gains[0])
    # each row may also go to a place of its own that gains nothing
    costs = [[-max(gain, 0.0) for gain in row] + [0.0] * len(gains) for row in gains]
    places = _cheapest(costs)
    return [place if place < width and gains[row][place] > 0 else -1 for row, place in enumerate(places)]


def _cheapest(costs: list[list[float]]) -> list[int]:
    rows, width = len(costs), len(costs[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (width + 1)
    taken = [0] * (width + 1)  # by which row (from 1) each column (from 1) is taken
    for row in range(1, rows + 1):
        taken[0] = row
        way = _augment(costs, taken, row_price, column_price)
        at = way[0]
        while at:
            previous = way[at]
            taken[at] = taken[previous]
            at = previous
    places = [-1] * rows
    for column in range(1, width + 1):
        if taken[column]:
            places[taken[column] - 1] = column - 1
    return places


def _augment(
    costs: list[list[float]], taken: list[int], row_price: list[float], column_price: list[float]
) -> list[int]:
    """Find the shortest way to a free column; way[0] is that column, way[c] the column before c on it."""
    width = len(costs[0])
    least, way, seen = [INFINITY] * (width + 1), [0] * (width + 1), [False] * (width + 1)
    at = 0
    while True:
        seen[at] = True
        row, step, following = taken[at], INFINITY, 0
        for column in range(1, width + 1):
            if not seen[column]:
                price = costs[row - 1][column - 1] - row_price[row] - column_price[column]
                if price < least[column]:
                    least[column], way[column] = price, at
                if least[column] < step:
                    step, following = least[column], column
        for column in range(width + 1):
            if seen[column]:
                row_price[taken[column]] += step
                column_price[column] -= step
            else:
                least[column] -= step
        at = following
        if not taken[at]:
            way[0] = at
            return way
