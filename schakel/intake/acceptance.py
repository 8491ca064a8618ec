"""Turning what was read into records: one kind after the other, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import polars as pl
from django.db import connection

from schakel.intake import kinds, writing
from schakel.intake.findings import Finding, Severity
from schakel.intake.interpreting import KindRows
from schakel.intake.models import DeliveredRow, DeliveredTable, Delivery, Origin, RowOutcome
from schakel.intake.overriding import put_over
from schakel.intake.records import RecordState

_PLACE = ["_source", "_row", "_item"]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the rows of one kind, and the numbers that vanished since the last delivery of the period."""

    kind: str
    new: int
    changed: int
    unchanged: int
    refused: int
    vanished: int


def refused_places(findings: Iterable[Finding]) -> pl.DataFrame:
    """What findings of severity error keep out: columns ``kind``, ``file``, ``table``, ``_row``.

    Without a row it is the whole table (a required column is missing).
    """
    places = {(f.kind, f.file, f.table, f.row) for f in findings if f.severity is Severity.ERROR and f.kind}
    schema = {"kind": pl.String, "file": pl.String, "table": pl.String, "_row": pl.UInt32}
    return pl.DataFrame(sorted(places, key=str), schema=schema, orient="row")


class Watch(Protocol):
    """Looks on while a kind is written: what would be written before it is, and what vanishes."""

    def staged(self, name: str, table: writing.RecordTable, delivery: Delivery) -> None:
        """The rows are in the staged table ``name``, each with its outcome."""
        ...

    def vanished(self, numbers: list[str]) -> None:
        """The records of the same kind with these numbers were proposed as withdrawn."""
        ...


def write_kind(delivery: Delivery, rows: KindRows, refused: pl.DataFrame, watch: Watch | None = None) -> Written:
    """Write one kind's rows of ``delivery`` as delivered rows and records; returns what became of them.

    Rows at ``refused`` places, rows whose required reference leads to no record, and all but the first
    row of one number are kept as delivered rows, but make no record.
    """
    table = writing.record_table(rows.kind)
    frame = _with_places(rows, refused)
    frame = _resolve(frame, table, delivery)
    frame = frame.with_columns(
        refused=pl.col("refused")
        | pl.col("_number").is_null()
        | (pl.col("_number").cum_count().over("_number", "refused") > 1)
    )
    columns = {name: table.column(name) for name in table.own_fields()}
    staged = _staged_frame(frame, rows, table, columns, delivery)
    with writing.staged(staged, table) as name, writing.hash_joins():
        put_over(name, table, delivery)
        writing.outcomes(name, table, delivery.owner_id, delivery.period)
        if watch is not None:
            watch.staged(name, table, delivery)
        _keep_rows(name, delivery)
        _drop_refused(name)
        writing.upsert(name, table.model, list(columns.values()))
        for beside in table.beside:
            writing.upsert_beside(name, table, beside, delivery.owner_id, delivery.period)
    vanished = _mark_vanished(table, delivery, frame) if delivery.whole else []
    if watch is not None:
        watch.vanished(vanished)
    return _count(rows.kind, delivery, len(vanished))


def _with_places(rows: KindRows, refused: pl.DataFrame) -> pl.DataFrame:
    sources = pl.DataFrame(
        [(i, s.file, s.table) for i, s in enumerate(rows.sources)],
        schema={"_source": pl.UInt32, "file": pl.String, "table": pl.String},
        orient="row",
    )
    of_kind = refused.filter(pl.col("kind") == rows.kind)
    out = of_kind.drop_nulls("_row").select("file", "table", "_row", refused=pl.lit(True))
    whole = of_kind.filter(pl.col("_row").is_null()).select("file", "table").unique().with_columns(whole=pl.lit(True))
    placed = rows.frame.with_columns(pl.col("_source").cast(pl.UInt32), pl.col("_row").cast(pl.UInt32)).join(
        sources, on="_source", how="left", maintain_order="left"
    )
    marked = placed.join(out, on=["file", "table", "_row"], how="left", maintain_order="left").join(
        whole, on=["file", "table"], how="left", maintain_order="left"
    )
    return marked.with_columns(refused=pl.col("refused").fill_null(False) | pl.col("whole").fill_null(False))


def _resolve(frame: pl.DataFrame, table: writing.RecordTable, delivery: Delivery) -> pl.DataFrame:
    """References become ids; a row whose required reference leads nowhere is refused."""
    for field in kinds.kind(table.kind).fields:
        if field.refers_to is None:
            continue
        ids = writing.numbers_to_ids(field.refers_to, delivery.owner_id, delivery.period).rename(
            {"number": field.name, "id": f"{field.name}.id"}
        )
        frame = frame.join(ids, on=field.name, how="left", maintain_order="left")
        frame = frame.with_columns(pl.col(f"{field.name}.id").alias(field.name)).drop(f"{field.name}.id")
        if field.required:
            frame = frame.with_columns(refused=pl.col("refused") | pl.col(field.name).is_null())
    return frame


