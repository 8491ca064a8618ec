"""Answers as csv, xlsx, json and Parquet. Nothing written can run in a spreadsheet.

A file says by itself what it holds: definitions with their version, unit and nature, footnotes, coverage, how the
figures of each year stand, when and for whom they were asked, and the address that asks them again.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from schakel.figures.exploring.definitions import Definition, heading, nature_words, unit_words
from schakel.figures.exploring.files import ABOUT, FIGURES, Taken, Value, exact, rows, told_rows
from schakel.figures.exploring.laying import Laid, Table
from schakel.figures.exploring.words import cell_words
from schakel.web.sheets import csv_lines

KEY = b"schakel"
"""Under which key of a Parquet file's metadata stands what ``about`` tells, as JSON."""
_LONGEST = 32_767  # characters in a cell of a workbook
_NUMBERS = {
    "eur": "#,##0.00",
    "share": "0.0%",
    "ratio": "0.00",
    "growth": "+0.0%;-0.0%;0.0%",
    "fte": "#,##0.0",
    "tonne": "#,##0.0",
}


def write_csv(taken: Taken) -> bytes:
    """Rows with all that must be known of each (UTF-8 with its mark, semicolons)."""
    columns = (*FIGURES, *ABOUT)
    lines = csv_lines(columns, ([_plain(row[column]) for column in columns] for row in told_rows(taken)))
    return "".join(lines).encode()


def _plain(value: Value) -> Value:
    """Decimals without an exponent."""
    return format(value, "f") if isinstance(value, Decimal) else value


def about(taken: Taken) -> dict[str, Any]:
    """What a file says of itself, beside its figures."""
    explored = taken.explored
    return {
        "asked_at": taken.asked_at.isoformat(timespec="seconds"),
        "asked_for": taken.asked_for,
        "address": taken.address,
        "limits": taken.limits(),
        "years": [
            {"year": year, "standing": said, "state": explored.vintages[year].state}
            | {"version": explored.vintages[year].version or None}
            for year, said in taken.standing().items()
        ],
        "definitions": [_definition(each) for each in taken.definitions()],
        "footnotes": [{"number": number, "text": text} for number, text in enumerate(explored.notes, start=1)],
    }


def _definition(of: Definition) -> dict[str, Any]:
    return {
        "indicator": of.indicator.id,
        "version": of.version,
        "years": list(of.years),
        "name": heading(of, several=False),
        "unit": of.indicator.unit,
        "nature": of.indicator.nature,
        "facts": dict(of.facts()),
    }


def write_json(taken: Taken) -> bytes:
    """An object: ``about`` and ``figures``."""
    figures = [{name: _number(value) for name, value in row.items()} for row in rows(taken)]
    return json.dumps({**about(taken), "figures": figures}, ensure_ascii=False, indent=1).encode() + b"\n"


def _number(value: Value) -> str | int | float | None:
    """JSON has no decimals: four digits behind the point lose nothing as a float."""
    return float(value) if isinstance(value, Decimal) else value


_TYPES: Mapping[str, pa.DataType] = {
    "year": pa.int32(),
    "value": pa.decimal128(24, 4),
    "numerator": pa.int64(),
    "denominator": pa.int64(),
    "agencies_delivered": pa.int32(),
    "agencies_expected": pa.int32(),
    "definition_version": pa.int32(),
}


def write_parquet(taken: Taken) -> bytes:
    """The rows, footnotes as a column; what ``about`` tells stands in the file's metadata (KEY)."""
    told = {KEY: json.dumps(about(taken), ensure_ascii=False).encode()}
    schema = pa.schema([(name, _TYPES.get(name, pa.string())) for name in FIGURES], metadata=told)
    found = [row | {"value": _decimal(row["value"])} for row in rows(taken)]
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(found, schema), target, compression="zstd")
    return target.getvalue()


def _decimal(value: Value) -> Decimal | None:
    return None if value is None else Decimal(value)


