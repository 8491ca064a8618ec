"""The verbs of files: begin one, append to it, keep one that is here already, discard one of no use any more."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schakel.documents.models import FilePart, StoredFile
from schakel.documents.queries import chunks
from schakel.refusals import Refusal
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

PART = 1024 * 1024  # bytes; what one process holds of a file at a time, some four times over
LARGEST = 1024 * PART
_LONGEST_NAME, _LONGEST_ENDING = 255, 20  # bytes; what a file system takes of a name
_LONGEST_STEM = 50  # signs of a name that gets a number, so that the number is not cut off with what is too long


class FileRefused(Refusal):
    """A file, or a piece of one, cannot be taken; the message says why and what to do."""


class OutOfStep(FileRefused):
    """A piece came that does not begin where the file ends; ``received`` bytes are here."""

    def __init__(self, received: int) -> None:
        super().__init__(_("%(size)s bytes of this file are here; go on from there."), size=received)
        self.received = received


def clean_name(name: str) -> str:
    """The name under which a file is kept: no folders or control characters, and short enough for any disk.

    Empty where nothing is left. The ending of a name that is cut stays: it says what the file is.
    """
    said = name.encode("utf-8", "replace").decode().replace("\\", "/")
    own = "".join(sign for sign in PurePosixPath(said).name if unicodedata.category(sign) != "Cc").strip()
    ending = PurePosixPath(own).suffix
    ending = ending if len(ending.encode()) <= _LONGEST_ENDING else ""
    stem = own.removesuffix(ending).encode()[: _LONGEST_NAME - len(ending.encode())]
    return stem.decode(errors="ignore") + ending


def unlike(name: str, taken: Collection[str]) -> str:
    """``name``, with a number where it is one of ``taken``: a folder may hold two files of one name."""
    path, number, own = PurePosixPath(name), 2, name
    while own in taken:
        own, number = f"{path.stem[:_LONGEST_STEM]} ({number}){path.suffix}", number + 1
    return own


def begin(*, actor: Actor, name: str, size: int) -> StoredFile:
    """Begin a file of ``size`` bytes for the acting party. Raises FileRefused."""
    clean = clean_name(name)
    if not clean or clean in {".", ".."}:
        raise FileRefused(_("This file has no name; give it one and send it again."))
    if not 0 <= size <= LARGEST:
        said = _("A file may be %(size)s MB at most; split it, or leave out what is not asked for.")
        raise FileRefused(said, size=LARGEST // PART)
    with acting(actor):
        made = StoredFile.objects.create(owner_id=actor.owner, name=clean, size=size, made_by_id=actor.person)
        return _kept_if_whole(actor, made)


def append(*, actor: Actor, file_id: int, offset: int, content: bytes) -> StoredFile:
    """Append ``content`` to the acting party's file, of which ``offset`` bytes are here; keeps it when it is whole.

    Raises OutOfStep where ``offset`` is not where the file ends, FileRefused past its end, StoredFile.DoesNotExist.
    """
    with acting(actor):
        file = StoredFile.objects.select_for_update().get(pk=file_id)
        if offset != file.received or file.kept_at is not None:
            raise OutOfStep(file.received)
        if offset + len(content) > file.size:
            said = _("This file was said to be %(size)s bytes, and is longer; send it again.")
            raise FileRefused(said, size=file.size)
        for at in range(0, len(content), PART):
            piece = content[at : at + PART]
            FilePart.objects.create(owner_id=file.owner_id, file=file, offset=offset + at, content=piece)
        file.received = offset + len(content)
        file.save(update_fields=["received"])
        return _kept_if_whole(actor, file)


def keep(*, actor: Actor, name: str, content: bytes | Path) -> StoredFile:
    """Keep a whole file that is here already, in memory or on disk. Raises FileRefused, OSError."""
    size = content.stat().st_size if isinstance(content, Path) else len(content)
    with acting(actor):
        file = begin(actor=actor, name=name, size=size)
        for piece in _pieces(content):
            file = append(actor=actor, file_id=file.pk, offset=file.received, content=piece)
    return file


def discard(*, actor: Actor, file_id: int, overtaken: bool = False) -> None:
    """Forget a file of the acting party that is not whole; a whole one is kept for ever.

    Unless it is ``overtaken``: made here, and made again since. Raises django.db.models.ProtectedError where something
    still refers to it.
    """
    with acting(actor):
        found = StoredFile.objects.filter(pk=file_id)
        for file in found if overtaken else found.filter(kept_at=None):
            file.delete()
            note(actor=actor, verb="discarded", kind="file", objects=[file_id], size=file.received)


def _pieces(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[at : at + PART] for at in range(0, len(content), PART))
        return
    with content.open("rb") as opened:
        while piece := opened.read(PART):
            yield piece


def _kept_if_whole(actor: Actor, file: StoredFile) -> StoredFile:
    if file.received < file.size:
        return file
    file.digest, file.kept_at = _digest(chunks(file)), timezone.now()
    file.save(update_fields=["digest", "kept_at"])
    note(actor=actor, verb="kept", kind="file", objects=[file.pk], size=file.size)
    return file


def _digest(pieces: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()
