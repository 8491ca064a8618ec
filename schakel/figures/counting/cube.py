"""The cube: every indicator by agency, year, theme and province, with every subtotal.

The units come from the same Ibis expression as ``Selection.by``; only their adding up into sixteen
subtotals is SQL of our own (GROUPING SETS, which Ibis has not). A test holds each subtotal against
``Selection.by``. Indicators that count the same units are counted together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, combinations

import ibis
import polars as pl

from schakel.figures.catalogue import Indicator, Part
from schakel.figures.counting.cut import Cut
from schakel.figures.counting.extract import Extract
from schakel.figures.counting.layout import Layout
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
    def sums(self) -> tuple[str, ...]:
        """The measures that some part sums."""
        return tuple(sorted({side.sums for side in self.sides if side.sums}))


def cube(extract: Extract, indicators: Iterable[Indicator]) -> pl.DataFrame:
    """Every cell of every subtotal: ``indicator``, the four dimensions, ``amount``, ``base``, ``contributors``.

    A dimension that is null is not split by. Amounts are stored whole numbers, as in Figure. An
    indicator has the subtotals of the breakdowns that apply to it.
    """
    cells = pl.concat(_long(extract, group) for group in groups(indicators))
    values, bases = cells.filter(pl.col("side") == 0), cells.filter(pl.col("side") == 1)
    if bases.is_empty():
        return values.drop("side").with_columns(base=pl.lit(None, pl.Int64))
    ratios = bases["indicator"].unique()
    single = values.filter(~pl.col("indicator").is_in(ratios.implode()))
    both = _ratios(values.filter(pl.col("indicator").is_in(ratios.implode())), bases)
    return pl.concat([single.with_columns(base=pl.lit(None, pl.Int64)).select(both.columns), both])


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


def _long(extract: Extract, group: Group) -> pl.DataFrame:
    """The group's cells: a row for each indicator, side and cell."""
    frames = [extract.ask(sql) for sql in _queries(group, extract.layout)]
    cells = pl.concat(frames)
    if group.stock:
        cells = _with_last_year(extract, group.part.fact, cells)
    return pl.concat(_side(cells, side, group.part) for side in group.sides)


def _side(cells: pl.DataFrame, side: Side, part: Part) -> pl.DataFrame:
    amount = "contributors" if part.one == "organisation" else (f"sum_{side.sums}" if side.sums else "units")
    return cells.select(
        pl.lit(side.indicator).alias("indicator"),
        pl.lit(side.place, pl.Int8).alias("side"),
        *DIMENSIONS,
        pl.col(amount).fill_null(0).alias("amount"),
        "contributors",
    )


def _with_last_year(extract: Extract, fact: str, cells: pl.DataFrame) -> pl.DataFrame:
    """A stock is not added over years: without a year it is that of the last one there is."""
    last = extract.ask(f'SELECT max(year) AS year FROM "{fact}"')["year"].item()  # noqa: S608 - a fact of the catalogue
    newest = cells.filter(pl.col("year").eq_missing(last)).with_columns(year=pl.lit(None, pl.Int32))
    return pl.concat([cells, newest])


@lru_cache(maxsize=1024)
def _queries(group: Group, layout: Layout) -> tuple[str, ...]:
    """SQL for all subtotals of the group, compiled once: a query for each way its units are one."""
    queries: dict[Subset, list[Subset]] = {}
    for subset in group.subsets:
        if not (group.stock and "year" not in subset):
            queries.setdefault(_scope(group.part, subset), []).append(subset)
    return tuple(_query(group, layout, scope, subsets) for scope, subsets in queries.items())


def _scope(part: Part, subset: Subset) -> Subset:
    """The dimensions within which units are made one for this subtotal; all, where each row is its own."""
    if part.one in {"thing", "round"}:
        return tuple(d for d in SCOPES if d in subset)
    return SCOPES if not part.whole_network or "agency" in subset else ("year",)


def _query(group: Group, layout: Layout, scope: Subset, subsets: Sequence[Subset]) -> str:
    places = tuple(d for d in ("province", "theme") if any(d in subset for subset in subsets))
    rows = found(group.part, layout, Cut(), (*scope, *places), stock=False, sums=group.sums)
    columns = [*scope, *("themes" if d == "theme" else d for d in places), "contributor", *group.sums]
    units = ibis.to_sql(rows.select(columns), dialect="duckdb")
    plain = [subset for subset in subsets if "theme" not in subset]
    themed = [subset for subset in subsets if "theme" in subset]
    each = [_each(group, "units", plain)] if plain else []
    each += [_each(group, "(SELECT *, unnest(themes) AS theme FROM units)", themed)] if themed else []
    return f"WITH units AS MATERIALIZED ({units}) {' UNION ALL '.join(each)}"


def _each(group: Group, source: str, subsets: Sequence[Subset]) -> str:
    """Cells of ``subsets``: first what each contributor adds, so that both can be counted; then together."""
    used = [d for d in DIMENSIONS if any(d in subset for subset in subsets)]
    sums = "".join(f', sum("{column}") AS "sum_{column}"' for column in group.sums)
    again = "".join(f', sum("sum_{column}")::BIGINT AS "sum_{column}"' for column in group.sums)
    sets = ", ".join(f"({', '.join((*subset, 'contributor'))})" for subset in subsets)
    keys = "".join(f"{d}, " for d in used)
    atoms = f"SELECT {keys}contributor, count(*) AS units{sums} FROM {source} GROUP BY ALL"  # noqa: S608
    each = f"SELECT {keys}contributor, sum(units) AS units{again} FROM ({atoms}) GROUP BY GROUPING SETS ({sets})"  # noqa: S608
    named = ", ".join(d if d in used else f"NULL::{'INTEGER' if d == 'year' else 'VARCHAR'} AS {d}" for d in DIMENSIONS)
    measures = f"count(*) AS contributors, sum(units)::BIGINT AS units{again}"
    grouping = f" GROUP BY {', '.join(used)}" if used else " HAVING count(*) > 0"
    return f"SELECT {named}, {measures} FROM ({each}){grouping}"  # noqa: S608
