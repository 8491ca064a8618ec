"""The sheet of a year: each indicator, for the network and for each agency, and how complete it is.

It holds every agency's column: it is for who may see them all (the secretariat, the command line).

A column is empty (None) where an agency was not a member, or has not delivered what the indicator
needs: not delivered is not nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from schakel.figures.catalogue import Indicator
from schakel.figures.counting.bounds import Bounds, bounds
from schakel.figures.counting.extract import Extract
from schakel.figures.counting.selection import Figure, Selection
from schakel.words import Words


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which agencies were expected to deliver what an indicator needs, and which did."""

    expected: tuple[str, ...]
    delivered: tuple[str, ...]

    @property
    def words(self) -> Words:
        """ "8 of 9 agencies"; empty where nobody was expected to."""
        if not self.expected:
            return Words("", "")
        numbers = {"delivered": len(self.delivered), "expected": len(self.expected)}
        return Words("{delivered} van {expected} ROM's", "{delivered} of {expected} agencies").format(**numbers)

    @property
    def complete(self) -> bool:
        """Whether all delivered."""
        return len(self.delivered) == len(self.expected)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in the sheet. ``in_lists``: what the agencies' own columns add up to, where it says something.

    ``around``: between what the network's figure (at ()) and each column lie, where records of theirs are doubtful.
    """

    indicator: str
    network: Figure | None
    columns: Mapping[str, Figure | None]
    in_lists: int | None
    coverage: Coverage
    around: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All indicators of one year, and the extract they were counted from."""

    year: int
    agencies: tuple[str, ...]
    lines: tuple[Line, ...]
    created: str
    position: str


def sheet(extract: Extract, indicators: Iterable[Indicator], year: int) -> Sheet:
    """The sheet of ``year``: its columns are the agencies that were members, or have facts, that year."""
    deliveries = _deliveries(extract, year)
    of_year = {each: Selection(each, extract).where(year=year) for each in indicators}
    tables = {each: _table(selection) for each, selection in of_year.items()}
    members = tuple(sorted({*deliveries["agency"], *(agency for each in tables.values() for agency in each if agency)}))
    lines = tuple(_line(each, tables[each], members, coverage(deliveries, each), of_year[each]) for each in tables)
    return Sheet(year, members, lines, extract.meta.created, extract.meta.position)


def _deliveries(extract: Extract, year: int) -> pl.DataFrame:
    return extract.ask(f"SELECT agency, kind, state FROM delivery WHERE year = {int(year)}")  # noqa: S608 - a number


def coverage(deliveries: pl.DataFrame, indicator: Indicator) -> Coverage:
    """Who delivered every kind the indicator needs, of those expected (``agency``, ``kind``, ``state`` of a year)."""
    needed = deliveries.filter(pl.col("kind").is_in(indicator.needs)) if indicator.needs else deliveries
    expected = sorted(set(needed["agency"]))
    waiting = set(needed.filter(pl.col("state") != "delivered")["agency"]) if indicator.needs else set()
    return Coverage(tuple(expected), tuple(agency for agency in expected if agency not in waiting))


def _by(indicator: Indicator) -> tuple[str, ...]:
    return ("agency",) if "agency" in indicator.breakdowns else ()


def _table(selection: Selection) -> Mapping[str | None, Figure]:
    """Figures by agency; that of the network under None."""
    cells: dict[str | None, Figure] = (
        {str(agency): figure for (agency,), figure in selection.by("agency").figures.items()}
        if _by(selection.indicator)
        else {}
    )
    table: dict[str | None, Figure] = {None: selection.total()}
    return table | cells


def _line(
    indicator: Indicator,
    table: Mapping[str | None, Figure],
    members: tuple[str, ...],
    covered: Coverage,
    selection: Selection,
) -> Line:
    nothing = Figure(0, 0 if indicator.is_ratio else None)
    columns = {agency: table.get(agency, nothing if agency in covered.delivered else None) for agency in members}
    network = table[None] if covered.delivered or not covered.expected or len(table) > 1 else None
    around = bounds(selection, _by(indicator))
    return Line(indicator.id, network, columns, _in_lists(indicator, columns), covered, around)


def _in_lists(indicator: Indicator, columns: Mapping[str, Figure | None]) -> int | None:
    """What the columns add up to; None for a ratio and for the network's own list, which do not add."""
    if indicator.is_ratio or indicator.parts[0].whole_network:
        return None
    return sum(figure.amount for figure in columns.values() if figure is not None)
