"""The codes of each round without names, out of the database, with the linker's rights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.register.keyed.delivering import COLUMNS, codes_of
from schakel.register.keyed.index import CODES, LISTS, OF_RECORDS
from schakel.register.linking import rows

_TEXT = dict.fromkeys((COLUMNS[field] for field in (*CODES, *LISTS)), pl.String)
_OF_RECORDS = dict.fromkeys((COLUMNS[field] for field in OF_RECORDS), pl.String)
_RECORDS = """
SELECT r.mark, o.id, a.slug, o.number, k.kvk_code, k.rsin_code, k.postcode_code, k.house_code, k.city_code,
       k.site_codes, k.name_codes, k.core_codes, k.name_filters, k.address_code,
       k.slip_codes
FROM register_keyedrecord k JOIN register_keyedround r ON r.mark = k.mark
JOIN register_organisation o ON o.owner_id = k.owner_id AND o.period = k.period AND o.number = k.number
JOIN network_party a ON a.id = k.owner_id
WHERE k.state <> 'withdrawn' AND o.state <> 'withdrawn' ORDER BY r.id, o.id
"""
_ENTRIES = """
SELECT r.mark, k.kvk_code, k.rsin_code, k.postcode_code, k.house_code, k.city_code,
       k.site_codes, k.name_codes, k.core_codes, k.name_filters
FROM register_keyedentry k JOIN register_keyedround r ON r.mark = k.mark
WHERE k.state <> 'withdrawn' ORDER BY k.id
"""
_OWN = {"mark": pl.String, "id": pl.Int64, "agency": pl.String, "number": pl.String}


@dataclass(frozen=True, slots=True)
class Round:
    """The codes of one round: ``records`` by the id of the organisation that they are of, and ``entries``."""

    records: pl.DataFrame
    entries: pl.DataFrame | None


def rounds(database: BaseDatabaseWrapper) -> Iterator[Round]:
    """The rounds of which codes are there, the first begun first; frames as `keyed.linking.weighed` takes them."""
    records = rows(database, _RECORDS, _OWN | _TEXT | _OF_RECORDS)
    entries = rows(database, _ENTRIES, {"mark": pl.String} | _TEXT)
    for (mark,), own in records.group_by("mark", maintain_order=True):
        listed = entries.filter(pl.col("mark") == mark)
        yield Round(
            pl.concat([own.select("id", "agency", "number"), codes_of(own)], how="horizontal"),
            codes_of(listed).with_row_index("id").cast({"id": pl.Int64}) if listed.height else None,
        )
