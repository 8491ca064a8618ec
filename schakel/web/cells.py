"""How one value of a table or list becomes HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from schakel.web import formats
from schakel.web.tables import Badge, Column, Kind, Link, Table

MARKS = {"ok": "✓", "warning": "!", "error": "✕", "info": "i", "neutral": ""}

_WRITTEN: dict[Kind, Callable[[Any], str]] = {
    "number": formats.number,
    "decimal": lambda value: formats.number(value, 1),
    "money": formats.money,
    "money_exact": formats.money_exact,
    "percent": formats.percent,
    "date": formats.date_long,
    "moment": formats.moment_long,
}
Cell = tuple[Column, SafeString]


def shown(value: object, kind: Kind = "text") -> SafeString:
    """A value as HTML. Words for a figure that is not shown ("< 5") pass as they are, escaped."""
    if isinstance(value, Link):
        return format_html('<a class="nl-link" href="{}">{}</a>', value.href, shown(value.text, kind))
    if isinstance(value, Badge):
        return badge(value.kind, str(value.text))
    if value is None:
        return SafeString(formats.NOTHING)
    if kind == "text" or isinstance(value, str):
        return value if isinstance(value, SafeString) else escape(str(value))
    return SafeString(_WRITTEN[kind](value))


def badge(kind: str, text: str) -> SafeString:
    """A status as a word with a mark. Raises ``KeyError`` for a kind that there is not."""
    mark = MARKS[kind]
    shown_mark = format_html('<span class="badge__mark" aria-hidden="true">{}</span>', mark) if mark else ""
    return format_html('<span class="badge badge--{}">{}<span>{}</span></span>', kind, shown_mark, text)


def row_cells(columns: Sequence[Column], row: Mapping[str, object]) -> list[Cell]:
    """The cells of one row, in the order of the columns."""
    return [(column, shown(row.get(column.key, ""), column.kind)) for column in columns]


def body(table: Table) -> list[list[Cell]]:
    """The cells of all rows of a table."""
    return [row_cells(table.columns, row) for row in table.rows]
