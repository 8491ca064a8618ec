"""What of investing can be counted: investments, positions and funds."""

from __future__ import annotations

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.figures.facts import ORGANISATIONS, FactKind, register_fact
from schakel.figures.pipeline import PipelineKind, register_pipeline
from schakel.figures.reading import HOME, frame, identified
from schakel.words import Words

_COMPANY = Words("waar het bedrijf gevestigd is", "where the company is established")

# A converted loan is no new investment: its money was counted when it was lent.
_INVESTMENTS = f"""
SELECT i.id AS record, a.slug AS agency, i.period AS year, i.date, i.id AS thing,
       {identified("organisation", "organisation", "o.id", "organisation")},
       o.postcode AS at_postcode, o.city AS at_city, o.country AS at_country,
       (i.amount * 100)::bigint AS amount, {identified("round", "investment", "i.id", "round")},
       (i.round_size * 100)::bigint AS round_size, i.stage, i.type, i.instrument
FROM invest_investment i
JOIN network_party a ON a.id = i.owner_id
JOIN register_organisation o ON o.id = i.organisation_id
WHERE i.state <> 'withdrawn' AND i.type IS DISTINCT FROM 'conversion'
"""

_POSITIONS = f"""
SELECT p.id AS record, a.slug AS agency, p.period AS year, p.date, p.id AS thing,
       {identified("organisation", "organisation", "o.id", "organisation")},
       o.postcode AS at_postcode, o.city AS at_city, o.country AS at_country,
       (p.cost * 100)::bigint AS cost, (v.value * 100)::bigint AS value
FROM invest_position p
JOIN network_party a ON a.id = p.owner_id
JOIN register_organisation o ON o.id = p.organisation_id
LEFT JOIN invest_valuation v ON v.position_id = p.id
WHERE p.state <> 'withdrawn'
"""

_FUNDS = f"""
SELECT f.id AS record, a.slug AS agency, f.period AS year, f.id AS thing,
       coalesce({HOME}, 'unknown') AS province, (f.capital * 100)::bigint AS capital
FROM invest_fund f JOIN network_party a ON a.id = f.owner_id
WHERE f.state <> 'withdrawn'
"""


def _read_investments(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _INVESTMENTS, INVESTMENT.schema)


def _read_positions(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _POSITIONS, POSITION.schema)


def _read_funds(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _FUNDS, FUND.schema)


INVESTMENT = register_fact(
    FactKind(
        name="investment",
        record_kind="investment",
        labels=Words("investering", "investment"),
        place_rule=_COMPANY,
        read=_read_investments,
        measures=("amount", "round", "round_size"),
        codes=("stage", "type", "instrument"),
        identities=("round",),
        joined={"organisation": ORGANISATIONS, "round": ("round", "investment")},
    )
)
POSITION = register_fact(
    FactKind(
        name="position",
        record_kind="position",
        labels=Words("participatie", "position"),
        place_rule=_COMPANY,
        read=_read_positions,
        measures=("cost", "value"),
        joined={"organisation": ORGANISATIONS},
    )
)
FUND = register_fact(
    FactKind(
        name="fund",
        record_kind="fund",
        labels=Words("fonds", "fund"),
        place_rule=Words(
            "de provincie van de ROM, waar die er één heeft", "the agency's province, where it has only one"
        ),
        read=_read_funds,
        measures=("capital",),
    )
)
PIPELINE = register_pipeline(
    PipelineKind(
        name="investment",
        labels=Words("investeringen in voorbereiding", "investments in preparation"),
        indicators=("invested_eur", "companies_invested_in"),
        none_because=Words(
            "Geleverd worden investeringen die zijn gedaan; voornemens worden niet geleverd.",
            "What is delivered are investments that were made; intentions are not delivered.",
        ),
    )
)
