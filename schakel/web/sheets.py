"""Lists for people to take along, as csv and as xlsx. Nothing written can run in a spreadsheet.

A text that a spreadsheet would take for a formula gets an apostrophe in front in csv (as OWASP advises against CSV
injection), and is written as text in xlsx.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

Value = str | int | Decimal | date | None
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_PER_CENT = re.compile(r"[+-]\d[\d.,]*%")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32_767  # characters in a cell


def harmless(value: Value) -> Value:
    """A text that a spreadsheet would run, with an apostrophe in front; anything else as it is, a growth of +5% too."""
    runs = isinstance(value, str) and value.startswith(_RUNS) and not _PER_CENT.fullmatch(value)
    return f"'{value}" if runs else value


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The lines of a csv file: UTF-8 with its mark, so that Excel reads it as such; semicolons, as Dutch Excel has."""
    yield "\ufeff"
    yield _line(heading)
    for row in rows:
        yield _line(row)


def _line(row: Sequence[Value]) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([harmless(value) for value in row])
    return line.getvalue()


def write_xlsx(target: IO[bytes], title: str, heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a workbook of one sheet, row by row: no more than a row is held in memory."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet(title[:31])
        page.set_column(0, len(heading) - 1, 18)
        page.freeze_panes(1, 0)
        page.write_row(0, 0, heading, book.add_format({"bold": True}))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(at, column, value[:_LONGEST])
                elif isinstance(value, date | datetime):
                    page.write_datetime(at, column, value, day)
                elif value is not None:
                    page.write_number(at, column, value)


def csv_response(name: str, heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponseBase:
    """A csv file to keep, called ``name``. The rows are read now, while the asker acts."""
    response = StreamingHttpResponse(list(csv_lines(heading, rows)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def xlsx_response(name: str, title: str, heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponseBase:
    """An xlsx file to keep, called ``name``; written to disk first."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(target, title, heading, rows)
    target.seek(0)
    response = FileResponse(target, content_type=_XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
