"""The sheet of findings that is put in front of a returned workbook: its words, whoever writes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schakel.intake.findings import Severity
from schakel.intake.returning.marks import Mark
from schakel.words import Words

COLOURS = {Severity.ERROR: "F8B9B0", Severity.WARNING: "FFE39A", Severity.NOTICE: "BFDDF5"}
SEVERITIES = {
    Severity.ERROR: Words("fout", "error"),
    Severity.WARNING: Words("waarschuwing", "warning"),
    Severity.NOTICE: Words("melding", "notice"),
}
MANY = {
    Severity.ERROR: Words("fouten", "errors"),
    Severity.WARNING: Words("waarschuwingen", "warnings"),
    Severity.NOTICE: Words("meldingen", "notices"),
}
MOST = 50_000  # findings on the sheet: more nobody reads, and a sheet has no more than 65,530 links
CELL_COLUMN = 3
COLUMNS: tuple[tuple[Words, int], ...] = (
    (Words("Ernst", "Severity"), 14),
    (Words("Blad", "Sheet"), 22),
    (Words("Cel", "Cell"), 12),
    (Words("Rij", "Row"), 8),
    (Words("Kolom", "Column"), 24),
    (Words("Waarde", "Value"), 24),
    (Words("Wat er niet klopt", "What is wrong"), 60),
    (Words("Wat u kunt doen", "What to do"), 60),
    (Words("Regel", "Rule"), 24),
)
"""Headers and widths of the list of findings."""

_TITLE = Words("Bevindingen", "Findings")
_ABOUT = Words("Aanlevering {period} van {agency}: {file}", "Delivery {period} of {agency}: {file}")
_HOW = Words(
    "Dit is uw eigen werkmap. Cellen met een bevinding hebben een kleur en een opmerking; al het andere is zoals u het"
    " stuurde.",
    "This is your own workbook. Cells with a finding have a colour and a comment; all else is as you sent it.",
)
_ROWS = Words(
    "Dit zijn de rijen van uw aanlevering in een nieuwe werkmap. Cellen met een bevinding hebben een kleur en een"
    " opmerking.",
    "These are the rows of your delivery in a new workbook. Cells with a finding have a colour and a comment.",
)
_NOT_IN_PLACE = Words(
    "Uw werkmap is anders opgebouwd dan wij veilig kunnen bewerken ({why}). Daarom krijgt u alleen de rijen terug;"
    " opmaak, grafieken en macro's staan in uw eigen bestand.",
    "Your workbook is built in a way that we cannot edit safely ({why}). So you get only the rows back; layout,"
    " charts and macros are in your own file.",
)
_CUT = Words("Alleen de eerste {most} bevindingen staan hier.", "Only the first {most} findings are listed here.")


@dataclass(frozen=True, slots=True)
class FrontSheet:
    """What the sheet of findings says of the delivery; ``notes`` are lines below the title."""

    agency: str
    period: int
    file: str
    language: str = "nl"
    notes: tuple[str, ...] = ()

    def word(self, words: Words) -> str:
        """The text in the language of the sheet."""
        return words.in_(self.language)

    def severities(self) -> dict[Severity, str]:
        """The name of each severity."""
        return {severity: self.word(words) for severity, words in SEVERITIES.items()}

    def not_in_place(self, why: str) -> FrontSheet:
        """The same, with the note that the sender's own workbook could not be edited."""
        return replace(self, notes=(*self.notes, self.word(_NOT_IN_PLACE.format(why=why))))


def sheet_name(front: FrontSheet, taken: Sequence[str]) -> str:
    """A title for the sheet that no other sheet has; Excel does not tell capitals apart."""
    there = {name.casefold() for name in taken}
    title = front.word(_TITLE)
    names = (title, *(f"{title} ({number})" for number in range(2, len(there) + 3)))
    return next(name for name in names if name.casefold() not in there)


def head(front: FrontSheet, marks: Sequence[Mark], *, in_place: bool) -> list[tuple[str, str]]:
    """The lines above the list: name of a style ("title", "text" or a severity) and text."""
    counts = Counter(mark.severity for mark in marks)
    about = front.word(_ABOUT).format(period=front.period, agency=front.agency, file=front.file)
    lines = [("title", front.word(_TITLE)), ("text", about), ("text", front.word(_HOW if in_place else _ROWS))]
    for severity, many in MANY.items():
        one = counts[severity] == 1
        lines.append((severity.value, f"{counts[severity]} {front.word(SEVERITIES[severity] if one else many)}"))
    lines += [("text", note) for note in front.notes]
    if len(marks) > MOST:
        lines.append(("text", front.word(_CUT.format(most=f"{MOST:,}"))))
    return lines


def cells(mark: Mark, front: FrontSheet) -> tuple[str, ...]:
    """The texts of one row of the list, one for each of `COLUMNS`."""
    cell = mark.cell.rpartition("!")[2] if not mark.cell.startswith("/") else mark.cell
    return (
        front.word(SEVERITIES[mark.severity]),
        mark.table or mark.file,
        cell,
        "" if mark.row is None else str(mark.row),
        mark.header or mark.column,
        mark.value,
        mark.message,
        mark.remedy,
        mark.check,
    )


def location(sheet: str, address: str) -> str:
    """Where an internal link goes.

    >>> location("Relaties '23", "F17")
    "'Relaties ''23'!F17"
    """
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{address}"
