"""Edits put on top of the tables that were read. Pure: the kept tables and the sender's file stay as they are.

Invariants: an edit touches no cell but those that hold its ``before``; edits count in the order they were made; one
that was undone is not there, and the tables are as if it had never been.
"""

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


def cell_after(text: str, row: int, column: str, edits: Iterable[Edit]) -> tuple[str, Edit | None]:
    """What a cell that was sent as ``text`` says after ``edits`` of its table, and the last of them that changed it."""
    last = None
    for edit in edits:
        if edit.column == column and (row > edit.below if edit.row is None else row == edit.row):
            text, last = (edit.after, edit) if text == edit.before else (text, last)
    return text, last


def _is_in(edit: Edit, table: Table) -> bool:
    return (table.file, table.name) == (edit.file, edit.table) and edit.column in table.columns


def _edited(table: Table, edit: Edit) -> Table:
    text, kind = pl.col(edit.column), f"{edit.column}.type"
    among = pl.col("row") > edit.below if edit.row is None else pl.col("row") == edit.row
    meant = among & (text.fill_null("") == edit.before)
    after, after_type = (edit.after, edit.after_type) if edit.after else (None, "empty")
    frame = table.frame.with_columns(
        pl.when(meant).then(pl.lit(after, dtype=pl.String)).otherwise(text).alias(edit.column),
        pl.when(meant).then(pl.lit(after_type, dtype=CELL_TYPE)).otherwise(pl.col(kind)).alias(kind),
    )
    return replace(table, frame=frame)
