"""Questions about files; all for the acting party, whose files alone are seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from schakel.documents.models import FilePart, StoredFile
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor


def chunks(file: StoredFile) -> Iterator[bytes]:
    """The bytes of a file, a part at a time, in order."""
    parts = list(FilePart.objects.filter(file=file).order_by("offset").values_list("pk", flat=True))
    for part in parts:
        yield bytes(FilePart.objects.values_list("content", flat=True).get(pk=part))


def streamed(file: StoredFile, *, actor: Actor) -> Iterator[bytes]:
    """The bytes of a file, for a response that is read after its request: each part in a transaction of its own."""
    with acting(actor):
        parts = list(FilePart.objects.filter(file=file).order_by("offset").values_list("pk", flat=True))
    return (_part(part, actor) for part in parts)


def _part(part: int, actor: Actor) -> bytes:
    with acting(actor):
        return bytes(FilePart.objects.values_list("content", flat=True).get(pk=part))


def write_to(file: StoredFile, path: Path) -> None:
    """Write a file to ``path``. Raises OSError."""
    with path.open("wb") as opened:
        opened.writelines(chunks(file))


def content_of(file: StoredFile) -> bytes:
    """The whole of a file; only for one that is known to be small."""
    return b"".join(chunks(file))
