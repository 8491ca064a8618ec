"""What of the lists that only counting needs can be counted: staff, the market, and deliveries for coverage."""

from __future__ import annotations

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.figures.facts import FactKind, register_fact
from schakel.figures.reading import HOME, frame, identity
from schakel.words import Words

_AGENCY = Words("de provincie van de ROM, waar die er één heeft", "the agency's province, where it has only one")

_STAFF = f"""
SELECT s.id AS record, a.slug AS agency, s.year, s.id AS thing, coalesce({HOME}, 'unknown') AS province,
       s.heads, (s.fte * 100)::bigint AS fte_hundredths
FROM figures_staff s JOIN network_party a ON a.id = s.owner_id
WHERE s.state <> 'withdrawn' AND s.year = s.period
"""

_MARKET = f"""
SELECT r.id AS record, '' AS agency, r.period AS year, r.date, r.id AS thing,
       {identity("organisation", "market_round", "r.id")} AS organisation,
       NULL::text AS postcode, r.city, NULL::text AS country, (r.amount * 100)::bigint AS amount, r.stage
FROM figures_marketround r
WHERE r.state <> 'withdrawn'
"""

# Every agency that was a member on a day of the year is expected to deliver, from its first year on
# and up to the last year for which anybody delivered.
_DELIVERIES = f"""
SELECT a.id AS record, a.slug AS agency, y.year::int AS year, a.id AS thing, coalesce({HOME}, 'unknown') AS province,
       CASE WHEN d.owner_id IS NULL THEN 'expected' ELSE 'delivered' END AS state
FROM (SELECT DISTINCT period AS year FROM intake_delivery WHERE state = 'accepted') y
JOIN network_membership m ON m.since < make_date(y.year + 1, 1, 1)
    AND (m.until IS NULL OR m.until > make_date(y.year, 1, 1))
JOIN network_party a ON a.id = m.party_id AND a.kind = 'agency'
LEFT JOIN (SELECT DISTINCT owner_id, period FROM intake_delivery WHERE state = 'accepted') d
    ON d.owner_id = a.id AND d.period = y.year
"""


def _read_staff(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _STAFF, STAFF.schema)


def _read_market(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _MARKET, MARKET_ROUND.schema)


def _read_deliveries(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _DELIVERIES, DELIVERY.schema)


STAFF = register_fact(
    FactKind(
        name="staff",
        record_kind="staff",
        labels=Words("personeelsopgave", "staff figure"),
        place_rule=_AGENCY,
        read=_read_staff,
        measures=("heads", "fte_hundredths"),
    )
)
MARKET_ROUND = register_fact(
    FactKind(
        name="market_round",
        record_kind="market_round",
        labels=Words("marktronde", "market round"),
        place_rule=Words("waar het bedrijf gevestigd is", "where the company is established"),
        read=_read_market,
        measures=("amount",),
        codes=("stage",),
    )
)
DELIVERY = register_fact(
    FactKind(
        name="delivery",
        record_kind="party",
        labels=Words("verwachte aanlevering", "expected delivery"),
        place_rule=_AGENCY,
        read=_read_deliveries,
        codes=("state",),
    )
)
