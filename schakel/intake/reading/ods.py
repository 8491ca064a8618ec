"""Spreadsheets of OpenDocument (ISO/IEC 26300), streamed from their XML.

Read here and not by a fast reader: one cell may say that it stands for a million rows of sixteen
thousand columns, and error cells, hidden rows and merged cells are only in the XML.
"""

from __future__ import annotations

from collections.abc import Iterator

from schakel.intake.reading.archive import Archive
from schakel.intake.reading.grid import Budget, Grid
from schakel.intake.reading.markup import Walk
from schakel.intake.reading.ods_table import Attributes, OdsTable
from schakel.intake.reading.refusals import RefusedError

_MANIFEST = "META-INF/manifest.xml"
_ASIDE = ("annotation", "tracked-changes", "shapes")  # what is written beside the cells


def read_ods(archive: Archive, budget: Budget) -> Iterator[Grid]:
    """The tables of a spreadsheet, in its own order. Raises RefusedError."""
    if archive.has(_MANIFEST) and b"encryption-data" in archive.read(_MANIFEST):
        raise RefusedError("file.password")
    content = _Content(budget)
    Walk("content.xml", content.start, content.end, content.text).run(archive.stream("content.xml"))
    yield from content.grids


class _Content:
    """The walk through content.xml. A table within a cell is no table of the delivery."""

    def __init__(self, budget: Budget) -> None:
        self.grids: list[Grid] = []
        self._budget = budget
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._table: OdsTable | None = None
        self._depth = self._aside = 0

    def start(self, name: str, attributes: Attributes) -> None:
        self._aside += name in _ASIDE
        if self._aside:
            return
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                self._begin(attributes)
        elif self._table is not None and self._depth == 1:
            self._table.start(name, attributes)
        elif name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)

    def _begin(self, attributes: Attributes) -> None:
        grid = Grid(attributes.get("name", ""), self._budget)
        grid.hidden = attributes.get("style-name", "") in self._hidden_styles
        self._table = OdsTable(grid, self._budget)

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= name in _ASIDE
            return
        if name == "table":
            self._depth -= 1
            if self._depth == 0 and self._table is not None:
                self.grids.append(self._table.finish())
                self._table = None
        elif self._table is not None and self._depth == 1:
            self._table.end(name)

    def text(self, data: str) -> None:
        if self._table is not None and self._depth == 1 and not self._aside:
            self._table.text(data)
