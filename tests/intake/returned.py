"""What must hold of a workbook that comes back: what nobody marked is as it was, what was marked shows it."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell

from schakel.intake.findings import Severity
from schakel.intake.reading.grid import letters
from schakel.intake.returning import FrontSheet, Mark
from schakel.intake.returning.front import COLOURS

FRONT = FrontSheet("BOM", 2023, "aanlevering.xlsx", "nl")
LIVE = ("=1+1", "=cmd|'/c calc'!A1", "+31612345678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")')


def mark_at(sheet: str, cell: str, severity: Severity = Severity.ERROR, said: str = "Dit klopt niet.") -> Mark:
    """A mark on ``cell`` ("F17") of ``sheet``."""
    column, row = cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return Mark(
        severity=severity,
        message=said,
        remedy="Verbeter het.",
        file="aanlevering.xlsx",
        table=sheet,
        cell=f"{sheet}!{cell}",
        row=row,
        column=column,
        header="Bedrag",
        value="=1+1",
        check="amount.negative",
    )


def packed(path: Path) -> dict[str, tuple[int, bytes]]:
    """Each part's method and its bytes as they stand packed in the zip."""
    found = {}
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            name, extra = struct.unpack_from("<2H", raw, info.header_offset + 26)
            begin = info.header_offset + 30 + name + extra
            found[info.filename] = info.compress_type, raw[begin : begin + info.compress_size]
    return found


def untouched(source: Path, out: Path, edited: Iterable[str]) -> None:
    """Every part but ``edited`` and the few that list parts has the same packed bytes."""
    may = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", *edited}
    before, after = packed(source), packed(out)
    assert list(after)[: len(before)] == list(before), "the parts are in the same order"
    changed = {name for name, content in before.items() if after[name] != content}
    assert changed <= may
    assert all("Schakel" in name or name.endswith(".rels") for name in after.keys() - before.keys() - may)


def same_cells(source: Path, out: Path) -> None:
    """Every sheet of ``source`` is in ``out`` with the same values, formulas and formats."""
    was, now = openpyxl.load_workbook(source), openpyxl.load_workbook(out)
    assert now.sheetnames[1:] == was.sheetnames
    for sheet in was.worksheets:
        other = now[sheet.title]
        assert {place for place, cell in other._cells.items() if cell.value is not None} <= sheet._cells.keys()
        for place, cell in sheet._cells.items():
            twin = other._cells[place]
            assert (twin.value, twin.data_type) == (cell.value, cell.data_type)
            assert _look(twin) == _look(cell)
        assert other.column_dimensions.keys() == sheet.column_dimensions.keys()
        assert other.merged_cells.ranges == sheet.merged_cells.ranges


def _look(cell: Cell | MergedCell) -> tuple[object, ...]:
    """How a cell looks, but for its fill."""
    return cell.number_format, *map(copy, (cell.font, cell.border, cell.alignment, cell.protection))


def shows(out: Path, marks: Sequence[Mark], *, down: int = 0) -> None:
    """Every mark has its fill and its comment, and its line on the sheet of findings, with nothing live there."""
    book = openpyxl.load_workbook(out)
    heaviest: dict[tuple[str, str], Severity] = {}
    for mark in sorted(marks, key=lambda one: list(Severity).index(one.severity)):
        heaviest.setdefault((mark.table, f"{mark.column}{(mark.row or 0) + down}"), mark.severity)
    for (sheet, cell), severity in heaviest.items():
        assert book[sheet][cell].fill.fgColor.rgb == f"FF{COLOURS[severity]}"
    for mark in marks:
        comment = book[mark.table][f"{mark.column}{(mark.row or 0) + down}"].comment
        assert comment is not None
        assert mark.message in comment.text
        assert mark.remedy in comment.text
    listed(out, marks)


def listed(out: Path, marks: Sequence[Mark]) -> None:
    """The first sheet holds a line for each mark, and all of its cells are text."""
    front = openpyxl.load_workbook(out).worksheets[0]
    rows = [[cell.value for cell in row] for row in front.iter_rows()]
    told = [row for row in rows if row[8] and row[8] != "Regel" and row[8] != "Rule"]
    assert sorted((row[1], row[6]) for row in told) == sorted((mark.table or mark.file, mark.message) for mark in marks)
    assert {cell.data_type for row in front.iter_rows() for cell in row if cell.value is not None} <= {"s", "inlineStr"}


def places(sheet: str, cells: Iterable[tuple[int, int]]) -> list[Mark]:
    """A mark on each of ``cells`` (row, column from 1), severities in turn."""
    turns = list(Severity)
    return [mark_at(sheet, f"{letters(c)}{r}", turns[(r + c) % 3]) for r, c in cells]
