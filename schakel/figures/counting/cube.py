"""The cube: every indicator by agency, year, theme and province, with every subtotal.

The units come from the same Ibis expression as ``Selection.by``, compiled once for each way in which
units are one; only their adding up is done here for sixteen subtotals at a time (``rollup``). A test
holds each subtotal against ``Selection.by``. Indicators that count the same units are counted together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, combinations

import ibis
import numpy as np
import polars as pl
import pyarrow as pa

from schakel.figures.catalogue import Indicator, Part
from schakel.figures.counting.cut import Cut
from schakel.figures.counting.extract import Extract
from schakel.figures.counting.layout import Layout
from schakel.figures.counting.rollup import Axis, Grid, Subtotals, Whole
from schakel.figures.counting.rows import TYPES, Rows
from schakel.figures.counting.statements import written_once
from schakel.figures.counting.units import SCOPES, found

DIMENSIONS = ("agency", "year", "theme", "province")
Subset = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One part of one indicator: the value itself or the numerator (0), or the denominator (1)."""

    indicator: str
    place: int
    sums: str


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that count the same units, and what each takes of them."""

    part: Part
    stock: bool
    subsets: tuple[Subset, ...]
    sides: tuple[Side, ...]

    @property
    def dimensions(self) -> Subset:
        """The dimensions its indicators are split by: the largest subset."""
        return self.subsets[-1]

    @property
    def sums(self) -> tuple[str, ...]:
        """The measures that some part sums."""
        return tuple(sorted({side.sums for side in self.sides if side.sums}))


def cube(extract: Extract, indicators: Iterable[Indicator]) -> pl.DataFrame:
    """Every cell of every subtotal: ``indicator``, the four dimensions, ``amount``, ``base``, ``contributors``.

    A dimension that is null is not split by. Amounts are stored whole numbers, as in Figure. An
    indicator has the subtotals of the breakdowns that apply to it.
    """
    gathered = groups(indicators)
    layouts = [extract.layout.behind(group.part) for group in gathered]
    asked = (
        (group, layout, scope) for group, layout in zip(gathered, layouts, strict=True) for scope in _scopes(group)
    )
    queries = (_query(*each) for each in asked)
    last = {group.part.fact: _last_year(extract, group.part.fact) for group in gathered if group.stock}
    with ThreadPoolExecutor(1) as pool:  # it asks while the next is compiled, or the last added up
        answers = pool.map(extract.ask_arrow, queries)
        cells = pl.concat(_long(group, answers, last.get(group.part.fact)) for group in gathered)
    values, bases = cells.filter(pl.col("side") == 0), cells.filter(pl.col("side") == 1)
    if bases.is_empty():
        return values.drop("side").with_columns(base=pl.lit(None, pl.Int64))
    ratios = bases["indicator"].unique()
    single = values.filter(~pl.col("indicator").is_in(ratios.implode()))
    both = _ratios(values.filter(pl.col("indicator").is_in(ratios.implode())), bases)
    return pl.concat([single.with_columns(base=pl.lit(None, pl.Int64)).select(both.columns), both])


def _last_year(extract: Extract, fact: str) -> int | None:
    year: int | None = extract.ask(f'SELECT max(year) AS year FROM "{fact}"')["year"].item()  # noqa: S608 - a known fact
    return year


def _ratios(above: pl.DataFrame, below: pl.DataFrame) -> pl.DataFrame:
    keys = ["indicator", *DIMENSIONS]
    both = above.join(below, on=keys, how="full", coalesce=True, nulls_equal=True, suffix="_below")
    contributors = [pl.col(name).fill_null(0) for name in ("contributors", "contributors_below")]
    return both.select(
        *keys,
        pl.col("amount").fill_null(0),
        pl.min_horizontal(contributors).alias("contributors"),
        pl.col("amount_below").fill_null(0).alias("base"),
    )


def groups(indicators: Iterable[Indicator]) -> list[Group]:
    """The parts of ``indicators``, gathered where they count the same units."""
    gathered: dict[tuple[Part, bool, tuple[Subset, ...]], list[Side]] = {}
    for indicator in indicators:
        for place, part in enumerate(indicator.parts):
            key = (_units_of(part), indicator.nature == "stock", _subsets(indicator))
            gathered.setdefault(key, []).append(Side(indicator.id, place, part.sums))
    return [Group(*key, tuple(sides)) for key, sides in gathered.items()]


def _units_of(part: Part) -> Part:
    """The part without what it sums; whose statement counts matters only if it is the largest."""
    return replace(part, sums="", statement="largest" if part.statement == "largest" else "own")


def _subsets(indicator: Indicator) -> tuple[Subset, ...]:
    dimensions = [d for d in DIMENSIONS if d in indicator.breakdowns]
    return tuple(chain.from_iterable(combinations(dimensions, size) for size in range(len(dimensions) + 1)))


def _long(group: Group, answers: Iterator[pa.Table], last: int | None) -> pl.DataFrame:
    """The group's cells: a row for each indicator, side and cell. ``last``: the fact's last year."""
    cells = pl.concat(_cells(group, scope, next(answers)) for scope in _scopes(group))
    if group.stock:
        cells = _with_last_year(cells, last)
    return pl.concat(_side(cells, side, group.part) for side in group.sides)


def _side(cells: pl.DataFrame, side: Side, part: Part) -> pl.DataFrame:
    amount = "contributors" if part.one == "organisation" else (side.sums or "units")
    return cells.select(
        pl.lit(side.indicator).alias("indicator"),
        pl.lit(side.place, pl.Int8).alias("side"),
        *DIMENSIONS,
        pl.col(amount).alias("amount"),
        "contributors",
    )


def _with_last_year(cells: pl.DataFrame, last: int | None) -> pl.DataFrame:
    """A stock is not added over years: without a year it is that of the last one there is."""
    newest = cells.filter(pl.col("year").eq_missing(last)).with_columns(year=pl.lit(None, pl.Int32))
    return pl.concat([cells, newest])


def _scopes(group: Group) -> list[Subset]:
    """The ways in which this group's units are one, each a query; see ``_scope``."""
    subsets = [subset for subset in group.subsets if "year" in subset or not group.stock]
    return list(dict.fromkeys(_scope(group.part, subset) for subset in subsets))


