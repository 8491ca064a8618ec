"""Joining foreign cases and trade activities, read with the linker's rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.internationalise.joining import compare_foreign_cases, compare_trade_activities, leading
from schakel.register.joining.found import found, judged
from schakel.register.ledger.lines import Record
from schakel.register.linking import (
    Found,
    Joinable,
    Known,
    Says,
    Told,
    cards_from,
    homes,
    identities_of,
    register_joinable,
    rows,
)
from schakel.register.telling import differing_amounts, missing_partners

_CASES = """
SELECT c.id, c.owner_id, a.slug, c.period, c.number, c.date, (c.capex * 100)::bigint, c.origin, c.kind,
       coalesce(c.together_with, '{}'), c.organisation_id, o.name, o.postcode, o.city, o.country
FROM internationalise_foreigncase c JOIN network_party a ON a.id = c.owner_id
JOIN register_organisation o ON o.id = c.organisation_id
WHERE c.state <> 'withdrawn' ORDER BY c.id
"""
_CASE_COLUMNS = {
    "record": pl.Int64,
    "owner_id": pl.Int64,
    "owner": pl.String,
    "year": pl.Int32,
    "number": pl.String,
    "date": pl.Date,
    "capex": pl.Int64,
    "origin": pl.String,
    "kind": pl.String,
    "together_with": pl.List(pl.String),
    "company": pl.Int64,
    "title": pl.String,
    "postcode": pl.String,
    "city": pl.String,
    "country": pl.String,
}
_ACTIVITIES = """
SELECT e.id, e.owner_id, a.slug, e.period, e.number, e.title, e.country, e.city, e.start, e."end", t.kind,
       coalesce(t.together_with, '{}')
FROM internationalise_tradeactivity t JOIN events_event e ON e.id = t.event_id
JOIN network_party a ON a.id = e.owner_id
WHERE e.state <> 'withdrawn' ORDER BY e.id
"""
_ACTIVITY_COLUMNS = {
    "record": pl.Int64,
    "owner_id": pl.Int64,
    "owner": pl.String,
    "year": pl.Int32,
    "number": pl.String,
    "title": pl.String,
    "country": pl.String,
    "city": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "kind": pl.String,
    "together_with": pl.List(pl.String),
}
# A case has no title: it is known by its company and the day of its decision.
_CASE_CARD = """
SELECT c.id, o.name, c.date, a.name, o.name, o.city
FROM internationalise_foreigncase c JOIN network_party a ON a.id = c.owner_id
JOIN register_organisation o ON o.id = c.organisation_id
WHERE c.id = ANY(%s)
"""
_ACTIVITY_CARD = """
SELECT e.id, e.title, e.start, e."end", a.name, concat_ws(', ', e.city, e.country)
FROM events_event e JOIN network_party a ON a.id = e.owner_id
WHERE e.id = ANY(%s)
"""


def _cases(database: BaseDatabaseWrapper) -> pl.DataFrame:
    found = rows(database, _CASES, _CASE_COLUMNS)
    found = found.with_columns(home=homes(database, found.select("postcode", "city", "country")))
    companies = identities_of(database, "organisation", "organisation").rename(
        {"record": "company", "cluster": "organisation"}
    )
    return found.join(companies, on="company", how="left", maintain_order="left")


def _activities(database: BaseDatabaseWrapper) -> pl.DataFrame:
    # An activity abroad lies in no agency's area: who names most partners leads.
    return rows(database, _ACTIVITIES, _ACTIVITY_COLUMNS).with_columns(home=pl.lit(None, dtype=pl.List(pl.String)))


def _join_cases(database: BaseDatabaseWrapper, known: Known) -> Found:
    cases = _cases(database)
    return found("foreign_case", compare_foreign_cases(cases, judged(known, "foreign_case")), cases)


def _join_activities(database: BaseDatabaseWrapper, known: Known) -> Found:
    activities = _activities(database)
    compared = compare_trade_activities(activities, judged(known, "trade_activity"))
    return found("trade_activity", compared, activities)


def _case_cards(database: BaseDatabaseWrapper, records: Iterable[Record]) -> Mapping[Record, Says]:
    return cards_from(database, "foreign_case", _CASE_CARD, ("title", "start", "agency", "lead", "place"), records)


def _activity_cards(database: BaseDatabaseWrapper, records: Iterable[Record]) -> Mapping[Record, Says]:
    return cards_from(database, "trade_activity", _ACTIVITY_CARD, ("title", "start", "end", "agency", "place"), records)


def _tell_cases(database: BaseDatabaseWrapper) -> Iterator[Told]:
    known = _cases(database).join(identities_of(database, "foreign_case", "foreign_case"), on="record")
    yield from missing_partners(database, "foreign_case", known)
    yield from differing_amounts(database, "foreign_case", "capex", known, leading(known))


def _tell_activities(database: BaseDatabaseWrapper) -> Iterator[Told]:
    known = _activities(database).join(identities_of(database, "trade_activity", "trade_activity"), on="record")
    yield from missing_partners(database, "trade_activity", known)


FOREIGN_CASE = register_joinable(
    Joinable(
        thing="foreign_case",
        join=_join_cases,
        after=("organisation",),
        tell=_tell_cases,
        cards=_case_cards,
        at_once=frozenset({"company-date"}),
    )
)
TRADE_ACTIVITY = register_joinable(
    Joinable(
        thing="trade_activity",
        join=_join_activities,
        tell=_tell_activities,
        cards=_activity_cards,
        at_once=frozenset({"title-start"}),
    )
)
