"""A selection: an indicator and a cut, from which the figure, its cells and its records all come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import ibis
import ibis.expr.types as ir
import polars as pl

from schakel.figures.catalogue import SCALE, Indicator, Part
from schakel.figures.counting.cut import Cut, Value
from schakel.figures.counting.extract import Extract
from schakel.figures.counting.layout import Layout
from schakel.figures.counting.statements import written_once
from schakel.figures.counting.units import behind, counted

MEASURES = ("amount", "base", "contributors", "largest", "second")


class CutError(ValueError):
    """An indicator cannot be cut so; says which breakdowns it has."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in whole stored numbers (things, cents, hundredths), and who contributed to it.

    ``base`` is the denominator of a share or ratio, else None. ``largest`` and ``second`` are what the
    greatest two contributors account for.
    """

    amount: int
    base: int | None = None
    contributors: int = 0
    largest: int = 0
    second: int = 0

    def value(self, indicator: Indicator) -> Decimal | None:
        """The figure in the indicator's unit; None for a ratio over nothing."""
        if indicator.is_ratio:
            return Decimal(self.amount) / Decimal(self.base) if self.base else None
        return Decimal(self.amount) / SCALE[indicator.unit]


@dataclass(frozen=True)
class Cells:
    """Figures by dimensions: a row a cell that has something in it.

    ``frame``: a column a dimension, then those of Figure. ``overlapping``: the dimensions whose cells
    may add to more than the total, because one thing stands in several.
    """

    by: tuple[str, ...]
    overlapping: tuple[str, ...]
    frame: pl.DataFrame

    @cached_property
    def figures(self) -> Mapping[tuple[Value, ...], Figure]:
        """The cells as figures, by their place along ``by``."""
        rows = self.frame.select(*self.by, *MEASURES).iter_rows()
        return {row[: len(self.by)]: Figure(*row[len(self.by) :]) for row in rows}


@dataclass(frozen=True, slots=True)
class Selection:
    """What an indicator counts within a cut of an extract."""

    indicator: Indicator
    extract: Extract
    cut: Cut = field(default_factory=Cut)

    def where(self, **filters: Value | Sequence[Value]) -> Selection:
        """The same, limited further. Raises CutError for a breakdown the indicator has not."""
        self._check(filters)
        return Selection(self.indicator, self.extract, self.cut.narrowed(filters))

    def on(self, extract: Extract) -> Selection:
        """The same of another extract."""
        return Selection(self.indicator, extract, self.cut)

    def total(self) -> Figure:
        """The figure: each thing once in the whole cut."""
        return next(iter(self.by().figures.values()), self.nothing())

    def nothing(self) -> Figure:
        """The figure where there is nothing to count."""
        return Figure(0, 0 if self.indicator.is_ratio else None)

    def by(self, *dimensions: str) -> Cells:
        """The figure of each cell, each thing once within it. Raises CutError as ``where`` does."""
        self._check(dimensions)
        beside = self._kept_beside(dimensions)
        if beside:
            return self._kept(beside, dimensions)
        frame = self.extract.ask(self.sql(*dimensions))
        return self._cells(dimensions, frame.sort(dimensions) if dimensions else frame)

    def _cells(self, dimensions: tuple[str, ...], frame: pl.DataFrame) -> Cells:
        return Cells(dimensions, tuple(d for d in dimensions if self.indicator.overlaps(d)), frame)

    def _kept_beside(self, dimensions: Sequence[str]) -> Mapping[str, Value]:
        """The place that is read from what is counted of all years: a year, and one place of one more dimension.

        What is counted of a year is what stands under it where all years are counted, and the same holds of one place
        of another dimension. The next page asks for another year, and the next person for another agency.
        """
        single = {name: values[0] for name, values in self.cut.limits if len(values) == 1 and name not in dimensions}
        if "year" not in single or "year" not in self.indicator.breakdowns:
            return {}
        return {"year": int(single.pop("year")), **dict(sorted(single.items())[:1])}

    def _kept(self, place: Mapping[str, Value], dimensions: tuple[str, ...]) -> Cells:
        """Ibis takes longer to write a query than DuckDB to answer it, so one is asked for many places."""
        wider = Cut(tuple((name, values) for name, values in self.cut.limits if name not in place))
        every = Selection(self.indicator, self.extract, wider).sql(*place, *dimensions)
        return self.extract.at(place, every, dimensions, lambda frame: self._cells(dimensions, frame))

    def sql(self, *dimensions: str) -> str:
        """The one statement (DuckDB's dialect) whose answer the cells are. Raises CutError as ``where`` does."""
        self._check(dimensions)
        layout = self.extract.layout.behind(*self.indicator.parts)
        return _cells_sql(self.indicator.parts, layout, self.cut, dimensions, self._stock)

    def records(self) -> pl.DataFrame:
        """The records behind the total: fact, kind, record, agency, year and the ``unit`` each is one of.

        A record that stands behind both sides of a ratio is listed once.
        """
        first, *other = [self._records(part) for part in self.indicator.parts]
        if not other:
            return first
        listed = pl.concat([first, *other]).unique(["fact", "record"], maintain_order=True)
        return listed.sort("fact", "unit", "record")

    def _records(self, part: Part) -> pl.DataFrame:
        """Those of a part by unit; of one year they are read from those of all, asked once (see ``_kept_beside``)."""
        of = (pl.lit(part.fact).alias("fact"), pl.lit(self.extract.kind_of(part.fact)).alias("kind"))
        year = self._kept_beside(()).get("year")
        if year is None:
            sql = _records_sql(part, self.extract.layout.behind(part), self.cut, (), self._stock)
            return self.extract.ask(sql).select(*of, pl.all()).sort("unit", "record")
        every = Cut(tuple((name, values) for name, values in self.cut.limits if name != "year"))
        sql = _records_sql(part, self.extract.layout.behind(part), every, ("year",), self._stock)

        def told(frame: pl.DataFrame) -> pl.DataFrame:
            at = pl.lit(year, pl.Int32).alias("year")
            return frame.select(*of, "record", "agency", at, "unit")

        return self.extract.at({"year": year}, sql, ("unit", "record"), told)

    @property
    def _stock(self) -> bool:
        return self.indicator.nature == "stock"

    def _check(self, dimensions: Sequence[str] | Mapping[str, object]) -> None:
        unknown = [d for d in dimensions if d not in self.indicator.breakdowns]
        if unknown:
            possible = ", ".join(self.indicator.breakdowns)
            raise CutError(f"{self.indicator.id} has no breakdown {', '.join(unknown)}; it has: {possible}")


