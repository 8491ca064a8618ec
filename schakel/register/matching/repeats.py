"""Records that say the same in every respect: compared once, answered each.

A record that stands unchanged in ten years' deliveries is one statement. Not so where people judged
it, or where those that say the same stand in different identities.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from schakel.register.matching.matched import Matched

NOT_SAID = ("record", "year")


def heads(records: pl.DataFrame, judged: pl.DataFrame, standing: pl.DataFrame) -> pl.DataFrame:
    """[record, head]: the lowest record that says the same; itself where there is none."""
    said = [column for column in records.columns if column not in NOT_SAID]
    known = records.join(standing, on="record", how="left").with_columns(
        pl.col("record").is_in(pl.concat([judged["a"], judged["b"]]).implode()).alias("judged")
    )
    same = known.with_columns(
        pl.col("record").min().over(said).alias("head"),
        (pl.col("judged").any() | (pl.col("identity").drop_nulls().n_unique() > 1)).over(said).alias("own"),
    )
    return same.select("record", pl.when("own").then("record").otherwise("head").alias("head")).sort("record")


def of_heads(standing: pl.DataFrame, heads: pl.DataFrame) -> pl.DataFrame:
    """``standing`` for the heads alone: a head stands where any that says the same does."""
    return standing.join(heads, on="record").select(pl.col("head").alias("record"), "identity").unique().sort("record")


def told(found: Matched, heads: pl.DataFrame) -> Matched:
    """``found`` with an answer for each record: that of its head."""
    answers = heads.join(found.answers, left_on="head", right_on="record").drop("head")
    return replace(found, answers=answers.sort("record"))
