"""How one value of a table or list becomes HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django_stubs_ext import StrOrPromise

from schakel.web import formats
from schakel.web.tables import Badge, Column, Kind, Link, Table

_HEADING = '<th scope="row" role="rowheader">'
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


def html(text: StrOrPromise) -> str:
    """A text as HTML; one that is HTML already stays as it is."""
    said = text if isinstance(text, str) else str(text)
    return said if isinstance(said, SafeString) else escape(said)


def shown(value: object, kind: Kind = "text") -> SafeString:
    """A value as HTML. Words for a figure that is not shown ("< 5") pass as they are, escaped."""
    if isinstance(value, Link):
        return SafeString(f'<a class="nl-link" href="{escape(value.href)}">{shown(value.text, kind)}</a>')
    if isinstance(value, Badge):
        return badge(value.kind, str(value.text))
    if value is None:
        return SafeString(formats.NOTHING)
    if kind == "text" or isinstance(value, str):
        return value if isinstance(value, SafeString) else SafeString(escape(str(value)))
    return SafeString(_WRITTEN[kind](value))


def badge(kind: str, text: str) -> SafeString:
    """A status as a word with a mark. Raises ``KeyError`` for a kind that there is not."""
    mark = MARKS[kind]
    shown_mark = f'<span class="badge__mark" aria-hidden="true">{mark}</span>' if mark else ""
    return SafeString(f'<span class="badge badge--{kind}">{shown_mark}<span>{html(text)}</span></span>')


def body(table: Table) -> SafeString:
    """The rows of a table. Written out: a page has hundreds of cells, and a template takes longer over each."""
    return _lines(table.columns, table.rows)


def footer(table: Table) -> SafeString:
    """The row of totals of a table; empty where it has none."""
    return _lines(table.columns, [table.footer] if table.footer else [])


def _lines(columns: Sequence[Column], rows: Sequence[Mapping[str, object]]) -> SafeString:
    opened = [(column, *_tags(column)) for column in columns]
    lines = (
        "".join(_cell(shown(row.get(column.key, ""), column.kind), tag, blank) for column, tag, blank in opened)
        for row in rows
    )
    return SafeString("".join(f'<tr role="row">{line}</tr>\n' for line in lines))


def _tags(column: Column) -> tuple[str, str]:
    """What a cell of a column begins with, and one that says nothing; a heading is one either way."""
    if column.heading:
        return (_HEADING, _HEADING)
    side, label = "table__end" if column.numeric else "table__start", escape(str(column.label))
    begun = f'<td role="cell" class="{side}%s" data-label="{label}"><span>'
    return begun.replace("%s", "", 1), begun.replace("%s", " table__blank", 1)


def _cell(value: SafeString, tag: str, blank: str) -> str:
    if tag is _HEADING:
        return f"{tag}{value}</th>"
    return f"{tag if value else blank}{value}</span></td>"
