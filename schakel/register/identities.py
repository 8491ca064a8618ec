"""Joining organisations: agencies' records of all years, and the companies of the market list."""

from __future__ import annotations

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.register.linking import Joinable, register_joinable, rows
from schakel.register.matching import match

_NAMED = {
    "record_kind": pl.String,
    "id": pl.Int64,
    "owner_id": pl.Int64,
    "owner": pl.String,
    "year": pl.Int32,
    "number": pl.String,
    "name": pl.String,
    "kvk": pl.String,
    "rsin": pl.String,
    "legal_form": pl.String,
    "address": pl.String,
    "postcode": pl.String,
    "city": pl.String,
    "country": pl.String,
    "kind": pl.String,
}
# A Dutch VAT number holds the RSIN in its first nine digits.
_ORGANISATIONS = """
SELECT 'organisation', o.id, o.owner_id, a.slug, o.period, o.number, o.name, o.kvk,
       coalesce(o.rsin, substring(o.vat FROM '^NL([0-9]{9})B')), o.legal_form, o.address, o.postcode, o.city, o.country,
       o.kind
FROM register_organisation o JOIN network_party a ON a.id = o.owner_id
WHERE o.state <> 'withdrawn' ORDER BY o.id
"""
_REGISTER_COLUMNS = {
    "entry": pl.Int64,
    "kvk": pl.String,
    "rsin": pl.String,
    "name": pl.String,
    "trade_names": pl.List(pl.String),
    "legal_form": pl.String,
    "street": pl.String,
    "house_number": pl.String,
    "postcode": pl.String,
    "city": pl.String,
}
# Of an entry that several years' lists name, the newest.
_REGISTER = """
SELECT DISTINCT ON (number) id, kvk, rsin, name, trade_names, legal_form, street, house_number, postcode, city
FROM register_registerentry WHERE state <> 'withdrawn' ORDER BY number, period DESC
"""
_sources: list[str] = [_ORGANISATIONS]


def also_organisations(sql: str) -> None:
    """Let a room above join records of its own with organisations; ``sql`` gives the columns of a named record."""
    if sql not in _sources:
        _sources.append(sql)


def _join(database: BaseDatabaseWrapper) -> pl.DataFrame:
    named = (
        pl.concat([rows(database, sql, _NAMED) for sql in _sources])
        .with_row_index("record")
        .with_columns(pl.col("record").cast(pl.Int64))
    )
    found = match(named.drop("record_kind", "id", "owner_id"), rows(database, _REGISTER, _REGISTER_COLUMNS))
    return found.answers.join(named.select("record", "record_kind", "id", "owner_id"), on="record").select(
        "record_kind",
        record="id",
        owner="owner_id",
        cluster="cluster",
        rule="rule",
        evidence="evidence",
        leading=pl.lit(True),
    )


ORGANISATION = register_joinable(Joinable(thing="organisation", join=_join))
