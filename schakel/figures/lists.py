"""What of the lists that only counting needs can be counted: staff, the market, and deliveries for coverage."""

from __future__ import annotations

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.figures.facts import FactKind, register_fact
from schakel.figures.reading import HOME, frame, identified
from schakel.intake.kinds import optional_kinds
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
       {identified("organisation", "market_round", "r.id", "organisation")},
       NULL::text AS at_postcode, r.city AS at_city, NULL::text AS at_country,
       (r.amount * 100)::bigint AS amount, r.stage
FROM figures_marketround r
WHERE r.state <> 'withdrawn'
"""

# For a year that the secretariat collects, what it expects of whom; for any other, every agency that was a member on a
# day of the year is expected to deliver each kind that any agency delivered for it. What was delivered counts anyway;
# but for an optional kind, which counts only where the secretariat asked for it: one agency that keeps such a list
# makes no other late, and is itself no more complete by it.
_DELIVERIES = f"""
WITH delivered AS (
    SELECT DISTINCT d.owner_id, d.period AS year, t.kind, t.kind = ANY(%(optional)s) AS optional
    FROM intake_delivery d JOIN intake_deliveredtable t ON t.delivery_id = d.id
    JOIN network_party p ON p.id = d.owner_id AND p.kind = 'agency'
    WHERE d.state = 'accepted'
), expected AS (
    SELECT e.owner_id, e.period AS year, e.kind
    FROM intake_expectation e JOIN intake_collectionyear c ON c.period = e.period
    WHERE NOT e.exempt AND e.period IN (SELECT year FROM delivered)
    UNION
    SELECT a.id, y.year, y.kind
    FROM (SELECT DISTINCT year, kind FROM delivered WHERE NOT optional) y
    JOIN network_party a ON a.kind = 'agency' AND EXISTS (
        SELECT 1 FROM network_membership m WHERE m.party_id = a.id AND m.since < make_date(y.year + 1, 1, 1)
        AND (m.until IS NULL OR m.until > make_date(y.year, 1, 1))
    )
    WHERE y.year NOT IN (SELECT period FROM intake_collectionyear)
    UNION
    SELECT owner_id, year, kind FROM delivered
    WHERE NOT optional AND year IN (SELECT period FROM intake_collectionyear)
)
SELECT row_number() OVER (ORDER BY x.year, x.kind, a.id) AS record, a.slug AS agency, x.year, a.id AS thing,
       coalesce({HOME}, 'unknown') AS province,
       x.kind, CASE WHEN d.owner_id IS NULL THEN 'expected' ELSE 'delivered' END AS state
FROM expected x
JOIN network_party a ON a.id = x.owner_id AND a.kind = 'agency'
LEFT JOIN delivered d ON d.owner_id = x.owner_id AND d.year = x.year AND d.kind = x.kind
"""


def _read_staff(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _STAFF, STAFF.schema)


def _read_market(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _MARKET, MARKET_ROUND.schema)


def _read_deliveries(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _DELIVERIES, DELIVERY.schema, {"optional": list(optional_kinds())})


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
        joined={"organisation": ("organisation", "market_round")},
    )
)
DELIVERY = register_fact(
    FactKind(
        name="delivery",
        record_kind="party",
        labels=Words("verwachte aanlevering", "expected delivery"),
        place_rule=_AGENCY,
        read=_read_deliveries,
        codes=("kind", "state"),
        of_records=False,
    )
)
