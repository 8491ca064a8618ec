"""One worksheet, copied as a stream in which marked cells get another style and nothing else changes.

Invariant: rows and cells are never moved or rewritten; what is marked but not there is put at its place.
A sheet whose rows or cells are not in order cannot have anything put at its place, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping

from schakel.intake.reading.grid import column_index, letters
from schakel.intake.reading.xlsx_rows import LAST_COLUMN, LAST_ROW
from schakel.intake.returning.markup import NAME, REST, Part, Tag, attributes, tags, with_attribute
from schakel.intake.returning.strange import TooStrangeError

Restyle = Callable[[int, int, int], int]
"""The style of a marked cell, from its row, its column and the style it has."""

_PREFIX = rb"<((?:" + NAME + rb":)?)"
_REST_OF_ROW = rb"row(?=[\s/>])(" + REST + rb")(/?)>"
_ROW = re.compile(_PREFIX + _REST_OF_ROW)
_CELL = re.compile(_PREFIX + rb"c(?=[\s/>])(" + REST + rb")(/?)>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["']\s*([0-9]{1,7})\s*["']""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,3})\$?([0-9]{1,7})["']""")
_NOT_TAGS = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})$")
_SPANS = re.compile(r"([0-9]{1,5}):([0-9]{1,5})$")
_LONGEST_HEAD = 16 << 20
_LONGEST_ROW = 32 << 20
_MOST_AT_ONCE = 64 << 20
_AFTER_DRAWING = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
    "AlternateContent",
)
"""What follows the pointer to the comments' drawing (ECMA-376 part 1, 18.3.1.99)."""


