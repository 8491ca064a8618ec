"""One worksheet of an xlsx, streamed from its XML into a grid."""

from __future__ import annotations

import re

from schakel.intake.reading.archive import Archive
from schakel.intake.reading.formulas import remark_uncalculated
from schakel.intake.reading.grid import Budget, Grid, column_index, letters
from schakel.intake.reading.markup import Walk
from schakel.intake.reading.refusals import RefusedError
from schakel.intake.reading.xlsx_rows import LAST_COLUMN, LAST_ROW, NotPlain, Rows, pieces
from schakel.intake.reading.xlsx_strings import is_utf8
from schakel.intake.reading.xlsx_values import Meaning
from schakel.intake.reading.xlsx_workbook import SheetPart

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
_MOST_MERGED = 50_000


def sheet(archive: Archive, part: SheetPart, meaning: Meaning, budget: Budget) -> Grid:
    """Read one worksheet. Raises RefusedError."""
    left = budget.left
    try:
        return _plainly(archive, part, meaning, budget)
    except NotPlain:
        budget.left = left
    grid = _grid(part, budget)
    walk = Worksheet(grid, meaning, part.part)
    walk.run(archive)
    remark_uncalculated(grid, walk.uncalculated)
    return grid


def _grid(part: SheetPart, budget: Budget) -> Grid:
    grid = Grid(part.name, budget)
    grid.hidden = part.hidden
    return grid


def _plainly(archive: Archive, part: SheetPart, meaning: Meaning, budget: Budget) -> Grid:
    grid = _grid(part, budget)
    rows = Rows(grid, meaning)
    parts = pieces(archive.stream(part.part), b"<sheetData>", b"</sheetData>")
    head = next(parts)
    if not is_utf8(head) or b"<!" in head:
        raise NotPlain
    body = b""
    for following in parts:
        rows.take(_decoded(body))
        body = following
    rows.flush()
    Worksheet(grid, meaning, part.part).run_on(head + b"<sheetData/>" + body)
    remark_uncalculated(grid, rows.uncalculated)
    return grid


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotPlain from error


class Worksheet:
    """A worksheet read element by element, for XML that is not written plainly."""

    def __init__(self, grid: Grid, meaning: Meaning, part: str) -> None:
        self.uncalculated: list[tuple[int, int]] = []
        self._grid = grid
        self._meaning = meaning
        self._part = part
        self._walk = Walk(part, self._start, self._end, self._text)
        self._row = self._column = 0
        self._type = self._style = ""
        self._formula = False
        self._inside: list[str] = []
        self._value: list[str] | None = None

    def run(self, archive: Archive) -> None:
        """Read the whole part. Raises RefusedError."""
        self._walk.run(archive.stream(self._part))

    def run_on(self, document: bytes) -> None:
        """Read ``document`` as the part. Raises RefusedError."""
        self._walk.run([document])

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._inside.append(name)
        if name == "c":
            self._begin_cell(attributes)
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "mergeCell" and len(self._grid.merged) < _MOST_MERGED:
            self._grid.merged.append(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden", "0") in ("1", "true"):
            self._grid.hidden_columns.append((_whole(attributes.get("min", "")), _whole(attributes.get("max", ""))))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = _whole(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = 0
        if not 0 < self._row <= LAST_ROW:
            raise self._outside(attributes.get("r", ""))
        if attributes.get("hidden", "0") in ("1", "true"):
            self._grid.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            found = _ADDRESS.match(reference)
            if found is None or not 0 < int(found.group(2)) <= LAST_ROW:
                raise self._outside(reference)
            self._column, self._row = column_index(found.group(1).upper()), int(found.group(2))
        if self._column > LAST_COLUMN:
            raise self._outside(reference or letters(self._column))
        self._type, self._style = attributes.get("t", ""), attributes.get("s", "")
        self._formula = False
        self._value = None

    def _outside(self, reference: str) -> RefusedError:
        return RefusedError("file.unreadable", table=self._grid.name, detail=f"{self._part}: cell {reference!r}")

    def _text(self, data: str) -> None:
        if not self._inside or "c" not in self._inside or "rPh" in self._inside:
            return
        if self._inside[-1] == "v" or (self._inside[-1] == "t" and "is" in self._inside):
            if self._value is None:
                self._value = []
            self._value.append(data)

    def _end(self, name: str) -> None:
        self._inside.pop()
        if name == "c":
            self._finish_cell()

    def _finish_cell(self) -> None:
        if self._value is None:
            if self._formula and self._type != "str":
                self.uncalculated.append((self._row, self._column))
            return
        self._put("".join(self._value))

    def _put(self, raw: str) -> None:
        if self._type in ("str", "inlineStr"):
            raw = raw.replace("&", "&amp;")
        self._grid.put(self._row, self._column, *self._meaning.cell(self._type, self._style, raw))


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
