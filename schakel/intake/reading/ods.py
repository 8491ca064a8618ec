"""Spreadsheets of OpenDocument (ISO/IEC 26300), streamed from their XML.

Read here and not by a fast reader: a cell of five letters may say that it stands for a million rows
of sixteen thousand columns, and error cells, hidden rows and merged cells are only in the XML.
"""

from __future__ import annotations

from collections.abc import Iterator

from schakel.intake.reading.archive import Archive
from schakel.intake.reading.grid import BOOLEAN, DATE, ERROR, NUMBER, TEXT, Budget, Grid, letters
from schakel.intake.reading.markup import Walk
from schakel.intake.reading.refusals import RefusedError, Remark
from schakel.intake.reading.values import decimal_text, iso_text

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ERRORS = (
    "#DIV/0!",
    "#N/A",
    "#REF!",
    "#NAME?",
    "#VALUE!",
    "#NUM!",
    "#NULL!",
    "Err:",
    "#WAARDE!",
    "#NAAM?",
    "#VERW!",
    "#GETAL!",
)


def read_ods(archive: Archive, budget: Budget) -> Iterator[Grid]:
    """The tables of a spreadsheet, in its own order. Raises RefusedError."""
    if archive.has("META-INF/manifest.xml") and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise RefusedError("file.password")
    content = _Content(budget)
    content.walk.run(archive.stream("content.xml"))
    yield from content.grids


class _Content:
    """The walk through content.xml."""

    def __init__(self, budget: Budget) -> None:
        self.grids: list[Grid] = []
        self.walk = Walk("content.xml", self._start, self._end, self._text)
        self._budget = budget
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._grid: Grid | None = None
        self._tables = 0  # a table within a cell is no table of the delivery
        self._row = self._rows = self._column = 0
        self._row_hidden = False
        self._columns_seen = 0
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._skipped = 0
        self._in_paragraph = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("annotation", "tracked-changes"):
            self._skipped += 1
        elif self._skipped:
            return
        elif name == "table":
            self._begin_table(attributes)
        elif self._tables > 1:
            return
        elif name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif self._grid is not None:
            self._start_in_table(name, attributes)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        self._tables += 1
        if self._tables == 1:
            self._grid = Grid(attributes.get("name", ""), self._budget)
            self._grid.hidden = attributes.get("style-name", "") in self._hidden_styles
            self._row = self._rows = self._columns_seen = 0

    def _start_in_table(self, name: str, attributes: dict[str, str]) -> None:
        assert self._grid is not None
        if name == "table-row":
            self._row += self._rows or 1
            self._rows = _repeated(attributes, "number-rows-repeated")
            self._column = 1
            self._row_hidden = attributes.get("visibility", "visible") != "visible"
        elif name == "table-column":
            self._begin_column(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._paragraphs = attributes, []
        elif self._cell is not None:
            self._start_in_cell(name, attributes)

    def _begin_column(self, attributes: dict[str, str]) -> None:
        assert self._grid is not None
        first = self._columns_seen + 1
        self._columns_seen += _repeated(attributes, "number-columns-repeated")
        if attributes.get("visibility", "visible") != "visible":
            self._grid.hidden_columns.append((first, self._columns_seen))

    def _start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self._in_paragraph += 1
            self._paragraphs.append("")
        elif self._in_paragraph and name in ("s", "tab", "line-break"):
            blank = {"s": " ", "tab": "\t", "line-break": "\n"}[name]
            self._paragraphs[-1] += blank * min(_repeated(attributes, "c"), 1_000)

    def _text(self, data: str) -> None:
        if self._in_paragraph and self._cell is not None and not self._skipped and self._tables == 1:
            self._paragraphs[-1] += data

    def _end(self, name: str) -> None:
        if name in ("annotation", "tracked-changes"):
            self._skipped -= 1
        elif self._skipped:
            return
        elif name == "table":
            self._end_table()
        elif self._tables != 1:
            return
        elif name == "p" and self._in_paragraph:
            self._in_paragraph -= 1
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell, covered=name != "table-cell")
            self._cell = None

    def _end_table(self) -> None:
        self._tables -= 1
        if self._tables == 0 and self._grid is not None:
            self.grids.append(self._grid)
            self._grid = None

    def _end_cell(self, attributes: dict[str, str], *, covered: bool) -> None:
        assert self._grid is not None
        first, repeated = self._column, _repeated(attributes, "number-columns-repeated")
        self._column += repeated
        text, type_ = _value(attributes, "\n".join(self._paragraphs))
        if covered or not text or text.isspace():
            return
        self._merge(attributes, first)
        if self._column - 1 > _LAST_COLUMN or self._row + self._rows - 1 > _LAST_ROW:
            raise RefusedError("sheet.too-large", table=self._grid.name, limit=self._budget.limit)
        if self._row_hidden:
            self._grid.hidden_rows.update(range(self._row, self._row + self._rows))
        self._put(first, repeated, text, type_)

    def _put(self, first: int, repeated: int, text: str, type_: str) -> None:
        assert self._grid is not None
        rows = range(self._row, self._row + self._rows)
        if repeated * len(rows) > self._budget.left:
            raise RefusedError("sheet.too-large", table=self._grid.name, limit=self._budget.limit)
        for column in range(first, first + repeated):
            self._grid.extend(column, rows, [text] * len(rows), type_)

    def _merge(self, attributes: dict[str, str], first: int) -> None:
        assert self._grid is not None
        across = _repeated(attributes, "number-columns-spanned")
        down = _repeated(attributes, "number-rows-spanned")
        if across * down > 1:
            last = f"{letters(first + across - 1)}{self._row + down - 1}"
            self._grid.merged.append(f"{letters(first)}{self._row}:{last}")


def _repeated(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1


def _value(attributes: dict[str, str], shown: str) -> tuple[str, str]:
    """Text and type of a cell, from what is stored; what is shown only where nothing is."""
    type_ = attributes.get("value-type", "")
    if attributes.get("formula") and shown.startswith(_ERRORS):
        return shown, ERROR
    try:
        if type_ in ("float", "currency", "percentage"):
            return decimal_text(attributes["value"]), NUMBER
        if type_ == "date":
            return iso_text(attributes["date-value"]), DATE
        if type_ == "time":
            return _clock(attributes["time-value"], shown)
        if type_ == "boolean":
            return attributes["boolean-value"], BOOLEAN
    except (KeyError, ValueError, ArithmeticError):
        return shown, ERROR
    return (shown or attributes.get("string-value", "")), TEXT


def _clock(duration: str, shown: str) -> tuple[str, str]:
    """A time of day from "PT13H45M00S"; longer ones as they are shown."""
    hours, _, rest = duration.removeprefix("PT").partition("H")
    minutes, _, seconds = rest.partition("M")
    if int(hours) < 24:
        whole = float(seconds.removesuffix("S") or 0)
        return f"{int(hours):02}:{int(minutes or 0):02}:{int(whole):02}", DATE
    return shown, TEXT
