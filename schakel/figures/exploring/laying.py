"""Cells laid out in tables: rows and columns with their heads, totals where there are, and where each footnote stands.

Where no columns are chosen the indicators stand beside each other; else each has a table. Years stand beside or under
each other where rows or columns are years; else each has a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.figures.editions import Vintage
from schakel.figures.exploring import notes as noted
from schakel.figures.exploring.crossing import ALL, Cell, Crossed
from schakel.figures.exploring.dimensions import YEAR, dimension_label, value_label
from schakel.figures.exploring.notes import Notes

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a row or column. ``code``: of its value, ALL for all together, or the indicator's id."""

    code: str
    label: str
    notes: Numbers = ()

    @property
    def total(self) -> bool:
        """Whether it is of all values together."""
        return self.code == ALL


@dataclass(frozen=True, slots=True)
class Laid:
    """A cell in its table, with the footnotes that are its own."""

    cell: Cell
    notes: Numbers = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its head and its cells."""

    head: Head
    cells: tuple[Laid, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``indicator``: the one it is of, None where they stand beside each other."""

    caption: str
    notes: Numbers
    corner: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    indicator: Indicator | None = None


@dataclass(frozen=True)
class Ground:
    """What tables are laid out on. ``axes``: the values of each dimension shown, in order, with their names."""

    found: Crossed
    vintages: Mapping[int, Vintage]
    members: Mapping[int, int]
    axes: Mapping[str, Mapping[str, str]]
    notes: Notes

    @property
    def crossed_years(self) -> bool:
        """Whether rows or columns are years."""
        return YEAR in self.found.asked.shown


def tables(ground: Ground) -> list[Table]:
    """The tables of a question."""
    asked, found = ground.found.asked, ground.found
    indicators = asked.chosen()
    years = [0] if ground.crossed_years else list(found.years)
    groups = [(indicator,) for indicator in indicators] if asked.columns else [tuple(indicators)]
    return [_Layout(ground, group, year).table() for year in years for group in groups if group]


@dataclass(frozen=True, slots=True)
class _Layout:
    """One table: of one indicator (or all, beside each other) and of one year (0 where years are rows or columns)."""

    ground: Ground
    indicators: tuple[Indicator, ...]
    year: int

    def table(self) -> Table:
        asked, notes = self.ground.found.asked, self._numbers(self._of_table())
        heads = tuple(self._columns())
        rows = tuple(Row(head, tuple(self._cells(head, heads))) for head in self._heads(asked.rows))
        corner = dimension_label(asked.rows)
        if asked.columns:
            corner = _("%(rows)s by %(columns)s") % {"rows": corner, "columns": dimension_label(asked.columns)}
        only = self.indicators[0] if len(self.indicators) == 1 else None
        return Table(self._caption(), notes, corner, heads, rows, only)

    def _caption(self) -> str:
        years = self.ground.found.years
        span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
        name = queries.name_of(self.indicators[0]) if len(self.indicators) == 1 else _("Indicators")
        return f"{name}, {self.year or span}"

    def _numbers(self, texts: Sequence[str]) -> Numbers:
        return self.ground.notes.numbers(texts)

    def _of_table(self) -> list[str]:
        if not self.year:
            return []
        told = noted.of_year(self.ground.vintages[self.year])
        alone = self.indicators if self.ground.found.asked.columns or len(self.indicators) == 1 else ()
        return told + [text for indicator in alone for text in self._of(indicator, self.year)]

    def _of(self, indicator: Indicator, year: int) -> Iterator[str]:
        return noted.of_indicator(self.ground.found, indicator, year, self.ground.members)

    def _columns(self) -> Iterator[Head]:
        columns = self.ground.found.asked.columns
        if columns:
            yield from self._heads(columns)
            return
        beside = self.year and len(self.indicators) > 1
        for indicator in self.indicators:
            told = list(self._of(indicator, self.year)) if beside else []
            yield Head(indicator.id, queries.name_of(indicator), self._numbers(told))

    def _heads(self, dimension: str) -> Iterator[Head]:
        """The heads along a dimension, and of all together; years are never taken together."""
        if dimension == YEAR:
            yield from (Head(str(year), str(year), self._numbers(self._of_head(year))) for year in self._years())
            return
        labels = self.ground.axes[dimension]
        yield from (Head(value, value_label(value, labels)) for value in labels)
        alone = bool(self.ground.found.asked.columns)
        told = noted.of_total(self.indicators[0], dimension) if alone else []
        limited = dimension in self.ground.found.asked.filters
        yield Head(ALL, _("Total, also of what is not chosen") if limited else _("Total"), self._numbers(told))

    def _years(self) -> Sequence[int]:
        return self.ground.found.years

    def _of_head(self, year: int) -> list[str]:
        told = noted.of_year(self.ground.vintages[year])
        alone = self.indicators if len(self.indicators) == 1 else ()
        return told + [text for indicator in alone for text in self._of(indicator, year)]

    def _cells(self, row: Head, heads: Sequence[Head]) -> Iterator[Laid]:
        asked = self.ground.found.asked
        for number, head in enumerate(heads):
            indicator = self.indicators[0] if asked.columns else self.indicators[number]
            at = {asked.rows: row.code} | ({asked.columns: head.code} if asked.columns else {})
            year = int(at.pop(YEAR, self.year))
            place = {dimension: value for dimension, value in at.items() if value != ALL}
            cell = self.ground.found.cell(indicator, year, place)
            yield Laid(cell, self._numbers(list(self._of_cell(cell, row))))

    def _of_cell(self, cell: Cell, row: Head) -> Iterator[str]:
        asked = self.ground.found.asked
        yield from noted.of_cell(self.ground.found, cell)
        if asked.columns or cell.mark:
            return
        if row.total:
            yield from noted.of_total(cell.indicator, asked.rows)
        if not self.year and len(self.indicators) > 1:
            yield from self._of(cell.indicator, cell.year)
