"""An encoded index: what an agency hands over instead of names, as one parquet file.

A row a record: the agency and its own record and number, and for the rest codes of 16 bytes and filters
of 128. A row an entry where the register was encoded: codes only, and no codes of slips, as everybody can see
which numbers of the register are one slip apart, and so would know which entry is which. Rows stand in the order of
their codes, so that the order of the list, which may be that of the alphabet, is not handed over with them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from schakel.register.keyed.filters import FILTER_BYTES
from schakel.register.keyed.keys import CODE_BYTES
from schakel.register.keyed.refusing import refused
from schakel.register.matching.statements import Schema

FORMAT = 2
FORMER = 1  # had none of `OF_RECORDS`
RECORDS, REGISTER = "records", "register"
CODES: Schema = dict.fromkeys(("kvk", "rsin", "postcode", "house", "city"), pl.Binary)
LISTS: Schema = dict.fromkeys(("sites", "names", "cores", "filters"), pl.List(pl.Binary))
OF_RECORDS: Schema = {"address": pl.Binary, "slips": pl.List(pl.Binary)}  # never of the register
ONE = tuple(field for field, of in (CODES | LISTS | OF_RECORDS).items() if of == pl.Binary)
SEVERAL = tuple(field for field in (CODES | LISTS | OF_RECORDS) if field not in ONE)
OWN: Schema = dict.fromkeys(("agency", "record", "number"), pl.String)
_HEAD = "schakel.keyed"


@dataclass(frozen=True, slots=True)
class Index:
    """Encoded records of an agency, or the encoded register, of one round under one key.

    ``rows``: the columns of `OWN` (records only), `CODES`, `LISTS` and `OF_RECORDS` (records only); names, cores and
    filters of a row go together. ``check``: equal for one key and round, see `keys.RoundKey.check`.
    """

    rows: pl.DataFrame
    side: str
    round: str
    check: str

    def write(self, path: Path) -> None:
        """Write to ``path``; not compressed, as codes cannot be."""
        head = {"format": FORMAT, "side": self.side, "round": self.round, "check": self.check}
        self.rows.write_parquet(path, compression="uncompressed", metadata={_HEAD: json.dumps(head)})

    @classmethod
    def read(cls, path: Path) -> Index:
        """The index in ``path``. Raises KeyedRefused where it holds none; OSError where it cannot be read."""
        try:
            head = json.loads(pl.read_parquet_metadata(path)[_HEAD])
            rows = pl.read_parquet(path)
            if head["format"] == FORMER and head["side"] == RECORDS:
                none = [pl.lit(None if field in ONE else [], of).alias(field) for field, of in OF_RECORDS.items()]
                rows = rows.with_columns(none)
            index = cls(rows, str(head["side"]), str(head["round"]), str(head["check"]))
            sound = head["format"] in (FORMER, FORMAT) and index.is_sound()
        except (pl.exceptions.PolarsError, KeyError, TypeError, ValueError):
            sound = False
        if not sound:
            raise refused(
                "{path} is geen versleutelde lijst die deze versie kan lezen; maak haar opnieuw met `schakel encode`.",
                "{path} is no encoded index that this version can read; make it again with `schakel encode`.",
                path=path,
            )
        return index

    def is_sound(self) -> bool:
        """Whether columns, lengths of codes and lists are as they should be."""
        wanted = OWN | CODES | LISTS | OF_RECORDS if self.side == RECORDS else CODES | LISTS
        if self.side not in (RECORDS, REGISTER) or dict(self.rows.schema) != wanted:
            return False
        codes = [(pl.col(field).bin.size() == CODE_BYTES).all() for field in ONE if field in wanted]
        lengths = {field: FILTER_BYTES if field == "filters" else CODE_BYTES for field in SEVERAL if field in wanted}
        inside = [
            self.rows[field].explode(empty_as_null=False).bin.size().eq(length).fill_null(False).all()
            for field, length in lengths.items()
        ]
        together = (pl.col("names").list.len() == pl.col("cores").list.len()) & (
            pl.col("names").list.len() == pl.col("filters").list.len()
        )
        own = [pl.col(field).is_not_null().all() for field in ("agency", "record")] if self.side == RECORDS else []
        return all(inside) and all(self.rows.select(pl.all_horizontal(*codes, *own, together.all())).row(0))
