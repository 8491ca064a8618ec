"""From levels to totals, and from totals to how likely each register entry is the one.

Invariant: names of sister companies, or two legal forms, never make two one, whatever else they
share; sisters with one number between them are a doubt, not an answer.
"""

from __future__ import annotations

import math
from dataclasses import replace

import polars as pl

from schakel.register.matching.frequencies import BIT, FEWEST, limit
from schakel.register.matching.model import FIELDS, Model, Side

SISTER_MOST = -3 * BIT  # the highest total of sisters' names
SISTER_NUMBER = -1500  # ... when they share a number: less than even, but worth asking
MOST, ONE = 40 * BIT, 1 << 20  # what a score says at most here, and a chance of one as a whole number
NUMBER_LEAST = -11 * BIT  # what all else may say against two that share a number


def score(compared: pl.DataFrame, side: Side, many: int) -> pl.DataFrame:
    """``compared`` with the total of all fields, ``score``, in thousandths of a bit."""
    weights = [
        pl.col(field).replace_strict(dict(side.weights[field]), default=0, return_dtype=pl.Int64) for field in FIELDS
    ]
    bits = [pl.col(f"{field}_bits").cast(pl.Int64) for field in FIELDS]
    fields = pl.sum_horizontal(*weights, *bits) + side.prior
    number = side.weights["number"]
    same = (pl.col("number") == "same").fill_null(False)
    beside = pl.col("number").replace_strict({level: number[level] for level in ("slip", "differ")}, default=0)
    total = (
        pl.when(pl.col("sister") & same)
        .then(SISTER_NUMBER)
        .when(pl.col("sister") | ((pl.col("form") == "differ").fill_null(False) & ~same))
        .then(pl.min_horizontal(fields, SISTER_MOST))
        .when(same)
        .then(pl.max_horizontal(fields, NUMBER_LEAST) + limit(many) + number["same"])
        .otherwise(fields + beside)
    )
    return compared.with_columns(score=total.cast(pl.Int64))


def entry_side(model: Model, many: int) -> Side:
    """Weights against ``many`` entries. A prior not learned: that the register does not hold the organisation."""
    if model.entry.prior:
        return model.entry
    return replace(model.entry, prior=-round(BIT * math.log2((many + FEWEST) * model.absent / (1000 - model.absent))))


def record_side(model: Model, many: int) -> Side:
    """Weights among ``many`` records. A prior not learned: that each is told of about twice."""
    return model.record if model.record.prior else replace(model.record, prior=BIT - limit(many))


def rank_entries(scored: pl.DataFrame) -> pl.DataFrame:
    """``scored`` with place among the record's entries and odds against all others and none, in order of both.

    ``odds``: log2 of the odds that this entry is the one, in thousandths; no entry at all is one of
    the others, with a score of 0. ``lead``: score above the runner-up's, null where there is none.
    """
    # As whole numbers, so that a sum does not depend on the order of its terms.
    share = (pl.lit(2.0).pow(pl.col("score").clip(-MOST, MOST) / BIT) * ONE).round().cast(pl.Int128)
    others = pl.col("share").sum().over("a") + ONE - pl.col("share")
    odds = BIT * (_log2(pl.col("share")) - _log2(others))
    ordered = scored.sort("a", "score", "b", descending=[False, True, False]).with_columns(share=share)
    return ordered.with_columns(
        place_among=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("a"),
        lead=pl.col("score") - pl.col("score").shift(-1).over("a"),
        odds=odds.round().cast(pl.Int64),
    ).drop("share")


def _log2(share: pl.Expr) -> pl.Expr:
    return (share.cast(pl.Float64) + 1).log(2)
