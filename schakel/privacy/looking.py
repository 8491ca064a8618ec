"""Looking a person up in all that the acting party holds: which rows, and what they say.

Under the party's own row-level walls: what another party holds is not seen, and not asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from schakel.privacy.declaring import Holding, searched
from schakel.privacy.marks import Finder
from schakel.privacy.specials import specials

_PART = 5000  # values read at a time
_ROWS = "SELECT id, {value} FROM {table} WHERE id > %s AND {column} IS NOT NULL AND ({of}) ORDER BY id LIMIT {part}"
_TOLD = "SELECT id, {listed} FROM {table} WHERE id = ANY(%s) AND ({of}) ORDER BY id"

Found = dict[str, dict[str, list[int]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is read and written: ``form`` is "text", "json" or "list"; ``longest``: signs that fit."""

    table: str
    name: str
    form: str
    longest: int | None
    named: bool


@cache
def column_of(table: str, name: str) -> Column:
    """A declared column. Raises LookupError for one that is not there or holds no text."""
    model = _models()[table]
    field = next(field for field in model._meta.concrete_fields if field.column == name)
    if isinstance(field, models.JSONField):
        form = "json"
    elif isinstance(field, ArrayField):
        form = "list"
    elif isinstance(field, models.CharField | models.TextField):
        form = "text"
    else:
        raise LookupError(f"{table}.{name} holds no text")
    named = any(name in one.named for one in searched() if one.table == table)
    return Column(table, name, form, getattr(field, "max_length", None) if form == "text" else None, named)


def values(holding: Holding, column: Column, party: int) -> Iterator[tuple[int, str]]:
    """Each row's value of a column of what a party holds, as text or as JSON."""
    value = {"text": '"{0}"::text', "json": '"{0}"::text', "list": 'to_jsonb("{0}")::text'}[column.form]
    statement = _ROWS.format(
        table=holding.table,
        column=f'"{column.name}"',
        value=value.format(column.name),
        of=holding.of.format(party=int(party)),
        part=_PART,
    )
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [after])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < _PART:
            return
        after = rows[-1][0]


def look_up(party: int, finder: Finder) -> Found:
    """Table to column to ids of the rows in which the person is, of what ``party``, who acts, holds."""
    found: Found = {}
    for holding in searched():
        for name in holding.searched:
            column = column_of(holding.table, name)
            ids = [pk for pk, value in values(holding, column, party) if said(column, value, finder)]
            if ids:
                found.setdefault(holding.table, {})[name] = ids
    for special in specials():
        ids = special.found(party, finder)
        if ids:
            found.setdefault(special.table, {})[special.column] = ids
    return found


def said(column: Column, value: str, finder: Finder) -> bool:
    """Whether the person is in a value."""
    if column.form == "text":
        return finder.finds(value)
    return any(finder.finds(text) for text in _texts(json.loads(value)))


def told(holding: Holding, found: dict[str, list[int]], party: int) -> list[dict[str, Any]]:
    """The rows in which the person was found, with all that is declared of them, for a page or an export."""
    ids = sorted({pk for of_column in found.values() for pk in of_column})
    columns = [column_of(holding.table, name) for name in holding.searched]
    listed = ", ".join(f'to_jsonb("{column.name}")::text' for column in columns)
    with connection.cursor() as cursor:
        of = holding.of.format(party=int(party))
        cursor.execute(_TOLD.format(listed=listed, table=holding.table, of=of), [ids])
        names = [column.name for column in columns]
        return [
            {"id": pk} | {name: json.loads(value) for name, value in zip(names, row, strict=True) if value is not None}
            for pk, *row in cursor.fetchall()
        ]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