def write_xlsx(taken: Taken) -> bytes:
    """A workbook: the tables of the page, the rows, the definitions, and what is to be known of them."""
    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {unit: book.add_format({"num_format": form}) for unit, form in _NUMBERS.items()}
        _tables(book.add_worksheet(_("Tables")), taken.explored.tables, bold, formats)
        _listed(book.add_worksheet(_("List")), FIGURES, ([row[n] for n in FIGURES] for row in rows(taken)), bold)
        _listed(book.add_worksheet(_("Definitions")), *_definitions(taken), bold)
        _listed(book.add_worksheet(_("About")), *_told(taken), bold)
    return target.getvalue()


def _tables(page: Worksheet, tables: Sequence[Table], bold: Format, formats: Mapping[str, Format]) -> None:
    """The tables under each other; the numbers of the footnotes of a row stand behind it."""
    page.set_column(0, 0, 32)
    page.set_column(1, 40, 16)
    line = 0
    for table in tables:
        _text(page, line, 0, _noted(table.caption, table.notes), bold)
        for at, text in enumerate([table.corner, *(_noted(head.label, head.notes) for head in table.heads)]):
            _text(page, line + 1, at, text, bold)
        line += 2
        for row in table.rows:
            own = tuple(sorted({number for laid in row.cells for number in laid.notes}))
            _text(page, line, 0, _noted(row.head.label, row.head.notes))
            for at, laid in enumerate(row.cells, start=1):
                _figure(page, line, at, laid, formats)
            _text(page, line, len(row.cells) + 1, _noted("", own))
            line += 1
        line += 1


def _noted(text: str, notes: Sequence[int]) -> str:
    return " ".join(filter(None, (text, " ".join(f"({number})" for number in notes))))


def _figure(page: Worksheet, line: int, at: int, laid: Laid, formats: Mapping[str, Format]) -> None:
    value = exact(laid.cell)
    if value is None:
        _text(page, line, at, cell_words(laid.cell))
    else:
        unit = laid.cell.indicator.unit
        page.write_number(line, at, value - 1 if unit == "growth" else value, formats.get(unit))


def _listed(page: Worksheet, columns: Sequence[str], listed: Iterable[Sequence[Value]], bold: Format) -> None:
    page.freeze_panes(1, 0)
    page.set_column(0, len(columns) - 1, 22)
    for at, name in enumerate(columns):
        _text(page, 0, at, name, bold)
    for line, row in enumerate(listed, start=1):
        for at, value in enumerate(row):
            if isinstance(value, str):
                _text(page, line, at, value)
            elif value is not None:
                page.write_number(line, at, value)


def _text(page: Worksheet, line: int, at: int, text: str, form: Format | None = None) -> None:
    if text:
        page.write_string(line, at, text[:_LONGEST], form)


def _definitions(taken: Taken) -> tuple[Sequence[str], list[list[Value]]]:
    columns = (
        _("Indicator"),
        _("Version of the definition"),
        _("Years"),
        _("Definition"),
        _("Unit"),
        _("Stock or flow"),
    )
    return columns, [
        [
            heading(each, several=False),
            each.version,
            ", ".join(map(str, each.years)),
            each.text,
            unit_words(each.indicator),
            nature_words(each.indicator),
        ]
        for each in taken.definitions()
    ]


def _told(taken: Taken) -> tuple[Sequence[str], list[list[Value]]]:
    told: list[list[Value]] = [
        [_("Asked on"), taken.asked_at.isoformat(timespec="seconds")],
        [_("Asked for"), taken.asked_for],
        [_("Address"), taken.address],
        [_("Limited to"), taken.limits() or "–"],
    ]
    told += [[str(year), said] for year, said in taken.standing().items()]
    return (_("About"), ""), told + [[f"({n})", text] for n, text in enumerate(taken.explored.notes, start=1)]


FORMS: Mapping[str, tuple[Callable[[Taken], bytes], str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (write_json, "application/json"),
    "parquet": (write_parquet, "application/vnd.apache.parquet"),
}
"""What writes each form, and its media type."""
