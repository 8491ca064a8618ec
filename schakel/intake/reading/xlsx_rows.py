"""Rows of a plainly written worksheet, many at a time.

Rows that are built alike (same columns, styles and types of cells) have one *layout*. A row is
recognised by what is left when its values and its number are taken out; its values then join those
of the layout, and are read column by column. That makes plain Python as fast as the fast readers,
which lose error cells, uncalculated formulas and blank edges, and lay a sheet out as a full rectangle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from schakel.intake.reading.grid import Grid, column_index
from schakel.intake.reading.xlsx_values import Meaning

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""What a sheet can have (Excel specifications and limits)."""

_LONGEST_ROW = 32_000_000
_MOST_LAYOUTS = 5_000
_FEW_ENOUGH = 10_000  # values: more do not stay in the processor's cache
_ATTRIBUTES = r'((?: [A-Za-z0-9:]+="[^"<>&]*")*) ?'
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_ROW = re.compile(rf'<row r="\x01"{_ATTRIBUTES}>')
_CELL = re.compile(rf'<c r="([A-Z]{{1,3}})\x01"{_ATTRIBUTES}(?:/>|>(<f/>)?(\x00|<v ?/>)?</c>)')
_EMPTY_ROW = re.compile(r"<row(?: [^<>]*)?/>")
_FORMULA = re.compile(r"<f(?: [^<>]*)?(?:/>|>[^<]*</f>)")
_INLINE = re.compile(r"<is><t [^<>]*>")


class NotPlain(Exception):  # noqa: N818 - no error: the sheet is read the other way
    """This worksheet is not written plainly."""


@dataclass(slots=True)
class Cell:
    """One filled cell of a layout."""

    column: int
    type: str
    style: str
    formula: bool


@dataclass(slots=True)
class Layout:
    """How a row is built, and the rows so built that wait to be read."""

    template: str
    cells: list[Cell]
    uncalculated: list[int]
    hidden: bool
    rows: list[int] = field(default_factory=list)
    values: list[str] = field(default_factory=list)  # row after row


def pieces(blocks: Iterator[bytes], begin: bytes, end: bytes) -> Iterator[bytes]:
    """First what stands before ``begin``, then whole rows at a time, last what follows ``end``.

    Raises NotPlain where either is missing, or a row has no end.
    """
    buffer = b""
    for block in blocks:
        buffer += block
        if begin in buffer:
            break
        if len(buffer) > _LONGEST_ROW:
            raise NotPlain
    head, found, buffer = buffer.partition(begin)
    if not found:
        raise NotPlain
    yield head
    while end not in buffer:
        cut = buffer.rfind(b"<row ")
        if cut > 0:
            yield buffer[:cut]
            buffer = buffer[cut:]
        block = next(blocks, b"")
        if not block or len(buffer) > _LONGEST_ROW:
            raise NotPlain
        buffer += block
    body, _, tail = buffer.partition(end)
    yield body
    yield tail + b"".join(blocks)


