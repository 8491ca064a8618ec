"""Closings as they are kept: files in the database, for the counting process alone."""

from __future__ import annotations

from pathlib import Path

from schakel.figures.closing.carrying import as_folder, read_folder
from schakel.figures.closing.manifest import ClosingError, Files, sha256
from schakel.figures.closing.opening import Closed, opened
from schakel.figures.models import ClosingFile


def keep_files(closing_id: int, files: Files) -> None:
    """Keep all files of a closing, in the caller's transaction. Raises IntegrityError where it has files already."""
    ClosingFile.objects.bulk_create(
        (
            ClosingFile(closing_id=closing_id, name=name, sha256=sha256(content), content=content)
            for name, content in files.items()
        ),
        batch_size=50,
    )


def files_of(closing_id: int) -> dict[str, bytes]:
    """The files of a closing by name; none where it was not made."""
    kept = ClosingFile.objects.filter(closing=closing_id).order_by("name").values_list("name", "content")
    return {name: bytes(content) for name, content in kept}


def open_closing(source: int | Path) -> Closed:
    """The closing with this number, or in this folder or zip file. Raises ClosingError."""
    if isinstance(source, Path):
        with as_folder(source) as folder:
            return opened(read_folder(folder))
    files = files_of(source)
    if not files:
        raise ClosingError(f"closing {source} was not made")
    return opened(files)
