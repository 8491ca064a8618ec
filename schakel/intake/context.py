"""What checks may know beside a delivery: the same agency's own records, of this period and before.

Read with the agency's own rights; what other agencies have is for the linker to compare.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from django.db import connection

from schakel.intake import kinds, writing
from schakel.intake.checks import Context
from schakel.intake.interpreting import dtype
from schakel.intake.records import RecordState

_beside: dict[str, Callable[[int], pl.DataFrame]] = {}


def register_beside(name: str, ask: Callable[[int], pl.DataFrame]) -> None:
    """Let checks know what ``ask`` gives for a year, under ``name``; it reads with the rights of who delivers."""
    _beside[name] = ask


def context_for(*, agency: str, owner: int, period: int, whole: bool = True) -> Context:
    """The context for checking a delivery of the acting party ``owner`` (slug ``agency``) for ``period``.

    ``whole``: the delivery says all there is of the kinds that it holds; see `Context`.
    """
    standing, earlier = {}, {}
    for table in writing.record_tables():
        known = _own_records(table, owner, period)
        now, before = known.filter(pl.col("_period") == period), known.filter(pl.col("_period") < period)
        if now.height:
            standing[table.kind] = now.drop("_period")
        if before.height:
            earlier[table.kind] = before
    beside = {name: ask(period) for name, ask in sorted(_beside.items())}
    return Context(period=period, agency=agency, standing=standing, earlier=earlier, beside=beside, whole=whole)


def _own_records(table: writing.RecordTable, owner: int, period: int) -> pl.DataFrame:
    """Standing records of a kind, up to ``period``, with the kind's fields; references as numbers."""
    declared = [field for field in kinds.kind(table.kind).fields if field.name in table.own_fields()]
    columns = [_column(table, field) for field in declared]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT m.period, m.number{''.join(f', {c}' for c in columns)} FROM {table.model._meta.db_table} m"
            " WHERE m.owner_id = %s AND m.period <= %s AND m.state = %s",
            [owner, period, RecordState.STANDS],
        )
        found = cursor.fetchall()
    schema = {"_period": pl.Int32, "_number": pl.String} | {field.name: dtype(field) for field in declared}
    frame = pl.DataFrame(found, schema=schema, orient="row")
    # A record's number is its key; what stands in a table of its own (a valuation) is not looked into.
    elsewhere = [f for f in kinds.kind(table.kind).fields if f.name not in schema]
    return frame.with_columns(
        (pl.col("_number") if f.name == "number" else pl.lit(None)).cast(dtype(f)).alias(f.name) for f in elsewhere
    )


def _column(table: writing.RecordTable, field: kinds.Field) -> str:
    column = f'm."{table.column(field.name)}"'
    if field.type == "money":
        return f"({column} * 100)::bigint"
    if field.type == "number":
        return f"{column}::float8"
    if field.refers_to is not None:
        related = writing.record_table(field.refers_to).model._meta.db_table
        return f"(SELECT r.number FROM {related} r WHERE r.id = {column})"
    return column
