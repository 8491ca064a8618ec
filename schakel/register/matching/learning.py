"""Learning weights from pairs of which it is known, or as good as known, whether they are one.

Witnesses: two statements with one official number are one organisation, with two numbers more than
a slip apart two; sisters' and mistyped numbers are the few that err. The number itself is no part
of what is learned. Logistic regression on the levels, drawn towards the weights there were, so that
few witnesses change little. Pairs alike in all levels count as one pattern with its number.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import polars as pl

from schakel.register.matching.frequencies import BIT
from schakel.register.matching.model import FIELDS, Side

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
FEWEST = 200  # witnesses; with fewer there is nothing to learn
PULL = 0.5  # how strongly weights hold to what they were: one squared bit is so much likelihood
ROUNDS, STEP, CLOSE = 40, 3.0, 0.05
COARSE = 1000  # thousandths of a bit; totals of shared values are learned from in such steps

# Pairs that only a number brought together would never have met without one: no witnesses.
_AT_HOME = ("address/other", "postcode/other", "beside/other", "street/other")
_ONE_SITE = ("same/other", "named/other", "label/other", "name/other")
_BY_NUMBER = (
    (pl.col("name") == "other")
    & ~pl.col("place").is_in(_AT_HOME).fill_null(False)
    & ~pl.col("web").is_in(_ONE_SITE).fill_null(False)
)


def learned(compared: pl.DataFrame, side: Side, *, fewest: int = FEWEST) -> Side:
    """``side`` with weights and prior that fit the pairs ``compared``.

    ``side`` itself where fewer than ``fewest`` of them are surely one, or surely two.
    """
    seen = _witnesses(compared)
    if seen["same"].sum() < fewest or seen["differ"].sum() < fewest:
        return side
    levels = [(field, level) for field in FIELDS for level in sorted(side.weights[field])]
    was = np.array([side.weights[field][level] for field, level in levels] + [side.prior]) / BIT
    now = _fitted(_places(seen, levels), was, seen)
    weights = {field: dict(kept) for field, kept in side.weights.items()}
    for (field, level), weight in zip(levels, now, strict=False):
        weights[field][level] = round(BIT * float(weight))
    return Side(weights, round(BIT * float(now[-1])))


def _witnesses(compared: pl.DataFrame) -> pl.DataFrame:
    """[*FIELDS, bits, same, differ]: of each pattern how many pairs have one number, and how many have two."""
    said = pl.sum_horizontal(f"{field}_bits" for field in FIELDS)
    kept = compared.filter(pl.col("number").is_in(["same", "differ"]) & ~_BY_NUMBER)
    patterns = kept.select(*FIELDS, "number", bits=said // COARSE * COARSE).group_by(*FIELDS, "bits")
    seen = patterns.agg(same=(pl.col("number") == "same").sum(), differ=(pl.col("number") == "differ").sum())
    return seen.sort(*FIELDS, "bits", nulls_last=True)


def _places(seen: pl.DataFrame, levels: list[tuple[str, str]]) -> Ints:
    """A row a field and one for the prior: the place of each pattern's level among ``levels``, beyond all for none."""
    beyond = len(levels) + 1
    rows = []
    for field in FIELDS:
        places = {level: place for place, (of, level) in enumerate(levels) if of == field}
        rows.append(seen[field].replace_strict(places, default=beyond, return_dtype=pl.Int64).to_numpy())
    return np.array([*rows, np.full(len(seen), len(levels))])


def _fitted(at: Ints, was: Floats, seen: pl.DataFrame) -> Floats:
    """The weights that fit. A pattern has one level a field, so all products are sums by place.

    Not as products of matrices: what those give hangs in the last digit on the number of cores.
    """
    same, differ = (seen[side].to_numpy().astype(np.float64) for side in ("same", "differ"))
    said = seen["bits"].to_numpy().astype(np.float64) / BIT
    size = len(was) + 1
    met = [one * size + other for one in at for other in at]
    now = was.copy()
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp2(-np.clip(np.append(now, 0.0)[at].sum(axis=0) + said, -60, 60)))
        spread = np.maximum(chance * (1 - chance), 1e-4) * (same + differ)
        bends = sum((np.bincount(both, spread, size * size) for both in met), np.zeros(size * size))
        bend = bends.reshape(size, size)[:-1, :-1] * math.log(2) ** 2 + PULL * np.eye(len(now))
        missed = same - chance * (same + differ)
        slopes = sum((np.bincount(row, missed, size) for row in at), np.zeros(size))
        slope = slopes[:-1] * math.log(2) - PULL * (now - was)
        step = np.linalg.solve(bend, slope)
        now += step * min(1.0, STEP / float(np.abs(step).max()))
        if float(np.abs(step).max()) < CLOSE:
            break
    return now
