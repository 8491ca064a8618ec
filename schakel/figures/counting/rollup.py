"""Adding up: units with a place along dimensions, into every subtotal, exactly.

Sums and numbers of units are added in dense arrays of whole numbers. Distinct contributors do not
add: each finest cell has a bitmap of them, and a subtotal is the union of its cells' bitmaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Table = TypeVar("Table", Whole, Words)
Subtotals = Mapping[tuple[str, ...], Whole]
"""An array for each set of axes that stays, by the names of those axes."""
EXACT = 1 << 53  # whole numbers below this are exact as floats
BLOCK = 8_000_000  # words of bitmap held at once: 64 MB


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension: its name, the values it can have, and which of them each row has (0, 1 ...)."""

    name: str
    values: tuple[str | int, ...]
    codes: Whole


@dataclass(frozen=True, slots=True)
class Grid:
    """The finest cells that rows lie in: their names and number along each axis, and each row's cell."""

    names: tuple[str, ...]
    shape: tuple[int, ...]
    cell: Whole

    @classmethod
    def of(cls, axes: Sequence[Axis], rows: int) -> Grid:
        """The grid that ``axes`` span, for this many rows."""
        cell = np.zeros(rows, dtype=np.int64)
        for axis in axes:
            cell *= len(axis.values)
            cell += axis.codes
        return cls(tuple(axis.name for axis in axes), tuple(len(axis.values) for axis in axes), cell)

    @property
    def size(self) -> int:
        """How many finest cells there are."""
        return int(np.prod(self.shape, dtype=np.int64))

    def added(self, amounts: Whole | None, fixed: Sequence[str] = ()) -> Subtotals:
        """The sum of ``amounts`` (the number of rows, where None) over each set of axes but the ``fixed``."""
        return dict(
            _rolled(
                self._finest(amounts).reshape(self.shape), self.names, 0, fixed, lambda part, axis: part.sum(axis=axis)
            )
        )

    def _finest(self, amounts: Whole | None) -> Whole:
        """Sums in the finest cells; by way of floats, which is quicker, where those hold every sum exactly."""
        if amounts is None:
            return np.bincount(self.cell, minlength=self.size).astype(np.int64)
        if len(amounts) * int(np.abs(amounts).max(initial=0)) < EXACT:
            return np.bincount(self.cell, amounts, self.size).astype(np.int64)
        total = np.zeros(self.size, dtype=np.int64)
        np.add.at(total, self.cell, amounts)
        return total

    def distinct(self, members: Whole, fixed: Sequence[str] = ()) -> Subtotals:
        """How many distinct ``members`` (any whole numbers) the rows of each cell of each subtotal have."""
        order, width = _dense(members)
        words = max(1, min(-(-width // 64), BLOCK // max(1, self.size)))
        totals: dict[tuple[str, ...], Whole] = {}
        for start in range(0, max(width, 1), words * 64):
            here = slice(None) if width <= words * 64 else (order >= start) & (order < start + words * 64)
            bitmap = _bitmap(self.cell[here], order[here] - start, self.size, words).reshape(*self.shape, words)
            for kept, union in _rolled(bitmap, self.names, 0, fixed, _united):
                count = np.bitwise_count(union).sum(axis=-1, dtype=np.int64)
                totals[kept] = totals[kept] + count if kept in totals else count
        return totals


def _united(bitmap: Words, axis: int) -> Words:
    union: Words = np.bitwise_or.reduce(bitmap, axis=axis)
    return union


def _dense(members: Whole) -> tuple[Whole, int]:
    """Members as numbers from 0, and how many numbers that takes; as they are if they lie close together."""
    if not len(members):
        return members, 0
    low, high = int(members.min()), int(members.max())
    if high - low < 8 * len(members) + 1024:
        return members - low, high - low + 1
    values, order = np.unique(members, return_inverse=True)
    return order.astype(np.int64), len(values)


def _bitmap(cell: Whole, order: Whole, cells: int, words: int) -> Words:
    bitmap = np.zeros(cells * words, dtype=np.uint64)
    bit = np.left_shift(np.uint64(1), (order & 63).astype(np.uint64))
    np.bitwise_or.at(bitmap, cell * words + (order >> 6), bit)
    return bitmap


def _rolled(
    array: Table, names: tuple[str, ...], first: int, fixed: Sequence[str], fold: Callable[[Table, int], Table]
) -> Iterator[tuple[tuple[str, ...], Table]]:
    """Each subtotal once, folded from one with a single dimension more."""
    yield names, array
    for axis in range(first, len(names)):
        if names[axis] not in fixed:
            yield from _rolled(fold(array, axis), names[:axis] + names[axis + 1 :], axis, fixed, fold)
