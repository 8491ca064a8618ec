"""The row that a record came from, among its neighbours in the sender's own sheet, with what was edited on top."""

from __future__ import annotations

from dataclasses import dataclass

from schakel.intake.keeping import load_rows
from schakel.intake.mending.applying import mended
from schakel.intake.mending.layout import layout_of
from schakel.intake.mending.typed import written
from schakel.intake.models import DeliveredRow, Edit, ReadTable

ROWS_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: its number, whether it is the one, and its cells by letter."""

    row: int
    here: bool
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Around:
    """Rows round a record's own. ``columns``: letter and header; ``edits``: those of this table, as they were made."""

    file: str
    table: str
    columns: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    edits: tuple[Edit, ...]


def around(source: DeliveredRow) -> Around | None:
    """The neighbourhood of a delivered row; None where the acting party may not see it, or it came from no table."""
    table = source.table
    kept = ReadTable.objects.filter(delivery_id=table.delivery_id, file=table.file, name=table.name).first()
    if kept is None:
        return None
    edits = list(
        Edit.objects.filter(delivery_id=table.delivery_id, file=table.file, table=table.name, undone_at=None).order_by(
            "pk"
        )
    )
    layout = layout_of(table.delivery, kept, edits)
    first = max(source.row - ROWS_BESIDE, layout.header_row + 1)
    (now,) = mended([load_rows(kept, first, source.row + ROWS_BESIDE)], edits)
    letters = [letter for letter in now.columns if letter in layout.headers or now.frame[letter].is_not_null().any()]
    return Around(
        file=table.file,
        table=table.name,
        columns=tuple((letter, layout.headers.get(letter, "")) for letter in letters),
        lines=tuple(_line(line, source.row, letters) for line in now.frame.iter_rows(named=True)),
        edits=tuple(edit for edit in edits if edit.row is None or edit.row == source.row),
    )


def _line(line: dict[str, object], row: int, letters: list[str]) -> Line:
    cells = {letter: written(str(line[letter] or ""), str(line[f"{letter}.type"])) for letter in letters}
    return Line(int(str(line["row"])), line["row"] == row, cells)
