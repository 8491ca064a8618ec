"""From the facts of one closing to those of a later one, a cause at a time.

Each stage is a whole set of facts, so that it can be counted as any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from schakel.figures.closing.opening import Closed

WITHDRAWN, LATE, CHANGED, IDENTITY = FACT_CAUSES = ("withdrawn", "late", "changed", "identity")
Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Touched:
    """How many records of a fact one cause touches at one agency ("" for a list of the network).

    ``organisations``: how many organisations, or things without one, they concern.
    """

    fact: str
    agency: str
    cause: str
    records: int
    organisations: int


@dataclass(frozen=True)
class Pair:
    """The facts of one kind in two closings, with the same columns.

    ``identities``: the columns that say what a record is one of. ``of_records``: false for what is expected and came,
    whose rows have no number of their own: there all is as it is now once what came late is in.
    """

    name: str
    before: pl.DataFrame
    after: pl.DataFrame
    identities: tuple[str, ...]
    of_records: bool

    @cached_property
    def withdrawn(self) -> pl.DataFrame:
        """The records that stand no longer."""
        return self.before.join(self.after, on="record", how="anti")

    @cached_property
    def late(self) -> pl.DataFrame:
        """The records that stand only now."""
        return self.after.join(self.before, on="record", how="anti")

    @cached_property
    def staying(self) -> pl.DataFrame:
        """The records that stand in both, as they were."""
        return self.before.join(self.after, on="record", how="semi").sort("record")

    @cached_property
    def staying_now(self) -> pl.DataFrame:
        """The same records as they are now."""
        return self.after.join(self.before, on="record", how="semi").sort("record")

    def stages(self) -> list[pl.DataFrame]:
        """The facts before, and after each of FACT_CAUSES."""
        if not self.of_records:
            return [self.before, self.before, self.after, self.after, self.after]
        columns = self.before.columns
        identities = self.staying.select("record", *self.identities)
        saying = self.staying_now.drop(self.identities).join(identities, on="record").select(columns)
        return [
            self.before,
            self.staying,
            pl.concat([self.staying, self.late]),
            pl.concat([saying, self.late]),
            self.after,
        ]

    def touched(self) -> Iterator[Touched]:
        """How many records each cause touches, by agency."""
        if not self.of_records:
            yield from self._counted(LATE, _unlike(self.after, self.before, "record"))
            return
        own = [name for name in self.before.columns if name not in {"record", *self.identities}]
        yield from self._counted(WITHDRAWN, self.withdrawn)
        yield from self._counted(LATE, self.late)
        for cause, columns in ((CHANGED, own), (IDENTITY, list(self.identities))):
            same = _same(self.staying, self.staying_now, columns)
            yield from self._counted(cause, self.staying_now.filter(~same))

    def _counted(self, cause: str, rows: pl.DataFrame) -> Iterator[Touched]:
        concerned = pl.coalesce("organisation", -1 - pl.col("thing")).n_unique()
        found = rows.group_by("agency").agg(records=pl.len(), organisations=concerned).sort("agency")
        for row in found.iter_rows(named=True):
            yield Touched(self.name, row["agency"], cause, row["records"], row["organisations"])


def pairs(before: Closed, after: Closed) -> list[Pair]:
    """All facts of either closing beside each other; where one has no such fact or column, it is empty there."""
    found = []
    for name in sorted({*before.facts, *after.facts}):
        said = after.manifest.facts.get(name) or before.manifest.facts[name]
        one, other = _alike(before.facts.get(name), after.facts.get(name))
        found.append(Pair(name, one, other, tuple(said["identities"]), bool(said["of_records"])))
    return found


def stages(found: list[Pair]) -> list[Frames]:
    """All facts before, and after each of FACT_CAUSES."""
    by_fact = {pair.name: pair.stages() for pair in found}
    return [{name: frames[stage] for name, frames in by_fact.items()} for stage in range(len(FACT_CAUSES) + 1)]


def _alike(one: pl.DataFrame | None, other: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both with the columns of either, in one order."""
    first = one if one is not None else other.clear() if other is not None else pl.DataFrame()
    second = other if other is not None else first.clear()
    schema = {**first.schema, **second.schema}
    return _with(first, schema), _with(second, schema)


def _with(frame: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    missing = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in frame.columns]
    return frame.with_columns(missing).select(*schema)


def _same(one: pl.DataFrame, other: pl.DataFrame, columns: list[str]) -> pl.Series:
    """Row by row, whether both say the same."""
    same = pl.repeat(value=True, n=one.height, eager=True)
    for name in columns:
        same = same & one[name].eq_missing(other[name])
    return same


def _unlike(one: pl.DataFrame, other: pl.DataFrame, number: str) -> pl.DataFrame:
    """The rows of ``one`` that ``other`` has not, whatever their number."""
    keys = [name for name in one.columns if name != number]
    return one.join(other, on=keys, how="anti", nulls_equal=True)
