"""What the columns of a table that was read are: their headers, the fields they become, and the kinds of record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from schakel.intake import kinds, mapping
from schakel.intake.interpreting.locating import HEADER_SEARCH_ROWS, Located, locate, named
from schakel.intake.keeping import load_column, load_rows
from schakel.intake.mapping import MappingError, TableMapping
from schakel.intake.mending.applying import mended
from schakel.intake.models import Delivery, Edit, ReadTable
from schakel.intake.tables import CellType, Table

_CELLS: dict[str, CellType] = {
    "integer": "number",
    "money": "number",
    "number": "number",
    "year": "number",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's header row (0 where none was found), headers by letter, field types by letter, and kinds of record."""

    header_row: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()


def layout_of(delivery: Delivery, kept: ReadTable, edits: Iterable[Edit]) -> Layout:
    """The layout of a kept table by the mapping that its delivery was read with, with ``edits`` on top."""
    entries = _entries(delivery)
    last_seen = max((entry.header_row for entry in entries), default=0)
    (top,) = mended([load_rows(kept, 0, max(HEADER_SEARCH_ROWS, last_seen))], edits)
    found = [located for entry in entries if (located := _located(entry, top)) is not None]
    if not found:
        return Layout()
    return Layout(
        header_row=found[0].header_row,
        headers=found[0].headers,
        types={letter: kind for each in found for letter, kind in _types(each).items()},
        kinds=frozenset(each.mapping.kind for each in found),
    )


def cell_type(kept: ReadTable, layout: Layout, letter: str) -> CellType:
    """Which cells belong in a column: by the field it is mapped to, else as most of its filled cells are."""
    if letter in layout.types:
        return _CELLS.get(layout.types[letter], "text")
    frame = load_column(kept, letter).frame
    if frame.width < 2:
        return "text"
    filled = frame.filter((frame["row"] > layout.header_row) & frame[letter].is_not_null())[f"{letter}.type"]
    usual = [kind for kind in ("number", "date") if (filled == kind).sum() * 2 > filled.len()]
    return "text" if not usual else "number" if usual[0] == "number" else "date"


def _entries(delivery: Delivery) -> tuple[TableMapping, ...]:
    try:
        return mapping.parse(delivery.mapping).tables if delivery.mapping else ()
    except MappingError:
        return ()


def _located(entry: TableMapping, top: Table) -> Located | None:
    return locate(entry, top) if named(entry.table, [top]) else None


def _types(found: Located) -> dict[str, str]:
    """The field type of each mapped column; a cell that holds several values is a text."""
    declared = kinds.kind(found.mapping.kind).fields_by_name
    types: dict[str, str] = {}
    for name, source in found.mapping.fields.items():
        column = found.column(source.header) if source.header else None
        if column is not None and name in declared:
            types[column] = "text" if source.separator else declared[name].type
    return types
