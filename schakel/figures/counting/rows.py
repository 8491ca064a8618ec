"""Counted units as arrays of whole numbers: where each lies along the dimensions, and what it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
import pyarrow as pa

from schakel.figures.counting.rollup import Axis, Grid, Whole

TYPES: dict[str, type[pl.String] | type[pl.Int32]] = {
    "agency": pl.String,
    "year": pl.Int32,
    "theme": pl.String,
    "province": pl.String,
}


@dataclass(frozen=True, slots=True)
class Rows:
    """Units with their place on each axis, their contributor and their measures (nothing stated is 0)."""

    axes: tuple[Axis, ...]
    contributors: Whole
    measures: Mapping[str, Whole]
    themes: pa.ListArray | None = None

    @classmethod
    def of(cls, table: pa.Table) -> Rows:
        """Rows of an answer of the extract: coded dimensions, ``contributor``, ``themes`` if asked, measures."""
        columns = {name: _combined(table.column(name)) for name in table.column_names}
        themes = columns.pop("themes", None)
        contributors = _whole(columns.pop("contributor"))
        axes = tuple(_axis(name, columns.pop(name)) for name in TYPES if name in columns)
        return cls(axes, contributors, {name: _whole(column) for name, column in columns.items()}, themes)

    @property
    def height(self) -> int:
        """How many units."""
        return len(self.contributors)

    @property
    def grid(self) -> Grid:
        """The finest cells these units lie in."""
        return Grid.of(self.axes, self.height)

    def by_theme(self) -> Rows:
        """The same units, once for each of their themes, with an axis for the theme."""
        if self.themes is None:
            raise ValueError("these units were asked without their themes")
        times = np.diff(_whole(self.themes.offsets))
        which = np.repeat(np.arange(self.height), times)
        axes = [replace(axis, codes=axis.codes[which]) for axis in self.axes]
        axes.append(_axis("theme", self.themes.flatten()))
        measures = {name: measure[which] for name, measure in self.measures.items()}
        return Rows(tuple(axes), self.contributors[which], measures)


def _combined(column: pa.ChunkedArray) -> pa.Array:
    """One array; of a column without a chunk an empty one."""
    return pa.array([], column.type) if column.num_chunks == 0 else column.unify_dictionaries().combine_chunks()


def _whole(column: pa.Array) -> Whole:
    """Whole numbers, 0 for none; by way of polars, as Arrow's own way loads pandas where that is installed."""
    return pl.Series(column).cast(pl.Int64).fill_null(0).to_numpy()


def _axis(name: str, column: pa.Array) -> Axis:
    if isinstance(column, pa.DictionaryArray):
        return _used(name, tuple(column.dictionary.to_pylist()), _whole(column.indices))
    years = _whole(column)
    first = int(years.min()) if len(years) else 0
    return _used(name, tuple(range(first, first + int(np.ptp(years)) + 1)) if len(years) else (), years - first)


def _used(name: str, values: tuple[str | int, ...], codes: Whole) -> Axis:
    """An axis of the values that occur; the others would only make tables larger."""
    present = np.flatnonzero(np.bincount(codes, minlength=len(values)))
    renumbered = np.zeros(len(values), dtype=np.int64)
    renumbered[present] = np.arange(len(present))
    return Axis(name, tuple(values[i] for i in present), renumbered[codes])
