"""The sender's own workbook with its faulty cells marked: the parts of the file are edited, not rewritten."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from pathlib import Path

from schakel.intake.findings import Severity
from schakel.intake.reading.limits import Limits
from schakel.intake.returning.balloons import new_drawing, with_balloons
from schakel.intake.returning.book import Book, Sheet
from schakel.intake.returning.comments import new_comments, places_of, with_comments
from schakel.intake.returning.front import FrontSheet, sheet_name
from schakel.intake.returning.front_part import front_part
from schakel.intake.returning.marks import ORDER, Mark, Place, by_place, comment, order
from schakel.intake.returning.package import Package
from schakel.intake.returning.relations import ContentTypes, Relations
from schakel.intake.returning.sheet import SheetCopy
from schakel.intake.returning.strange import TooStrangeError
from schakel.intake.returning.styles import Styles

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def mark(
    source: Path,
    marks: Sequence[Mark],
    front: FrontSheet,
    out: Path,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> None:
    """Write ``source`` (xlsx or xlsm) to ``out`` with its ``marks`` drawn and the sheet of findings in front.

    Marked cells get a fill and a comment; every part that holds no marked cell and lists no parts keeps
    its packed bytes. Marks are those about this file (see `about`). Raises TooStrangeError, and writes
    nothing, where a part is not built as one that can be edited in place.
    """
    try:
        _Copy(Package(source, limits), marks, front).write(out)
    except UnicodeError as error:
        raise TooStrangeError(source.name, "text in another encoding than it says") from error


class _Copy:
    """One workbook on its way back."""

    def __init__(self, package: Package, marks: Sequence[Mark], front: FrontSheet) -> None:
        self._package, self._front = package, front
        self._book = Book(package)
        places = {sheet.name: at for at, sheet in enumerate(self._book.sheets)}
        self._marks = sorted(marks, key=lambda one: (ORDER[one.severity], places.get(one.table, -1), order(one)))
        self._types = ContentTypes(package)
        self._folder = posixpath.dirname(self._book.name)
        self._styles = Styles(package, self._styles_part(), self._book.namespace)

    def write(self, out: Path) -> None:
        """Mark each sheet, put the findings in front, and write the whole."""
        found = [self._book.find(mark.table) for mark in self._marks]
        sheets = {sheet.part: sheet for sheet in found if sheet is not None}
        for sheet in sheets.values():
            own = [mark for mark, at in zip(self._marks, found, strict=True) if at and at.part == sheet.part]
            self._mark_sheet(sheet, by_place(own))
        self._put_front([sheet.name if sheet else "" for sheet in found])
        self._styles.keep()
        self._types.keep()
        self._package.write(out)

    def _styles_part(self) -> str:
        known = self._book.relations.of_type("styles")
        if known is not None:
            return known.part
        part = posixpath.join(self._folder, "styles.xml")  # some readers look nowhere else
        self._book.relations.add(f"{self._book.office}/styles", part)
        self._types.add(part, f"{_SPREADSHEET}.styles+xml")
        return part

    def _mark_sheet(self, sheet: Sheet, places: dict[Place, list[Mark]]) -> None:
        """Colour the cells of one sheet and comment on them."""
        if not places:
            return
        relations = Relations(self._package, sheet.part)
        columns: dict[int, set[int]] = {}
        for row, column in places:
            columns.setdefault(row, set()).add(column)
        heaviest: dict[Place, Severity] = {place: told[0].severity for place, told in places.items()}

        def restyle(row: int, column: int, style: int) -> int:
            return self._styles.marked(style, heaviest[row, column])

        copy = SheetCopy(sheet.part, columns, restyle, relations.free_id(), self._book.office)
        self._package.put(sheet.part, copy.run(self._package.blocks(sheet.part)))
        self._comment(relations, copy.drawing, places)
        relations.keep()

    def _comment(self, relations: Relations, drawing: str, places: dict[Place, list[Mark]]) -> None:
        """Comments and their boxes; ``drawing`` is the pointer that the sheet has to its boxes."""
        known = relations.of_type("comments")
        if known is None:
            name = self._package.free(posixpath.join(self._folder, "commentsSchakel{}.xml"))
            part, standing = new_comments(name, self._book.namespace), set[Place]()
        else:
            part = self._package.part(known.part)
            standing = places_of(part)
        self._draw(relations, drawing, set(places), standing)
        words = self._front.severities()
        said = {place: comment(told, words) for place, told in places.items()}
        self._package.put(part.name, [with_comments(part, said)])
        if known is None:
            relations.add(f"{self._book.office}/comments", part.name)
            self._types.add(part.name, f"{_SPREADSHEET}.comments+xml")

    def _draw(self, relations: Relations, drawing: str, places: set[Place], standing: set[Place]) -> None:
        known = relations.by_id(drawing)
        if known is None and drawing != relations.free_id():
            raise TooStrangeError("legacyDrawing", "points nowhere")
        if known is None:
            name = self._package.free(posixpath.join(self._folder, "drawings/vmlDrawingSchakel{}.vml"))
            places = places | standing
            content = new_drawing(len(places))
            relations.add(f"{self._book.office}/vmlDrawing", name)
            self._types.add_ending("vml", _VML)
        else:
            name, places = known.part, places - standing
            content = b"".join(self._package.blocks(name))
        self._package.put(name, [with_balloons(content, places, name)])

    def _put_front(self, links: Sequence[str]) -> None:
        name = self._package.free(posixpath.join(self._folder, "worksheets/sheetSchakel{}.xml"))
        title = sheet_name(self._front, [sheet.name for sheet in self._book.sheets])
        content = front_part(self._front, self._marks, links, self._styles.front, self._book.namespace)
        self._package.put(name, [content])
        self._types.add(name, f"{_SPREADSHEET}.worksheet+xml")
        self._book.put_in_front(title, name)