class SheetCopy:
    """The copying of one worksheet.

    ``places``: the columns that are marked in each row. ``drawing``: the pointer to the comments' drawing
    to put in where the sheet has none; afterwards the one that it has.
    """

    def __init__(self, part: str, places: Mapping[int, set[int]], restyle: Restyle, drawing: str, office: str) -> None:
        self.drawing = drawing
        self._part, self._restyle, self._office = part, restyle, office
        self._places = places
        self._waiting = sorted(places, reverse=True)
        self._row = 0
        self._prefix = b""
        self._own_row = _ROW
        self._columns: list[tuple[int, int, int]] = []  # first, last, style

    def run(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """The copy, block by block. Raises TooStrangeError."""
        head, opened, rest = self._until_data(blocks)
        yield self._head(head, opened)
        if opened.empty:
            yield opened.raw[:-2].rstrip() + b">" + b"".join(self._missing(LAST_ROW + 1))
            yield b"</" + opened.prefix + b"sheetData>"
        else:
            yield opened.raw
            rest = yield from self._data(rest, blocks)
        yield self._tail(rest + b"".join(blocks), 1 if opened.empty else 2)

    def _until_data(self, blocks: Iterator[bytes]) -> tuple[bytes, Tag, bytes]:
        """What stands before the rows, the tag that opens them, and what was read beyond it."""
        buffer = b""
        for block in blocks:
            buffer += block
            found = next((tag for tag in tags(buffer) if tag.name == "sheetData" and not tag.closing), None)
            if found is not None:
                return buffer[: found.start], found, buffer[found.end :]
            if len(buffer) > _LONGEST_HEAD:
                break
        raise TooStrangeError(self._part, "no sheetData")

    def _head(self, head: bytes, opened: Tag) -> bytes:
        part = Part(self._part, head)
        self._prefix = opened.prefix
        self._own_row = re.compile(b"<(" + re.escape(opened.prefix) + b")" + _REST_OF_ROW)
        for tag in part.all("col"):
            if tag.get("style").isdecimal():
                span = _whole(tag.get("min")), _whole(tag.get("max"))
                self._columns.append((*span, int(tag.get("style"))))
        for tag in part.all("dimension"):
            part.replace(tag, with_attribute(tag.raw, "ref", self._dimension(tag.get("ref"))))
        return part.result()

    def _dimension(self, said: str) -> str:
        """The used range, wide enough for cells put in; one that says nothing is left alone."""
        found = _RANGE.match(said)
        if found is None or not self._places:
            return said
        columns = {column for row in self._places.values() for column in row}
        left, right = column_index(found.group(1)), column_index(found.group(3))
        top, bottom = int(found.group(2)), int(found.group(4))
        first = f"{letters(min(left, *columns))}{min(top, *self._places)}"
        return f"{first}:{letters(max(right, *columns))}{max(bottom, *self._places)}"

    def _data(self, buffer: bytes, blocks: Iterator[bytes]) -> Generator[bytes, None, bytes]:
        """Copy the rows; returns what follows them, from the tag that closes them."""
        end, begin = b"</" + self._prefix + b"sheetData", b"<" + self._prefix + b"row"
        while True:
            if not _plain(buffer):
                buffer = self._all(buffer, blocks)  # what looks like a tag may be none
            shown = _shown(buffer)
            cut = shown.find(end)
            if cut >= 0:
                yield self._rows(buffer[:cut], shown[:cut]) + b"".join(self._missing(LAST_ROW + 1))
                return buffer[cut:]
            cut = shown.rfind(begin)
            if cut > 0:
                yield self._rows(buffer[:cut], shown[:cut])
                buffer = buffer[cut:]
            block = next(blocks, b"")
            if not block or len(buffer) > _LONGEST_ROW:
                raise TooStrangeError(self._part, "sheetData has no end")
            buffer += block

    def _all(self, buffer: bytes, blocks: Iterator[bytes]) -> bytes:
        """All that is left at once, as far as that fits in memory."""
        pieces, size = [buffer], len(buffer)
        for block in blocks:
            pieces.append(block)
            size += len(block)
            if size > _MOST_AT_ONCE:
                raise TooStrangeError(self._part, "comments between the cells of a large sheet")
        return b"".join(pieces)

    def _rows(self, raw: bytes, shown: bytes) -> bytes:
        """Copy whole rows. ``shown`` is ``raw`` without what only looks like tags."""
        pieces, done = [], 0
        mixed = b"<row" in shown if self._prefix else b":row" in shown  # looking for one prefix is much faster
        for found in (_ROW if mixed else self._own_row).finditer(shown):
            said = _NUMBER.search(found.group(2))
            number = int(said.group(1)) if said else self._row + 1
            if not self._row < number <= LAST_ROW:
                raise TooStrangeError(self._part, f"row {number} after row {self._row}")
            self._row = number
            if not self._waiting or number < self._waiting[-1]:
                continue
            pieces += [raw[done : found.start()], *self._missing(number)]
            done = found.start()
            if self._waiting and self._waiting[-1] == number:
                self._waiting.pop()
                pieces.append(self._marked_row(raw, shown, found, number))
                done = self._end(shown, found, b"row")
        return b"".join([*pieces, raw[done:]])

    def _missing(self, before: int) -> Iterator[bytes]:
        """Rows that are marked and not there, up to the row ``before``."""
        while self._waiting and self._waiting[-1] < before:
            number = self._waiting.pop()
            cells = b"".join(self._new(number, column, "", self._prefix) for column in sorted(self._places[number]))
            yield b'<%brow r="%d">%b</%brow>' % (self._prefix, number, cells, self._prefix)

    def _end(self, shown: bytes, opened: re.Match[bytes], name: bytes) -> int:
        """Where the element that ``opened`` begins ends."""
        if opened.group(3):
            return opened.end()
        close = b"</" + opened.group(1) + name
        at = shown.find(close, opened.end())
        end = shown.find(b">", at) + 1
        if at < 0 or end <= 0:
            raise TooStrangeError(self._part, f"{name.decode()} has no end")
        return end

    def _marked_row(self, raw: bytes, shown: bytes, opened: re.Match[bytes], number: int) -> bytes:
        end = self._end(shown, opened, b"row")
        columns = self._places[number]
        tag, prefix = self._widened(opened.group(), columns), opened.group(1)
        said = attributes(opened.group())
        own = said.get("s", "") if said.get("customFormat", "0") in ("1", "true") else ""
        if opened.group(3):
            cells = b"".join(self._new(number, column, own, prefix) for column in sorted(columns))
            return tag[:-2].rstrip() + b">" + cells + b"</" + prefix + b"row>"
        inside = opened.end()
        last = shown.rfind(b"</", inside, end)
        cells = self._cells(raw[inside:last], shown[inside:last], number, own, prefix)
        return tag + cells + raw[last:end]

    def _cells(self, raw: bytes, shown: bytes, row: int, own: str, prefix: bytes) -> bytes:
        """The cells of a marked row; ``own`` is the style that the row gives to cells that are not there."""
        waiting = sorted(self._places[row], reverse=True)
        pieces, done, column, last = [], 0, 0, 0
        for found in _CELL.finditer(shown):
            column = self._column(found.group(2), row, column)
            last = self._end(shown, found, b"c")
            if not waiting or column < waiting[-1]:
                continue
            pieces.append(raw[done : found.start()])
            done = found.start()
            while waiting and waiting[-1] < column:
                pieces.append(self._new(row, waiting.pop(), own, prefix))
            if waiting and waiting[-1] == column:
                waiting.pop()
                pieces.append(self._restyled(found.group(), row, column))
                done = found.end()
        pieces.append(raw[done:last])
        pieces += [self._new(row, column, own, prefix) for column in reversed(waiting)]
        return b"".join([*pieces, raw[max(done, last) :]])

    def _column(self, rest: bytes, row: int, before: int) -> int:
        said = _REFERENCE.search(rest)
        column = column_index(said.group(1).decode().upper()) if said else before + 1
        if not before < column <= LAST_COLUMN or (said and int(said.group(2)) != row):
            raise TooStrangeError(self._part, f"cell out of order in row {row}")
        return column

    def _restyled(self, tag: bytes, row: int, column: int) -> bytes:
        style = attributes(tag).get("s", "0")
        return with_attribute(tag, "s", str(self._restyle(row, column, _whole(style))))

    def _new(self, row: int, column: int, own: str, prefix: bytes) -> bytes:
        """An empty cell, with the style that its row or column gave it."""
        style = _whole(own) if own else next((s for a, b, s in self._columns if a <= column <= b), 0)
        said = prefix, letters(column).encode(), row, self._restyle(row, column, style)
        return b'<%bc r="%b%d" s="%d"/>' % said

    def _widened(self, tag: bytes, columns: set[int]) -> bytes:
        """The tag of a row whose ``spans`` (if it has one plain one) hold the marked cells too."""
        found = _SPANS.match(attributes(tag).get("spans", ""))
        if found is None:
            return tag
        left, right = min(int(found.group(1)), *columns), max(int(found.group(2)), *columns)
        said = f"{left}:{right}"
        return tag if said == found.group() else with_attribute(tag, "spans", said)

    def _tail(self, tail: bytes, depth: int) -> bytes:
        """What follows the rows, with a pointer to the comments' drawing if it had none."""
        part = Part(self._part, tail, depth)
        beside = [tag for tag in part.tags if tag.depth == 1]
        drawing = next((tag for tag in beside if tag.name == "legacyDrawing" and not tag.closing), None)
        if drawing is not None:
            self.drawing = drawing.get("id")
        else:
            last = [tag for tag in beside if tag.name not in _AFTER_DRAWING and (tag.closing or tag.empty)]
            said = b'<%blegacyDrawing xmlns:r="%b" r:id="%b"/>'
            values = self._prefix, self._office.encode(), self.drawing.encode()
            part.insert(last[-1].end if last else 0, said % values)
        return part.result()


def _shown(raw: bytes) -> bytes:
    """``raw`` with blanks where comments and the like may hold what looks like tags."""
    if _plain(raw):
        return raw
    return _NOT_TAGS.sub(lambda found: b" " * len(found.group()), raw)


def _plain(raw: bytes) -> bool:
    """Whether all that looks like a tag is one. One byte is found much faster than two."""
    return not ((b"!" in raw and b"<!" in raw) or (b"?" in raw and b"<?" in raw))


def _whole(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 9 else 0
