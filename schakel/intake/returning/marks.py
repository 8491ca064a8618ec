"""What is marked in a returned workbook: a finding in the reader's language, and the cell it stands at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from schakel.intake.findings import Finding, Severity
from schakel.intake.reading.grid import column_index
from schakel.intake.reading.xlsx_rows import LAST_COLUMN, LAST_ROW

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
_ADDRESS = re.compile(r"(?:^|!)([A-Z]{1,3})([1-9][0-9]{0,6})$")
_LONGEST = 30_000  # characters: Excel allows 32,767 in a comment or a cell

Place = tuple[int, int]
"""Row and column of a cell, both from 1."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding as its sender reads it back.

    ``cell`` is the address as the sender knows it ("Projecten!F17", "/projecten/16/naam"); ``row`` and
    ``column`` (letters) say where it is drawn. Without a row it stands only on the sheet of findings.
    """

    severity: Severity
    message: str
    remedy: str = ""
    file: str = ""
    table: str = ""
    cell: str = ""
    row: int | None = None
    column: str = ""
    header: str = ""
    value: str = ""
    check: str = ""

    @property
    def place(self) -> Place | None:
        """Row and column, if it is about one cell that a sheet can have."""
        column = column_index(self.column) if self.column else 0
        if self.row is None or not (0 < self.row <= LAST_ROW and 0 < column <= LAST_COLUMN):
            return None
        return self.row, column


class KeptFinding(Protocol):
    """A finding as it is kept in the database (`DeliveryFinding`)."""

    check_id: str
    severity: str
    file: str
    table: str
    cell: str
    row: int | None
    column: str
    header: str
    value: str
    message_nl: str
    message_en: str
    remedy_nl: str
    remedy_en: str


def marks_of(findings: Iterable[Finding | KeptFinding], language: str) -> list[Mark]:
    """A mark for each finding, in ``language`` ("nl" or "en"); errors first, then in the order of the cells."""
    made = [_fresh(each, language) if isinstance(each, Finding) else _kept(each, language) for each in findings]
    return sorted(made, key=order)


def order(mark: Mark) -> tuple[int, str, str, int, int]:
    """Errors first, then file by file and table by table, from top left to bottom right."""
    column = column_index(mark.column) if mark.column else 0
    return ORDER[mark.severity], mark.file, mark.table, mark.row or 0, column


def about(marks: Iterable[Mark], file: str) -> list[Mark]:
    """The marks that are about ``file`` or about no file in particular."""
    return [mark for mark in marks if mark.file in ("", file)]


def by_place(marks: Iterable[Mark]) -> dict[Place, list[Mark]]:
    """The marks of each cell, heaviest first."""
    found: dict[Place, list[Mark]] = {}
    for mark in sorted(marks, key=order):
        if mark.place is not None:
            found.setdefault(mark.place, []).append(mark)
    return found


def comment(marks: Sequence[Mark], words: Mapping[Severity, str]) -> str:
    """What is said at one cell: all its findings and what to do about each, in one text."""
    said = []
    for mark in dict.fromkeys(marks):
        text = f"{words[mark.severity].capitalize()}: {mark.message}"
        said.append(f"{text}\n{mark.remedy}" if mark.remedy else text)
    return "\n\n".join(dict.fromkeys(said))[:_LONGEST]


def _fresh(found: Finding, language: str) -> Mark:
    row, column = _place(found.row, found.column, found.cell)
    return Mark(
        severity=found.severity,
        message=found.message.in_(language),
        remedy=found.remedy.in_(language),
        file=found.file,
        table=found.table,
        cell=found.cell,
        row=row,
        column=column,
        header=found.header,
        value=found.value,
        check=found.check,
    )


def _kept(found: KeptFinding, language: str) -> Mark:
    english = language.startswith("en")
    row, column = _place(found.row, found.column, found.cell)
    return Mark(
        severity=Severity(found.severity),
        message=found.message_en if english else found.message_nl,
        remedy=found.remedy_en if english else found.remedy_nl,
        file=found.file,
        table=found.table,
        cell=found.cell,
        row=row,
        column=column,
        header=found.header,
        value=found.value,
        check=found.check_id,
    )


def _place(row: int | None, column: str, cell: str) -> tuple[int | None, str]:
    """Row and column; what a finding does not say apart stands in the address of its cell."""
    found = None if cell.startswith("/") else _ADDRESS.search(cell)
    if found is None:
        return row, column
    return (int(found.group(2)) if row is None else row), column or found.group(1)
