"""One table of an OpenDocument spreadsheet."""

from __future__ import annotations

import re

from schakel.intake.reading.formulas import remark_uncalculated
from schakel.intake.reading.grid import BOOLEAN, DATE, ERROR, NUMBER, TEXT, Budget, Grid, letters
from schakel.intake.reading.refusals import RefusedError
from schakel.intake.reading.values import decimal_text, iso_text

Attributes = dict[str, str]

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}
_DURATION = re.compile(r"PT(\d{1,4})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_ERROR = re.compile(r"#[A-ZÀ-Ý0-9/]+[!?]|#N/[AB]|Err:\d+")
_STORED = {"date": "date-value", "boolean": "boolean-value", "time": "time-value"}


class OdsTable:
    """Takes in the elements of a table and puts its cells in a grid."""

    def __init__(self, grid: Grid, budget: Budget) -> None:
        self._grid = grid
        self._budget = budget
        self._row, self._rows, self._column, self._columns = 0, 1, 1, 0
        self._hidden = False
        self._cell: Attributes | None = None
        self._covered = False
        self._paragraphs: list[str] = []
        self._in_paragraph = 0
        self._uncalculated: list[tuple[int, int]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """An element within the table begins."""
        if name == "table-row":
            self._begin_row(attributes)
        elif name == "table-column":
            self._begin_column(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._covered, self._paragraphs = attributes, name != "table-cell", []
        elif name == "p" and self._cell is not None:
            self._in_paragraph += 1
            self._paragraphs.append("")
        elif self._in_paragraph and name in _BLANKS:
            self._paragraphs[-1] += _BLANKS[name] * min(_number(attributes, "c"), 1_000)

    def text(self, data: str) -> None:
        """Characters within the table."""
        if self._in_paragraph and self._paragraphs:
            self._paragraphs[-1] += data

    def end(self, name: str) -> None:
        """An element within the table ends."""
        if name == "p":
            self._in_paragraph = max(self._in_paragraph - 1, 0)
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None

    def finish(self) -> Grid:
        """The table as it was read."""
        remark_uncalculated(self._grid, self._uncalculated)
        return self._grid

    def _begin_row(self, attributes: Attributes) -> None:
        self._row += self._rows if self._row else 1
        self._rows = _number(attributes, "number-rows-repeated")
        self._column = 1
        self._hidden = attributes.get("visibility", "visible") != "visible"

    def _begin_column(self, attributes: Attributes) -> None:
        first = self._columns + 1
        self._columns += _number(attributes, "number-columns-repeated")
        if attributes.get("visibility", "visible") != "visible":
            self._grid.hidden_columns.append((first, self._columns))

    def _end_cell(self, attributes: Attributes) -> None:
        first, repeated = self._column, _number(attributes, "number-columns-repeated")
        self._column += repeated
        if self._covered:
            return
        self._merge(attributes, first)
        text, type_ = _value(attributes, "\n".join(self._paragraphs))
        if text and not text.isspace():
            self._put(first, repeated, text, type_)
        elif "formula" in attributes and "value-type" not in attributes:
            self._uncalculated.append((self._row, first))

    def _put(self, first: int, repeated: int, text: str, type_: str) -> None:
        rows = range(self._row, self._row + self._rows)
        beyond = first + repeated - 1 > _LAST_COLUMN or rows[-1] > _LAST_ROW
        if beyond or repeated * len(rows) > self._budget.left:
            raise RefusedError("sheet.too-large", table=self._grid.name, limit=self._budget.limit)
        if self._hidden:
            self._grid.hidden_rows.update(rows)
        for column in range(first, first + repeated):
            self._grid.extend(column, rows, [text] * len(rows), type_)

    def _merge(self, attributes: Attributes, first: int) -> None:
        across = _number(attributes, "number-columns-spanned")
        down = _number(attributes, "number-rows-spanned")
        if across * down > 1 and first + across - 1 <= _LAST_COLUMN:
            last = f"{letters(first + across - 1)}{self._row + down - 1}"
            self._grid.merged.append(f"{letters(first)}{self._row}:{last}")


def _number(attributes: Attributes, name: str) -> int:
    """How often, or how many; 1 if nothing sensible is said."""
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1


def _value(attributes: Attributes, shown: str) -> tuple[str, str]:
    """Text and type of a cell, from what is stored; what is shown only where nothing is."""
    type_ = attributes.get("value-type", "")
    if type_ == "error" or ("formula" in attributes and _ERROR.fullmatch(shown)):
        return shown or "#N/A", ERROR
    try:
        if type_ in ("float", "currency", "percentage"):
            return decimal_text(attributes["value"]), NUMBER
        if type_ in _STORED:
            return _stored(type_, attributes[_STORED[type_]], shown)
    except (KeyError, ValueError, ArithmeticError):
        return shown or "#N/A", ERROR
    return (shown or attributes.get("string-value", "")), TEXT


def _stored(type_: str, stored: str, shown: str) -> tuple[str, str]:
    if type_ == "date":
        return iso_text(stored), DATE
    if type_ == "boolean":
        return ("true" if stored == "true" else "false"), BOOLEAN
    found = _DURATION.fullmatch(stored)
    if found is None or int(found.group(1)) >= 24:
        return shown, TEXT  # hours passed, not a time of day
    return ":".join(part.zfill(2) for part in found.groups()), DATE
