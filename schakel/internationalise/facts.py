"""What of internationalising can be counted: foreign cases and trade activities."""

from __future__ import annotations

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.figures.facts import ORGANISATIONS, FactKind, register_fact
from schakel.figures.pipeline import PipelineKind, register_pipeline
from schakel.figures.reading import HOME, frame, identified, leading
from schakel.words import Words

# A company with only a foreign parent has no Dutch address yet: it lands in the province of its agency.
_CASES = f"""
SELECT c.id AS record, a.slug AS agency, c.period AS year, c.date,
       {identified("foreign_case", "foreign_case", "c.id", "thing")},
       {identified("organisation", "organisation", "o.id", "organisation")},
       {leading("foreign_case", "foreign_case", "c.id")} AS leading,
       o.postcode AS at_postcode, o.city AS at_city, o.country AS at_country,
       {HOME} AS home,
       (c.capex * 100)::bigint AS capex, c.jobs_created, c.jobs_retained,
       c.kind, CASE WHEN c.confirmed_on IS NULL THEN 'stated' ELSE 'confirmed' END AS evidence, c.origin
FROM internationalise_foreigncase c
JOIN network_party a ON a.id = c.owner_id
JOIN register_organisation o ON o.id = c.organisation_id
WHERE c.state <> 'withdrawn'
"""

_ACTIVITIES = f"""
SELECT e.id AS record, a.slug AS agency, e.period AS year, e.start AS date,
       {identified("trade_activity", "trade_activity", "e.id", "thing")},
       {leading("trade_activity", "trade_activity", "e.id")} AS leading,
       NULL::text AS at_postcode, e.city AS at_city, e.country AS at_country, t.participants, t.kind, e.country
FROM internationalise_tradeactivity t
JOIN events_event e ON e.id = t.event_id
JOIN network_party a ON a.id = e.owner_id
WHERE e.state <> 'withdrawn'
"""


def _read_cases(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _CASES, FOREIGN_CASE.schema)


def _read_activities(database: BaseDatabaseWrapper) -> pl.DataFrame:
    return frame(database, _ACTIVITIES, TRADE_ACTIVITY.schema)


FOREIGN_CASE = register_fact(
    FactKind(
        name="foreign_case",
        record_kind="foreign_case",
        labels=Words("acquisitieproject", "foreign case"),
        place_rule=Words(
            "het Nederlandse adres van het bedrijf; is dat er niet, dan de provincie van de ROM waar die er één heeft",
            "the company's Dutch address; where there is none, the agency's province if it has only one",
        ),
        read=_read_cases,
        measures=("capex", "jobs_created", "jobs_retained"),
        codes=("kind", "evidence", "origin"),
        joined={"thing": ("foreign_case", "foreign_case"), "organisation": ORGANISATIONS},
    )
)
TRADE_ACTIVITY = register_fact(
    FactKind(
        name="trade_activity",
        record_kind="trade_activity",
        labels=Words("handelsactiviteit", "trade activity"),
        place_rule=Words("waar de activiteit was", "where the activity was held"),
        read=_read_activities,
        measures=("participants",),
        codes=("kind", "country"),
        joined={"thing": ("trade_activity", "trade_activity")},
    )
)
PIPELINE = register_pipeline(
    PipelineKind(
        name="foreign_case",
        labels=Words("acquisitieprojecten zonder besluit", "foreign cases not decided"),
        indicators=("foreign_companies", "foreign_investment_3y_eur", "jobs_created", "jobs_retained"),
        none_because=Words(
            "Geleverd worden acquisitieprojecten waarover is besloten; lopende worden niet geleverd.",
            "What is delivered are foreign cases that were decided; those that run are not delivered.",
        ),
    )
)
