"""What is taken along from the deliveries before: edits and waivers, as new ones that are not kept yet.

Per place the last word counts: what was undone or turned off in a later delivery is not taken any further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl
from django.db.models import Q

from schakel.intake.interpreting.locating import HEADER_SEARCH_ROWS, normal
from schakel.intake.keeping import load_column, load_rows
from schakel.intake.mending.applying import mended
from schakel.intake.models import Delivery, DeliveryFinding, DeliveryState, Edit, ReadTable, Waiver
from schakel.intake.tables import Table


@dataclass(frozen=True, slots=True)
class _Found:
    """A column found again: its table, header row and letter."""

    table: ReadTable
    row: int
    letter: str


def edits_for(delivery: Delivery) -> list[Edit]:
    """The edits to take to ``delivery``, in the order they were made, each with how many cells it changes."""
    tables = list(ReadTable.objects.filter(delivery=delivery).order_by("position"))
    tops = {kept.pk: load_rows(kept, 0, HEADER_SEARCH_ROWS) for kept in tables}
    made: list[Edit] = []
    for edit in _last_words(_earlier_edits(delivery)):
        for found in _again(edit.table, edit.header, tables, tops):
            fresh = _copied(edit, delivery, found)
            fresh.cells = _hits(fresh, found, made)
            made.append(fresh)
    return made


def waivers_for(delivery: Delivery) -> list[Waiver]:
    """The waivers to take to ``delivery``: of a check, or of a value of a check in a column that is found again."""
    tables = list(ReadTable.objects.filter(delivery=delivery).order_by("position"))
    tops = {kept.pk: load_rows(kept, 0, HEADER_SEARCH_ROWS) for kept in tables}
    earlier = Waiver.objects.filter(_before(delivery)).exclude(delivery__state=DeliveryState.DISCARDED)
    said = {(w.check_id, normal(w.table), w.column, w.value): w for w in earlier.order_by("pk")}
    standing = [waiver for waiver in said.values() if waiver.carry and waiver.ended_at is None]
    return [
        Waiver(
            owner_id=delivery.owner_id,
            delivery=delivery,
            check_id=waiver.check_id,
            table=found.table.name if found else "",
            column=found.letter if found else "",
            value=waiver.value,
            reason=waiver.reason,
            carry=True,
            carried_from=waiver,
        )
        for waiver in standing
        for found in _where(waiver, tables, tops)
    ]


def _where(waiver: Waiver, tables: list[ReadTable], tops: dict[int, Table]) -> list[_Found | None]:
    """The columns that a waiver is about, found again; None for one that is about no column."""
    if not waiver.column:
        return [None]
    about = DeliveryFinding.objects.filter(
        delivery_id=waiver.delivery_id, check_id=waiver.check_id, table=waiver.table, column=waiver.column
    )
    header = about.values_list("header", flat=True).first() or ""
    return list(_again(waiver.table, header, tables, tops))


def _before(delivery: Delivery) -> Q:
    taken = Q(carry=True) | Q(carried_from__isnull=False)
    return taken & Q(owner_id=delivery.owner_id, delivery_id__lt=delivery.pk)


def _earlier_edits(delivery: Delivery) -> Iterable[Edit]:
    return Edit.objects.filter(_before(delivery)).exclude(delivery__state=DeliveryState.DISCARDED).order_by("pk")


def _last_words(edits: Iterable[Edit]) -> list[Edit]:
    """Of edits that mend the same, the last; without those that were undone or are no longer to be taken along."""
    said = {(normal(edit.table), normal(edit.header), edit.before): edit for edit in edits}
    return sorted((edit for edit in said.values() if edit.carry and edit.undone_at is None), key=lambda edit: edit.pk)


def _again(name: str, header: str, tables: Iterable[ReadTable], tops: dict[int, Table]) -> Iterator[_Found]:
    """Where a column stands in the new tables: in those of the same name, under the same header."""
    for kept in tables:
        if header and normal(kept.name) == normal(name):
            found = _header(tops[kept.pk], normal(header))
            if found is not None:
                yield _Found(kept, *found)


def _header(top: Table, wanted: str) -> tuple[int, str] | None:
    """Row and letter of the first cell that says ``wanted``, row by row."""
    for row, *cells in top.frame.select("row", *top.columns).iter_rows():
        for letter, text in zip(top.columns, cells, strict=True):
            if text and normal(text) == wanted:
                return row, letter
    return None


def _copied(edit: Edit, delivery: Delivery, found: _Found) -> Edit:
    return Edit(
        owner_id=delivery.owner_id,
        delivery=delivery,
        file=found.table.file,
        table=found.table.name,
        column=found.letter,
        header=edit.header,
        row=None,
        below=found.row,
        before=edit.before,
        after=edit.after,
        after_type=edit.after_type,
        carry=True,
        carried_from=edit,
    )


def _hits(edit: Edit, found: _Found, earlier: list[Edit]) -> int:
    """How many cells an edit changes, after those that come before it."""
    (table,) = mended([load_column(found.table, found.letter)], earlier)
    below = table.frame.filter(pl.col("row") > found.row)
    return int((below[found.letter].fill_null("") == edit.before).sum())
