"""Records in codes, for `keyed.py`: FOLDER WITH_REGISTER(0 or 1) OUT."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from schakel.register.keyed import RoundKey, encode_records, encode_register, link_indexes
from schakel.register.keyed.reading import records_in, register_in

folder, with_register, out = Path(sys.argv[1]), sys.argv[2] == "1", sys.argv[3]
key = RoundKey(bytes(range(100, 132)), "2024-1")
lists = records_in(folder / "lists.parquet").partition_by("agency")
indexes = [encode_records(rows, key).index for rows in lists]
register = encode_register(register_in(folder / "register.parquet"), key).index if with_register else None
answers = link_indexes(indexes, register).answers
answers.select("identity", rid=pl.col("rid").cast(pl.Int64)).write_parquet(out)
