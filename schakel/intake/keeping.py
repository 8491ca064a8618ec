"""A delivery's tables as they were read, kept in runs of rows: to look at, to mend and to examine again.

Invariant: what is loaded equals what was kept, cell for cell, at the sender's own addresses.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

import polars as pl

from schakel.intake.models import Delivery, ReadRows, ReadTable
from schakel.intake.tables import CELL_TYPE, Table

ROWS_A_RUN = 500


def keep_tables(delivery: Delivery, tables: Iterable[Table]) -> None:
    """Keep ``tables`` with ``delivery``, in place of those kept before; in the caller's transaction."""
    ReadTable.objects.filter(delivery=delivery).delete()
    for position, table in enumerate(tables):
        kept = ReadTable.objects.create(
            owner_id=delivery.owner_id,
            delivery=delivery,
            position=position,
            file=table.file,
            name=table.name,
            form=table.form,
            hidden=table.hidden,
            columns=table.columns,
            rows=table.frame.height,
            extras=_extras(table),
        )
        ReadRows.objects.bulk_create(_runs(kept, table.frame), batch_size=20)


def load_tables(delivery: Delivery) -> list[Table]:
    """The tables of a delivery as they were read."""
    return [load_table(kept) for kept in ReadTable.objects.filter(delivery=delivery).order_by("position")]


def load_table(kept: ReadTable) -> Table:
    """One table as it was read."""
    runs = ReadRows.objects.filter(table=kept).order_by("first").values_list("content", flat=True)
    return _table(kept, [_frame(bytes(content)) for content in runs.iterator(chunk_size=20)])


def load_rows(kept: ReadTable, first: int, last: int) -> Table:
    """The table with only its rows from number ``first`` up to and with ``last``."""
    runs = ReadRows.objects.filter(table=kept, last__gte=first, first__lte=last).order_by("first")
    table = _table(kept, [_frame(bytes(run.content)) for run in runs])
    return replace(table, frame=table.frame.filter(pl.col("row").is_between(first, last)))


def load_column(kept: ReadTable, letter: str) -> Table:
    """The table with only the column ``letter`` of all its rows; without any where it has no such column."""
    if letter not in kept.columns:
        return _table(kept, [_empty([])])
    wanted = ["row", letter, f"{letter}.type"]
    runs = ReadRows.objects.filter(table=kept).order_by("first").values_list("content", flat=True)
    frames = [_frame(bytes(content), wanted) for content in runs.iterator(chunk_size=20)]
    return _table(kept, frames or [_empty([letter])])


def _runs(kept: ReadTable, frame: pl.DataFrame) -> Iterator[ReadRows]:
    for run in frame.iter_slices(ROWS_A_RUN):
        content = io.BytesIO()
        run.with_columns(pl.col(pl.Enum).cast(pl.String)).write_parquet(content, compression="zstd")
        yield ReadRows(
            owner_id=kept.owner_id,
            table=kept,
            first=int(run["row"][0]),
            last=int(run["row"][-1]),
            content=content.getvalue(),
        )


def _frame(content: bytes, columns: list[str] | None = None) -> pl.DataFrame:
    frame = pl.read_parquet(io.BytesIO(content), columns=columns)
    return frame.with_columns(pl.col(name).cast(CELL_TYPE) for name in frame.columns if name.endswith(".type"))


def _empty(columns: Iterable[str]) -> pl.DataFrame:
    schema: dict[str, pl.DataType | type[pl.DataType]] = {"row": pl.UInt32}
    for letter in columns:
        schema |= {letter: pl.String, f"{letter}.type": CELL_TYPE}
    return pl.DataFrame(schema=schema)


def _extras(table: Table) -> dict[str, object]:
    return {
        "hidden_rows": sorted(table.hidden_rows),
        "hidden_columns": sorted(table.hidden_columns),
        "merged": list(table.merged),
        "notes": table.notes,
    }


def _table(kept: ReadTable, frames: list[pl.DataFrame]) -> Table:
    extras = kept.extras
    return Table(
        file=kept.file,
        name=kept.name,
        form=kept.form,  # type: ignore[arg-type]  # kept from a Table
        frame=pl.concat(frames) if frames else _empty(kept.columns),
        hidden=kept.hidden,
        hidden_rows=frozenset(extras["hidden_rows"]),
        hidden_columns=frozenset(extras["hidden_columns"]),
        merged=tuple(extras["merged"]),
        notes=extras["notes"],
    )
