"""Rounds have identity: investments of several agencies in one raising of capital."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.invest.rounds import near_rounds, rounds
from schakel.register.ledger.lines import Record
from schakel.register.linking import Found, Joinable, Known, Says, cards_from, identities_of, register_joinable, rows

_INVESTMENTS = """
SELECT id, owner_id, organisation_id, date FROM invest_investment WHERE state <> 'withdrawn' ORDER BY id
"""
_COLUMNS = {"record": pl.Int64, "owner": pl.Int64, "organisation": pl.Int64, "date": pl.Date}


_CARD = """
SELECT i.id, o.name, i.date, a.name, o.name, o.city
FROM invest_investment i JOIN network_party a ON a.id = i.owner_id
JOIN register_organisation o ON o.id = i.organisation_id
WHERE i.id = ANY(%s)
"""


def _join(database: BaseDatabaseWrapper, _known: Known) -> Found:
    companies = identities_of(database, "organisation", "organisation").rename(
        {"record": "organisation", "cluster": "company"}
    )
    investments = rows(database, _INVESTMENTS, _COLUMNS).join(companies, on="organisation", how="left")
    found = rounds(investments.select("record", "company", "date")).join(investments, on="record")
    alone = pl.len().over("round") == 1
    joined = found.select(
        pl.lit("investment").alias("record_kind"),
        "record",
        "owner",
        pl.col("round").alias("cluster"),
        pl.when(alone).then(pl.lit("alone")).otherwise(pl.lit("company-60-days")).alias("rule"),
        pl.col("date").cast(pl.String).alias("evidence"),
    )
    doubtful = near_rounds(found.select("record", "company", "date", "round")).select(
        kind_a=pl.lit("investment"),
        record_a=pl.col("one"),
        kind_b=pl.lit("investment"),
        record_b=pl.col("other"),
        score=pl.lit(None, pl.Int64),
        reasons=pl.lit(["dates-differ"]),
        gain=pl.lit(800, pl.Int64),
    )
    return Found(joined=joined, doubtful=doubtful)


def _cards(database: BaseDatabaseWrapper, records: Iterable[Record]) -> Mapping[Record, Says]:
    return cards_from(database, "investment", _CARD, ("title", "start", "agency", "lead", "place"), records)


ROUND = register_joinable(Joinable(thing="round", join=_join, after=("organisation",), cards=_cards, follows=True))
