"""Carrying a closing elsewhere: as a folder or one zip file, and reading it back."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schakel.figures.closing.manifest import NAME, ClosingError, Files

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # so that the same closing is the same zip


def write_out(files: Files, target: Path) -> Path:
    """Write a closing as ``target``: a zip where its name ends so, else a folder. Raises ClosingError where it is."""
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise ClosingError(f"{target} is there already; name a new file or an empty folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".zip":
        _write_zip(files, target)
    else:
        _write_folder(files, target)
    return target


def _write_folder(files: Files, target: Path) -> None:
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _write_zip(files: Files, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _BEGINNING), content, zipfile.ZIP_DEFLATED)


@contextmanager
def as_folder(source: Path) -> Iterator[Path]:
    """The closing in ``source`` (a folder, or a zip) as a folder. Raises ClosingError where there is none."""
    if source.is_dir():
        yield _with_manifest(source, source)
        return
    if not zipfile.is_zipfile(source):
        raise ClosingError(f"{source} is no folder and no zip file of a closing")
    with tempfile.TemporaryDirectory(prefix="schakel-closing-") as folder:
        try:
            with zipfile.ZipFile(source) as archive:
                archive.extractall(folder)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise ClosingError(f"{source} cannot be unpacked: {error}") from error
        yield _with_manifest(Path(folder), source)


@contextmanager
def written(files: Files) -> Iterator[Path]:
    """These files as a folder, for as long as it is needed."""
    folder = Path(tempfile.mkdtemp(prefix="schakel-closing-"))
    try:
        _write_folder(files, folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read_folder(folder: Path) -> dict[str, bytes]:
    """All files of a closing in a folder, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _with_manifest(folder: Path, source: Path) -> Path:
    if not (folder / NAME).is_file():
        raise ClosingError(f"{source} holds no {NAME}; name the folder or zip file of a closing")
    return folder
