"""The files of a kept register, written a part at a time and read by mapping.

Keys are put in order box by box (a box holds those that begin alike), so that no step needs them all at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from schakel.register.matching import frequencies
from schakel.register.matching.frequencies import COUNTED
from schakel.register.matching.statements import Said

Ints = npt.NDArray[np.int64]
Array = npt.NDArray[Any]
BOXES = 32
_SHIFT = np.uint64(64 - 5)  # 32 boxes are the first five binary digits
_MET = np.dtype([("key", np.uint64), ("id", np.int64)])
_COUNT = np.dtype([("value", np.uint64), ("many", np.int64)])


class Parts:
    """The index of a register while it is written to a folder: the parts in order of id, then `close`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._boxes = [(folder / f"box{number}").open("wb") for number in range(BOXES)]
        self._counts: dict[str, list[Array]] = {table: [] for table in COUNTED}
        self._writers: dict[str, pa.RecordBatchFileWriter] = {}
        self._ids: dict[str, list[Array]] = {"about": [], "names": []}

    def add(self, said: Said, keys: Mapping[str, Array]) -> None:
        """What the next entries state, and their keys [key, id], in any order."""
        met = np.empty(len(keys["key"]), _MET)
        met["key"], met["id"] = keys["key"], keys["id"]
        box = (met["key"] >> _SHIFT).astype(np.uint8)
        order = np.argsort(box, kind="stable")
        ends = np.searchsorted(box[order], np.arange(BOXES + 1))
        for number, file in enumerate(self._boxes):
            file.write(met[order[ends[number] : ends[number + 1]]].tobytes())
        for table, counted in frequencies.counts(said).items():
            self._counts[table].append(
                _counted(counted.drop("many").hash_rows().to_numpy(), counted["many"].to_numpy())
            )
        for side, frame in (("about", said.about), ("names", said.names.sort("id", "nth"))):
            self._ids[side].append(frame["id"].to_numpy())
            self._write(side, frame)

    def _write(self, side: str, frame: pl.DataFrame) -> None:
        """One batch, not compressed, so that rows can be taken from the mapped file."""
        table = frame.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
        if side not in self._writers:
            self._writers[side] = pa.ipc.new_file(str(self._folder / f"{side}.arrow"), table.schema)
        self._writers[side].write_table(table)

    def close(self) -> None:
        """Put keys and values in order."""
        for writer in self._writers.values():
            writer.close()
        for file in self._boxes:
            file.close()
        for side, ids in self._ids.items():
            np.save(self._folder / f"{side}.id.npy", np.concatenate(ids))
            np.save(self._folder / f"{side}.ends.npy", np.cumsum([len(part) for part in ids]))
        for table, counted in self._counts.items():
            self._save_values(table, np.concatenate(counted))
            counted.clear()
        self._save_keys()

    def _save_values(self, table: str, counted: Array) -> None:
        values, back = np.unique(counted["value"], return_inverse=True)
        many = np.zeros(len(values), np.int64)
        np.add.at(many, back, counted["many"])
        np.save(self._folder / f"{table}.npy", values)
        np.save(self._folder / f"{table}.many.npy", many)

    def _save_keys(self) -> None:
        boxes = [self._folder / f"box{number}" for number in range(BOXES)]
        total = sum(box.stat().st_size for box in boxes) // _MET.itemsize
        files = {"keys": np.uint64, "bearers": np.int64}
        keys, bearers = (_new(self._folder / f"{name}.npy", kind, total) for name, kind in files.items())
        start = 0
        for box in boxes:
            met = np.fromfile(box, _MET)
            order = np.lexsort((met["id"], met["key"]))
            keys[start : start + len(met)], bearers[start : start + len(met)] = met["key"][order], met["id"][order]
            start += len(met)
            box.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        if kind is None:
            self.close()


def _counted(values: Array, many: Array) -> Array:
    found = np.empty(len(values), _COUNT)
    found["value"], found["many"] = values, many
    return found


def _new(path: Path, kind: npt.DTypeLike, total: int) -> Array:
    """An array of ``total`` on disk that is written through; nothing can be mapped of none."""
    if not total:
        np.save(path, np.empty(0, kind))
        return np.empty(0, kind)
    return np.lib.format.open_memmap(path, "w+", kind, (total,))


class Stated:
    """What the entries of an index state, row by row from the mapped file."""

    def __init__(self, folder: Path, side: str) -> None:
        self._ids, self._ends = mapped(folder, f"{side}.id"), np.load(folder / f"{side}.ends.npy")
        self._batches = pa.ipc.open_file(pa.memory_map(str(folder / f"{side}.arrow")))

    def of(self, ids: Ints) -> pl.DataFrame:
        """The rows of ``ids``, that come in order."""
        first = np.searchsorted(self._ids, ids, "left")
        rows = ranges(first, np.searchsorted(self._ids, ids, "right") - first)
        batch = np.searchsorted(self._ends, rows, "right")
        begun = np.concatenate([[0], self._ends])
        taken = [
            self._batches.get_batch(number).take(pa.array(rows[batch == number] - begun[number]))
            for number in np.unique(batch)
        ]
        return pl.DataFrame(pa.Table.from_batches(taken, self._batches.schema))


def mapped(folder: Path, name: str) -> Array:
    """An array of an index, mapped."""
    found: Array = np.load(folder / f"{name}.npy", mmap_mode="r")
    return found


def ranges(first: Ints, many: Ints) -> Ints:
    """The numbers from each of ``first``, as many as ``many`` says, one after the other."""
    ends = np.cumsum(many)
    total = int(ends[-1]) if len(ends) else 0
    rows: Ints = np.arange(total) + np.repeat(first - (ends - many), many)
    return rows
