"""The child process that reads files: ``python -m schakel.intake.reading.child JOB``.

JOB is a folder made by the parent, with ``job.json`` (limits; files with their paths). For each file
the child says on standard output which one it begins and ends, and writes what it read as
``<file>.json`` and a ``<file>-<table>.cells`` for each table: the texts of its columns, one column
after the other, cells separated by a NUL, empty ones empty. Nothing of it is executable.

It imports neither Django nor polars: starting must cost less than reading.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import json
import os
import re
import resource
import signal
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schakel.intake.reading.archive import Archive
from schakel.intake.reading.delimited import read_delimited
from schakel.intake.reading.documents import read_document
from schakel.intake.reading.grid import Budget, Grid, dense, letters, spans
from schakel.intake.reading.limits import NO_ROOM, Limits
from schakel.intake.reading.ods import read_ods
from schakel.intake.reading.recognise import recognise
from schakel.intake.reading.refusals import RefusedError, Remark
from schakel.intake.reading.stray import stray_remark
from schakel.intake.reading.xls import read_xls
from schakel.intake.reading.xlsx import read_xlsx

_DIE_WITH_PARENT = 1  # prctl: PR_SET_PDEATHSIG
_BLANK_COLUMNS_KEPT = 256
_RUN = re.compile(r"(.)\1*")


def main(job: Path) -> None:
    """Read the files of ``job`` one after the other."""
    gc.disable()  # the process is short, and what it makes has no rings
    _die_with_parent()
    plan = json.loads((job / "job.json").read_text(encoding="utf-8"))
    limits = Limits(**plan["limits"])
    _bound(limits)
    for number, path in plan["files"]:
        print("begin", number, flush=True)  # noqa: T201 - the parent listens
        _more_time(limits)
        result = _read_safely(Path(path), limits, job / str(number))
        (job / f"{number}.json").write_text(json.dumps(result), encoding="utf-8", errors="replace")
        print("end", number, flush=True)  # noqa: T201


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _bound(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


def _more_time(limits: Limits) -> None:
    """Grant the next file its own seconds of CPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _read_safely(path: Path, limits: Limits, out: Path) -> dict[str, Any]:
    tables: list[dict[str, Any]] = []
    remarks: list[Remark] = []
    try:
        for grid in grids(path, limits):
            remarks.extend(grid.remarks)
            remarks.extend(stray_remark(grid))
            if not grid.is_empty():
                tables.append(_write(grid, Path(f"{out}-{len(tables)}.cells")))
        if not tables:
            remarks.append(Remark("file.no-tables"))
    except RefusedError as refused:
        tables, remarks = [], [refused.remark]
    except MemoryError:
        tables, remarks = [], [Remark("file.memory", {"limit": str(limits.memory_bytes // 1_000_000)})]
    except RecursionError:
        tables, remarks = [], [Remark("json.too-deep")]
    except Exception as error:  # whatever a file may do to a reader, the other files are still read
        if _is_full(error):
            raise
        traceback.print_exc()
        tables, remarks = [], [Remark("file.unreadable", {"detail": f"{type(error).__name__}: {error}"[:200]})]
    return {"tables": tables, "remarks": [_plain(remark) for remark in remarks]}


def _is_full(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _plain(remark: Remark) -> dict[str, Any]:
    return {"check": remark.check, "places": remark.places, "table": remark.table, "cell": remark.cell}


def grids(path: Path, limits: Limits) -> Iterator[Grid]:
    """The tables of one file, read in this process. Raises RefusedError."""
    form = recognise(path, limits)
    budget = Budget(limits.cells)
    if form == "xlsx":
        yield from read_xlsx(Archive(path, limits), budget)
    elif form == "ods":
        yield from read_ods(Archive(path, limits), budget)
    elif form == "xls":
        yield from read_xls(path, budget)
    elif form == "delimited":
        yield read_delimited(path.stem, path.read_bytes(), budget)
    else:
        yield from read_document(path.stem, path.read_bytes(), budget, lines=form == "lines")


def _write(grid: Grid, path: Path) -> dict[str, Any]:
    """Write the cells of ``grid`` to ``path``; returns all else that is known of it."""
    rows = grid.used_rows()
    places = {row: place for place, row in enumerate(rows)}
    columns: list[tuple[str, int, list[tuple[str, int]]]] = []  # name, bytes, types
    with path.open("wb") as file:
        for index in _shown(grid):
            texts, kinds = dense(grid.column(index), rows, places)
            size = file.write(_joined(texts).encode("utf-8", errors="replace"))
            columns.append((letters(index), size, _runs(kinds)))
    shown = grid.hidden_rows.intersection(rows)
    return {
        "name": grid.name,
        "form": grid.form,
        "cells": path.name,
        "rows": spans(rows),
        "columns": columns,
        "hidden": grid.hidden,
        "hidden_rows": spans(shown),
        "hidden_columns": grid.hidden_columns,
        "merged": grid.merged,
        "notes": grid.notes,
    }


def _joined(texts: list[str]) -> str:
    """Cells separated by a NUL, which no cell may have itself."""
    joined = "\0".join(texts)
    if joined.count("\0") >= len(texts):
        joined = "\0".join(text.replace("\0", "\ufffd") for text in texts)
    return joined


def _shown(grid: Grid) -> list[int]:
    """All columns up to the last filled one; far to the right only the filled ones."""
    filled = sorted(index for index, column in grid.columns.items() if len(column))
    last = filled[-1] if filled else 0
    return list(range(1, last + 1)) if last <= _BLANK_COLUMNS_KEPT else filled


def _runs(kinds: str) -> list[tuple[str, int]]:
    """Type letters with how often each stands below itself."""
    return [(found.group(1), found.end() - found.start()) for found in _RUN.finditer(kinds)]


if __name__ == "__main__":
    os.umask(0o077)
    try:
        main(Path(sys.argv[1]))
    except OSError as error:
        if not _is_full(error):
            raise
        sys.exit(NO_ROOM)
