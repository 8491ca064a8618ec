"""Who contributed how much to each cell, and through which agencies: what withholding is decided on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import polars as pl

from schakel.figures.catalogue import Part
from schakel.figures.counting.cut import Cut
from schakel.figures.counting.extract import Extract
from schakel.figures.counting.layout import Layout
from schakel.figures.counting.statements import written_once
from schakel.figures.counting.units import KEYS, counted, population

Cells = Mapping[tuple[Hashable, ...], Mapping[Hashable, float]]


@dataclass(frozen=True)
class Contributions:
    """The units of a part in a year by dimensions, each with its contributor, its amount and the agencies it is of."""

    frame: pl.DataFrame

    def cells(self, by: tuple[str, ...], without: tuple[str, ...] = ()) -> Cells:
        """What each contributor accounts for in each cell, of units that none of ``without`` takes part in."""
        own = pl.col("agency").is_in(without).any().alias("own")
        units = self.frame.group_by(*by, "unit", maintain_order=True).agg(
            pl.col("contributor").first(), pl.col("amount").first(), own
        )
        shares = units.filter(~pl.col("own")).group_by(*by, "contributor").agg(pl.col("amount").sum())
        cells: dict[tuple[Hashable, ...], dict[Hashable, float]] = defaultdict(dict)
        for *place, contributor, amount in shares.iter_rows():
            cells[tuple(place)][contributor] = amount
        return cells

    def beyond(self, network: Contributions, without: tuple[str, ...] = ()) -> Mapping[Hashable, float]:
        """What each contributor accounts for in what agencies' columns have more than ``network``, the figure of all.

        These are units of two or more agencies, and those that do not count nationally; none of ``without`` among them.
        """
        agencies = pl.col("agency").n_unique().alias("agencies")
        own = pl.col("agency").is_in(without).any().alias("own")
        units = self.frame.group_by("unit").agg(pl.col("contributor").first(), pl.col("amount").first(), agencies, own)
        nationally = pl.col("unit").is_in(network.frame["unit"].unique().implode())
        more = units.filter((pl.col("agencies") > 1) | ~nationally, ~pl.col("own"))
        return dict(more.group_by("contributor").agg(pl.col("amount").sum()).iter_rows())

    def beside(self, others: Contributions) -> Contributions:
        """Those of these units that are not among ``others``."""
        return Contributions(self.frame.join(others.frame.select("unit").unique(), "unit", how="anti"))


def contributions(extract: Extract, part: Part, year: int, by: tuple[str, ...], *, stock: bool) -> Contributions:
    """The contributions to ``part`` in ``year``, by dimensions other than year and agency."""
    return extract.at({"year": year}, _sql(part, extract.layout.behind(part), by, stock), (), Contributions)


@written_once
def _sql(part: Part, layout: Layout, by: tuple[str, ...], stock: bool) -> str:
    rows = counted(part, layout, Cut(), (*by, "year"), stock=stock, sums=(part.sums,) if part.sums else ())
    amount = rows[part.sums].fill_null(0) if part.sums else ibis.literal(1)
    rows = rows.mutate(amount=amount.cast("float64"))
    if part.one not in {"record", "organisation"}:
        rows = rows.join(_agencies(part, layout, stock=stock), ["unit", "year"])
    return str(ibis.to_sql(rows.select(*by, "year", "unit", "contributor", "agency", "amount"), dialect="duckdb"))


def _agencies(part: Part, layout: Layout, *, stock: bool) -> ir.Table:
    """Which agencies take part in each unit."""
    every = population(part, layout, Cut(), ("year",), stock=stock)
    return every.mutate(unit=every[KEYS[part.one]]).select("unit", "year", "agency").distinct()
