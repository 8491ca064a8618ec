"""The rows of a delivery as a new workbook, for senders of what is no workbook that can be edited in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from math import isfinite
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from schakel.intake.findings import Severity
from schakel.intake.reading.grid import column_index
from schakel.intake.reading.xlsx_rows import LAST_COLUMN, LAST_ROW
from schakel.intake.returning.front import (
    CELL_COLUMN,
    COLOURS,
    COLUMNS,
    MOST,
    FrontSheet,
    cells,
    head,
    location,
    sheet_name,
)
from schakel.intake.returning.marks import ORDER, Mark, Place, by_place, comment, order
from schakel.intake.tables import Table

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What a text looks like never makes it anything else."""

_LONGEST = 32_767  # characters of a cell
_EXACT_DIGITS = 15  # a longer number would lose its last digits in a cell
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_BOX = {"author": "Schakel", "width": 300, "height": 120}
_FORMATS = {"date": "dd-mm-yyyy", "moment": "dd-mm-yyyy hh:mm", "time": "hh:mm", "text": "@", "number": "General"}
_Value = str | int | float | bool | date | time


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A table, the title of its sheet, how many rows lower it stands there, and its marks by place."""

    table: Table
    title: str
    down: int
    marks: Mapping[Place, list[Mark]]


def rows_workbook(tables: Sequence[Table], marks: Sequence[Mark], front: FrontSheet, out: Path) -> None:
    """Write the rows of ``tables`` to ``out`` (xlsx) at the addresses that their sender knows, with ``marks`` drawn.

    JSON has no row 1 of its own: its keys stand in row 1 and record n in row n + 1. No text becomes a
    formula, a link or a number. What lies beyond what a sheet can hold is left out.
    """
    title = sheet_name(front, ())
    places = {(table.file, table.name): at for at, table in enumerate(tables)}
    told = sorted(marks, key=lambda one: (ORDER[one.severity], places.get((one.file, one.table), -1), order(one)))
    drawn = list(_drawn(tables, told, [title]))
    with xlsxwriter.Workbook(str(out), {"constant_memory": True, **OPTIONS}) as workbook:
        made = _Formats(workbook)
        _Front(workbook.add_worksheet(title), front, made).write(told, drawn)
        for one in drawn:
            _Sheet(workbook.add_worksheet(one.title), one, made, front.severities()).write()


class _Formats:
    """The formats of a workbook, each made when it is first asked for."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[str, Format] = {}

    def get(self, number: str = "General", severity: Severity | None = None, **said: object) -> Format:
        """The format with this number format, the fill of ``severity``, and the properties ``said``."""
        key = f"{number} {severity} {sorted(said.items())}"
        if key not in self._made:
            fill = {} if severity is None else {"bg_color": f"#{COLOURS[severity]}"}
            self._made[key] = self._workbook.add_format({"num_format": number, **fill, **said})
        return self._made[key]


class _Front:
    """The sheet of findings."""

    def __init__(self, sheet: Worksheet, front: FrontSheet, made: _Formats) -> None:
        self._sheet, self._front, self._made = sheet, front, made
        self._wrapped = made.get("@", text_wrap=True, valign="top")
        self._linked = made.get("@", underline=1, font_color="#0B4F8A", valign="top")

    def write(self, marks: Sequence[Mark], drawn: Sequence[_Drawn]) -> None:
        """Write what stands above the list, and the list."""
        above = head(self._front, marks, in_place=False)
        for row, (style, said) in enumerate(above):
            self._sheet.write_string(row, 0, said, self._style(style))
        first = len(above) + 1
        for at, (label, width) in enumerate(COLUMNS):
            self._sheet.set_column(at, at, width)
            self._sheet.write_string(first, at, self._front.word(label), self._made.get("@", bold=True))
        listed = marks[:MOST]
        for row, one in enumerate(listed, start=first + 1):
            self._finding(row, one, _link(one, drawn))
        self._sheet.autofilter(first, 0, first + len(listed), len(COLUMNS) - 1)
        self._sheet.freeze_panes(first + 1, 0)
        self._sheet.hide_gridlines(2)

    def _style(self, style: str) -> Format:
        if style == "title":
            return self._made.get("@", bold=True, font_size=16)
        return self._made.get("@") if style == "text" else self._made.get("@", Severity(style))

    def _finding(self, row: int, one: Mark, link: str) -> None:
        for at, said in enumerate(cells(one, self._front)):
            if at == CELL_COLUMN - 1 and link and said:
                self._sheet.write_url(row, at, f"internal:{link}", self._linked, said)
            elif said:
                style = self._made.get("@", one.severity, valign="top") if at == 0 else self._wrapped
                self._sheet.write_string(row, at, said[:_LONGEST], style)


