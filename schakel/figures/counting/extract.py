"""The columnar extract: every room's facts as Parquet files, with a manifest, renewed as a whole.

Invariant: `current` names a folder whose manifest and files are complete; a renewal that is cut off
at any moment leaves the former one in place.

In an extract a fact without themes has the theme "none" and no theme twice, a record stands once in
a fact, and record ids lie between 0 and 2**46, so that one whole number orders the records of a thing
(see ``units.rank``).
The extract holds everyone's facts: only the counting process opens it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import warnings
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import duckdb
import polars as pl
import pyarrow as pa

from schakel.figures.counting.layout import Layout
from schakel.figures.counting.patience import Watch
from schakel.figures.facts import COMMON, Supposed

FORMAT = 1
MOST_RECORDS = 1 << 46
NO_THEME = "none"
CODED = ("agency", "province", "themes")
MOST_ROWS = 3_000_000  # of answers that are kept: some 150 MB
MOST_ROWS_AGAIN = 200_000  # of those that are asked of the next extract: a second or two, in which the former answers
# DuckDB would rather have ``sql()``, which works out the plan of a statement twice. That takes as long as answering it,
# some five thousandths of a second; the copy that is warned of takes as long from some 300,000 rows.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result", category=UserWarning)
_WATCH = Watch()
KEPT = 2  # the former extract stays, for a reader that is just opening it


class ExtractError(ValueError):
    """The extract cannot be written or opened; says which fact or file, and why."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What an extract says of itself.

    ``position``: where in the database's changes it was read, opaque; ``record_kinds``: for each fact
    the record kind its ids belong to; ``created``: UTC, ISO 8601.
    """

    position: str = ""
    record_kinds: Mapping[str, str] = field(default_factory=dict)
    created: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))


def write_extract(directory: Path, frames: Mapping[str, pl.DataFrame], meta: Meta) -> Path:
    """Write ``frames`` (fact name to facts) as the current extract in ``directory``; returns its folder.

    Raises ExtractError, before anything is replaced, for a frame without the columns of a fact.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = directory / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
    cleaned = {name: clean(name, frame) for name, frame in frames.items()}
    folder.mkdir(mode=0o700)
    files = {name: _write_fact(folder, name, frame) for name, frame in sorted(cleaned.items())}
    manifest = {"format": FORMAT, **asdict(meta), "facts": files}
    _write_durably(folder / "manifest.json", json.dumps(manifest, indent=1, sort_keys=True).encode())
    _sync(folder)
    _point_to(directory, folder)
    _remove_old(directory)
    return folder


