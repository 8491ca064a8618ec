"""Meeting and comparing on Apache Spark: the same questions and the same frame code, in executors.

The register is cut into slices that stay with the executors. What goes to and fro is frames as bytes, so that a column
is there what it is here, or rows of whole numbers. Records, and what their values say, are sent to every executor.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
from pyspark import Broadcast
from pyspark.sql import DataFrame, SparkSession

from schakel.register.matching import blocking, comparing, frequencies, statements
from schakel.register.matching.backends import BackendError
from schakel.register.matching.frequencies import IN_LISTS, Frequencies
from schakel.register.matching.loading import framed, load
from schakel.register.matching.statements import Said

SLICE = 50_000  # entries or records that go together
TASKS = 2  # for each core, of questions that bring rows together
ROOT = Path(__file__).resolve().parents[3]
Batches = Iterable[pa.RecordBatch]
_FRAME = "part int, frame binary"
_STATED = "part int, about binary, names binary"
_KEYS = "part int, sort int, key bigint, id bigint"


@dataclass(frozen=True, slots=True)
class OnSpark:
    """A `backends.Backend`. ``master``: where Spark is, in Spark's own words."""

    master: str

    @contextmanager
    def meet(self, said: Said, register: pl.DataFrame) -> Iterator[tuple[Met, Met]]:
        """The pairs; Spark runs until they are compared. Raises BackendError where there is no Java."""
        if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
            raise BackendError("Spark needs Java 17: install it, or set JAVA_HOME.")
        with tempfile.TemporaryDirectory(prefix="schakel-spark-", ignore_cleanup_errors=True) as folder:
            session = _session(self.master, folder)
            try:
                spread = Spread(session, said)
                yield spread.with_entries(register), spread.among()
            finally:
                session.stop()


@dataclass(frozen=True, slots=True)
class Met:
    """What compares pairs, when it is asked: ``frames`` of `_FRAME`, and ``nothing``, such a frame without rows."""

    frames: DataFrame | None
    nothing: pl.DataFrame
    many: int

    def compared(self) -> pl.DataFrame:
        """As of `comparing.compare`."""
        rows = [] if self.frames is None else self.frames.collect()
        return pl.concat([self.nothing, *(_frame(row.frame) for row in rows)]).sort("a", "b")


def _session(master: str, folder: str) -> SparkSession:
    """Spark at ``master``, with its files in ``folder``; on this machine with this Python and this Schakel."""
    asked: dict[str, bool | float | int | str | None] = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.executorEnv.POLARS_MAX_THREADS": "1",
    }
    if master.startswith("local"):
        asked |= {
            "spark.local.dir": folder,
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.executorEnv.PYTHONPATH": str(ROOT),
        }
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the one place where it looks
    logging.getLogger("py4j").setLevel(logging.WARNING)  # tells of every call otherwise
    session = SparkSession.builder.master(master).appName("schakel").config(map=asked).getOrCreate()
    session.conf.set("spark.sql.shuffle.partitions", TASKS * session.sparkContext.defaultParallelism)
    return session


class Spread:
    """What records state, with every executor, and the questions that are asked there."""

    def __init__(self, session: SparkSession, said: Said) -> None:
        self._session, self._said = session, said
        self._everyone = session.sparkContext.broadcast(said)
        ids = said.about["id"]
        parts = [statements.together([said], ids.slice(start, SLICE)) for start in range(0, len(ids), SLICE)]
        stated = [(part, _bytes(one.about), _bytes(one.names)) for part, one in enumerate(parts)]
        _keys(self._frame(stated, _STATED)).persist().createOrReplaceTempView("rec_key")

    def with_entries(self, register: pl.DataFrame) -> Met:
        """Records with the entries that share a telling key."""
        many = register.height
        if not many:
            return Met(None, pl.DataFrame(), 0)
        raw = [(part, _bytes(entries)) for part, entries in enumerate(register.iter_slices(SLICE))]
        stated = self._frame(raw, _FRAME).mapInArrow(_state, _STATED).persist()
        wanted = self._session.sql("SELECT DISTINCT sort, key FROM rec_key")
        hits = _keys(stated).join(wanted, ["sort", "key"], "left_semi").persist()
        hits.createOrReplaceTempView("hit")
        pairs = self._pairs("hit", blocking.WITH_HITS, many=many, times=1)
        placed = pairs.join(self._session.sql("SELECT DISTINCT id AS b, part FROM hit"), "b")
        known = frequencies.weighed(self._counts(stated), each=1, many=many)
        compare = _compare_slice(self._everyone, self._session.sparkContext.broadcast(known), many)
        frames = placed.groupBy("part").cogroup(stated.groupBy("part")).applyInArrow(compare, _FRAME)
        return Met(frames, self._nothing(known, many), many)

    def among(self) -> Met:
        """Records with each other."""
        many = self._said.about.height
        known = frequencies.weighed(frequencies.counts(self._said), each=IN_LISTS, many=many)
        pairs = self._pairs("rec_key", blocking.WITHIN, many=many, times=2).repartition("a")
        compare = _compare_records(self._everyone, self._session.sparkContext.broadcast(known), many)
        return Met(pairs.mapInArrow(compare, _FRAME), self._nothing(known, many), many)

    def _frame(self, rows: Sequence[tuple[object, ...]], schema: str) -> DataFrame:
        return self._session.createDataFrame(rows, schema).repartition(max(len(rows), 1))

    def _pairs(self, keys: str, shared: str, *, many: int, times: int) -> DataFrame:
        """[a, b] as of `blocking.chosen_pairs`, by the ``keys`` that few share and the question ``shared``."""
        with duckdb.connect() as database:
            telling = blocking.telling(database, many, times).rows()
        self._session.createDataFrame(telling, "sort int, bearers bigint, bits int").createOrReplaceTempView("telling")
        self._session.sql(blocking.near(keys)).createOrReplaceTempView("near")
        place = "row_number() OVER (PARTITION BY a ORDER BY told DESC, b)"
        placed = f"SELECT a, b, {place} AS place FROM ({blocking.met(shared)})"
        return self._session.sql(f"SELECT a, b FROM ({placed}) WHERE place <= {times * blocking.BEST}")

    def _counts(self, stated: DataFrame) -> Frequencies:
        """`frequencies.counts` over all slices, of what records state."""
        wanted = self._session.sparkContext.broadcast(frequencies.counts(self._said))
        tables = list(frequencies.COUNTED)
        rows = stated.mapInArrow(_count(wanted, tables), _FRAME).collect()
        found = {table: [_frame(row.frame) for row in rows if row.part == n] for n, table in enumerate(tables)}
        return frequencies.together([{table: pl.concat(frames) for table, frames in found.items()}])

    def _nothing(self, known: Frequencies, many: int) -> pl.DataFrame:
        nobody = Said(self._said.about.clear(), self._said.names.clear())
        return comparing.compare(pl.DataFrame(schema={"a": pl.Int64, "b": pl.Int64}), nobody, nobody, known, many)


