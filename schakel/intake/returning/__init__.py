"""The sender's own workbook comes back: faulty cells coloured and commented, the findings in front.

    marks = marks_of(findings, "nl")
    marked_copy(path, about(marks, path.name), FrontSheet("BOM", 2023, path.name, "nl"), out)

Pure: no database. Invariants: all that is not marked is as its sender sent it; nothing that looks like
a formula is ever written as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from schakel.intake.reading import read
from schakel.intake.returning.copying import mark
from schakel.intake.returning.front import FrontSheet
from schakel.intake.returning.marks import KeptFinding, Mark, about, marks_of
from schakel.intake.returning.rows import rows_workbook
from schakel.intake.returning.strange import TooStrangeError
from schakel.intake.tables import Table

__all__ = [
    "FrontSheet",
    "KeptFinding",
    "Mark",
    "TooStrangeError",
    "about",
    "mark",
    "marked_copy",
    "marks_of",
    "rows_workbook",
]

_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")


def marked_copy(
    source: Path, marks: Sequence[Mark], front: FrontSheet, out: Path, *, tables: Sequence[Table] | None = None
) -> Literal["copy", "rows"]:
    """Write ``source`` back with its ``marks``: as its own workbook if it can be edited, else as its rows.

    ``front.file`` is the name its sender gave it, by which its form is known. ``tables`` are its tables if
    they are read already; else they are read when they are needed. Says which of the two was written; where
    a workbook could not be edited, the sheet of findings says why.
    """
    if front.file.lower().endswith(_WORKBOOKS):
        try:
            mark(source, marks, front, out)
        except TooStrangeError as error:
            front = front.not_in_place(str(error))
        else:
            return "copy"
    rows_workbook(read([source]).tables if tables is None else tables, marks, front, out)
    return "rows"
