"""The same cube as two peers would count it: plain SQL with GROUPING SETS on DuckDB, and pandas.

They count the amounts only; Schakel's cube also counts who contributed to each cell. Both follow the
catalogue's rules for facts in which nothing is left out, as the invented ones are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl

from schakel.figures.catalogue import Indicator, Part

DIMENSIONS = ("agency", "year", "theme", "province")
ORDER = ["leading", "year", "record"]
Subset = tuple[str, ...]


def subsets(indicator: Indicator) -> list[Subset]:
    """Every subtotal that applies to the indicator."""
    mine = [d for d in DIMENSIONS if d in indicator.breakdowns]
    return list(chain.from_iterable(combinations(mine, size) for size in range(len(mine) + 1)))


def _scopes(part: Part, asked: list[Subset]) -> Iterator[tuple[Subset, list[Subset]]]:
    """Subtotals gathered by the dimensions within which records are made one."""
    if part.one in {"record", "organisation"} and not part.whole_network:
        yield ("agency", "year"), asked
        return
    by = ("agency",) if part.whole_network else ("agency", "year")
    for scope in chain.from_iterable(combinations(by, size) for size in range(len(by) + 1)):
        mine = [subset for subset in asked if tuple(d for d in by if d in subset) == scope]
        if mine:
            yield scope, mine


class DuckDB:
    """GROUPING SETS, as one would write them by hand."""

    def __init__(self, folder: Path) -> None:
        self.connection = duckdb.connect(config={"threads": 2, "memory_limit": "6GB"})
        for path in folder.glob("*.parquet"):
            self.connection.execute(f"CREATE TABLE {path.stem} AS SELECT * FROM '{path}'")

    def count(self, indicator: Indicator, place: int, part: Part) -> Iterator[pl.DataFrame]:
        """Frames with ``indicator``, ``side``, the dimensions and ``amount``."""
        asked = [s for s in subsets(indicator) if indicator.nature == "flow" or "year" in s]
        for scope, mine in _scopes(part, asked):
            for themed in (False, True):
                sets = [subset for subset in mine if ("theme" in subset) == themed]
                if sets:
                    yield _labelled(pl.DataFrame(self._ask(part, scope, sets, themed)), indicator, place)

    def _ask(self, part: Part, scope: Subset, sets: list[Subset], themed: bool) -> object:
        rows = self._rows(part, scope)
        source = f"(SELECT *, unnest(themes) AS theme FROM ({rows}))" if themed else f"({rows})"
        used = [d for d in DIMENSIONS if any(d in s for s in sets)]
        named = ", ".join(d if d in used else f"NULL AS {d}" for d in DIMENSIONS)
        grouping = ", ".join(f"({', '.join(s)})" for s in sets)
        count = f"sum({part.sums})::BIGINT" if part.sums else "count(*)"
        count = "count(DISTINCT organisation)" if part.one == "organisation" else count
        sql = f"SELECT {named}, {count} AS amount FROM {source} GROUP BY GROUPING SETS ({grouping}) HAVING count(*) > 0"
        return self.connection.sql(sql).to_arrow_table()

    def _rows(self, part: Part, scope: Subset) -> str:
        where = [f"{column} IN {codes!r}".replace(",)", ")") for column, codes in part.only]
        if part.also_in:
            where.append(f"(organisation, year) IN (SELECT organisation, year FROM {part.also_in})")
        rows = f"SELECT * FROM {part.fact}" + (f" WHERE {' AND '.join(where)}" if where else "")
        if part.whole_network and "agency" in scope:
            members = "(SELECT DISTINCT agency, year FROM delivery)"
            return f"SELECT m.agency, f.* EXCLUDE (agency) FROM ({rows}) f JOIN {members} m USING (year)"
        if part.one in {"thing", "round"}:
            keys = ", ".join((*scope, part.one))
            value = f"max({part.sums}) OVER (PARTITION BY {keys}) AS {part.sums}"
            chosen = f"* REPLACE ({value})" if part.statement == "largest" else "*"
            place = f'row_number() OVER (PARTITION BY {keys} ORDER BY "leading" DESC, year DESC, record)'
            return f"SELECT {chosen} FROM ({rows}) QUALIFY {place} = 1"
        return rows

    def last_year(self, fact: str) -> int:
        """The last year there are facts of."""
        found: int = self.connection.sql(f"SELECT max(year) FROM {fact}").fetchall()[0][0]
        return found


class Pandas:
    """groupby, subtotal by subtotal."""

    def __init__(self, folder: Path) -> None:
        self.tables = {path.stem: pd.read_parquet(path) for path in folder.glob("*.parquet")}

    def count(self, indicator: Indicator, place: int, part: Part) -> Iterator[pl.DataFrame]:
        """Frames with ``indicator``, ``side``, the dimensions and ``amount``."""
        asked = [s for s in subsets(indicator) if indicator.nature == "flow" or "year" in s]
        for scope, mine in _scopes(part, asked):
            rows = self._rows(part, scope)
            themed = rows.explode("themes").rename(columns={"themes": "theme"}) if self._splits(mine) else rows
            for subset in mine:
                frame = self._grouped(part, themed if "theme" in subset else rows, subset)
                yield _labelled(frame, indicator, place)

    def _splits(self, sets: list[Subset]) -> bool:
        return any("theme" in subset for subset in sets)

    def _grouped(self, part: Part, rows: pd.DataFrame, subset: Subset) -> pl.DataFrame:
        keys = list(subset)
        if part.one == "organisation":
            rows = rows.drop_duplicates([*keys, "organisation"])
        if not keys:
            return pl.DataFrame({"amount": [int(rows[part.sums].sum() if part.sums else len(rows))]})
        groups = rows.groupby(keys, sort=False)
        found = groups[part.sums].sum() if part.sums else groups.size()
        return pl.from_pandas(found.rename("amount").reset_index())

    def _rows(self, part: Part, scope: Subset) -> pd.DataFrame:
        rows = self.tables[part.fact]
        for column, codes in part.only:
            rows = rows[rows[column].isin(codes)]
        if part.also_in:
            rows = rows.merge(self.tables[part.also_in][["organisation", "year"]].drop_duplicates())
        if part.whole_network and "agency" in scope:
            members = self.tables["delivery"][["agency", "year"]].drop_duplicates()
            return rows.drop(columns="agency").merge(members, on="year")
        if part.one in {"thing", "round"}:
            keys = [*scope, part.one]
            rows = rows.sort_values(ORDER, ascending=[False, False, True])
            largest = rows.groupby(keys)[part.sums].max() if part.statement == "largest" else None
            rows = rows.drop_duplicates(keys)
            if largest is not None:
                rows = rows.drop(columns=part.sums).merge(largest.reset_index(), on=keys)
        return rows

    def last_year(self, fact: str) -> int:
        """The last year there are facts of."""
        return int(self.tables[fact]["year"].max())


def peer_cube(peer: DuckDB | Pandas, indicators: list[Indicator]) -> pl.DataFrame:
    """All cells: ``indicator``, ``side``, the dimensions, ``amount``; a stock without a year is the last one's."""
    frames = []
    for indicator in indicators:
        for place, part in enumerate(indicator.parts):
            found = pl.concat(peer.count(indicator, place, part))
            if indicator.nature == "stock":
                last = found.filter(pl.col("year") == peer.last_year(part.fact))
                found = pl.concat([found, last.with_columns(year=pl.lit(None, pl.Int32))])
            frames.append(found)
    return pl.concat(frames)


def _labelled(frame: pl.DataFrame, indicator: Indicator, place: int) -> pl.DataFrame:
    missing = [pl.lit(None).alias(d) for d in DIMENSIONS if d not in frame.columns]
    types = {"agency": pl.String, "year": pl.Int32, "theme": pl.String, "province": pl.String, "amount": pl.Int64}
    return frame.with_columns(*missing, indicator=pl.lit(indicator.id), side=pl.lit(place, pl.Int8)).select(
        "indicator", "side", *(pl.col(name).cast(dtype) for name, dtype in types.items())
    )
