"""A cross in one statement: the cells by two dimensions, what rows and columns are together, and the total.

The units are those of ``units.found``, as everywhere, found once for all subtotals whose units are one in the same way;
only their adding up is written out here. A test holds each subtotal against ``Selection``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import ibis

from schakel.figures.catalogue import Indicator, Part
from schakel.figures.counting.cut import Cut, Value
from schakel.figures.counting.extract import Extract
from schakel.figures.counting.layout import Layout
from schakel.figures.counting.selection import CutError, Figure
from schakel.figures.counting.statements import written_once
from schakel.figures.counting.units import by_theme, found
from schakel.network.themes import scheme_of

By = tuple[str, ...]
Figures = Mapping[tuple[Value, ...], Figure]


def cross(indicator: Indicator, extract: Extract, cut: Cut, asked: Sequence[By]) -> dict[By, Figures]:
    """The figures of each cell by each of ``asked``. Raises CutError for a breakdown the indicator has not."""
    lacking = {d for by in asked for d in by if d not in indicator.breakdowns}
    if lacking:
        raise CutError(f"{indicator.id} has no breakdown {', '.join(sorted(lacking))}")
    sides = [_amounts(part, extract, cut, tuple(asked), indicator.nature == "stock") for part in indicator.parts]
    return {by: dict(_figures([side[by] for side in sides])) for by in asked}


def _figures(sides: Sequence[Mapping[tuple[Value, ...], int]]) -> Iterator[tuple[tuple[Value, ...], Figure]]:
    """The cells of one side, or of a numerator beside those of its denominator; nothing counted is 0."""
    for place in sorted({place for side in sides for place in side}, key=repr):
        amounts = [side.get(place, 0) for side in sides]
        yield place, Figure(*amounts)


def _amounts(
    part: Part, extract: Extract, cut: Cut, asked: tuple[By, ...], stock: bool
) -> dict[By, dict[tuple[Value, ...], int]]:
    found_by: dict[By, dict[tuple[Value, ...], int]] = defaultdict(dict, {by: {} for by in asked})
    for alike in _alike(part, asked):
        rows = extract.ask(_sql(part, extract.layout.behind(part), cut, alike, stock)).iter_rows()
        for number, amount, *place in rows:
            by = alike[number]
            found_by[by][tuple(place[: len(by)])] = amount
    return found_by


def _alike(part: Part, asked: tuple[By, ...]) -> list[tuple[By, ...]]:
    """The subtotals gathered by the units they are of: others by agency, where several records may be one."""
    if part.one in {"record", "organisation"} and not part.whole_network:
        return [asked]
    groups = [tuple(by for by in asked if ("agency" in by) == owned) for owned in (True, False)]
    return [group for group in groups if group]


@written_once
def _sql(part: Part, layout: Layout, cut: Cut, asked: tuple[By, ...], stock: bool) -> str:
    """One statement: the number of each of ``asked``, the amount of a cell, and its place."""
    every = tuple(dict.fromkeys(dimension for by in asked for dimension in by))
    sums = (part.sums,) if part.sums else ()
    units = found(part, layout, cut, every, stock=stock, sums=sums)
    kept = dict.fromkeys("themes" if scheme_of(dimension) else dimension for dimension in every)
    units = units.select(*kept, "contributor", *sums)
    table = ibis.table(units.schema(), name="units")
    most = max(map(len, asked))
    parts = [
        f"SELECT {number}, {_amount(part)}, {_places(by, most)} FROM ({_text(_rows(table, cut, by))}){_grouped(by)}"  # noqa: S608 - dimensions of the catalogue
        for number, by in enumerate(asked)
    ]
    return f"WITH units AS MATERIALIZED ({_text(units)})\n" + "\nUNION ALL\n".join(parts)


def _rows(units: ibis.Table, cut: Cut, by: By) -> ibis.Table:
    """The units, once for each theme they have where cells are by theme."""
    for dimension in by:
        if scheme_of(dimension):
            units = by_theme(units, cut, dimension)
    return units


def _places(by: By, most: int) -> str:
    return ", ".join([*(f'CAST("{dimension}" AS VARCHAR)' for dimension in by), *["NULL"] * (most - len(by)), "NULL"])


def _grouped(by: By) -> str:
    listed = ", ".join(f'"{dimension}"' for dimension in by)
    return f" GROUP BY {listed} HAVING count(*) > 0" if by else " HAVING count(*) > 0"


def _amount(part: Part) -> str:
    """What the units of a cell add up to: see ``selection.amount``, here of all its contributors together."""
    if part.sums:
        return f'CAST(coalesce(sum("{part.sums}"), 0) AS BIGINT)'
    return "count(DISTINCT contributor)" if part.one == "organisation" else "count(*)"


def _text(rows: ibis.Table) -> str:
    return str(ibis.to_sql(rows, dialect="duckdb"))
