"""Reading a delivery: files in, tables and findings out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schakel.intake.findings import Finding
from schakel.intake.reading.frames import finding, table
from schakel.intake.reading.limits import MEGABYTE, Limits
from schakel.intake.reading.process import read_files
from schakel.intake.tables import Table

_NOT_DATA = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a delivery holds, and what is wrong with its files."""

    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    name: str


def read(paths: Sequence[Path], *, limits: Limits = Limits()) -> Reading:  # noqa: B008 - frozen
    """Read files, and folders with all files in them, as one delivery.

    Parsed in a child process within ``limits``. A file that cannot be read gives one finding of
    severity error that says what to do, and no table; nothing is raised for what a file holds. Raises
    RuntimeError only where no process can be started, OSError where the disk is full.
    Hidden files and the lock files of spreadsheet programs ("~$...") in folders are passed over.
    """
    files, findings = _files(paths, limits)
    whole: list[_File] = []
    for file in files:
        remark = _unfit(file, limits)
        if remark is None:
            whole.append(file)
        else:
            findings.append(finding(file.name, remark))
    with tempfile.TemporaryDirectory(prefix="schakel-reading-") as folder:
        results = read_files([file.path for file in whole], limits, Path(folder))
        tables = [
            table(file.name, one, Path(folder))
            for file, result in zip(whole, results, strict=True)
            for one in result["tables"]
        ]
    for file, result in zip(whole, results, strict=True):
        findings.extend(finding(file.name, remark) for remark in result["remarks"])
    return Reading(tuple(tables), tuple(findings))


def _files(paths: Sequence[Path], limits: Limits) -> tuple[list[_File], list[Finding]]:
    found: list[_File] = []
    findings: list[Finding] = []
    for path in paths:
        inside = list(_inside(path)) if path.is_dir() else [_File(path, path.name)]
        if not inside:
            findings.append(finding(path.name, _remark("file.nothing")))
        found.extend(inside)
    if len(found) > limits.files:
        findings.append(finding("", _remark("file.too-many", limit=limits.files)))
        found = []
    return found, findings


def _inside(folder: Path) -> Iterator[_File]:
    """All files in ``folder`` and the folders in it, in order of name."""
    try:
        entries = sorted(folder.rglob("*"))
    except OSError:
        return
    for path in entries:
        inner = path.relative_to(folder)
        if not any(_passed_over(part) for part in inner.parts) and path.is_file():
            yield _File(path, inner.as_posix())


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _NOT_DATA


def _unfit(file: _File, limits: Limits) -> dict[str, Any] | None:
    """What is wrong with a file without opening it."""
    try:
        size = file.path.stat().st_size
        if not file.path.is_file():
            return _remark("file.missing", detail="geen gewoon bestand / no plain file")
    except OSError as error:
        return _remark("file.missing", detail=error.strerror or error)
    if size == 0:
        return _remark("file.empty")
    if size > limits.file_bytes:
        return _remark("file.too-large", size=-(-size // MEGABYTE), limit=limits.file_bytes // MEGABYTE)
    return None


def _remark(check: str, **places: object) -> dict[str, Any]:
    texts = {name: str(value) for name, value in places.items()}
    return {"check": check, "places": texts, "table": "", "cell": ""}