def clean(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The facts as an extract holds them. Raises ExtractError for what are no facts."""
    missing = sorted(COMMON.keys() - set(frame.columns))
    if missing:
        raise ExtractError(f"fact {name} lacks {', '.join(missing)}")
    records = frame["record"]
    if records.null_count() or not records.is_between(0, MOST_RECORDS - 1).all():
        raise ExtractError(f"fact {name} has a record id that is empty, negative or above {MOST_RECORDS - 1}")
    if records.n_unique() < frame.height:
        raise ExtractError(f"fact {name} has a record twice: {records.filter(records.is_duplicated())[0]}")
    themes = pl.col("themes").list.drop_nulls().list.unique(maintain_order=True)
    none = pl.lit([NO_THEME], dtype=pl.List(pl.String))
    return frame.with_columns(
        pl.when(themes.list.len().fill_null(0) == 0).then(none).otherwise(themes).alias("themes"),
        pl.col("leading").fill_null(False),
        pl.col("province").fill_null("unknown"),
    )


def _write_fact(folder: Path, name: str, frame: pl.DataFrame) -> dict[str, object]:
    path = folder / f"{name}.parquet"
    frame.write_parquet(path, compression="zstd")
    path.chmod(0o600)
    _sync(path)
    return {"rows": frame.height, "sha256": _digest(path)}


def _write_durably(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _point_to(directory: Path, folder: Path) -> None:
    pointer = directory / f".current-{folder.name}"
    _write_durably(pointer, folder.name.encode())
    pointer.replace(directory / "current")
    _sync(directory)


def _remove_old(directory: Path) -> None:
    """Remove all but the newest folders; names begin with the moment, so they sort by it."""
    folders = sorted(path for path in directory.iterdir() if path.is_dir())
    for old in folders[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_Made = TypeVar("_Made")
_Asked = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A statement, the dimensions that its places are of, and those that a place's rows are in order of."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An answer whose rows lie by place: ``spans`` says where those of each begin and how many they are.

    ``made``: what was made of the rows of a place.
    """

    frame: pl.DataFrame
    spans: Mapping[tuple[str | int, ...], tuple[int, int]]
    made: dict[tuple[str | int, ...] | None, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Its rows, and some for what any answer takes."""
        return self.frame.height + 10

    def at(self, place: tuple[str | int, ...], make: Callable[[pl.DataFrame], _Made]) -> _Made:
        there = place if place in self.spans else None
        if there not in self.made:
            self.made[there] = make(self.frame.slice(*self.spans.get(place, (0, 0))))
        made: _Made = self.made[there]
        return made


def _beyond(most: int, known: Mapping[_Asked, _Placed]) -> set[_Asked]:
    """The questions of ``known``, from that asked longest ago, but for the last that take ``most`` rows together."""
    kept = 0
    found = set()
    for asked, placed in reversed(list(known.items())):
        kept += placed.size
        if kept > most:
            found.add(asked)
    return found


@dataclass(frozen=True)
class Extract:
    """An opened extract, in memory; asking it is safe from several threads.

    ``patience``: seconds after which a query is broken off, so that none keeps others waiting.
    ``decided``: what was found of this extract and holds as long as it does (see ``withholding``); ``known``:
    what ``at`` keeps by its question, that asked last at the end.
    """

    layout: Layout
    meta: Meta
    rows: Mapping[str, int]
    connection: duckdb.DuckDBPyConnection
    patience: float = 60.0
    decided: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    known: dict[_Asked, _Placed] = field(default_factory=dict, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock)

    def kind_of(self, fact: str) -> str:
        """The record kind that a fact's ids belong to."""
        return self.meta.record_kinds.get(fact, fact)

    def ask(self, sql: str) -> pl.DataFrame:
        """The answer to ``sql`` (DuckDB's dialect; the tables are named after their facts)."""
        frame = pl.DataFrame(self.ask_arrow(sql))
        coded = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Categorical | pl.Enum)]
        return frame.with_columns(pl.col(coded).cast(pl.String)) if coded else frame

    def at(
        self, place: Mapping[str, str | int], sql: str, order: Sequence[str], make: Callable[[pl.DataFrame], _Made]
    ) -> _Made:
        """What ``make`` makes of what the answer to ``sql`` says of ``place``, without those columns, by ``order``.

        The whole answer is kept, for other places, and what was made of each: ``make`` is the same for one statement
        and order.
        """
        asked = (sql, tuple(place), tuple(order))
        found = self.known.pop(asked, None)
        if found is None:
            found = self._placed(*asked)
            for old in _beyond(MOST_ROWS - found.size, self.known):
                self.known.pop(old, None)
        self.known[asked] = found
        return found.at(tuple(place.values()), make)

    def ask_again(self, before: Extract) -> None:
        """Ask what was asked last of the extract ``before``, so that nobody waits for it of this one."""
        if before.layout == self.layout:
            left = _beyond(MOST_ROWS_AGAIN, before.known)
            for asked in [each for each in list(before.known) if each not in left]:
                self.known[asked] = self._placed(*asked)

    def _placed(self, sql: str, dimensions: Sequence[str], order: Sequence[str]) -> _Placed:
        frame = self.ask(sql).sort(*dimensions, *order)
        lengths = frame.group_by(dimensions, maintain_order=True).len()
        starts = lengths.with_columns(start=pl.col("len").cum_sum() - pl.col("len"))
        spans = {tuple(place): (start, length) for *place, length, start in starts.iter_rows()}
        return _Placed(frame.drop(dimensions), spans)

    def supposing(self, supposed: Supposed) -> Extract:
        """The same facts, with what is doubtful ``supposed`` to be one thing, or not to be."""
        return replace(self, layout=replace(self.layout, supposed=supposed), decided={})

    def ask_arrow(self, sql: str) -> pa.Table:
        """The same as an Arrow table, in which agencies, provinces and themes are dictionaries.

        Raises ExtractError if it takes longer than ``patience``.
        """
        with self._lock:
            cursor = self.connection.cursor()
        try:
            with cursor, _WATCH.over(self.patience, cursor.interrupt):
                return cursor.execute(sql).to_arrow_table()
        except duckdb.InterruptException as error:
            raise ExtractError(f"a query took longer than {self.patience:g} seconds and was broken off") from error

    def close(self) -> None:
        """Let go of memory."""
        self.connection.close()