def _keys(stated: DataFrame) -> DataFrame:
    """Rows of `_KEYS`: the keys of slices of `_STATED`."""
    return stated.mapInArrow(_keyed, _KEYS)


# What executors do, each with the slices it has.


def _state(batches: Batches) -> Batches:
    """Slices of the register in one spelling."""
    for row in _rows(batches):
        said = statements.of_register(_frame(row["frame"]))
        yield _batch({"part": [row["part"]], "about": [_bytes(said.about)], "names": [_bytes(said.names)]})


def _keyed(batches: Batches) -> Batches:
    with duckdb.connect(config={"threads": 1}) as database:
        for row in _rows(batches):
            load(database, "slice", _said(row))
            blocking.make_keys(database, "slice")
            keys = framed(database, "SELECT sort::INT AS sort, key, id FROM slice_key")
            signed = keys.select(pl.lit(row["part"], pl.Int32).alias("part"), "sort", _signed("key"), "id")
            yield from signed.to_arrow().to_batches()


def _signed(key: str) -> pl.Expr:
    """The number of ``key`` as Spark has it, who knows none beyond 2 ** 63."""
    return pl.col(key).reinterpret(signed=True)


def _count(wanted: Broadcast[Frequencies], tables: list[str]) -> Callable[[Batches], Batches]:
    """What counts how often the ``wanted`` values stand in slices: a frame for each of ``tables``, by its place."""

    def count(batches: Batches) -> Batches:
        for row in _rows(batches):
            found = frequencies.counts(_said(row), wanted.value)
            yield _batch({"part": range(len(tables)), "frame": [_bytes(found[table]) for table in tables]})

    return count


def _compare_slice(
    everyone: Broadcast[Said], known: Broadcast[Frequencies], many: int
) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """What compares pairs of records and entries with what one slice of entries states."""

    def compare(pairs: pa.Table, stated: pa.Table) -> pa.Table:
        met = _met(pairs.to_batches())
        left = statements.together([everyone.value], met["a"].unique())
        right = statements.together([_said(row) for row in stated.to_pylist()], met["b"].unique())
        frame = comparing.compare(met, left, right, known.value, many)
        return pa.Table.from_batches([_batch({"part": [0], "frame": [_bytes(frame)]})])

    return compare


def _compare_records(
    everyone: Broadcast[Said], known: Broadcast[Frequencies], many: int
) -> Callable[[Batches], Batches]:
    """What compares pairs of records."""

    def compare(batches: Batches) -> Batches:
        met = _met(batches)
        both = statements.together([everyone.value], pl.concat([met["a"], met["b"]]).unique())
        frame = comparing.compare(met, both, both, known.value, many)
        yield _batch({"part": [0], "frame": [_bytes(frame)]})

    return compare


def _met(batches: Batches) -> pl.DataFrame:
    parts = [pl.DataFrame(pa.Table.from_batches([batch]).select(["a", "b"])) for batch in batches]
    return pl.concat([pl.DataFrame(schema={"a": pl.Int64, "b": pl.Int64}), *parts])


def _rows(batches: Batches) -> Iterator[dict[str, Any]]:
    for batch in batches:
        yield from batch.to_pylist()


def _batch(columns: Mapping[str, Iterable[object]]) -> pa.RecordBatch:
    """Rows of `_FRAME` or `_STATED`."""
    kinds = {"part": pa.int32()}
    return pa.record_batch({name: pa.array(values, kinds.get(name, pa.binary())) for name, values in columns.items()})


def _said(row: Mapping[str, Any]) -> Said:
    return Said(_frame(row["about"]), _frame(row["names"]))


def _bytes(frame: pl.DataFrame) -> bytes:
    written = BytesIO()
    frame.write_ipc(written, compression="lz4")
    return written.getvalue()


def _frame(written: bytes) -> pl.DataFrame:
    return pl.read_ipc(BytesIO(written))
