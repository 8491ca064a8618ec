"""Totals that a sender put under a table, held against the rows above them."""

from __future__ import annotations

from typing import Any

import polars as pl

from schakel.intake.findings import Finding
from schakel.intake.interpreting.interpretation import Source
from schakel.intake.interpreting.numbers import euros
from schakel.intake.interpreting.rows import TOTAL_WORDS
from schakel.intake.interpreting.saying import finding, place_of
from schakel.intake.kinds import Field
from schakel.words import Words

_TOLERANCE = {"money": 100, "integer": 0}  # a rounded total may differ by a euro


def check(source: Source, field: Field, rows: pl.DataFrame) -> list[Finding]:
    """Findings on totals of ``field``; ``rows``: ``_row``, ``_item``, ``_skip``, ``value``, ``text``, in order.

    A total may be of all rows above it, of those since the total before it, or, standing on top, of all below.
    """
    if field.type not in _TOLERANCE or rows["_skip"].null_count() == rows.height:
        return []
    record = pl.col("_skip").is_null() & (pl.col("_item") == 0)
    counted = rows.with_columns(part=pl.when(record).then("value").fill_null(0), record=record)
    summed = counted.with_columns(above=pl.col("part").cum_sum(), rows=pl.col("record").cum_sum())
    totals = summed.filter(pl.col("_skip").is_not_null()).with_columns(
        since=pl.col("above") - pl.col("above").shift(1, fill_value=0), whole=pl.lit(counted["part"].sum())
    )
    candidates = pl.min_horizontal((pl.col("value") - pl.col(c)).abs() for c in ("above", "since"))
    off = pl.when(pl.col("rows") == 0).then((pl.col("value") - pl.col("whole")).abs()).otherwise(candidates)
    wrong = totals.filter(pl.col("_skip").is_in(TOTAL_WORDS) & (off > _TOLERANCE[field.type]))
    return [_finding(source, field, row) for row in wrong.iter_rows(named=True)]


def _finding(source: Source, field: Field, row: dict[str, Any]) -> Finding:
    said = euros(row["above"]) if field.type == "money" else str(row["above"])
    about = place_of(source, field.name, row["_row"]) | {"value": row["text"], "expected": said}
    return finding("table.total-differs", about, Words(said, said), rows=row["rows"])