def _staged_frame(
    frame: pl.DataFrame, rows: KindRows, table: writing.RecordTable, columns: dict[str, str], delivery: Delivery
) -> pl.DataFrame:
    """All that is written of a kind, one row a delivered row, under the names of the database's columns."""
    beside = {name: name for part in table.beside for name in part.fields}
    declared = kinds.kind(rows.kind).fields_by_name
    values = [_value(declared[name]).alias(column) for name, column in (beside | columns).items()]
    keep = (
        pl.struct([c for c in rows.raw.columns if c not in _PLACE])
        if len(rows.raw.columns) > len(_PLACE)
        else pl.lit("{}")
    )
    raw = rows.raw.select(raw=keep.struct.json_encode() if len(rows.raw.columns) > len(_PLACE) else keep)
    tables = _delivered_tables(delivery, rows)
    return frame.select(
        *values,
        number=pl.col("_number"),
        owner_id=pl.lit(delivery.owner_id),
        period=pl.lit(delivery.period),
        delivery_id=pl.lit(delivery.pk),
        source_id=writing.next_ids(DeliveredRow, frame.height),
        state=pl.lit(RecordState.STANDS.value),
        state_reason=pl.lit(""),
        table_id=pl.col("_source").replace_strict(tables, return_dtype=pl.Int64),
        row_no=pl.col("_row"),
        item_no=pl.col("_item"),
        raw=raw["raw"],
        outcome=pl.when("refused").then(pl.lit(RowOutcome.REFUSED.value)).otherwise(pl.lit(RowOutcome.NEW.value)),
    )


def _value(field: kinds.Field) -> pl.Expr:
    """A field as the database holds it: euros for cents, and empty text for what is required but said otherwise."""
    if field.type == "money":
        return pl.col(field.name).cast(pl.Decimal(18, 2)) / 100
    return pl.col(field.name).fill_null("") if field.unless_in else pl.col(field.name)


def _delivered_tables(delivery: Delivery, rows: KindRows) -> dict[int, int]:
    """Make the delivered tables of a kind; source index to id."""
    made = DeliveredTable.objects.bulk_create(
        DeliveredTable(
            owner_id=delivery.owner_id,
            delivery=delivery,
            kind=rows.kind,
            file=source.file,
            name=source.table,
            form=source.form,
            columns={name: {"column": letter, "header": header} for name, (letter, header) in source.columns.items()},
        )
        for source in rows.sources
    )
    return {index: table.pk for index, table in enumerate(made)}


def _keep_rows(staged: str, delivery: Delivery) -> None:
    target = DeliveredRow._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {target} (id, owner_id, table_id, "row", item, number, raw, outcome)'
            " SELECT source_id, owner_id, table_id::bigint, row_no::int, item_no::int, coalesce(number, ''),"
            f" jsonb_strip_nulls(raw::jsonb), outcome FROM {staged}"
        )


def _drop_refused(staged: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {staged} WHERE outcome = 'refused'")


def _mark_vanished(table: writing.RecordTable, delivery: Delivery, frame: pl.DataFrame) -> list[str]:
    """Propose as withdrawn what stood in this period and is not in the delivery, refused rows included.

    What is kept here by hand is in no file, and stays. Returns the numbers.
    """
    seen = frame["_number"].drop_nulls().unique().to_list()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table.model._meta.db_table} m SET state = %s, state_reason = %s"
            f" FROM {Delivery._meta.db_table} d WHERE d.id = m.delivery_id AND d.origin <> %s"
            " AND m.owner_id = %s AND m.period = %s AND m.state = %s AND m.number <> ALL(%s) RETURNING m.number",
            [
                RecordState.VANISHED,
                f"delivery {delivery.pk}",
                Origin.FORM,
                delivery.owner_id,
                delivery.period,
                RecordState.STANDS,
                seen,
            ],
        )
        return sorted(number for (number,) in cursor.fetchall())


def _count(kind: str, delivery: Delivery, vanished: int) -> Written:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.outcome, count(*) FROM {DeliveredRow._meta.db_table} r JOIN {DeliveredTable._meta.db_table} t"
            " ON t.id = r.table_id WHERE t.delivery_id = %s AND t.kind = %s GROUP BY 1",
            [delivery.pk, kind],
        )
        counts = dict(cursor.fetchall())
    return Written(
        kind=kind,
        vanished=vanished,
        **{outcome.value: counts.get(outcome.value, 0) for outcome in RowOutcome},
    )
