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
BLOCK = 8_000_000  # words of bitmap held at once: 64 MB


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension: its name, the values it can have, and which of them each row has (0, 1 ...)."""

    name: str
    values: tuple[str | int, ...]
    codes: Whole


def added(axes: Sequence[Axis], amounts: Whole | None, rows: int) -> npt.NDArray[np.int64]:
    """The sum of ``amounts`` (or the number of rows, where None) in each finest cell."""
    shape = tuple(len(axis.values) for axis in axes)
    cell = _cell(axes, rows)
    size = int(np.prod(shape, dtype=np.int64))
    if amounts is None:
        return np.bincount(cell, minlength=size).reshape(shape).astype(np.int64)
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, cell, amounts)
    return total.reshape(shape)


def _cell(axes: Sequence[Axis], rows: int) -> Whole:
    cell = np.zeros(rows, dtype=np.int64)
    for axis in axes:
        cell = cell * len(axis.values) + axis.codes
    return cell


def subtotals(
    array: npt.NDArray[np.int64], names: Sequence[str], fixed: Sequence[str] = ()
) -> Mapping[tuple[str, ...], npt.NDArray[np.int64]]:
    """``array`` added up over each set of its axes but the ``fixed``; keys are the names that stay."""
    return dict(_rolled(array, tuple(names), 0, fixed, lambda part, axis: np.sum(part, axis=axis)))


def distinct(
    axes: Sequence[Axis], members: Whole, fixed: Sequence[str] = ()
) -> Mapping[tuple[str, ...], npt.NDArray[np.int64]]:
    """How many distinct ``members`` (any whole numbers) the rows of each cell of each subtotal have."""
    order, width = _dense(members)
    shape = tuple(len(axis.values) for axis in axes)
    cells = int(np.prod(shape, dtype=np.int64))
    words = max(1, min(-(-width // 64), BLOCK // max(1, cells)))
    cell = _cell(axes, len(members))
    names = tuple(axis.name for axis in axes)
    totals: dict[tuple[str, ...], npt.NDArray[np.int64]] = {}
    for start in range(0, max(width, 1), words * 64):
        here = slice(None) if width <= words * 64 else (order >= start) & (order < start + words * 64)
        bitmap = _bitmap(cell[here], order[here] - start, cells, words).reshape(*shape, words)
        for kept, union in _rolled(bitmap, names, 0, fixed, lambda part, axis: np.bitwise_or.reduce(part, axis=axis)):
            count = np.bitwise_count(union).sum(axis=-1, dtype=np.int64)
            totals[kept] = totals[kept] + count if kept in totals else count
    return totals


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
