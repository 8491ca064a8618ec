"""A finding's row among its neighbours, as the sender would see it in their own sheet, with the edits on top."""

from __future__ import annotations

from dataclasses import dataclass

from schakel.intake.keeping import load_rows
from schakel.intake.mending.applying import mended
from schakel.intake.mending.layout import Layout
from schakel.intake.mending.typed import written
from schakel.intake.models import DeliveryFinding, Edit, ReadTable

ROWS_BESIDE = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it says, whether the finding is here, whether another one is, and whether it was mended."""

    text: str
    here: bool = False
    found: str = ""  # the check of another finding in it
    mended: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The rows round a finding: letters and headers of the columns, and per row its number and cells."""

    columns: list[tuple[str, str, bool]]  # letter, header, whether the finding is in it
    rows: list[tuple[int, bool, list[Cell]]]


def neighbours(found: DeliveryFinding, kept: ReadTable, layout: Layout, edits: list[Edit]) -> Neighbours:
    """The row of a finding with up to five rows before and after it, at their true addresses."""
    row = found.row or 0
    sent = load_rows(kept, max(row - ROWS_BESIDE, layout.header_row + 1), row + ROWS_BESIDE)
    (now,) = mended([sent], edits)
    others = _others(found, row)
    letters = sent.columns
    before, after = sent.frame.rows(named=True), now.frame.rows(named=True)
    rows = [
        (line["row"], line["row"] == row, [_cell(found, others, old, line, letter) for letter in letters])
        for old, line in zip(before, after, strict=True)
    ]
    return Neighbours([(a, layout.headers.get(a, ""), a == found.column) for a in letters], rows)


def _others(found: DeliveryFinding, row: int) -> dict[tuple[int | None, str], str]:
    """The checks of the open findings in these rows, by row and column."""
    beside = DeliveryFinding.objects.filter(
        delivery=found.delivery,
        table=found.table,
        file=found.file,
        waived=False,
        row__range=(row - ROWS_BESIDE, row + ROWS_BESIDE),
    )
    return {(other.row, other.column): other.check_id for other in beside.exclude(column="")}


def _cell(
    found: DeliveryFinding,
    others: dict[tuple[int | None, str], str],
    sent: dict[str, object],
    now: dict[str, object],
    letter: str,
) -> Cell:
    row = now["row"]
    here = row == found.row and letter == found.column
    return Cell(
        text=written(str(now[letter] or ""), str(now[f"{letter}.type"])),
        here=here,
        found="" if here else others.get((int(str(row)), letter), ""),
        mended=(sent[letter], sent[f"{letter}.type"]) != (now[letter], now[f"{letter}.type"]),
        number=now[f"{letter}.type"] == "number",
    )
