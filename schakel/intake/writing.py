"""How accepted rows become records, in bulk.

COPY is refused on tables with row security, so rows go by COPY into a temporary table and from there
by INSERT ... SELECT. A room says with `RecordTable` which model keeps a kind and how fields become
columns.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import polars as pl
from django.db import connection, models

from schakel.intake import kinds
from schakel.intake.records import Record


@dataclass(frozen=True, slots=True)
class Beside:
    """A table of its own for fields that are more secret than, or particular beside, the record."""

    model: type[models.Model]
    link: str  # the one-to-one field to the record
    fields: tuple[str, ...]

    def of(self, record: Record) -> models.Model | None:
        """The row of ``record`` in this table; None where there is none that may be seen."""
        return self.model._default_manager.filter(**{self.link: record}).first()


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Which model keeps the records of a kind.

    ``columns``: field of the kind to field of the model, where the names differ. ``left_out``: fields
    of the kind that the model does not keep (its own number is `Record.number`).
    """

    kind: str
    model: type[Record]
    columns: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset({"number"})
    beside: tuple[Beside, ...] = ()

    def own_fields(self) -> list[str]:
        """The fields of the kind that stand in the model's own table."""
        elsewhere = {name for table in self.beside for name in table.fields}
        return [f.name for f in kinds.kind(self.kind).fields if f.name not in elsewhere | self.left_out]

    def column(self, name: str) -> str:
        """The database column that holds field ``name``."""
        return column_of(self.model, self.columns.get(name, name))


def column_of(model: type[models.Model], field_name: str) -> str:
    """The database column of a model's field."""
    return next(str(f.column) for f in model._meta.concrete_fields if f.name == field_name)


_tables: dict[str, RecordTable] = {}


def register_table(table: RecordTable) -> RecordTable:
    """Say which model keeps a kind. Raises ValueError where another already does."""
    if table.kind in _tables and _tables[table.kind].model is not table.model:
        raise ValueError(f"two models keep {table.kind}")
    _tables[table.kind] = table
    return table


def record_table(kind: str) -> RecordTable:
    """The table that keeps ``kind``. Raises KeyError."""
    return _tables[kind]


def record_tables() -> Iterator[RecordTable]:
    """All tables of records, those that others refer to first."""
    return (_tables[kind.name] for kind in kinds.kinds() if kind.name in _tables)


def _text(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with lists as PostgreSQL array literals; all else is left to CSV."""
    quoted = pl.element().cast(pl.String).str.replace_all(r"([\\\"])", r"\$1")
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    return frame.with_columns(
        pl.when(pl.col(name).is_null())
        .then(pl.lit("{}"))
        .otherwise(
            pl.concat_str(
                pl.lit("{"),
                pl.col(name).list.eval(pl.concat_str(pl.lit('"'), quoted, pl.lit('"'))).list.join(","),
                pl.lit("}"),
            )
        )
        .alias(name)
        for name in lists
    )


@contextmanager
def staged(frame: pl.DataFrame, table: RecordTable) -> Iterator[str]:
    """A temporary table that holds ``frame``; columns have the types they have where ``table`` keeps them.

    Columns kept nowhere are text. Yields the table's name; gone afterwards.
    """
    name = f"staged_{table.model._meta.db_table}"
    models_of = (table.model, *(beside.model for beside in table.beside))
    types = {f.column: f.db_type(connection) for model in reversed(models_of) for f in model._meta.concrete_fields}
    columns = ", ".join(f'"{column}" {types.get(column) or "text"}' for column in frame.columns)
    body = io.BytesIO()
    _text(frame).write_csv(body, include_header=False, null_value="\\N", quote_style="necessary")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({columns}) ON COMMIT DROP")
        with cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv, NULL '\\N')") as copy:
            copy.write(body.getvalue())
        cursor.execute(f"ANALYZE {name}")
        yield name
        cursor.execute(f"DROP TABLE {name}")


@contextmanager
def hash_joins() -> Iterator[None]:
    """Statements inside join by hashing or sorting, however few rows PostgreSQL expects.

    Soon after a large acceptance it still counts on next to none, and going through all records once for each staged
    row, which it then finds cheap, took seconds.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop = on")


def next_ids(model: type[models.Model], count: int) -> pl.Series:
    """``count`` fresh primary keys of ``model``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return pl.Series("id", [row[0] for row in cursor.fetchall()], dtype=pl.Int64)


def numbers_to_ids(kind: str, owner: int, period: int) -> pl.DataFrame:
    """``number`` to record ``id`` of an owner's records of a kind: of ``period``, else of the last one before."""
    table = record_table(kind).model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT ON (number) number, id FROM {table} WHERE owner_id = %s AND period <= %s"
            " ORDER BY number, period DESC",
            [owner, period],
        )
        return pl.DataFrame(cursor.fetchall(), schema={"number": pl.String, "id": pl.Int64}, orient="row")


def one_at_a_time(owner: int, period: int) -> None:
    """Hold back any other acceptance of the same owner and period until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [owner, period])


def beside_sql(table: RecordTable) -> str:
    """Joins of each table beside the record ``m``, as ``b0``, ``b1`` …, where it has a row."""
    return "".join(
        f' LEFT JOIN {part.model._meta.db_table} b{at} ON b{at}."{column_of(part.model, part.link)}" = m.id'
        for at, part in enumerate(table.beside)
    )


def outcomes(staged_table: str, table: RecordTable, owner: int, period: int) -> None:
    """Fill the staged column ``outcome``: new, changed or unchanged against the record that stands, all its tables."""
    places = [f'm."{table.column(name)}"' for name in table.own_fields()]
    places += [f'b{at}."{column_of(part.model, name)}"' for at, part in enumerate(table.beside) for name in part.fields]
    same = " AND ".join(f"{place} IS NOT DISTINCT FROM s.{place.partition('.')[2]}" for place in places) or "true"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {staged_table} s"
            f" SET outcome = CASE WHEN {same} AND m.state = 'stands' THEN 'unchanged' ELSE 'changed' END"
            f" FROM {table.model._meta.db_table} m{beside_sql(table)}"
            " WHERE m.owner_id = %s AND m.period = %s AND m.number = s.number AND s.outcome <> 'refused'",
            [owner, period],
        )


def upsert(staged_table: str, model: type[Record], columns: list[str]) -> None:
    """Write staged rows as records: new ones in, known ones brought up to date."""
    listed = ["owner_id", "period", "number", "delivery_id", "source_id", "state", "state_reason", *columns]
    names = ", ".join(f'"{c}"' for c in listed)
    updates = ", ".join(f'"{c}" = EXCLUDED."{c}"' for c in listed[3:])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {names} FROM {staged_table}"
            f" ON CONFLICT (owner_id, period, number) DO UPDATE SET {updates}"
        )


def upsert_beside(staged_table: str, table: RecordTable, beside: Beside, owner: int, period: int) -> None:
    """Write the fields that have a table of their own, linked to the records just written."""
    link = column_of(beside.model, beside.link)
    columns = [column_of(beside.model, name) for name in beside.fields]
    names = ", ".join(f'"{c}"' for c in columns)
    updates = ", ".join(f'"{c}" = EXCLUDED."{c}"' for c in columns)
    values = ", ".join(f's."{c}"' for c in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {beside.model._meta.db_table} (owner_id, {link}, {names})"
            f" SELECT m.owner_id, m.id, {values} FROM {staged_table} s JOIN {table.model._meta.db_table} m"
            " ON m.owner_id = %s AND m.period = %s AND m.number = s.number"
            f" ON CONFLICT ({link}) DO UPDATE SET {updates}",
            [owner, period],
        )
