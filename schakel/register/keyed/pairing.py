"""Which encoded statements are worth comparing: those that share a rare code, or a place and nearly a name.

Invariant: which pairs are found depends on codes only, not on the order of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from schakel.register.keyed.filters import Bits, stacked
from schakel.register.keyed.index import LISTS, OF_RECORDS, ONE
from schakel.register.matching.statements import shaped

# How many statements may share a code before it says too little to compare them; as in `matching.blocking`.
CROWD = {"kvk": 50, "rsin": 50, "name": 40, "core": 40, "postcode": 40, "house": 30, "address": 30, "site": 40}
CROWD_BY_SLIP = 5
MOST_BY_SLIP = 10  # numbers that are alike but for one digit; more share no code that was honestly made
NEAR = 650  # filters at least this alike (thousandths) are compared where the place is the same
_ROWS = 2048  # filters held against a whole place at a time
Flags = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Coded:
    """One side of a comparison.

    ``about``: id and the columns of `ONE` and sites. ``names``: id, nth, name, core, a row a name; ``filters`` a row
    each for these, in their order. ``slips``: kvk, code, a row for each code of slips of a number.
    """

    about: pl.DataFrame
    names: pl.DataFrame
    filters: Bits
    slips: pl.DataFrame

    @property
    def many(self) -> int:
        """How many statements there are."""
        return self.about.height

    def stated(self, field: str) -> pl.DataFrame:
        """[code, id]: who states which code of ``field``, a field of `ONE`, site, name or core."""
        if field in ONE:
            return self.about.select(pl.col(field).alias("code"), "id").drop_nulls()
        if field == "site":
            return self.about.select(pl.col("sites").alias("code"), "id").explode("code").drop_nulls()
        return self.names.select(pl.col(field).alias("code"), "id").unique()


def coded(rows: pl.DataFrame) -> Coded:
    """One side from rows of an index with an ``id``."""
    lists = rows.select("id", name="names", core="cores", filter="filters").explode("name", "core", "filter")
    named = lists.drop_nulls("name").sort("id", "name").with_columns(nth=pl.int_range(pl.len()).over("id"))
    about = shaped(rows, {"id": pl.Int64} | dict.fromkeys(ONE, pl.Binary) | {"sites": LISTS["sites"]}).sort("id")
    return Coded(about, named.drop("filter"), stacked(named["filter"]), _slips(rows))


def _slips(rows: pl.DataFrame) -> pl.DataFrame:
    stated = shaped(rows, {"kvk": pl.Binary} | OF_RECORDS).select("kvk", code="slips")
    each = stated.explode("code").drop_nulls().unique()
    return each.filter(pl.len().over("code") <= MOST_BY_SLIP)


def one_slip_apart(left: Coded, right: Coded) -> pl.DataFrame:
    """[kvk_a, kvk_b]: the codes of KvK numbers of the one and the other side that are one slip apart."""
    met = left.slips.join(right.slips, on="code").select(kvk_a="kvk", kvk_b="kvk_right")
    return met.filter(pl.col("kvk_a") != pl.col("kvk_b")).unique()


def pairs_within(records: Coded) -> pl.DataFrame:
    """[a, b], a < b: the records worth comparing, in order. Twice as many may share a code as in a register."""
    return _in_order(_found(records, records, 2)).filter(pl.col("a") < pl.col("b"))


def pairs_across(records: Coded, entries: Coded) -> pl.DataFrame:
    """[a, b]: a record and a register entry worth comparing, in order."""
    return _in_order(_found(records, entries, 1))


def _in_order(found: pl.DataFrame) -> pl.DataFrame:
    return found.unique().sort("a", "b")


def _found(left: Coded, right: Coded, times: int) -> pl.DataFrame:
    exact = [_sharing(left, right, field, crowd * times) for field, crowd in CROWD.items()]
    return pl.concat([*exact, _one_slip(left, right, CROWD_BY_SLIP * times), *_near(left, right)])


def _sharing(left: Coded, right: Coded, field: str, crowd: int) -> pl.DataFrame:
    bearers = right.stated(field).filter(pl.len().over("code") <= crowd)
    return left.stated(field).join(bearers, on="code").select(a="id", b="id_right")


def _one_slip(left: Coded, right: Coded, crowd: int) -> pl.DataFrame:
    bearers = right.stated("kvk").filter(pl.len().over("code") <= crowd)
    near = left.stated("kvk").join(one_slip_apart(left, right), left_on="code", right_on="kvk_a")
    return near.join(bearers, left_on="kvk_b", right_on="code").select(a="id", b="id_right")


def _near(left: Coded, right: Coded) -> Iterator[pl.DataFrame]:
    """Pairs with one place and filters alike, place by place."""
    there = dict(_by_place(right))
    for place, rows in _by_place(left):
        if place in there:
            yield from _alike(left, rows, right, there[place])


def _by_place(side: Coded) -> Iterator[tuple[bytes, npt.NDArray[np.int64]]]:
    """The rows of filters of each place."""
    at = side.names.select("id").with_row_index("row").join(side.about.select("id", "city"), on="id").drop_nulls("city")
    for (place,), rows in at.sort("row").group_by("city", maintain_order=True):
        yield place, rows["row"].to_numpy().astype(np.int64)


def _alike(left: Coded, mine: npt.NDArray[Any], right: Coded, theirs: npt.NDArray[Any]) -> Iterator[pl.DataFrame]:
    """Every filter with every filter: what two share is a product of zeros and ones, exact in single precision."""
    ids_left, ids_right = left.names["id"].to_numpy(), right.names["id"].to_numpy()
    flags = _flags(right.filters[theirs])
    weights = flags.sum(axis=1)
    for start in range(0, len(mine), _ROWS):
        part = mine[start : start + _ROWS]
        own = _flags(left.filters[part])
        shared = own @ flags.T
        weight = own.sum(axis=1)[:, None]
        alike = 2000 * shared >= NEAR * (weight + weights)
        x, y = np.nonzero(alike | (shared == np.minimum(weight, weights)))
        yield pl.DataFrame({"a": ids_left[part[x]], "b": ids_right[theirs[y]]}, {"a": pl.Int64, "b": pl.Int64})


def _flags(filters: Bits) -> Flags:
    return np.unpackbits(filters, axis=1).astype(np.float32)
