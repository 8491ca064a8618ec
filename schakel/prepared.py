"""Statements that stand written out and are asked for every page: the database plans each once for a connection.

Planning one takes two thirds of what it costs. Its values go apart from it, so that PostgreSQL must be able to tell
their types: say ``%s::integer[]`` where nothing beside it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model

M = TypeVar("M", bound=Model)
Said = Sequence[Any] | Mapping[str, Any]


def rows(statement: str, said: Said = ()) -> list[tuple[Any, ...]]:
    """The rows that ``statement`` gives with ``said`` in its places. Raises django.db.Error."""
    with _cursor() as cursor:
        cursor.execute(statement, said)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def do(statement: str, said: Said = ()) -> None:
    """As ``rows``, of a statement that gives none."""
    with _cursor() as cursor:
        cursor.execute(statement, said)


def records(model: type[M], name: str, statement: str, said: Said = ()) -> list[M]:
    """As ``rows``, as records of ``model``.

    The statement selects ``{columns}``, those of the model's table, which it calls ``name``.
    """
    selecting = statement.format(columns=columns(model, name))
    return [read(model, iter(row)) for row in rows(selecting, said)]


@cache
def columns(model: type[Model], name: str) -> str:
    """The columns of a model's table, which the statement calls ``name``, as ``read`` takes them.

    Each by its name: PostgreSQL refuses a kept plan of ``SELECT *`` once the table has another column.
    """
    return ", ".join(f'{name}."{field.column}"' for field in model._meta.concrete_fields)


def read(model: type[M], values: Iterator[object]) -> M:
    """The next of a row's values as a record: as many as the model has columns."""
    names, converted = _fields(model)
    listed = list(islice(values, len(names)))
    for at, field in converted:
        listed[at] = field.from_db_value(listed[at], field.cached_col, connection)
    return model.from_db(DEFAULT_DB_ALIAS, names, listed)


@cache
def _fields(model: type[Model]) -> tuple[list[str], list[tuple[int, Any]]]:
    """The fields of a model by name, and those whose value is another than the database gives, with their place."""
    fields = model._meta.concrete_fields
    converted = [(at, field) for at, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return [field.attname for field in fields], converted


@contextmanager
def _cursor() -> Iterator[Any]:
    """As ``connection.cursor()``; Django's sends values inside the statement, so that none is ever the same."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.close_if_health_check_failed()
    database.ensure_connection()
    database.connection.prepare_threshold = 0  # from the first time on
    made = database.make_debug_cursor if database.queries_logged else database.make_cursor
    with made(psycopg.Cursor(database.connection)) as cursor:
        yield cursor
