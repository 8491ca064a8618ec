"""Records and register entries as statements: one spelling for names, numbers and places."""

from __future__ import annotations

import polars as pl

from schakel.register.joining import names, numbers, places

SAID = ["owner", "number", "name", "kvk", "rsin", "legal_form", "postcode", "city", "country"]
_PLACED = ["kvk", "rsin", "postcode", "district", "city"]


def distinct(records: pl.DataFrame) -> pl.DataFrame:
    """[record, id]: records that say the same in every respect share the lowest record's id.

    A record that stands unchanged in ten years' deliveries is compared once.
    """
    return records.sort("record").select("record", pl.col("record").min().over(SAID).alias("id"))


def of_records(records: pl.DataFrame) -> pl.DataFrame:
    """One row a statement: id, owner, number, spelled, name_key, kvk, rsin, postcode, district, city."""
    first = distinct(records).filter(pl.col("record") == pl.col("id")).join(records, on="record")
    placed = first.sort("id").with_columns(
        pl.col("owner").fill_null(""),
        pl.col("number").fill_null(""),
        numbers.kvk("kvk"),
        numbers.rsin("rsin"),
        *places.of("postcode", "city", "country"),
    )
    return names.keys(placed, "name", "legal_form").select("id", "owner", "number", "spelled", "name_key", *_PLACED)


def of_register(register: pl.DataFrame, taken: list[int]) -> pl.DataFrame:
    """One row a name of an entry: id (above all ids ``taken``), entry, spelled, name_key, kvk and so on."""
    placed = register.sort("entry").with_columns(
        pl.int_range(pl.len()).add(max(taken) + 1).alias("id"),
        numbers.kvk("kvk"),
        numbers.rsin("rsin"),
        *places.of("postcode", "city"),
    )
    several = placed.with_columns(
        pl.concat_list(pl.concat_list("name"), pl.col("trade_names").fill_null([])).list.drop_nulls().alias("name")
    ).explode("name")
    return names.keys(several.drop_nulls("name"), "name", "legal_form").select(
        "id", "entry", "spelled", "name_key", *_PLACED
    )
