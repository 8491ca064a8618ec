"""Joining organisations: agencies' records of all years, and the companies of the market list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import polars as pl
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.register.facts.checks import gone_entries
from schakel.register.facts.frame import register_frame
from schakel.register.ledger.lines import ENTRY, Record
from schakel.register.linking import (
    DOUBTFUL,
    FAMILIES,
    JUDGED,
    LINKS,
    Found,
    Joinable,
    Known,
    Says,
    cards_from,
    register_joinable,
    rows,
)
from schakel.register.matching import Matched, match
from schakel.register.matching.backends import backend
from schakel.register.sides import UNNAMED
from schakel.register.unnamed.joining import with_unnamed
from schakel.register.versions import chosen_version
from schakel.register.weighing import keep_model, model_of

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
WHERE o.state <> 'withdrawn' AND o.name <> '' ORDER BY o.id
"""
_SITE = {"record_kind": pl.String, "id": pl.Int64, "website": pl.String}
_SITES = "SELECT 'organisation', id, website FROM register_organisation WHERE website IS NOT NULL AND website <> ''"
_SAYS = ("name", "place", "numbers", "site", UNNAMED)
_CARD = """
SELECT id, name, concat_ws(' ', address, postcode, city), ARRAY[kvk, rsin, vat], website, name = ''
FROM register_organisation WHERE id = ANY(%s)
"""
# A room above gives its records in the columns of a named record, whatever it calls them.
_OTHER_CARD = """
WITH listed (record_kind, id, owner_id, owner, year, number, name, kvk, rsin, legal_form, address, postcode, city,
             country, kind) AS ({source})
SELECT id, name, concat_ws(' ', address, postcode, city), ARRAY[kvk, rsin]::text[], NULL, false
FROM listed WHERE record_kind = '{kind}' AND id = ANY(%s)
"""
_sources: list[str] = [_ORGANISATIONS]


def also_organisations(sql: str) -> None:
    """Let a room above join records of its own with organisations; ``sql`` gives the columns of a named record."""
    if sql not in _sources:
        _sources.append(sql)


def _join(database: BaseDatabaseWrapper, known: Known) -> Found:
    """Ask the engine, which leaves alone what stands; its numbers of records are places in the frame asked."""
    named = (
        pl.concat([rows(database, sql, _NAMED) for sql in _sources])
        .with_row_index("record")
        .with_columns(pl.col("record").cast(pl.Int64))
        .join(rows(database, _SITES, _SITE), on=["record_kind", "id"], how="left", maintain_order="left")
    )
    places, chosen = named.select("record", "record_kind", "id"), chosen_version()
    matched = match(
        named.drop("record_kind", "id", "owner_id"),
        register_frame(database),
        judged=_judged(known.judged, places),
        standing=known.standing.join(
            places.rename({"record": "place", "id": "record"}), on=["record_kind", "record"]
        ).select(record="place", identity="identity"),
        model=None if chosen is None else model_of(chosen),
        backend=backend(settings.MATCHING, master=settings.SPARK_MASTER),
    )
    of_names = Found(
        joined=_joined(matched, named),
        doubtful=_doubtful(matched, places),
        merges=_merges(matched, places),
        families=_families(matched, named),
        version=keep_model(matched.model, None if chosen is None else chosen.learnt_from),
    )
    return with_unnamed(database, known, of_names)


def stated(records: Collection[Record]) -> dict[Record, Mapping[str, Any]]:
    """What organisations state, as the engine reads it; with the rights of who asks."""
    named = pl.concat([rows(connection, sql, _NAMED) for sql in _sources])
    named = named.join(rows(connection, _SITES, _SITE), on=["record_kind", "id"], how="left", maintain_order="left")
    found: dict[Record, Mapping[str, Any]] = {}
    for row in named.iter_rows(named=True):
        record = (row["record_kind"], row["id"])
        if record in records:
            found[record] = row
    return found


def _judged(judged: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """What people said (JUDGED), as the engine asks it: places of records, or of a record and an entry."""
    found = judged.select(*JUDGED).join(_at(places, "a"), on=["kind_a", "record_a"])
    of_entries = found.filter(pl.col("kind_b") == ENTRY).select(
        "a", pl.lit(None, pl.Int64).alias("b"), pl.col("record_b").alias("entry"), "same"
    )
    of_records = found.join(_at(places, "b"), on=["kind_b", "record_b"]).select(
        "a", "b", pl.lit(None, pl.Int64).alias("entry"), "same"
    )
    return pl.concat([of_records, of_entries])


def _at(places: pl.DataFrame, side: str) -> pl.DataFrame:
    """``places`` with the names of columns of one side of a pair."""
    return places.rename({"record": side, "record_kind": f"kind_{side}", "id": f"record_{side}"})


def _joined(matched: Matched, named: pl.DataFrame) -> pl.DataFrame:
    said = matched.answers.join(named.select("record", "record_kind", "id", "owner_id"), on="record")
    by = pl.when(pl.col("decided") == "doubt").then(pl.lit("model")).otherwise(pl.col("decided"))
    return said.select(
        "record_kind",
        record="id",
        owner="owner_id",
        cluster="cluster",
        rule="rule",
        evidence="evidence",
        entry="entry",
        score="score",
        by=by,
    )


def _doubtful(matched: Matched, places: pl.DataFrame) -> pl.DataFrame:
    pairs = matched.doubtful.join(_at(places, "a"), on="a")
    with_records = pairs.join(_at(places, "b"), on="b").select(*DOUBTFUL)
    with_entries = (
        pairs.filter(pl.col("entry").is_not_null())
        .with_columns(kind_b=pl.lit(ENTRY), record_b=pl.col("entry"))
        .select(*DOUBTFUL)
    )
    return pl.concat([with_records, with_entries])


def _merges(matched: Matched, places: pl.DataFrame) -> pl.DataFrame:
    found = matched.merges.rename({"record_a": "a", "record_b": "b"})
    return found.join(_at(places, "a"), on="a").join(_at(places, "b"), on="b").select(*LINKS)


def _families(matched: Matched, named: pl.DataFrame) -> pl.DataFrame:
    """Ties between an owner's own records; those between agencies are nobody's to see."""
    of = matched.answers.join(named.select("record", "record_kind", "id", "owner_id"), on="record").select(
        "cluster", "record_kind", "owner_id", "id"
    )
    one = matched.families.join(of.rename({"cluster": "a", "id": "one"}), on="a")
    both = one.join(of.rename({"cluster": "b", "id": "other"}), on=["b", "record_kind", "owner_id"])
    shared = pl.when(pl.col("reason").str.contains("web ")).then(pl.lit("name-site")).otherwise(pl.lit("name-address"))
    return both.with_columns(evidence=pl.col("reason"), reason=shared).select(*FAMILIES)


def _cards(database: BaseDatabaseWrapper, records: Iterable[Record]) -> Mapping[Record, Says]:
    """Cards of organisations, and of what rooms above join with them."""
    wanted = list(records)
    found = cards_from(database, "organisation", _CARD, _SAYS, wanted)
    for kind in sorted({kind for kind, _record in wanted} - {"organisation"}):
        for sql in _sources[1:]:
            found |= cards_from(database, kind, _OTHER_CARD.format(source=sql, kind=kind), _SAYS, wanted)
    return found


ORGANISATION = register_joinable(
    Joinable(
        thing="organisation",
        join=_join,
        tell=gone_entries,
        cards=_cards,
        at_once=frozenset({"number-name", "codes-number-name"}),
        anew=False,
    )
)
