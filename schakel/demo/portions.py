"""Dividing a whole into uneven, lifelike portions that add up to it exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import TypeVar

_T = TypeVar("_T")


def spread(total: int, weights: Sequence[float], quantum: int = 1) -> list[int]:
    """``total`` in portions by ``weights``: multiples of ``quantum``, none zero, exactly adding up.

    Raises ValueError if the total is no multiple of the quantum or too small for a quantum each.
    """
    units, rest = divmod(total, quantum)
    spare = units - len(weights)
    if rest or spare < 0:
        raise ValueError(f"{total} cannot be spread over {len(weights)} in steps of {quantum}")
    whole = sum(weights)
    edges = [0.0]
    for weight in weights:
        edges.append(edges[-1] + weight / whole)
    cuts = [round(spare * edge) for edge in edges]
    cuts[-1] = spare
    return [(1 + later - earlier) * quantum for earlier, later in pairwise(cuts)]


def spread_by(total: int, weights: dict[str, float], quantum: int = 1) -> dict[str, int]:
    """As `spread`, by name."""
    return dict(zip(weights, spread(total, list(weights.values()), quantum), strict=True))


def uneven(count: int, chance: Random, sigma: float = 0.8) -> list[float]:
    """``count`` weights as amounts of money have them: many small, few large."""
    return [chance.lognormvariate(0, sigma) for _ in range(count)]


def jitter(weights: dict[str, float], chance: Random, by: float = 0.2) -> dict[str, float]:
    """The same weights, each up to ``by`` (a share) more or less."""
    return {name: weight * chance.uniform(1 - by, 1 + by) for name, weight in weights.items()}


def day_of(year: int, chance: Random, months: tuple[int, int] = (1, 12)) -> date:
    """A working day of ``year`` from the first to the last of ``months``."""
    first, last = months
    day = date(year, chance.randint(first, last), chance.randint(1, 28))
    return day - timedelta(days=max(0, day.weekday() - 4)) if day.day > 2 else day


def pick(items: Iterable[_T], count: int, chance: Random) -> list[_T]:
    """``count`` different items, in a random order; all of them if there are fewer."""
    pool = list(items)
    return chance.sample(pool, min(count, len(pool)))
