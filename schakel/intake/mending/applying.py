"""Edits put on top of the tables that were read. Pure: the kept tables and the sender's file stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from schakel.intake.models import Edit
from schakel.intake.tables import CELL_TYPE, Table


def mended(tables: Sequence[Table], edits: Iterable[Edit]) -> list[Table]:
    """The tables with ``edits`` applied in the order they come; an edit of a table that is not there does nothing."""
    found = list(tables)
    for edit in edits:
        found = [_edited(table, edit) if _is_in(edit, table) else table for table in found]
    return found


def _is_in(edit: Edit, table: Table) -> bool:
    return (table.file, table.name) == (edit.file, edit.table) and edit.column in table.columns


def _edited(table: Table, edit: Edit) -> Table:
    text, kind = pl.col(edit.column), f"{edit.column}.type"
    held = text.fill_null("") == edit.before
    meant = held & (pl.col("row") == edit.row) if edit.row is not None else held
    after, after_type = (edit.after, "text") if edit.after else (None, "empty")
    frame = table.frame.with_columns(
        pl.when(meant).then(pl.lit(after, dtype=pl.String)).otherwise(text).alias(edit.column),
        pl.when(meant).then(pl.lit(after_type, dtype=CELL_TYPE)).otherwise(pl.col(kind)).alias(kind),
    )
    return replace(table, frame=frame)