@written_once
def _cells_sql(parts: tuple[Part, ...], layout: Layout, cut: Cut, by: tuple[str, ...], stock: bool) -> str:
    tables = []
    for part in parts:
        rows = counted(part, layout, cut, by, stock=stock, sums=(part.sums,) if part.sums else ())
        tables.append(cells(part, rows, by))
    whole = ratio(tables[0], tables[1], by) if len(tables) == 2 else tables[0].mutate(base=ibis.null("int64"))
    return str(ibis.to_sql(whole.select(*by, *MEASURES), dialect="duckdb"))


@written_once
def _records_sql(part: Part, layout: Layout, cut: Cut, by: tuple[str, ...], stock: bool) -> str:
    return str(ibis.to_sql(behind(part, layout, cut, by, stock=stock).distinct(), dialect="duckdb"))


def cells(part: Part, rows: ir.Table, by: Sequence[str]) -> ir.Table:
    """Cells from counted units: ``by``, ``amount``, ``contributors``, ``largest`` and ``second`` of them."""
    each = rows.group_by([*by, "contributor"]).aggregate(amount=amount(part, rows))
    placed = each.mutate(place=ibis.row_number().over(group_by=list(by), order_by=each.amount.desc()))
    measures = {
        "amount": placed.amount.sum().cast("int64"),
        "contributors": placed.count(),
        "largest": _placed(placed, 0),
        "second": _placed(placed, 1),
    }
    if by:
        return placed.group_by(list(by)).aggregate(**measures)
    return placed.aggregate(**measures).filter(ibis._.amount.notnull())


def ratio(above: ir.Table, below: ir.Table, by: Sequence[str]) -> ir.Table:
    """Cells of a numerator beside those of its denominator, cell by cell; nothing counted is 0.

    A cell of a ratio has as many contributors as the smaller of its sides.
    """
    names = [*by, "amount", "contributors", "largest", "second"]
    sides = [table.select(*names).mutate(side=ibis.literal(side)) for side, table in enumerate((above, below))]
    both = ibis.union(*sides)

    def of(side: int, column: str) -> ir.IntegerValue:
        found: ir.IntegerValue = both[column].max(where=both.side == side).fill_null(0).cast("int64")
        return found

    measures = {
        "amount": of(0, "amount"),
        "base": of(1, "amount"),
        "contributors": ibis.least(of(0, "contributors"), of(1, "contributors")),
        "largest": of(0, "largest"),
        "second": of(0, "second"),
    }
    if by:
        return both.group_by(list(by)).aggregate(**measures)
    return both.aggregate(rows=both.count(), **measures).filter(ibis._.rows > 0)


def _placed(rows: ir.Table, place: int) -> ir.Value:
    return rows.amount.max(where=rows.place == place).fill_null(0).cast("int64")


def amount(part: Part, rows: ir.Table) -> ir.Value:
    """What one contributor's units add to a cell: what is summed, or how many they are; an organisation is one."""
    if part.sums:
        return rows[part.sums].sum().fill_null(0).cast("int64")
    count = rows.count().cast("int64")
    return ibis.least(count, 1) if part.one == "organisation" else count
