"""All records of an agency and year as they stand, in one file: what a certification keeps, and brings back.

The file is a zip of a Parquet file for each table of records (what is more secret beside them included), one of the
overrides, and ``manifest.json`` with the digest of each. Every value is PostgreSQL's own text of it, which reads back
as exactly the same value. Invariants: a snapshot holds no row of another owner or year; what was read from one that
does not fit its manifest is not used.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.db import connection, models
from django.db.models.functions import Now

from schakel.intake import writing
from schakel.intake.models import Override
from schakel.intake.records import RecordState

MANIFEST = "manifest.json"
_ROWS = 5000  # read from the database at a time
_OLDEST = (1980, 1, 1, 0, 0, 0)  # a zip's moment for each part, so that the same rows are the same bytes


class SnapshotDamaged(Exception):  # noqa: N818 - what happened, as users would say it
    """A snapshot is not what its manifest says."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A table in a snapshot: its model, and which of its rows are an owner's of a year (with two parameters)."""

    model: type[models.Model]
    where: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def part(self) -> str:
        return f"{self.table}.parquet"

    @property
    def columns(self) -> list[str]:
        return [str(field.column) for field in self.model._meta.concrete_fields]


def kept_tables() -> Iterator[_Kept]:
    """The tables that a snapshot holds, those that others refer to first."""
    for table in writing.record_tables():
        yield _Kept(table.model, "owner_id = %s AND period = %s")
        above = table.model._meta.db_table
        for beside in table.beside:
            link = writing.column_of(beside.model, beside.link)
            yield _Kept(beside.model, f'"{link}" IN (SELECT id FROM {above} WHERE owner_id = %s AND period = %s)')
    yield _Kept(Override, "owner_id = %s AND period = %s")


def write_snapshot(path: Path, *, owner: int, period: int, said: dict[str, object]) -> None:
    """Write the snapshot of ``owner`` and ``period``, who acts, to ``path``; ``said`` goes into its manifest."""
    parts: dict[str, dict[str, object]] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:  # Parquet is compressed already
        for kept in kept_tables():
            frame = frame_of(kept, owner, period)
            if frame.height:
                content = _parquet(frame)
                packed.writestr(zipfile.ZipInfo(kept.part, _OLDEST), content)
                parts[kept.part] = {"rows": frame.height, "sha256": hashlib.sha256(content).hexdigest()}
        manifest = {"owner": owner, "period": period, **said, "parts": parts}
        packed.writestr(zipfile.ZipInfo(MANIFEST, _OLDEST), json.dumps(manifest, indent=1, sort_keys=True))


def frame_of(kept: _Kept, owner: int, period: int) -> pl.DataFrame:
    """The rows of one table as texts, in order of id."""
    columns = kept.columns
    listed = ", ".join(f'"{column}"::text' for column in columns)
    frames = [pl.DataFrame(schema=dict.fromkeys(columns, pl.String))]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {listed} FROM {kept.table} WHERE {kept.where} ORDER BY id", [owner, period])
        while rows := cursor.fetchmany(_ROWS):
            frames.append(pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row"))
    return pl.concat(frames)


def read_snapshot(path: Path, *, owner: int, period: int) -> dict[str, pl.DataFrame]:
    """The parts of a snapshot by name. Raises SnapshotDamaged where it is not whole, or another owner's or year's."""
    try:
        with zipfile.ZipFile(path) as packed:
            manifest = json.loads(packed.read(MANIFEST))
            if (manifest["owner"], manifest["period"]) != (owner, period):
                raise SnapshotDamaged("this snapshot is of another agency or year")
            return {name: _checked(packed.read(name), part) for name, part in manifest["parts"].items()}
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise SnapshotDamaged(str(error)) from error


def put_back(parts: dict[str, pl.DataFrame], *, owner: int, period: int, reason: str) -> dict[str, int]:
    """Make the records of ``owner`` and ``period``, who acts, what a snapshot says; in the caller's transaction.

    What it does not hold is withdrawn with ``reason``, as no record is ever deleted. Returns how many rows of each
    table were put back.
    """
    done: dict[str, int] = {}
    for kept in kept_tables():
        frame = parts.get(kept.part, pl.DataFrame(schema=dict.fromkeys(kept.columns, pl.String)))
        if kept.model is Override:
            _end_overrides(frame, owner, period, reason)
        elif hasattr(kept.model, "state"):
            _withdraw_others(kept, frame, owner, period, reason)
        else:
            _take_away_others(kept, frame, owner, period, parts)
        _upsert(kept, frame)
        done[kept.table] = frame.height
    return done


def _parquet(frame: pl.DataFrame) -> bytes:
    content = io.BytesIO()
    frame.write_parquet(content, compression="zstd")
    return content.getvalue()


def _checked(content: bytes, part: dict[str, object]) -> pl.DataFrame:
    if hashlib.sha256(content).hexdigest() != part["sha256"]:
        raise SnapshotDamaged("a part of this snapshot is not as it was written")
    return pl.read_parquet(io.BytesIO(content))


def _ids(frame: pl.DataFrame) -> list[int]:
    return frame["id"].cast(pl.Int64).to_list()


def _withdraw_others(kept: _Kept, frame: pl.DataFrame, owner: int, period: int, reason: str) -> None:
    others = kept.model._default_manager.filter(owner_id=owner, period=period).exclude(state=RecordState.WITHDRAWN)
    others.exclude(pk__in=_ids(frame)).update(state=RecordState.WITHDRAWN, state_reason=reason)


def _take_away_others(
    kept: _Kept, frame: pl.DataFrame, owner: int, period: int, parts: dict[str, pl.DataFrame]
) -> None:
    """What stood beside a record and does not in the snapshot; rows beside withdrawn records stay as they are."""
    records = next(table for table in writing.record_tables() if kept.model in {part.model for part in table.beside})
    beside = next(part for part in records.beside if part.model is kept.model)
    above = parts.get(f"{records.model._meta.db_table}.parquet")
    if above is not None:
        found = kept.model._default_manager.filter(**{f"{beside.link}__in": _ids(above)})
        found.exclude(pk__in=_ids(frame)).delete()


def _end_overrides(frame: pl.DataFrame, owner: int, period: int, reason: str) -> None:
    holding = Override.objects.filter(owner_id=owner, period=period, ended_at=None)
    holding.exclude(pk__in=_ids(frame)).update(ended_at=Now(), ended_because=reason)


def _upsert(kept: _Kept, frame: pl.DataFrame) -> None:
    """Write rows under their own ids, by way of a temporary table: COPY is refused where row security is."""
    names = ", ".join(f'"{column}"' for column in kept.columns)
    updates = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in kept.columns if column != "id")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE put_back (LIKE {kept.table}) ON COMMIT DROP")
        with cursor.copy(f"COPY put_back ({names}) FROM STDIN") as copy:
            for row in frame.select(kept.columns).iter_rows():
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {kept.table} ({names}) SELECT {names} FROM put_back ON CONFLICT (id) DO UPDATE SET {updates}"
        )
        cursor.execute("DROP TABLE put_back")
