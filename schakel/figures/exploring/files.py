"""The cells of an answer as rows to take along, each with all that must be known of it.

Invariant: a row's value is that of the cell on the page; where the page shows no number the row has none, and its mark.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from schakel.figures import queries
from schakel.figures.exploring.crossing import Cell
from schakel.figures.exploring.definitions import Definition, definitions, nature_words, unit_words
from schakel.figures.exploring.dimensions import dimension_label, value_label, values_of
from schakel.figures.exploring.explored import Explored
from schakel.figures.exploring.laying import Laid, Row, Table
from schakel.figures.exploring.words import cell_words
from schakel.figures.pages.standing import vintage_words

Value = str | int | Decimal | None

FIGURES = (
    "indicator",
    "name",
    "year",
    "row_dimension",
    "row",
    "row_name",
    "column_dimension",
    "column",
    "column_name",
    "limits",
    "value",
    "shown",
    "unit",
    "mark",
    "numerator",
    "denominator",
    "footnotes",
    "agencies_delivered",
    "agencies_expected",
    "standing",
    "definition_version",
)
"""Columns of a figure by itself; with those of ABOUT a row tells all without the others."""
ABOUT = ("definition", "unit_name", "nature", "asked_at", "asked_for", "address")


@dataclass(frozen=True)
class Taken:
    """An answer that is taken along: when it was asked, for whom, and the address that asks it again."""

    explored: Explored
    asked_at: dt.datetime
    asked_for: str
    address: str

    def definitions(self) -> list[Definition]:
        """The definitions its cells were counted by."""
        return definitions(self.explored)

    def standing(self) -> dict[int, str]:
        """How the figures of each year stand, in words."""
        return {year: vintage_words(vintage) for year, vintage in self.explored.vintages.items()}

    def limits(self) -> str:
        """What the figures are limited to, in words."""
        said = []
        for dimension, values in self.explored.asked.limits:
            labels = values_of(dimension, self.explored.asked.chosen())
            named = ", ".join(value_label(value, labels) for value in values)
            said.append(f"{dimension_label(dimension)}: {named}")
        return "; ".join(said)


def exact(cell: Cell) -> int | Decimal | None:
    """A cell's value as it is written down: a whole number where it is one, a share or ratio in four decimals."""
    if cell.value is None:
        return None
    value = cell.value.quantize(Decimal("0.0001"), ROUND_HALF_UP) if cell.indicator.is_ratio else cell.value
    return int(value) if value == value.to_integral_value() else value


def rows(taken: Taken) -> Iterator[dict[str, Value]]:
    """A row for each cell, in the order of the page; keys as FIGURES."""
    standing, limits = taken.standing(), taken.limits()
    for table, row, number, laid in taken.explored.laid():
        yield _row(taken.explored, table, row, number, laid) | {
            "limits": limits,
            "standing": standing.get(laid.cell.year, ""),
            "footnotes": footnotes(taken.explored, table, row, number, laid),
        }


def footnotes(explored: Explored, table: Table, row: Row, number: int, laid: Laid) -> str:
    """All that is said of a cell: at its table, its row, its column and itself."""
    numbers = {*table.notes, *row.head.notes, *table.heads[number].notes, *laid.notes}
    return " ".join(f"({each}) {explored.notes[each - 1]}" for each in sorted(numbers))


def _row(explored: Explored, table: Table, row: Row, number: int, laid: Laid) -> dict[str, Value]:
    cell, asked, head = laid.cell, explored.asked, table.heads[number]
    answer = explored.found.answer(cell.indicator, cell.year)
    coverage = (answer["coverage"] if answer else None) or {}
    ratio = cell.indicator.is_ratio and cell.value is not None
    found: dict[str, Value] = dict.fromkeys(FIGURES)
    return found | {
        "indicator": cell.indicator.id,
        "name": queries.name_of(cell.indicator),
        "year": cell.year,
        "row_dimension": asked.rows,
        "row": row.head.code,
        "row_name": row.head.label,
        "column_dimension": asked.columns,
        "column": head.code if asked.columns else "",
        "column_name": head.label if asked.columns else "",
        "value": exact(cell),
        "shown": cell_words(cell),
        "unit": cell.indicator.unit,
        "mark": cell.mark,
        "numerator": cell.amount if ratio else None,
        "denominator": cell.base if ratio else None,
        "agencies_delivered": coverage.get("delivered"),
        "agencies_expected": coverage.get("expected"),
        "definition_version": answer["version"] if answer else cell.indicator.version,
    }


def told_rows(taken: Taken) -> Iterator[dict[str, Value]]:
    """As ``rows``, each with its definition and where it comes from too; keys as FIGURES and ABOUT."""
    texts = {(each.indicator.id, each.version): each for each in taken.definitions()}
    about: dict[str, Value] = {
        "asked_at": taken.asked_at.isoformat(timespec="seconds"),
        "asked_for": taken.asked_for,
        "address": taken.address,
    }
    for row in rows(taken):
        definition = texts.get((str(row["indicator"]), int(str(row["definition_version"]))))
        yield row | _of_definition(definition) | about


def _of_definition(definition: Definition | None) -> dict[str, Value]:
    if definition is None:
        return {"definition": "", "unit_name": "", "nature": ""}
    indicator = definition.indicator
    return {"definition": definition.text, "unit_name": unit_words(indicator), "nature": nature_words(indicator)}
