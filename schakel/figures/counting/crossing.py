"""A cross in one statement: the cells by two dimensions, what rows and columns are together, and the total.

The units are those of ``units.found``, as everywhere, found once for all subtotals whose units are one in the same way;
only their adding up is written out here. A test holds each subtotal against ``Selection``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

import ibis

from schakel.figures.catalogue import Indicator, Part
from schakel.figures.counting.cut import Cut, Value
from schakel.figures.counting.extract import Extract
from schakel.figures.counting.layout import Layout
from schakel.figures.counting.selection import CutError, Figure
from schakel.figures.counting.units import by_theme, found
from schakel.network.themes import scheme_of

By = tuple[str, ...]
Figures = Mapping[tuple[Value, ...], Figure]


def subsets(by: By, always: By = ()) -> Iterator[By]:
    """All of ``by``, then what its rows and columns are together, then nothing; each with ``always`` behind it."""
    for kept in product((True, False), repeat=len(by)):
        yield (*(dimension for dimension, keep in zip(by, kept, strict=True) if keep), *always)


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
        rows = extract.ask(_sql(part, extract.layout, cut, alike, stock)).iter_rows()
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


@lru_cache(maxsize=4096)
def _sql(part: Part, layout: Layout, cut: Cut, asked: tuple[By, ...], stock: bool) -> str:
    """One statement: the number of each of ``asked``, the amount of a cell, and its place."""
    every = tuple(dict.fromkeys(dimension for by in asked for dimension in by))
    sums = (part.sums,) if part.sums else ()
    units = found(part, layout, cut, every, stock=stock, sums=sums)
    kept = dict.fromkeys("themes" if scheme_of(dimension) else dimension for dimension in every)
    units = units.select(*kept, "contributor", *sums)
    table = ibis.table(units.schema(), name="units")
    most = max(map(len, asked))
    parts = [_subtotal(part, table, cut, by, number, most) for number, by in enumerate(asked)]
    return f"WITH units AS MATERIALIZED ({_text(units)})\n" + "\nUNION ALL\n".join(parts)


def _subtotal(part: Part, units: ibis.Table, cut: Cut, by: By, number: int, most: int) -> str:
    rows = units
    for dimension in by:
        if scheme_of(dimension):
            rows = by_theme(rows, cut, dimension)
    source = "units" if rows is units else f"({_text(rows)})"
    places = [f'CAST("{d}" AS VARCHAR)' for d in by] + ["NULL"] * (most - len(by))
    grouped = f" GROUP BY {', '.join(f'"{d}"' for d in by)}" if by else ""
    listed = ", ".join([str(number), _amount(part), *places])
    return f"SELECT {listed} FROM {source}{grouped} HAVING count(*) > 0"  # noqa: S608 - dimensions of the catalogue


def _amount(part: Part) -> str:
    """What the units of a cell add up to: see ``selection.amount``, here of all its contributors together."""
    if part.sums:
        return f'CAST(coalesce(sum("{part.sums}"), 0) AS BIGINT)'
    return "count(DISTINCT contributor)" if part.one == "organisation" else "count(*)"


def _text(rows: ibis.Table) -> str:
    return str(ibis.to_sql(rows, dialect="duckdb"))