def _scope(part: Part, subset: Subset) -> Subset:
    """The dimensions within which units are made one for this subtotal; all, where each row is its own."""
    if part.one in {"thing", "round"}:
        return tuple(d for d in SCOPES if d in subset)
    return SCOPES if not part.whole_network or "agency" in subset else ("year",)


def _cells(group: Group, scope: Subset, answer: pa.Table) -> pl.DataFrame:
    """All subtotals whose units are one in this scope."""
    rows, fixed = Rows.of(answer), _fixed(group, scope)
    themed = rows.by_theme() if "theme" in group.dimensions else rows
    grids = (rows.grid, themed.grid)
    people = grids[1].distinct(themed.contributors, fixed)
    totals = {"contributors": people, "units": _totals(grids, (None, None), fixed)}
    for column in group.sums:
        totals[column] = _totals(grids, (rows.measures[column], themed.measures[column]), fixed)
    return _frame(themed.axes, totals)


def _totals(grids: tuple[Grid, Grid], amounts: tuple[Whole | None, Whole | None], fixed: Subset) -> Subtotals:
    """Sums over each unit once, and by theme over each unit once for each theme it has."""
    plain = grids[0].added(amounts[0], fixed)
    if grids[0].names == grids[1].names:
        return plain
    return {**plain, **grids[1].added(amounts[1], (*fixed, "theme"))}


def _frame(axes: Sequence[Axis], totals: Mapping[str, Subtotals]) -> pl.DataFrame:
    """The cells of all subtotals that somebody contributed to; dimensions not split by are null."""
    people = totals["contributors"]
    filled = {names: np.flatnonzero(people[names].reshape(-1)) for names in people}
    columns = {d: pl.repeat(None, sum(map(len, filled.values())), dtype=TYPES[d], eager=True) for d in DIMENSIONS}
    for axis in axes:
        places = np.concatenate([_places(axis, names, people[names].shape, filled[names]) for names in people])
        columns[axis.name] = pl.Series([*axis.values, None], dtype=TYPES[axis.name]).gather(places)
    for name, arrays in totals.items():
        columns[name] = pl.Series(np.concatenate([arrays[names].reshape(-1)[filled[names]] for names in people]))
    return pl.DataFrame(columns)


def _places(axis: Axis, names: Subset, shape: tuple[int, ...], cells: Whole) -> Whole:
    """Which of the axis' values each cell has; one past the last where it is not split by."""
    if axis.name not in names:
        return np.full(len(cells), len(axis.values))
    return np.unravel_index(cells, shape)[names.index(axis.name)]


def _fixed(group: Group, scope: Subset) -> Subset:
    """The dimensions that all subtotals of this scope have."""
    if group.part.one in {"thing", "round"}:
        return scope
    always = ("year",) if group.stock else ()
    return (*always, "agency") if group.part.whole_network and "agency" in scope else always


@written_once
def _query(group: Group, layout: Layout, scope: Subset) -> str:
    by = (*scope, *(d for d in group.dimensions if d not in SCOPES))
    rows = found(group.part, layout, Cut(), by, stock=False, sums=group.sums)
    columns = [*("themes" if d == "theme" else d for d in by), "contributor", *group.sums]
    return str(ibis.to_sql(rows.select(columns), dialect="duckdb"))
