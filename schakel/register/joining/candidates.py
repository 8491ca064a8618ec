"""Which pairs are worth comparing: those that share a number, a name with a place, or an address.

All blocking happens in polars; what comes out is small enough to look at pair by pair.
"""

from __future__ import annotations

import polars as pl

CROWD = 60  # more than so many names at one postcode is a business centre: there only exact names count


def pairs(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Pairs of ids [a, b] of ``left`` and ``right`` that share any of the blocking keys.

    Both frames have: id, kvk, rsin, name_key, postcode, district, city.
    """
    blocks = [
        _share(left, right, ["kvk"]),
        _share(left, right, ["rsin"]),
        _share(left, right, ["name_key", "city"]),
        _share(left, right, ["name_key", "district"]),
        _share(_sparse(left), _sparse(right), ["postcode"]),
        _share(_words(left), _rare(_words(right)), ["word", "city"]),
    ]
    return pl.concat(blocks).unique().sort("a", "b")


FEW = 10  # so many names with one word in one place are still worth comparing


def _share(left: pl.DataFrame, right: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    a = left.select(pl.col("id").alias("a"), *keys).drop_nulls().unique()
    b = right.select(pl.col("id").alias("b"), *keys).drop_nulls().unique()
    return a.join(b, on=keys).select("a", "b").filter(pl.col("a") != pl.col("b"))


def _sparse(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("id").n_unique().over("postcode") <= CROWD)


def sole(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Pairs [a, b] that share a name which only one of ``right`` bears."""
    alone = right.filter(pl.col("id").n_unique().over("name_key") == 1)
    return _share(left, alone, ["name_key"]).unique().sort("a", "b")


def _words(frame: pl.DataFrame) -> pl.DataFrame:
    words = pl.col("spelled").str.split(" ").list.unique()
    return frame.with_columns(words.alias("word")).explode("word").filter(pl.col("word").str.len_chars() >= 3)


def _rare(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("id").n_unique().over("word", "city") <= FEW)
