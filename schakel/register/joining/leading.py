"""Whose statement counts when several agencies tell of one thing.

The rule: the agency in whose area the lead organisation lies, if it tells of the thing; else the
record that names most partners; then the owner first in alphabetical order; then the lowest record.
"""

from __future__ import annotations

import polars as pl


def leading(records: pl.DataFrame) -> pl.DataFrame:
    """[record, leading]: for each cluster and year the one record whose statements count.

    ``records``: record, cluster, owner, year, together_with (slugs), home (slugs of the agencies in
    whose area the lead organisation lies; null or empty where unknown). Sorted by record.
    """
    at_home = pl.col("home").fill_null([]).list.contains(pl.col("owner"))
    ranked = records.with_columns(
        at_home.alias("at_home"), pl.col("together_with").fill_null([]).list.len().alias("partners")
    ).sort("at_home", "partners", "owner", "record", descending=[True, True, False, False])
    first = ranked.group_by("cluster", "year", maintain_order=True).first().select("record")
    return records.select("record", pl.col("record").is_in(first["record"].implode()).alias("leading")).sort("record")


def differing(records: pl.DataFrame, leads: pl.DataFrame, value: str) -> pl.DataFrame:
    """Statements of ``value`` that differ from the leading one: cluster, year, record, owner, stated, counted.

    ``records``: record, cluster, owner, year and ``value``; ``leads``: from `leading`. Statements
    left empty differ from nothing. One row a record that is not counted; sorted by record.
    """
    known = records.join(leads, on="record")
    counted = known.filter("leading").select("cluster", "year", pl.col(value).alias("counted"))
    others = known.filter(~pl.col("leading")).join(counted, on=["cluster", "year"])
    different = others.filter(pl.col(value) != pl.col("counted"))
    return different.select("cluster", "year", "record", "owner", pl.col(value).alias("stated"), "counted").sort(
        "record"
    )
