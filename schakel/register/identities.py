"""Joining organisations: agencies' records of all years, and the companies of the market list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.register.facts.checks import gone_entries
from schakel.register.joining import compare_organisations
from schakel.register.ledger.lines import Record
from schakel.register.linking import LINKS, Found, Joinable, Known, Says, cards_from, register_joinable, rows

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
_SAYS = ("name", "place", "numbers", "site")
_CARD = """
SELECT id, name, concat_ws(' ', address, postcode, city), ARRAY[kvk, rsin, vat], website
FROM register_organisation WHERE id = ANY(%s)
"""
# A room above gives its records in the columns of a named record, whatever it calls them.
_OTHER_CARD = """
WITH listed (record_kind, id, owner_id, owner, year, number, name, kvk, rsin, legal_form, address, postcode, city,
             country, kind) AS ({source})
SELECT id, name, concat_ws(' ', address, postcode, city), ARRAY[kvk, rsin]::text[], NULL
FROM listed WHERE record_kind = '{kind}' AND id = ANY(%s)
"""
_sources: list[str] = [_ORGANISATIONS]


def also_organisations(sql: str) -> None:
    """Let a room above join records of its own with organisations; ``sql`` gives the columns of a named record."""
    if sql not in _sources:
        _sources.append(sql)


def _join(database: BaseDatabaseWrapper, _known: Known) -> Found:
    named = (
        pl.concat([rows(database, sql, _NAMED) for sql in _sources])
        .with_row_index("record")
        .with_columns(pl.col("record").cast(pl.Int64))
    )
    clusters, links = compare_organisations(
        named.drop("record_kind", "id", "owner_id"), rows(database, _REGISTER, _REGISTER_COLUMNS)
    )
    joined = clusters.join(named.select("record", "record_kind", "id", "owner_id"), on="record").select(
        "record_kind", record="id", owner="owner_id", cluster="cluster", rule="rule", evidence="evidence"
    )
    called = named.select("record", "record_kind", "id")
    direct = (
        links.join(called.rename({"record": "a", "record_kind": "kind_a", "id": "record_a"}), on="a")
        .join(called.rename({"record": "b", "record_kind": "kind_b", "id": "record_b"}), on="b")
        .select(pl.lit(None, pl.Int64).alias("score"), pl.exclude("a", "b"))
        .select(*LINKS)
    )
    return Found(joined=joined, links=direct)


def _cards(database: BaseDatabaseWrapper, records: Iterable[Record]) -> Mapping[Record, Says]:
    """Cards of organisations, and of what rooms above join with them."""
    wanted = list(records)
    found = cards_from(database, "organisation", _CARD, _SAYS, wanted)
    for kind in sorted({kind for kind, _record in wanted} - {"organisation"}):
        for sql in _sources[1:]:
            found |= cards_from(database, kind, _OTHER_CARD.format(source=sql, kind=kind), _SAYS, wanted)
    return found


ORGANISATION = register_joinable(
    Joinable(thing="organisation", join=_join, tell=gone_entries, cards=_cards, at_once=frozenset({"number-name"}))
)
