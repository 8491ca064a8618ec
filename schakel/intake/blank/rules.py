"""What a spreadsheet program lets one fill in: a rule for each column, and the hidden sheet with the long lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import xlsxwriter

from schakel.intake.kinds import Field
from schakel.intake.reading.grid import letters

HEADER_ROW = 1  # counted from 0: above it stands what the sheet is and in which unit its amounts are
_LONGEST_LIST = 255  # characters of a list that a rule itself can hold
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_FIRST_DAY, _LAST_DAY = date(1900, 3, 1), date(2199, 12, 31)
_NUMBERS = {"money": "#,##0.00", "number": "0.00", "integer": "0", "year": "0", "date": "dd-mm-yyyy"}
_TEXT = "@"  # keeps the noughts in front of a number, and "2-3" from becoming a date

Rule = dict[str, Any]


def number_format(field: Field) -> str:
    """The number format of a field's column: text, unless it is a number or a date."""
    return _NUMBERS.get(field.type, _TEXT)


def rule(field: Field, source: list[str] | str | None, said: dict[str, str]) -> Rule:
    """The rule of a field's column; ``source``: its list; ``said``: title, message, and what is said when wrong.

    A list of several values, of countries or of records can be filled in otherwise after a warning.
    """
    told: Rule = {
        "input_title": said["title"][:_LONGEST_TITLE],
        "input_message": said["message"][:_LONGEST_MESSAGE],
        "error_title": said["wrong"][:_LONGEST_TITLE],
        "error_message": said["message"][:_LONGEST_MESSAGE],
    }
    if source:
        strict = field.type == "code" and not field.several
        return told | {"validate": "list", "source": source, "error_type": "stop" if strict else "warning"}
    return told | _RULES.get(field.type, {"validate": "any"})


_RULES: dict[str, Rule] = {
    "integer": {"validate": "integer", "criteria": ">=", "value": 0},
    "money": {"validate": "decimal", "criteria": ">=", "value": 0},
    "number": {"validate": "decimal", "criteria": ">=", "value": 0},
    "date": {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY},
    "year": {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2199},
    "kvk": {"validate": "length", "criteria": "==", "value": 8},
    "rsin": {"validate": "length", "criteria": "==", "value": 9},
    "postcode": {"validate": "length", "criteria": "between", "minimum": 6, "maximum": 7, "error_type": "warning"},
}


class Lists:
    """Lists too long for a rule, each in a column of a hidden sheet; the same list stands there once."""

    def __init__(self, workbook: xlsxwriter.Workbook, title: str) -> None:
        self._workbook, self._title = workbook, title
        self._columns: dict[tuple[str, ...], int] = {}

    def source(self, offered: list[str]) -> list[str] | str | None:
        """The list as a rule names it: itself if it is short, else the cells where `write` puts it."""
        if not offered:
            return None
        if len(",".join(offered)) <= _LONGEST_LIST and not any("," in each for each in offered):
            return offered
        column = letters(self._columns.setdefault(tuple(offered), len(self._columns)) + 1)
        return f"='{self._title}'!${column}$1:${column}${len(offered)}"

    def write(self) -> None:
        """Write the hidden sheet, behind all others, if there is any long list."""
        if not self._columns:
            return
        sheet = self._workbook.add_worksheet(self._title)
        for values, column in self._columns.items():
            for row, value in enumerate(values):
                sheet.write_string(row, column, value)
        sheet.hide()