class Rows:
    """Takes in rows as text and puts their cells in a grid."""

    def __init__(self, grid: Grid, meaning: Meaning) -> None:
        self.uncalculated: list[tuple[int, int]] = []  # row and column of formulas without a value
        self._grid = grid
        self._meaning = meaning
        self._layouts: dict[str, Layout] = {}
        self._all: list[Layout] = []
        self._last = _no_layout(), _no_layout()
        self._waiting = 0

    def take(self, text: str) -> None:
        """Take in whole rows. Raises NotPlain."""
        if "\r" in text or "\x00" in text or "\x01" in text:
            raise NotPlain
        if "inlineStr" in text:
            text = _INLINE.sub("<v>", text.replace("<is><t>", "<v>").replace("</t></is>", "</v>"))
        # A NUL marks where a value was; "<v>" and its end become of one length, which is much faster.
        parts = text.replace("</v>", "<v>\0").split("<v>")
        values = parts[1::2]
        if len(parts) % 2 == 0 or "<" in "".join(values):
            raise NotPlain
        try:
            self._rows("".join(parts[::2]).split("</row>"), values)
        except ValueError as error:  # a row whose number is none
            raise NotPlain from error
        if self._waiting > _FEW_ENOUGH:
            self.flush()

    def _rows(self, structures: list[str], values: list[str]) -> None:
        """Give each row, which is known by its structure, its share of the values."""
        layout, before = self._last
        begun = place = 0
        for structure in structures:
            number = structure[8 : structure.find('"', 8)]
            if layout.template.replace("\x01", number) != structure:
                layout.values.extend(values[begun:place])
                begun = place
                layout, before = before, layout  # rows of two layouts often take turns
                if layout.template.replace("\x01", number) != structure:
                    cleaned = _cleaned(structure)
                    if not cleaned:
                        continue
                    number = cleaned[8 : cleaned.find('"', 8)]
                    layout = self._layout(cleaned, number)
            layout.rows.append(int(number))
            place += len(layout.cells)
        layout.values.extend(values[begun:place])
        self._last = layout, before
        self._waiting += place

    def _layout(self, structure: str, number: str) -> Layout:
        """The layout of ``structure``, found again by what is left without the row's number.

        That may confuse style 12 in row 2 with style 1, so the template has the last word.
        """
        key = structure.replace(number + '"', '"')
        known = self._layouts.get(key)
        if known is not None and known.template.replace("\x01", number) == structure:
            return known
        layout = self._layouts[key] = _layout(structure, _row_number(number))
        self._all.append(layout)
        return layout

    def flush(self) -> None:
        """Read all rows that wait."""
        for layout in self._all:
            self._read(layout)
        self._waiting = 0
        if len(self._all) > _MOST_LAYOUTS:
            self._all.clear()
            self._layouts.clear()
            self._last = _no_layout(), _no_layout()

    def _read(self, layout: Layout) -> None:
        rows = layout.rows
        if rows and not 0 < min(rows) <= max(rows) <= LAST_ROW:
            raise NotPlain
        if layout.hidden:
            self._grid.hidden_rows.update(rows)
        for column in layout.uncalculated:
            self.uncalculated.extend((row, column) for row in rows)
        for place, cell in enumerate(layout.cells):
            raws = layout.values[place :: len(layout.cells)]
            if cell.formula and "" in raws and cell.type != "str":
                empty = [row for row, raw in zip(rows, raws, strict=True) if not raw]
                self.uncalculated.extend((row, cell.column) for row in empty)
            texts, kinds = self._meaning.column(cell.type, cell.style, raws)
            self._grid.extend(cell.column, rows, texts, kinds)
        layout.rows, layout.values = [], []


def _no_layout() -> Layout:
    """What no row is built like."""
    return Layout("no row", [], [], hidden=False)


def _row_number(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) < 9 else 0
    if not 0 < number <= LAST_ROW:
        raise NotPlain
    return number


def _cleaned(structure: str) -> str:
    """A row without what differs from row to row but says nothing: formulas, and empty rows before it."""
    if "/>" in structure:
        structure = _EMPTY_ROW.sub("", structure)
    if "<f" in structure:
        structure = _FORMULA.sub("<f/>", structure)
    return structure.strip()


def _layout(structure: str, number: int) -> Layout:
    template = re.sub(rf'( r="[A-Z]{{0,3}}){number}"', '\\1\x01"', structure)
    start = _ROW.match(template)
    if start is None:
        raise NotPlain
    layout = Layout(template, [], [], _attributes(start.group(1)).get("hidden", "0") in ("1", "true"))
    place = start.end()
    while place < len(template):
        found = _CELL.match(template, place)
        if found is None:
            raise NotPlain
        _add(layout, found)
        place = found.end()
    return layout


def _add(layout: Layout, found: re.Match[str]) -> None:
    attributes = _attributes(found.group(2))
    column = column_index(found.group(1))
    if column > LAST_COLUMN:
        raise NotPlain
    type_, formula, valued = attributes.get("t", ""), found.group(3) is not None, found.group(4) == "\x00"
    if valued:
        layout.cells.append(Cell(column, type_, attributes.get("s", ""), formula))
    elif formula and type_ != "str":
        layout.uncalculated.append(column)


def _attributes(text: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(text))
