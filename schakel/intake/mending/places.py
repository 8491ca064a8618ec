"""Places in the tables of a delivery, and what stands there now: as sent, with the edits on top."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from schakel.intake.keeping import load_column, load_rows
from schakel.intake.mending.applying import cell_after, mended
from schakel.intake.models import Delivery, Edit, ReadTable


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a delivery; all of a column where ``row`` is None."""

    file: str
    table: str
    column: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class CellNow:
    """What a cell says and of which type it is, the edit that made it so (None: as sent), and how it was sent."""

    text: str
    kind: str
    by: Edit | None = None
    sent: str = ""
    sent_kind: str = "empty"


def kept_table(delivery: Delivery, file: str, table: str) -> ReadTable | None:
    """The table of that name as it was read, if there is one."""
    return ReadTable.objects.filter(delivery=delivery, file=file, name=table).order_by("position").first()


def edits_of(delivery: Delivery, file: str, table: str) -> list[Edit]:
    """The edits of a table that hold, in their order, with who made them."""
    held = Edit.objects.filter(delivery=delivery, file=file, table=table, undone_at=None)
    return list(held.select_related("made_by").order_by("pk"))


def cell_now(kept: ReadTable, place: Place, edits: list[Edit]) -> CellNow | None:
    """What the cell at ``place`` says now; None where the table has no such cell."""
    row = place.row or 0
    frame = load_rows(kept, row, row).frame
    if frame.is_empty() or place.column not in frame.columns:
        return None
    sent, sent_kind = frame[place.column][0] or "", frame[f"{place.column}.type"][0]
    text, last = cell_after(sent, row, place.column, edits)
    kind = sent_kind if last is None else last.after_type if text else "empty"
    return CellNow(text, kind, last, sent, sent_kind)


def alike(kept: ReadTable, column: str, value: str, edits: list[Edit], below: int) -> pl.DataFrame:
    """The cells of a column under row ``below`` that say ``value`` now: columns ``row`` and ``type``."""
    (table,) = mended([load_column(kept, column)], edits)
    if column not in table.columns:
        return pl.DataFrame(schema={"row": pl.UInt32, "type": pl.String})
    says = pl.col(column).fill_null("") == value
    found = table.frame.filter(says & (pl.col("row") > below))
    return found.select("row", pl.col(f"{column}.type").alias("type"))