def open_extract(directory: Path, *, memory: str = "1500MB", threads: int = 2) -> Extract:
    """The current extract of ``directory``, checked and in memory.

    Raises ExtractError if there is none, or a file is not as its manifest says.
    """
    pointer = directory / "current"
    if not pointer.exists():
        raise ExtractError(f"there is no extract in {directory.name}; renew it first")
    folder = directory / pointer.read_text().strip()
    manifest = json.loads((folder / "manifest.json").read_bytes())
    frames = {name: _read_fact(folder, name, said) for name, said in manifest["facts"].items()}
    return extract_of(frames, _meta(manifest), memory=memory, threads=threads)


def _meta(manifest: Mapping[str, Any]) -> Meta:
    if manifest["format"] != FORMAT:
        raise ExtractError(f"the extract has format {manifest['format']}, this version reads {FORMAT}; renew it")
    return Meta(**{key: manifest[key] for key in ("position", "record_kinds", "created")})


def _read_fact(folder: Path, name: str, said: Mapping[str, object]) -> pl.DataFrame:
    path = folder / f"{name}.parquet"
    if not path.exists() or _digest(path) != said["sha256"]:
        raise ExtractError(f"{path.name} is missing or not what the manifest says; renew the extract")
    return pl.read_parquet(path)


def extract_of(
    frames: Mapping[str, pl.DataFrame], meta: Meta | None = None, *, memory: str = "1500MB", threads: int = 2
) -> Extract:
    """An extract in memory, from frames as ``write_extract`` takes them; no files."""
    cleaned = {name: clean(name, frame) for name, frame in frames.items()}
    connection = duckdb.connect(config={"memory_limit": memory, "threads": threads})
    for column in CODED:
        _declare(connection, column, cleaned.values())
    for name, frame in cleaned.items():
        _load(connection, name, frame)
    rows = {name: frame.height for name, frame in cleaned.items()}
    return Extract(Layout.of(cleaned), meta or Meta(), rows, connection)


def _declare(connection: duckdb.DuckDBPyConnection, column: str, frames: Iterable[pl.DataFrame]) -> None:
    """A type for the values of ``column`` in all facts: whole numbers inside, counted several times faster."""
    values = {NO_THEME}.union(*(frame[column].explode().unique().drop_nulls() for frame in frames))
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in sorted(values))
    connection.execute(f'CREATE TYPE "{column}" AS ENUM ({listed})')


def _load(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    coded = ", ".join(f'{column}::"{column}"{"[]" * (column == "themes")} AS {column}' for column in CODED)
    connection.register("incoming", frame.to_arrow())
    try:
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * REPLACE ({coded}) FROM incoming')  # noqa: S608 - own names
    finally:
        connection.unregister("incoming")
