"""The lists that are encoded, from file: parquet or csv, with the columns that `make linking` reads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from schakel.register.keyed.refusing import refused
from schakel.register.matching.files import LIST_COLUMNS, REGISTER_COLUMNS

# What else an agency may state: its permanent number of the organisation, and the RSIN.
_MAY = {"number": "number", "rsin": "rsin"}


def records_in(path: Path, agency: str = "") -> pl.DataFrame:
    """The records in ``path`` in the columns of `encoding.encode_records`, all text.

    ``agency``: whose they are, where the file has no column for it. Raises KeyedRefused where a column
    misses, the file is another's, or it cannot be read as a table.
    """
    stated = _table(path)
    if agency and "agency" not in stated.columns:
        stated = stated.with_columns(agency=pl.lit(agency))
    read = _columns(stated, path, LIST_COLUMNS).rename({"owner": "agency"})
    if agency and (read["agency"].fill_null("") != agency).any():
        raise refused(
            "{path} heeft ook records van een ander dan {agency}.",
            "{path} has records of another than {agency} too.",
            path=path,
            agency=agency,
        )
    return read


def register_in(path: Path) -> pl.DataFrame:
    """The entries in ``path`` in the columns of `encoding.encode_register`. Raises KeyedRefused as `records_in`."""
    return (
        _columns(_table(path), path, REGISTER_COLUMNS).with_columns(trade_names=pl.concat_list("trade")).drop("trade")
    )


def _table(path: Path) -> pl.DataFrame:
    try:
        return _csv(path) if path.suffix.lower() == ".csv" else pl.read_parquet(path)
    except pl.exceptions.PolarsError as error:
        raise refused(
            "{path} is niet te lezen als tabel; verwacht wordt parquet, of csv (UTF-8) met een kopregel.",
            "{path} cannot be read as a table; it should be parquet, or csv (UTF-8) with a header.",
            path=path,
        ) from error


def _csv(path: Path) -> pl.DataFrame:
    with path.open(encoding="utf-8", errors="replace") as file:
        separator = ";" if ";" in file.readline() else ","  # as Dutch and English spreadsheets write it
    return pl.read_csv(path, separator=separator, infer_schema=False)


def _columns(stated: pl.DataFrame, path: Path, wanted: Mapping[str, str]) -> pl.DataFrame:
    missing = sorted(set(wanted) - set(stated.columns))
    if missing:
        raise refused(
            "{path}: de kolom {missing} ontbreekt. Nodig zijn {wanted}; leeg mag.",
            "{path}: no column {missing}. Needed are {wanted}; they may be empty.",
            path=path,
            missing=", ".join(missing),
            wanted=", ".join(wanted),
        )
    may = {theirs: ours for theirs, ours in _MAY.items() if theirs in stated.columns}
    return stated.select(pl.col(theirs).cast(pl.String).alias(ours) for theirs, ours in (dict(wanted) | may).items())
