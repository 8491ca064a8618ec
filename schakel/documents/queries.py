"""Questions about files; all for the acting party, whose files alone are seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from schakel.documents.models import FilePart, StoredFile


def chunks(file: StoredFile) -> Iterator[bytes]:
    """The bytes of a file, a part at a time, in order."""
    parts = list(FilePart.objects.filter(file=file).order_by("offset").values_list("pk", flat=True))
    for part in parts:
        yield bytes(FilePart.objects.values_list("content", flat=True).get(pk=part))


def write_to(file: StoredFile, path: Path) -> None:
    """Write a file to ``path``. Raises OSError."""
    with path.open("wb") as opened:
        opened.writelines(chunks(file))


def content_of(file: StoredFile) -> bytes:
    """The whole of a file; only for one that is known to be small."""
    return b"".join(chunks(file))
