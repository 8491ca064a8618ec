"""What the explorer's page shows of an answer: tables with links and footnote numbers, pictures, definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.figures.exploring.definitions import definitions, heading
from schakel.figures.exploring.explored import Explored
from schakel.figures.exploring.laying import Head, Row, Table
from schakel.figures.exploring.picture import picture_of
from schakel.figures.exploring.words import cell_words, list_of


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as it is read: its words, the list behind it, its footnotes."""

    text: str
    href: str
    notes: tuple[int, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it is read."""

    head: Head
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as it is read, with its picture where it has one."""

    key: str
    table: Table
    rows: tuple[ShownRow, ...]
    picture: SafeString | None


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as a page shows it. ``refused``: why it has no numbers at all for this reader; empty where it has."""

    tables: tuple[ShownTable, ...]
    notes: tuple[str, ...]
    definitions: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    refused: str
    embargoed: bool


def page_of(explored: Explored) -> Page:
    """What the page shows of an answer."""
    return Page(
        tuple(_tables(explored)),
        explored.notes,
        tuple(_definitions(explored)),
        _refused(explored),
        any(vintage.embargoed for vintage in explored.vintages.values()),
    )


def _tables(explored: Explored) -> Iterator[ShownTable]:
    for number, table in enumerate(explored.tables, start=1):
        key = f"crossed-{number}"
        rows = tuple(_row(explored, table, row) for row in table.rows)
        yield ShownTable(key, table, rows, picture_of(explored, table, f"{key}-picture"))


def _row(explored: Explored, table: Table, row: Row) -> ShownRow:
    cells = (
        ShownCell(cell_words(laid.cell), list_of(explored.asked, laid.cell), laid.notes, row.head.total or head.total)
        for head, laid in zip(table.heads, row.cells, strict=True)
    )
    return ShownRow(row.head, tuple(cells))


def _definitions(explored: Explored) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    found = definitions(explored)
    ids = [each.indicator.id for each in found]
    for each in found:
        yield heading(each, several=ids.count(each.indicator.id) > 1), tuple(each.facts())


def _refused(explored: Explored) -> str:
    if explored.refusal == "agency":
        return _("This asks for an agency's own figures; they are shown to itself and to the secretariat only.")
    if explored.refusal == "narrow":
        return _("This asks for so small a part that it is shown to the agency itself and to the secretariat only.")
    return ""
