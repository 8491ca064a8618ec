"""Which row of a table is its header, and which rows below it are no records: totals and footnotes."""

from __future__ import annotations

from collections.abc import Sequence

from schakel.intake.proposing.columns import Number
from schakel.intake.proposing.dates import is_date
from schakel.intake.proposing.folding import fold
from schakel.intake.proposing.headers import familiar
from schakel.intake.tables import Table

LOOKED_AT = 30  # first rows among which a header is sought
TOTALS = (
    "totaal", "total", "subtotaal", "subtotal", "eindtotaal", "grand total", "generaal totaal", "gemiddeld",
    "gemiddelde", "average", "som", "sum", "totalen", "totals", "saldo",
)  # fmt: skip
NOTES = (
    "bron",
    "source",
    "toelichting",
    "opmerking",
    "noot",
    "let op",
    "note",
    "disclaimer",
    "peildatum",
    "gegenereerd",
)


def header_row(table: Table, heard: frozenset[str] = frozenset()) -> int | None:
    """The source row that holds the headers; ``heard`` are headers known to be such. None for an empty table."""
    if table.frame.is_empty() or not table.columns:
        return None
    if table.form == "json":
        return int(table.frame["row"][0])
    first = table.frame.head(LOOKED_AT)
    rows = [(int(row["row"]), [row[c] for c in table.columns]) for row in first.iter_rows(named=True)]
    widest = max(sum(cell is not None for cell in cells) for _, cells in rows)
    scored = [(_looks_like_header(cells, widest, heard), -number) for number, cells in rows]
    return -max(scored)[1]


def _looks_like_header(cells: Sequence[str | None], widest: int, heard: frozenset[str]) -> float:
    filled = [cell.strip() for cell in cells if cell and cell.strip()]
    if not filled:
        return 0.0
    words = [cell for cell in filled if not Number.fullmatch(cell) and not is_date(cell) and len(cell) <= 80]
    known = [cell for cell in words if fold(cell) in heard or (len(cell) <= 60 and familiar(cell))]
    width = len(filled) / widest
    return width * (len(words) / len(filled) + 2 * len(known) / len(filled)) * len(set(filled)) / len(filled)


def record_rows(table: Table, header: int) -> tuple[list[int], tuple[str, ...]]:
    """The rows below ``header`` that hold records, and the first words of those that hold totals or notes."""
    skipped: dict[str, None] = {}
    kept: list[int] = []
    for row in table.frame.filter(table.frame["row"] > header).iter_rows(named=True):
        filled = [row[c] for c in table.columns if row[c] is not None and row[c].strip()]
        word = _no_record(filled, len(table.columns))
        if word:
            skipped[word] = None
        elif filled:
            kept.append(int(row["row"]))
    return kept, tuple(skipped)


def _no_record(filled: Sequence[str], width: int) -> str:
    if not filled:
        return ""
    begins = fold(filled[0])
    for word in TOTALS:
        if begins == word or (begins.startswith(word + " ") and len(filled) <= max(2, width // 2)):
            return word
    if len(filled) == 1 and width > 2:
        return next((word for word in NOTES if begins == word or begins.startswith(word + " ")), "")
    return ""
