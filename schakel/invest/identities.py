"""Rounds have identity: investments of several agencies in one raising of capital."""

from __future__ import annotations

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.invest.rounds import rounds
from schakel.register.linking import Joinable, identities_of, register_joinable, rows

_INVESTMENTS = """
SELECT id, owner_id, organisation_id, date FROM invest_investment WHERE state <> 'withdrawn' ORDER BY id
"""
_COLUMNS = {"record": pl.Int64, "owner": pl.Int64, "organisation": pl.Int64, "date": pl.Date}


def _join(database: BaseDatabaseWrapper) -> pl.DataFrame:
    companies = identities_of(database, "organisation", "organisation").rename(
        {"record": "organisation", "cluster": "company"}
    )
    investments = rows(database, _INVESTMENTS, _COLUMNS).join(companies, on="organisation", how="left")
    found = rounds(investments.select("record", "company", "date")).join(investments, on="record")
    alone = pl.len().over("round") == 1
    return found.select(
        pl.lit("investment").alias("record_kind"),
        "record",
        "owner",
        pl.col("round").alias("cluster"),
        pl.when(alone).then(pl.lit("alone")).otherwise(pl.lit("company-60-days")).alias("rule"),
        pl.col("date").cast(pl.String).alias("evidence"),
        pl.lit(True).alias("leading"),
    )


ROUND = register_joinable(Joinable(thing="round", join=_join, after=("organisation",)))
