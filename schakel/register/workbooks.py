"""What is doubtful as a workbook to answer elsewhere, and the answers read back from it.

Invariant: a row that comes back is taken only where it is the row that went out and says what the records say now; the
mark of a row (keyed, of this installation and this party) tells.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import polars as pl
import xlsxwriter
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from schakel.intake.reading import read
from schakel.intake.tables import Table
from schakel.register.models import Doubt
from schakel.register.reasons import said as reasons_said
from schakel.register.sides import Side, label_of, sides_of
from schakel.register.things import thing_words
from schakel.register.verdicts import VERDICTS
from schakel.web.formats import language
from schakel.words import Words

_HEADS = (
    Words("Nummer", "Number"),
    Words("Soort", "Kind"),
    Words("Eerste", "First"),
    Words("Gegevens van de eerste", "What the first says"),
    Words("Tweede", "Second"),
    Words("Gegevens van de tweede", "What the second says"),
    Words("Waarom twijfelachtig", "Why doubtful"),
    Words("Antwoord", "Answer"),
    Words("Toelichting", "Why"),
    Words("Kenmerk (niet wijzigen)", "Mark (do not change)"),
)
_WIDTHS = (9, 16, 30, 45, 30, 45, 40, 16, 30, 22)
_ANSWER, _WHY, _MARK = 7, 8, 9
_SALT = "register.workbooks"
_SHOWN = 7  # the cells that a mark holds together
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Answered:
    """A row that came back: where it stands, the doubt, the answer and why; ``fault`` says why it cannot be taken."""

    row: int
    doubt: int = 0
    verdict: str = ""
    why: str = ""
    mark: str = ""
    fault: str = ""


def write_workbook(target: IO[bytes], doubts: Sequence[Doubt], sides: dict[int, tuple[Side, Side]], party: int) -> None:
    """Write doubts as a workbook of one sheet, a row each, with a list to choose an answer from."""
    speaks = language()
    with xlsxwriter.Workbook(
        target, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    ) as book:
        sheet = book.add_worksheet(_("Doubtful")[:31])
        head, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        wrapped.set_align("top")
        asked = book.add_format({"text_wrap": True, "bg_color": "#e4f1f4", "valign": "top", "border": 1})
        for column, (words, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words.in_(speaks), head)
        sheet.freeze_panes(1, 3)
        for at, doubt in enumerate(doubts, start=1):
            cells = _cells(doubt, *sides[doubt.pk])
            for column, text in enumerate(cells):
                sheet.write_string(at, column, text, wrapped)
            sheet.write_blank(at, _ANSWER, None, asked)
            sheet.write_blank(at, _WHY, None, asked)
            sheet.write_string(at, _MARK, mark_of(cells, party), wrapped)
        if doubts:
            choices = [words.in_(speaks) for words in VERDICTS.values()]
            said = _("Choose one of: %(answers)s") % {"answers": ", ".join(choices)}
            rule = {"validate": "list", "source": choices, "error_title": _("Answer"), "error_message": said[:255]}
            sheet.data_validation(1, _ANSWER, len(doubts), _ANSWER, rule)


def _cells(doubt: Doubt, one: Side, other: Side) -> list[str]:
    speaks = language()
    reasons = " ".join(words.in_(speaks) for words in reasons_said(doubt.reasons))
    return [
        str(doubt.pk),
        thing_words(doubt.thing).one.in_(speaks),
        one.told,
        _says(one),
        other.told,
        _says(other),
        reasons,
    ]


def _says(side: Side) -> str:
    speaks = language()
    return "\n".join(f"{label_of(side.key[0], key).in_(speaks)}: {text}" for key, text in side.says.items())


def mark_of(cells: Iterable[str], party: int) -> str:
    """What holds the shown cells of a row together, for ``party``; spaces and line ends do not count."""
    said = "\x1f".join(" ".join(cell.split()) for cell in cells)
    return salted_hmac(_SALT, f"{party}\x1e{said}", algorithm="sha256").hexdigest()[:20]


def still_so(doubt: Doubt, mark: str, party: int) -> bool:
    """Whether a mark is that of the doubt as its records are now, in either language."""
    for speaks in ("nl", "en"):
        with override(speaks):
            if constant_time_compare(mark, mark_of(_cells(doubt, *sides_of([doubt], party)[doubt.pk]), party)):
                return True
    return False


def read_workbook(content: Iterable[bytes], name: str, party: int) -> tuple[list[Answered], str]:
    """The rows of a workbook that came back, in order, and what is wrong with it as a whole (empty where nothing is).

    Read in a process of its own, within bounds, as every file of a user is.
    """
    with tempfile.TemporaryDirectory(prefix="schakel-answers-") as folder:
        path = Path(folder) / "answers.xlsx"
        with path.open("wb") as target:
            target.writelines(content)
        reading = read([path])
        for table in reading.tables:
            rows = _rows(table)
            if rows is not None:
                return [_answered(row, cells, party) for row, cells in rows], ""
    said = reading.findings[0].message.in_(language()) if reading.findings else ""
    wrong = said or _("There is no sheet in it with the columns of the workbook that you took from here.")
    return [], f"{name}: {wrong}"


def _rows(table: Table) -> list[tuple[int, list[str]]] | None:
    """Row number and the cells under our heads; None for a sheet with other heads."""
    first = table.frame["row"].min() if table.frame.height else None
    if not isinstance(first, int):
        return None
    heads = {text: letter for letter, text in table.header(first).items()}
    columns = [heads.get(words.nl) or heads.get(words.en) for words in _HEADS]
    if columns[0] is None or columns[_ANSWER] is None or columns[_MARK] is None:
        return None
    body = table.frame.filter(pl.col("row") > first)
    return [
        (row["row"], [(row[letter] or "") if letter else "" for letter in columns])
        for row in body.iter_rows(named=True)
    ]


def _answered(row: int, cells: Sequence[str], party: int) -> Answered:
    answer, why = " ".join(cells[_ANSWER].split()).casefold(), cells[_WHY].strip()[:_LONGEST]
    if not answer:
        return Answered(row)
    number, mark = cells[0].strip(), cells[_MARK].strip()
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return Answered(row, fault=_("There is no number of a pair in it."))
    said = Answered(row, doubt=int(number), why=why, mark=mark)
    if not constant_time_compare(mark, mark_of(cells[:_SHOWN], party)):
        return _faulty(
            said, _("Something else than the answer was changed in this row, or it is not from your workbook.")
        )
    verdict = next((v for v, words in VERDICTS.items() if answer in (words.nl, words.en)), "")
    if not verdict:
        return _faulty(said, _("“%(answer)s” is none of the answers.") % {"answer": cells[_ANSWER].strip()[:60]})
    return Answered(row, doubt=int(number), verdict=verdict, why=why, mark=mark)


def _faulty(said: Answered, fault: str) -> Answered:
    return Answered(said.row, doubt=said.doubt, mark=said.mark, fault=fault)


def in_order(rows: Iterable[Answered]) -> Iterator[Answered]:
    """Those with an answer or a fault; rows that were left open are passed over."""
    return (row for row in rows if row.verdict or row.fault)
