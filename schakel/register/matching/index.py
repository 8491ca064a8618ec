"""A register kept in one spelling with its keys, so that a few new records need not wait for all of it.

A folder of plain arrays that are mapped, not read: keys in order with the entries that have them,
how many entries share each value, and the statements. Built once for each edition of the register
(`build`), and anew when this code or DuckDB changes the keys (`StaleIndexError`); a build takes the place of the
old one in one move, so that who reads meanwhile reads one edition. Invariant: `nearest` gives the same
scores as the round over all with the same model.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from schakel.register.matching import blocking, comparing, frequencies, scoring, statements
from schakel.register.matching.frequencies import BIT, FEWEST
from schakel.register.matching.loading import keep, load, small_database
from schakel.register.matching.model import Model

VERSION = 1
SLICE = 400_000
Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
_KEY = "hash(sort, key)"


class StaleIndexError(Exception):
    """The folder holds no index that this version can read; build it anew."""


def build(register: pl.DataFrame, folder: Path, *, threads: int = 2) -> None:
    """Write the index of ``register`` (columns as in `engine.match`) to ``folder``, in place of what is there."""
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    with duckdb.connect(config={"threads": threads}) as database:
        for start in range(0, max(register.height, 1), SLICE):
            load(database, "slice", statements.of_register(register.slice(start, SLICE)))
            keep(database, "slice", "reg", first=start == 0)
        _write(database, fresh)
    head = {"version": VERSION, "duckdb": duckdb.__version__, "entries": register.height}
    (fresh / "index.json").write_text(json.dumps(head), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def _write(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    blocking.make_keys(database, "reg")
    keys = database.execute(f"SELECT {_KEY} AS key, id FROM reg_key ORDER BY key, id").fetchnumpy()
    np.save(folder / "keys.npy", keys["key"])
    np.save(folder / "bearers.npy", keys["id"].astype(np.int64))
    for table, (columns, source, _) in frequencies.COUNTED.items():
        counted = database.execute(f"""
            SELECT hash({columns}) AS value, count(DISTINCT id)::INT AS many FROM ({source.format(side="reg")})
            GROUP BY {columns} ORDER BY value
            """).fetchnumpy()
        np.save(folder / f"{table}.npy", counted["value"])
        np.save(folder / f"{table}.many.npy", counted["many"])
    for side, order in (("reg", "id"), ("reg_name", "id, nth")):
        frame = pl.DataFrame(database.sql(f"SELECT * FROM {side} ORDER BY {order}").to_arrow_table()).rechunk()
        np.save(folder / f"{side}.id.npy", frame["id"].to_numpy())
        _write_arrow(frame, folder / f"{side}.arrow")


def _write_arrow(frame: pl.DataFrame, path: Path) -> None:
    """One batch, not compressed, so that rows can be taken from the mapped file."""
    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)


class Index:
    """An index as it was built. Opening one maps its files and reads none of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            head = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StaleIndexError(f"{folder} holds no index.") from error
        if (head["version"], head["duckdb"]) != (VERSION, duckdb.__version__):
            raise StaleIndexError(f"{folder} holds an index of another version.")
        self.entries: int = head["entries"]
        self._keys, self._bearers = self._array("keys"), self._array("bearers")
        self._database = small_database()

    def _array(self, name: str) -> npt.NDArray[np.int64]:
        found: npt.NDArray[np.int64] = np.load(self._folder / f"{name}.npy", mmap_mode="r")
        return found

    def nearest(self, records: pl.DataFrame, *, model: Model | None = None) -> pl.DataFrame:
        """The best entries of each of a few ``records``: a, b (the entry), score, odds, levels, place_among.

        ``records``: columns as in `engine.match`. Odds are against all other entries and none, in
        thousandths of a bit.
        """
        used, database = model or Model(), self._database
        load(database, "rec", statements.of_records(records))
        blocking.make_keys(database, "rec")
        self._pair()
        ids = database.execute("SELECT DISTINCT b FROM pair ORDER BY b").fetchnumpy()["b"]
        for side in ("reg", "reg_name"):
            database.register("arriving", self._statements(side, ids))
            database.execute(f"CREATE OR REPLACE TEMP TABLE {side} AS SELECT * FROM arriving")
            database.unregister("arriving")
        for table in frequencies.COUNTED:
            self._count(table)
        frequencies.weigh_names(database, "rec", "a", self.entries)
        frequencies.weigh_names(database, "reg", "b", self.entries)
        comparing.compare(database, "rec", "reg", self.entries)
        scoring.score(database, scoring.entry_side(used, self.entries), self.entries)
        scoring.rank_entries(database)
        return pl.DataFrame(database.sql("SELECT * FROM ranked ORDER BY a, place_among").to_arrow_table())

    def _pair(self) -> None:
        asked = self._database.execute(f"SELECT sort, {_KEY} AS key, id FROM rec_key ORDER BY ALL").fetchnumpy()
        first = np.searchsorted(self._keys, asked["key"], "left")
        many = np.searchsorted(self._keys, asked["key"], "right") - first
        crowd = np.array([blocking.CROWD.get(sort, 0) for sort in range(256)])[asked["sort"]]
        few = (many > 0) & (many <= crowd)
        rows = _ranges(first[few], many[few])
        bits = np.round(BIT * np.log2((self.entries + 1) / many[few])).astype(np.int64)
        met = pl.DataFrame(
            {
                "a": np.repeat(asked["id"][few], many[few]),
                "b": np.asarray(self._bearers[rows]),
                "sort": np.repeat(asked["sort"][few], many[few]),
                "bits": np.repeat(bits, many[few]),
            }
        )
        self._database.register("met", met.to_arrow())
        blocking.choose_pairs(self._database, "met", blocking.BEST)
        self._database.unregister("met")

    def _statements(self, side: str, ids: Ints) -> pa.Table:
        known = self._array(f"{side}.id")
        first = np.searchsorted(known, ids, "left")
        rows = _ranges(first, np.searchsorted(known, ids, "right") - first)
        with pa.memory_map(str(self._folder / f"{side}.arrow")) as mapped:
            return pa.ipc.open_file(mapped).read_all().take(pa.array(rows))

    def _count(self, table: str) -> None:
        """Table f_``table`` for the values that the records have, from the kept counts."""
        columns, source, usual = frequencies.COUNTED[table]
        stated = f"SELECT DISTINCT {columns} FROM ({source.format(side='rec')})"
        values = self._database.sql(f"SELECT {columns}, hash({columns}) AS value FROM ({stated})").to_arrow_table()
        frame = pl.DataFrame(values)
        known, many = self._array(table), self._array(f"{table}.many")
        asked = frame["value"].to_numpy()
        place = np.minimum(np.searchsorted(known, asked), max(len(known) - 1, 0))
        found = np.where(known[place] == asked, many[place], 0) if len(known) else np.zeros(len(asked), np.int64)
        bits = np.round(BIT * np.log2((self.entries + FEWEST) / (np.maximum(found, 1) + usual))).astype(np.int32)
        kept = frame.drop("value").with_columns(pl.Series("bits", bits)).filter(pl.Series(found > 0))
        self._database.register("arriving", kept.to_arrow())
        self._database.execute(f"CREATE OR REPLACE TEMP TABLE f_{table} AS SELECT * FROM arriving")
        self._database.unregister("arriving")


def _ranges(first: Ints, many: Ints) -> Ints:
    """The numbers from each of ``first``, as many as ``many`` says, one after the other."""
    ends = np.cumsum(many)
    total = int(ends[-1]) if len(ends) else 0
    rows: Ints = np.arange(total) + np.repeat(first - (ends - many), many)
    return rows
