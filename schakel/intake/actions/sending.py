"""Taking the files of a delivery in while they are sent: piece by piece, in any number of sittings.

Invariant: a delivery that is complete takes no further piece, and loses no file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from schakel.documents import actions as documents
from schakel.documents.models import StoredFile
from schakel.intake.actions.receiving import add_file
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.models import DeliveredFile, Delivery, DeliveryState
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def begin_file(*, actor: Actor, delivery: Delivery, name: str, size: int) -> DeliveredFile:
    """Begin a file of ``size`` bytes in a delivery that is being sent; one of the same name makes way for it.

    Raises DeliveryRefused where the delivery is complete, FileRefused where the file cannot be taken.
    """
    with acting(actor):
        return _added(actor, delivery, documents.begin(actor=actor, name=name, size=size))


def add_piece(*, actor: Actor, file: DeliveredFile, offset: int, content: bytes) -> StoredFile:
    """Append a piece to a file of a delivery that is being sent, of which ``offset`` bytes are here.

    Raises DeliveryRefused where the delivery is complete, OutOfStep where the piece does not fit on.
    """
    with acting(actor):
        _must_be_sending(file.delivery_id)
        return documents.append(actor=actor, file_id=file.stored_id, offset=offset, content=content)


def add_whole_files(*, actor: Actor, delivery: Delivery, files: Iterable[tuple[str, bytes | Path]]) -> int:
    """Add files that are here whole, by name, in memory or on disk; returns how many.

    Two of one name (a folder may hold them) are both kept, the second with a number. Raises as ``begin_file``.
    """
    taken: set[str] = set()
    with acting(actor):
        for name, content in files:
            own = documents.unlike(documents.clean_name(name), taken)
            taken.add(own)
            _added(actor, delivery, documents.keep(actor=actor, name=own, content=content))
    return len(taken)


def take_out_file(*, actor: Actor, file: DeliveredFile) -> None:
    """Take a file out of a delivery that is being sent. Raises DeliveryRefused where the delivery is complete."""
    with acting(actor):
        _must_be_sending(file.delivery_id)
        stored, delivery = file.stored_id, file.delivery_id
        DeliveredFile.objects.filter(pk=file.pk).delete()
        documents.discard(actor=actor, file_id=stored)
        note(actor=actor, verb="took out a file of", kind="delivery", objects=[delivery], file=stored)


def _added(actor: Actor, delivery: Delivery, stored: StoredFile) -> DeliveredFile:
    before = list(delivery.files.filter(name=stored.name).values_list("stored_id", flat=True))
    added = add_file(actor=actor, delivery=delivery, stored=stored)
    for replaced in before:
        documents.discard(actor=actor, file_id=replaced)
    return added


def _must_be_sending(delivery_id: int) -> None:
    held = Delivery.objects.select_for_update().get(pk=delivery_id)
    if held.state != DeliveryState.UPLOADING:
        raise DeliveryRefused(_("This delivery is complete; begin another one to send more files."))