def _drawn(tables: Sequence[Table], marks: Sequence[Mark], taken: list[str]) -> Iterator[_Drawn]:
    for table in tables:
        title = _title(table.name, taken)
        taken.append(title)
        own = [_placed(mark, table) for mark in marks if mark.table == table.name and mark.file in ("", table.file)]
        yield _Drawn(table, title, int(table.form == "json"), by_place(own))


def _title(name: str, taken: Iterable[str]) -> str:
    """A title for a sheet: what Excel forbids left out, at most 31 characters, none twice."""
    plain = _FORBIDDEN.sub(" ", name).strip(" '")[:31].strip(" '") or "-"
    there = {title.casefold() for title in taken} | {"history"}
    tries = (plain, *(f"{plain[: 27 - len(str(number))]} ({number})" for number in range(2, len(there) + 3)))
    return next(title for title in tries if title.casefold() not in there)


def _placed(mark: Mark, table: Table) -> Mark:
    """The mark with the letters of its column, where it only says the header."""
    if mark.column or not mark.header or table.form != "json":
        return mark
    found = next((letter for letter, said in table.header(0).items() if said == mark.header), "")
    return replace(mark, column=found)


def _link(mark: Mark, drawn: Sequence[_Drawn]) -> str:
    for one in drawn:
        if mark.table == one.table.name and mark.file in ("", one.table.file) and mark.row is not None:
            return location(one.title, f"{_placed(mark, one.table).column or 'A'}{mark.row + one.down}")
    return ""


class _Sheet:
    """One table of the delivery, row by row; cells that are marked and empty as well."""

    def __init__(self, sheet: Worksheet, one: _Drawn, made: _Formats, words: Mapping[Severity, str]) -> None:
        self._sheet, self._one, self._made, self._words = sheet, one, made, words
        self._waiting = sorted(one.marks, reverse=True)

    def write(self) -> None:
        """Write the cells and the comments on them. What is written already cannot be reached again."""
        frame, down = self._one.table.frame, self._one.down
        kept = [name for name in self._one.table.columns if column_index(name) <= LAST_COLUMN]
        places = [column_index(name) - 1 for name in kept]
        for row, *said in frame.select("row", *(each for c in kept for each in (c, f"{c}.type"))).iter_rows():
            if row + down > LAST_ROW:
                break
            self._colour(row)
            for column, text, type_ in zip(places, said[::2], said[1::2], strict=True):
                if text is not None:
                    self._cell(row, column, text, type_)
        self._colour(LAST_ROW)

    def _colour(self, row: int) -> None:
        """Colour the marked cells up to ``row`` as if they were empty; those that are not are written over."""
        while self._waiting and self._waiting[-1][0] <= row:
            place = self._waiting.pop()
            told = self._one.marks[place]
            at = place[0] + self._one.down - 1, place[1] - 1
            self._sheet.write_blank(*at, None, self._made.get(severity=told[0].severity))
            self._sheet.write_comment(*at, comment(told, self._words), _BOX)

    def _cell(self, row: int, column: int, said: str, type_: str) -> None:
        value, kind = _value(said, type_)
        told = self._one.marks.get((row, column + 1))
        form = self._made.get(_FORMATS[kind], told[0].severity if told else None)
        at = row + self._one.down - 1, column
        if isinstance(value, str):
            self._sheet.write_string(*at, value[:_LONGEST], form)
        elif isinstance(value, bool):
            self._sheet.write_boolean(*at, value, form)
        elif isinstance(value, date | time):
            self._sheet.write_datetime(*at, value, form)
        else:
            self._sheet.write_number(*at, value, form)


def _value(said: str, type_: str) -> tuple[_Value, str]:
    """The value of a cell and the name of its format; what Excel would alter stays text."""
    try:
        if type_ == "number" and sum(c.isdigit() for c in said) <= _EXACT_DIGITS and isfinite(float(said)):
            return float(said), "number"
        if type_ == "boolean":
            return said == "true", "number"
        if type_ == "date":
            return _moment(said)
    except ValueError:
        return said, "text"
    return said, "text"


def _moment(said: str) -> tuple[_Value, str]:
    if re.fullmatch(r"\d\d:\d\d.*", said):
        return time.fromisoformat(said), "time"
    moment = datetime.fromisoformat(said)
    if moment.year < 1900 or moment.tzinfo is not None:
        return said, "text"
    return (moment.date(), "date") if len(said) == len("2023-01-31") else (moment, "moment")
