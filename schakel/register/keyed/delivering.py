"""An encoded index as a table of text, as deliveries take it: codes in hexadecimals, several with a space between.

Invariant: `codes_of(table_of(index))` are the codes of ``index``, row by row.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from schakel.register.keyed.filters import FILTER_BYTES
from schakel.register.keyed.index import ONE, RECORDS, SEVERAL, Index
from schakel.register.keyed.keys import CODE_BYTES

# Columns of an index, and what they are called in a delivery; the register lacks those of `index.OF_RECORDS`.
COLUMNS = {
    "kvk": "kvk_code",
    "rsin": "rsin_code",
    "postcode": "postcode_code",
    "house": "house_code",
    "city": "city_code",
    "sites": "site_codes",
    "names": "name_codes",
    "cores": "core_codes",
    "filters": "name_filters",
    "address": "address_code",
    "slips": "slip_codes",
}
_CODE, _FILTER = (f"[0-9a-f]{{{2 * size}}}" for size in (CODE_BYTES, FILTER_BYTES))


def table_of(index: Index) -> pl.DataFrame:
    """``index`` as a table to deliver: by its own number of the organisation, of the register by place in the list."""
    if index.side == RECORDS:
        own = pl.when(pl.col("number").fill_null("") == "").then("record").otherwise("number").alias("number")
    else:
        # Files of parts of the register are delivered together: a place is of its entry and not only of its row.
        of_entry = pl.coalesce("kvk", pl.col("names").list.first()).bin.encode("hex").str.slice(0, 12).fill_null("")
        own = pl.concat_str(of_entry, pl.int_range(1, pl.len() + 1).cast(pl.String), separator="-").alias("place")
    has = index.rows.columns
    one = (pl.col(field).bin.encode("hex").alias(COLUMNS[field]) for field in ONE if field in has)
    several = (
        pl.when(pl.col(field).list.len() > 0)
        .then(pl.col(field).list.eval(pl.element().bin.encode("hex")).list.join(" "))
        .alias(COLUMNS[field])
        for field in SEVERAL
        if field in has
    )
    return index.rows.select(own, pl.lit(index.round).alias("round"), pl.lit(index.check).alias("mark"), *one, *several)


def write_table(index: Index, path: Path) -> None:
    """Write ``index`` as a delivery, csv with semicolons."""
    table_of(index).write_csv(path, separator=";")


def codes_of(table: pl.DataFrame) -> pl.DataFrame:
    """The fields of `COLUMNS` that a delivered table has; those must be sound (`unsound`)."""
    has = {field for field, column in COLUMNS.items() if column in table.columns}
    one = (pl.col(COLUMNS[field]).str.decode("hex").alias(field) for field in ONE if field in has)
    several = (
        pl.when(pl.col(COLUMNS[field]).fill_null("") == "")
        .then(pl.lit([], pl.List(pl.Binary)))
        .otherwise(pl.col(COLUMNS[field]).str.split(" ").list.eval(pl.element().str.decode("hex")))
        .alias(field)
        for field in SEVERAL
        if field in has
    )
    return table.select(*one, *several)


def unsound(column: str) -> pl.Expr:
    """Whether a delivered cell of ``column`` is no code, or no list of them."""
    field = next(field for field, name in COLUMNS.items() if name == column)
    part = _FILTER if field == "filters" else _CODE
    pattern = f"^{part}$" if field in ONE else f"^{part}( {part})*$"
    return ~pl.col(column).str.contains(pattern).fill_null(value=True)


def uneven() -> pl.Expr:
    """Whether names, their cores and their filters are not as many as each other."""
    many = [pl.col(COLUMNS[field]).str.split(" ").list.len().fill_null(0) for field in ("names", "cores", "filters")]
    return (many[0] != many[1]) | (many[0] != many[2])
