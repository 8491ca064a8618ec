"""What happened to each row of an accepted delivery, for its receipt.

Invariant: every row that was read has one outcome, so that read = new + changed + unchanged + refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from django.db.models import Count, Q, QuerySet

from schakel.intake import writing
from schakel.intake.keeping import load_tables
from schakel.intake.mending.applying import mended
from schakel.intake.models import DeliveredRow, Delivery, DeliveryFinding, Override, RowOutcome
from schakel.intake.records import RecordState
from schakel.intake.titles import titles

Place = tuple[str, str]
Edited = dict[Place, list[int]]
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one row. ``record``: id of the record it is about, if there is one; ``counts``: it counts now."""

    kind: str
    number: str
    title: str
    file: str
    table: str
    row: int
    outcome: str
    record: int | None
    counts: bool
    edited: bool
    overridden: bool
    findings: tuple[DeliveryFinding, ...]


def totals(delivery: Delivery) -> dict[str, dict[str, int]]:
    """Kind to outcome to how many rows, with ``read`` for all of them."""
    counts: dict[str, dict[str, int]] = {}
    rows = DeliveredRow.objects.filter(table__delivery=delivery).values_list("table__kind", "outcome")
    for kind, outcome, count in rows.annotate(count=Count("pk")).order_by("table__kind", "outcome"):
        of_kind = counts.setdefault(kind, {"read": 0} | dict.fromkeys(RowOutcome.values, 0))
        of_kind[outcome] += count
        of_kind["read"] += count
    return counts


def rows_of(delivery: Delivery, *, kind: str = "", outcome: str = "", touched: str = "") -> QuerySet[DeliveredRow]:
    """The rows of a delivery in the order of its files.

    ``touched`` limits to rows that were "edited" here, hold a value that is "overridden" now, or have "findings".
    """
    found = DeliveredRow.objects.filter(table__delivery=delivery).select_related("table")
    found = found.filter(table__kind=kind) if kind else found
    found = found.filter(outcome=outcome) if outcome else found
    if touched:
        found = found.filter(_touched(delivery, touched))
    return found.order_by("table_id", "row", "item", "pk")


def _touched(delivery: Delivery, touched: str) -> Q:
    if touched == "overridden":
        return _any(Q(table__kind=kind, number=number) for kind, number in overridden(delivery))
    places = edited(delivery) if touched == "edited" else _with_findings(delivery)
    return _any(Q(table__file=file, table__name=name, row__in=rows) for (file, name), rows in places.items())


def _any(conditions: Iterable[Q]) -> Q:
    either = Q(pk__in=[])
    for condition in conditions:
        either |= condition
    return either


def _with_findings(delivery: Delivery) -> Edited:
    places: Edited = {}
    listed = DeliveryFinding.objects.filter(delivery=delivery, row__isnull=False).values_list("file", "table", "row")
    for file, table, row in listed.distinct():
        if row is not None:
            places.setdefault((file, table), []).append(row)
    return places


def edited(delivery: Delivery) -> Edited:
    """The rows of each table that edits changed: those that are other than they were read."""
    edits = list(delivery.edits.filter(undone_at=None))
    if not edits:
        return {}
    tables = load_tables(delivery)
    places: Edited = {}
    for before, after in zip(tables, mended(tables, edits), strict=True):
        if before is after:
            continue
        cells = [column for column in before.frame.columns if column != "row"]
        other = [before.frame[cell].ne_missing(after.frame[cell]).alias(cell) for cell in cells]
        rows = before.frame.filter(pl.DataFrame(other).select(pl.any_horizontal(pl.all())).to_series())["row"]
        places[before.file, before.name] = rows.to_list()
    return places


def overridden(delivery: Delivery) -> set[tuple[str, str]]:
    """Kind and number of the owner's records of the period in which a person's value holds now."""
    holding = Override.objects.filter(owner_id=delivery.owner_id, period=delivery.period, ended_at=None)
    return set(holding.values_list("kind", "number"))


def fates(delivery: Delivery, rows: QuerySet[DeliveredRow] | Sequence[DeliveredRow]) -> Iterator[Fate]:
    """What became of each of ``rows``, in their order."""
    places = {place: set(numbers) for place, numbers in edited(delivery).items()}
    held = overridden(delivery)
    listed = rows.iterator(chunk_size=_AT_ONCE) if isinstance(rows, QuerySet) else iter(rows)
    for part in _parts(listed):
        yield from _fates(delivery, part, places, held)


def _parts(rows: Iterator[DeliveredRow]) -> Iterator[list[DeliveredRow]]:
    part: list[DeliveredRow] = []
    for row in rows:
        part.append(row)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _fates(
    delivery: Delivery, part: list[DeliveredRow], places: dict[Place, set[int]], held: set[tuple[str, str]]
) -> Iterator[Fate]:
    records = {kind: _records(delivery, kind, part) for kind in {row.table.kind for row in part}}
    told = _findings(delivery, part)
    for row in part:
        kind, file, table = row.table.kind, row.table.file, row.table.name
        record, title, counts = records[kind].get(row.number, (None, "", False))
        taken = row.outcome != RowOutcome.REFUSED
        yield Fate(
            kind=kind,
            number=row.number,
            title=title,
            file=file,
            table=table,
            row=row.row,
            outcome=row.outcome,
            record=record,
            counts=taken and counts,
            edited=row.row in places.get((file, table), ()),
            overridden=taken and (kind, row.number) in held,
            findings=tuple(told.get((file, table, row.row), ())),
        )


def _records(delivery: Delivery, kind: str, part: list[DeliveredRow]) -> dict[str, tuple[int, str, bool]]:
    """Id, title and whether it counts, of the owner's records that the rows of a kind are about, by number."""
    numbers = [row.number for row in part if row.table.kind == kind]
    found = writing.record_table(kind).model._default_manager.filter(
        owner_id=delivery.owner_id, period=delivery.period, number__in=numbers
    )
    states = dict(found.values_list("pk", "state"))
    return {
        number: (pk, title, states[pk] != RecordState.WITHDRAWN) for pk, (number, title) in titles(kind, states).items()
    }


def _findings(delivery: Delivery, part: list[DeliveredRow]) -> dict[tuple[str, str, int], list[DeliveryFinding]]:
    asked = {(row.table.file, row.table.name, row.row) for row in part}
    found = DeliveryFinding.objects.filter(delivery=delivery, row__in={row for _file, _table, row in asked})
    told: dict[tuple[str, str, int], list[DeliveryFinding]] = {}
    for finding in found.order_by("severity", "pk"):  # "error" comes first by its letter, "warning" last
        if finding.row is not None and (finding.file, finding.table, finding.row) in asked:
            told.setdefault((finding.file, finding.table, finding.row), []).append(finding)
    return told
