"""Agencies that hand over codes instead of names, and keys to do it with."""

from __future__ import annotations

from typing import Any

import polars as pl

from schakel.register.keyed import Index, RoundKey, encode_records, encode_register, link_indexes

SECRET = bytes(range(100, 132))
KEY = RoundKey(SECRET, "2024-1")
OWN = ("agency", "record", "number")
TEXT = (*OWN, "name", "kvk", "rsin", "street", "house_number", "postcode", "city", "website", "mail")
Said = dict[str, Any]


def listed(*said: Said, agency: str = "BOM") -> pl.DataFrame:
    """Records of ``agency``, numbered R1, R2, ... where they do not say otherwise."""
    rows = [{"agency": agency, "record": f"R{n}"} | one for n, one in enumerate(said, start=1)]
    return pl.DataFrame(rows, schema=dict.fromkeys(TEXT, pl.String))


def encoded(*said: Said, agency: str = "BOM", key: RoundKey = KEY) -> Index:
    return encode_records(listed(*said, agency=agency), key).index


def register(*said: Said, key: RoundKey = KEY) -> Index:
    return encode_register(pl.DataFrame(said, schema=dict.fromkeys(TEXT[3:], pl.String)), key).index


def who(*indexes: Index, listing: Index | None = None) -> dict[str, int]:
    """Agency and record, as "BOM R1", to identity."""
    answers = link_indexes(indexes, listing).answers
    return {f"{agency} {rid}": one for agency, rid, one in answers.select("agency", "rid", "identity").iter_rows()}


def codes_of(index: Index) -> set[bytes]:
    """Every code and filter that stands in ``index``."""
    found: set[bytes] = set()
    for column in index.rows.select(pl.col(pl.Binary, pl.List(pl.Binary))):
        found.update((column if column.dtype == pl.Binary else column.explode()).drop_nulls())
    return found
