"""A register kept in one spelling with its keys, so that a few new records need not wait for all of it.

A folder of plain arrays that are mapped, not read: keys in order with the entries that have them,
how many entries share each value, and the statements. Built once for each edition of the register
(`build`), and anew when this code or the libraries change the keys (`StaleIndexError`); a build takes the place of
the old one in one move, so that who reads meanwhile reads one edition. Invariant: `nearest` gives the same
scores as the round over all with the same model.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from schakel.register.matching import blocking, comparing, frequencies, scoring, statements
from schakel.register.matching.frequencies import BIT, COUNTED
from schakel.register.matching.loading import load, small_database
from schakel.register.matching.model import Model
from schakel.register.matching.parts import Ints, Parts, Stated, mapped, ranges
from schakel.register.matching.statements import Said

VERSIONS = {"version": 2, "duckdb": duckdb.__version__, "polars": pl.__version__}
SLICE = 200_000


class StaleIndexError(Exception):
    """The folder holds no index that this version can read; build it anew."""


def build(register: pl.DataFrame, folder: Path, *, threads: int = 2) -> None:
    """Write the index of ``register`` (columns as in `engine.match`) to ``folder``, in place of what is there.

    A slice of entries at a time, in the order of their numbers: no more than that is held in memory.
    """
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    ordered = register.sort("entry")
    with duckdb.connect(config={"threads": threads}) as database, Parts(fresh) as parts:
        for start in range(0, max(ordered.height, 1), SLICE):
            said = statements.of_register(ordered.slice(start, SLICE))
            load(database, "slice", said)
            blocking.make_keys(database, "slice")
            parts.add(said, database.execute(f"SELECT {blocking.KEY} AS key, id FROM slice_key").fetchnumpy())
    head = VERSIONS | {"entries": register.height}
    (fresh / "index.json").write_text(json.dumps(head), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


class Index:
    """An index as it was built. Opening one maps its files and reads none of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            head = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StaleIndexError(f"{folder} holds no index.") from error
        if {name: head.get(name) for name in VERSIONS} != VERSIONS:
            raise StaleIndexError(f"{folder} holds an index of another version.")
        self.entries: int = head["entries"]
        self._keys, self._bearers = mapped(folder, "keys"), mapped(folder, "bearers")
        self._values = {table: (mapped(folder, table), mapped(folder, f"{table}.many")) for table in COUNTED}
        self._stated = {side: Stated(folder, side) for side in ("about", "names")}
        self._database = small_database()
        blocking.prepare_few(self._database)

    def nearest(self, records: pl.DataFrame, *, model: Model | None = None) -> pl.DataFrame:
        """The best entries of each of a few ``records``: a, b (the entry), score, odds, levels, place_among.

        ``records``: columns as in `engine.match`. Odds are against all other entries and none, in
        thousandths of a bit.
        """
        used = model or Model()
        said = statements.of_records(records)
        pairs = self._pairs(blocking.keys_of_few(self._database, said))
        ids = pairs["b"].unique().sort().to_numpy()
        near = Said(self._stated["about"].of(ids), self._stated["names"].of(ids))
        compared = comparing.compare(pairs, said, near, self._frequencies(said), self.entries)
        scored = scoring.score(compared, scoring.entry_side(used, self.entries), self.entries)
        return scoring.rank_entries(scored)

    def _pairs(self, keys: pl.DataFrame) -> pl.DataFrame:
        asked = {column: keys[column].to_numpy() for column in ("sort", "key", "id")}
        first = np.searchsorted(self._keys, asked["key"], "left")
        many = np.searchsorted(self._keys, asked["key"], "right") - first
        crowd = np.array([blocking.CROWD.get(sort, 0) for sort in range(256)])[asked["sort"]]
        few = (many > 0) & (many <= crowd)
        rows = ranges(first[few], many[few])
        bits = np.round(BIT * np.log2((self.entries + 1) / many[few])).astype(np.int64)
        met = pl.DataFrame(
            {
                "a": np.repeat(asked["id"][few], many[few]),
                "b": np.asarray(self._bearers[rows]),
                "sort": np.repeat(asked["sort"][few], many[few]),
                "bits": np.repeat(bits, many[few]),
            }
        )
        pairs = met.group_by("a", "b").agg(told=pl.col("bits").sum(), many=pl.len(), sort=pl.col("sort").min())
        return blocking.chosen_pairs(pairs, blocking.BEST)

    def _frequencies(self, said: Said) -> frequencies.Frequencies:
        """What the values say that the records have, from the kept counts."""
        counted = [self._counted(table, said) for table in COUNTED]
        many = np.concatenate([bearers for _, bearers in counted])
        usual = np.repeat([what.usual for what in COUNTED.values()], [len(frame) for frame, _ in counted])
        bits = pl.DataFrame({"many": many, "usual": usual}).select(
            bits=frequencies.said_by(pl.col("many"), each=1, usual=pl.col("usual"), many=self.entries)
        )["bits"]
        starts = np.cumsum([0, *(len(frame) for frame, _ in counted)])
        return {
            table: frame.hstack([bits.slice(int(start), len(frame))])
            for table, (frame, _), start in zip(COUNTED, counted, starts[:-1], strict=True)
        }

    def _counted(self, table: str, said: Said) -> tuple[pl.DataFrame, Ints]:
        """The values that the records have of what is counted in ``table``, and how many entries do."""
        wanted = COUNTED[table].stated(said).select(COUNTED[table].columns).unique()
        known, many = self._values[table]
        if not len(known) or wanted.is_empty():
            return wanted.clear(), np.empty(0, np.int64)
        asked = wanted.hash_rows().to_numpy()
        place = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        there = np.flatnonzero(known[place] == asked)
        return wanted[there], many[place][there]
