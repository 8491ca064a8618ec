"""Which cells of an answer are withheld from who asks, so that no organisation's own can be read from it."""

from __future__ import annotations

from collections.abc import Mapping

from schakel.figures.asking import Question
from schakel.figures.catalogue import Indicator
from schakel.figures.counting import Figure
from schakel.figures.counting.cut import Value
from schakel.sharing.disclosure import TOTAL, Cell, Dominance, Place, Suppressed, suppress


def withheld(
    indicator: Indicator,
    question: Question,
    by: tuple[str, ...],
    figures: Mapping[tuple[Value, ...], Figure],
    total: Figure,
) -> set[Place]:
    """The places whose figures would say something of too few organisations, or give such a figure away.

    One's own agency's cells, and all for who sees all columns, are shown.
    """
    own = "agency" in question.filters  # another's was refused before
    if not by or own or question.audience.all_agencies or indicator.disclosure == "open":
        return set()
    table: dict[Place, Cell] = {place: _cell(figure) for place, figure in figures.items()}
    if not indicator.is_ratio and len(by) == 1:
        table[(TOTAL,)] = _cell(total)
    dominance = Dominance() if any(part.sums for part in indicator.parts) and not indicator.is_ratio else None
    at = by.index("agency") if "agency" in by else None

    def open_to(place: Place) -> bool:
        return at is not None and question.audience.sees(str(place[at]))

    decided = suppress(table, dominance=dominance, open_to=open_to)
    return {place for place, cell in decided.items() if isinstance(cell, Suppressed)}


def _cell(figure: Figure) -> Cell:
    return Cell(float(figure.amount), figure.contributors, float(figure.largest), float(figure.second))
