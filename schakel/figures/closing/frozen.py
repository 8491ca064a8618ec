"""What of a year is frozen: facts, identities, definitions, results and the statements that give them, as files.

    facts/<fact>.parquet             the year's facts as they are counted
    identities.parquet               which records of the year are which thing, and by which rule
    definitions/<name>.toml          the catalogue as it is written
    sql/<indicator>.<cells>.sql      the statement (DuckDB) whose answer is a result
    results.parquet                  every result: indicator, cells, their places, amount, base, contributors
    recount.py, README.txt           how to count it again with nothing but DuckDB

Rows are sorted, so that the same state gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from schakel.figures.catalogue import Indicator, load_texts
from schakel.figures.closing.manifest import Files, Manifest, said_of, whole
from schakel.figures.counting import Extract, Selection, extract_of
from schakel.figures.counting.extract import clean

FACTS, DEFINITIONS, SQL = "facts/", "definitions/", "sql/"
IDENTITIES, RESULTS = "identities.parquet", "results.parquet"
TOTAL = "total"
IDENTITY_COLUMNS: dict[str, Any] = {
    "record_kind": pl.String,
    "record": pl.Int64,
    "thing": pl.String,
    "identity": pl.Int64,
    "leading": pl.Boolean,
    "rule": pl.String,
}
RESULT_COLUMNS: dict[str, Any] = {
    "indicator": pl.String,
    "cells": pl.String,
    "place": pl.String,
    "other": pl.String,
    "amount": pl.Int64,
    "base": pl.Int64,
    "contributors": pl.Int64,
}
_ALONGSIDE = ("recount.py", "README.txt")


@dataclass(frozen=True, slots=True)
class State:
    """What stands of a year at the moment it is closed.

    ``frames``: facts of that year alone, by name; ``kinds``: what is to be known of each fact to read it
    (``making.said_of_fact``); ``definitions``: the catalogue's texts by file name.
    """

    year: int
    frames: Mapping[str, pl.DataFrame]
    kinds: Mapping[str, Mapping[str, Any]]
    identities: pl.DataFrame
    definitions: Mapping[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of the state, whichever version of whatever library writes it down."""
        said = hashlib.sha256()
        tables = {**{FACTS + name: self._sorted(name) for name in sorted(self.frames)}, IDENTITIES: self._identities()}
        for name, frame in tables.items():
            said.update(f"{name} {','.join(frame.columns)}\n{frame.write_ndjson()}".encode())
        for name, text in self.definitions.items():
            said.update(f"{name}\n{text}".encode())
        return said.hexdigest()

    def inputs(self) -> dict[str, bytes]:
        """The files of what was counted."""
        facts = {f"{FACTS}{name}.parquet": parquet(self._sorted(name)) for name in self.frames}
        texts = {DEFINITIONS + name: text.encode() for name, text in self.definitions.items()}
        return {**facts, **texts, IDENTITIES: parquet(self._identities())}

    def _sorted(self, name: str) -> pl.DataFrame:
        return clean(name, self.frames[name]).sort("record")

    def _identities(self) -> pl.DataFrame:
        return self.identities.select(*IDENTITY_COLUMNS).sort("thing", "record_kind", "record")


def freeze(state: State, *, version: int = 1, corrects: str = "", moment: datetime | None = None) -> dict[str, bytes]:
    """The files of a closing of ``state``, with manifest and digest."""
    indicators = load_texts(state.definitions)
    with closing(extract_of(state.frames)) as extract:
        statements = {name: sql for each in indicators.values() for name, sql in _statements(each, extract)}
        counted = [_counted(name, extract.ask(sql)) for name, sql in statements.items()]
    files = state.inputs() | {f"{SQL}{name}.sql": f"{sql}\n".encode() for name, sql in statements.items()}
    files[RESULTS] = parquet(pl.concat([pl.DataFrame(schema=RESULT_COLUMNS), *counted]))
    files |= {name: (Path(__file__).parent / name).read_bytes() for name in _ALONGSIDE}
    manifest = Manifest(
        year=state.year,
        version=version,
        made_at=(moment or datetime.now(UTC)).isoformat(timespec="seconds"),
        state=state.digest,
        facts={name: {"rows": state.frames[name].height, **state.kinds[name]} for name in state.frames},
        definitions=list(state.definitions),
        indicators={each.id: each.version for each in indicators.values()},
        files=said_of(files),
        corrects=corrects,
    )
    return whole(manifest, files)


def cells_of(indicator: Indicator) -> list[tuple[str, ...]]:
    """The breakdowns whose cells a closing holds: none, each alone, and agency by each other."""
    single = [name for name in indicator.breakdowns if name != "year"]
    crossed = [("agency", name) for name in single if name != "agency"] if "agency" in single else []
    return [(), *((name,) for name in single), *crossed]


def _statements(indicator: Indicator, extract: Extract) -> Iterator[tuple[str, str]]:
    selection = Selection(indicator, extract)
    for by in cells_of(indicator):
        yield f"{indicator.id}.{'-'.join(by) or TOTAL}", selection.sql(*by)


def _counted(name: str, answer: pl.DataFrame) -> pl.DataFrame:
    indicator, cells = name.split(".")
    return results_of(indicator, () if cells == TOTAL else tuple(cells.split("-")), answer)


def results_of(indicator: str, by: Sequence[str], answer: pl.DataFrame) -> pl.DataFrame:
    """The answer of a selection as results: RESULT_COLUMNS, sorted by place."""
    places = [pl.col(name).cast(pl.String) for name in by] + [pl.lit(None, pl.String)] * (2 - len(by))
    return answer.select(
        pl.lit(indicator).alias("indicator"),
        pl.lit("-".join(by) or TOTAL).alias("cells"),
        places[0].alias("place"),
        places[1].alias("other"),
        pl.col("amount", "base", "contributors").cast(pl.Int64),
    ).sort("place", "other")


def parquet(frame: pl.DataFrame) -> bytes:
    """The frame as a Parquet file."""
    target = io.BytesIO()
    frame.write_parquet(target, compression="zstd")
    return target.getvalue()


def frame_of(content: bytes) -> pl.DataFrame:
    """The frame in a Parquet file."""
    return pl.read_parquet(io.BytesIO(content))


def facts_in(files: Files) -> dict[str, pl.DataFrame]:
    """The facts in the files of a closing, by name."""
    return {
        name.removeprefix(FACTS).removesuffix(".parquet"): frame_of(content)
        for name, content in sorted(files.items())
        if name.startswith(FACTS)
    }


def definitions_in(manifest: Manifest, files: Files) -> dict[str, str]:
    """The catalogue's texts in the files of a closing, by file name, in the order of the catalogue."""
    return {name: files[DEFINITIONS + name].decode() for name in manifest.definitions}
