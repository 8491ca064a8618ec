"""A blank delivery workbook for agencies without a system: to be filled in, and read without any mapping."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from schakel.intake.blank import words
from schakel.intake.blank.choices import OwnCodes, choices, own_codes
from schakel.intake.blank.rules import HEADER_ROW, Lists, number_format, rule
from schakel.intake.kinds import Field, RecordKind
from schakel.intake.returning.rows import OPTIONS
from schakel.words import Words

__all__ = ["OwnCodes", "blank_workbook", "own_codes"]

_REQUIRED = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#154273", "font_color": "#FFFFFF"}
_OPTIONAL = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#D9E5F2", "font_color": "#10233F"}
_WIDTHS = {"text": 26, "money": 18, "date": 14, "code": 24, "country": 22}


def blank_workbook(
    kinds: Sequence[RecordKind],
    *,
    agency: str,
    period: int,
    language: str,
    known: Mapping[str, list[str]] = {},
    own_codes: OwnCodes = {},  # noqa: B006 - only read
) -> bytes:
    """A workbook (xlsx) with an empty sheet for each of ``kinds``, for ``agency`` to fill in for ``period``.

    ``language``: "nl" or "en", of headers, explanations and lists. ``known``: by kind, the numbers that the
    agency gave its records, offered where another record refers to one. ``own_codes``: how the agency writes
    codes, offered instead of our labels (see `own_codes`). Raises ValueError for no kinds at all.
    """
    if not kinds:
        raise ValueError("a blank workbook needs at least one record kind")
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, **OPTIONS}) as workbook:
        writer = _Writer(workbook, kinds, period, language)
        writer.explain(agency)
        for kind in kinds:
            writer.sheet(kind, known, own_codes.get(kind.name, {}))
        writer.lists.write()
    return memory.getvalue()


class _Writer:
    """One blank workbook in the making."""

    def __init__(self, workbook: xlsxwriter.Workbook, kinds: Sequence[RecordKind], period: int, language: str) -> None:
        self._workbook, self._period, self._language = workbook, period, language
        self._kinds = {kind.name: kind for kind in kinds}
        self._required, self._optional = workbook.add_format(_REQUIRED), workbook.add_format(_OPTIONAL)
        self._first = workbook.add_worksheet(self._say(words.FIRST))
        self.lists = Lists(workbook, self._say(words.LISTS))

    def _say(self, said: Words) -> str:
        return said.in_(self._language)

    def _title(self, kind: RecordKind) -> str:
        return self._say(words.capital(kind.plural))[:31]

    def explain(self, agency: str) -> None:
        """Write the first sheet: what this is, how it is filled in, and which sheets there are."""
        first, wrapped = self._first, self._workbook.add_format({"text_wrap": True, "valign": "top"})
        big = self._workbook.add_format({"bold": True, "font_size": 16})
        link = self._workbook.add_format({"underline": 1, "font_color": "#0B4F8A"})
        first.set_column(0, 0, 100)
        first.hide_gridlines(2)
        first.write_string(0, 0, self._say(words.TITLE.format(period=self._period)), big)
        lines = [words.FOR.format(agency=agency), *words.HOW]
        for row, said in enumerate(lines, start=1):
            first.write_string(row, 0, self._say(said), wrapped)
        row = len(lines) + 2
        first.write_string(row, 0, self._say(words.CONTENTS), self._workbook.add_format({"bold": True}))
        for at, kind in enumerate(self._kinds.values(), start=row + 1):
            title = self._title(kind)
            first.write_url(at, 0, f"internal:'{title}'!A{HEADER_ROW + 2}", link, title)

    def sheet(self, kind: RecordKind, known: Mapping[str, list[str]], own: Mapping[str, Mapping[str, str]]) -> None:
        """Write the sheet of one kind: headers that explain themselves above empty, checked columns."""
        sheet = self._workbook.add_worksheet(self._title(kind))
        above = words.ABOVE.format(plural=self._title(kind), period=self._period)
        sheet.write_string(0, 0, self._say(above), self._workbook.add_format({"italic": True}))
        for column, field in enumerate(kind.fields):
            offered = choices(field, self._language, own.get(field.name, {}), known)
            self._column(sheet, column, kind, field, offered)
        sheet.set_row(HEADER_ROW, 32)
        sheet.freeze_panes(HEADER_ROW + 1, 0)

    def _column(self, sheet: Worksheet, column: int, kind: RecordKind, field: Field, offered: list[str]) -> None:
        label = self._say(field.labels)
        told = self._explained(kind, field)
        form = self._workbook.add_format({"num_format": number_format(field)})
        sheet.set_column(column, column, max(_WIDTHS.get(field.type, 16), len(label) + 2), form)
        sheet.write_string(HEADER_ROW, column, label, self._required if field.required else self._optional)
        sheet.write_comment(HEADER_ROW, column, f"{label}\n{told}", {"author": "Schakel", "width": 260})
        source = self.lists.source(offered)
        message = {"title": label, "message": told, "wrong": self._say(words.WRONG)}
        sheet.data_validation(*_below(column), rule(field, source, message))

    def _explained(self, kind: RecordKind, field: Field) -> str:
        target = self._kinds.get(field.refers_to or "")
        plural = words.capital(target.plural) if target else None
        return self._say(words.explanation(field, plural, key=field.name in kind.key, period=self._period))


def _below(column: int) -> tuple[int, int, int, int]:
    """The cells of a column that are filled in."""
    return HEADER_ROW + 1, column, HEADER_ROW + _ROWS, column


_ROWS = 10_000  # lines that are checked as they are filled in; nobody types more
