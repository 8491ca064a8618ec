"""What files hold of people: who is named in one is taken out of it, and its digest is that of what is left."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.utils import timezone

from schakel.documents.actions import PART, discard
from schakel.documents.models import FilePart, Package, StoredFile
from schakel.documents.queries import content_of
from schakel.privacy.declaring import Ground, Holding, Processing, holding, processing
from schakel.privacy.files import redacted
from schakel.privacy.marks import Finder
from schakel.privacy.specials import Special, afterwards, register
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words


def files_with(party: int, finder: Finder) -> list[int]:
    """The whole files of a party, who acts, in which or in whose name the person is."""
    whole = StoredFile.objects.filter(owner_id=party, kept_at__isnull=False).order_by("pk")
    return [file.pk for file in whole if finder.finds(file.name) or redacted(content_of(file), finder) is not None]


def rewrite_files(*, actor: Actor, finder: Finder, ids: Sequence[int]) -> int:
    """Keep each file without the person, in the place of what it was; the trail says both digests."""
    for file in StoredFile.objects.filter(owner_id=actor.owner, pk__in=ids).order_by("pk"):
        was, content = file.digest, content_of(file)
        done = redacted(content, finder) or content
        file.name = finder.without(file.name)
        file.size = file.received = len(done)
        file.digest = hashlib.sha256(done).hexdigest()
        FilePart.objects.filter(file=file).delete()
        FilePart.objects.bulk_create(
            FilePart(owner_id=file.owner_id, file=file, offset=at, content=done[at : at + PART])
            for at in range(0, len(done), PART)
        )
        file.save(update_fields=["name", "size", "received", "digest"])
        note(actor=actor, verb="erased", kind="file", objects=[file.pk], was=was, now=file.digest)
    return len(ids)


def forget_packages(actor: Actor) -> None:
    """What was packed to take along before goes: it holds everything once more, and is made again in a minute."""
    for package in Package.objects.filter(owner_id=actor.owner, file__isnull=False):
        file_id = package.file_id
        package.file, package.gone_at = None, timezone.now()
        package.save(update_fields=["file", "gone_at"])
        if file_id is not None:
            discard(actor=actor, file_id=file_id, overtaken=True)


processing(
    Processing(
        "deliveries",
        Words("Aanleveringen en hun bestanden", "Deliveries and their files"),
        Words(
            "de administratie van een ROM innemen zoals zij is, controleren, en later kunnen nagaan waar een gegeven "
            "vandaan komt",
            "to take in an agency's records as they are, check them, and tell later where a value came from",
        ),
        Words(
            "eenmanszaken, contactpersonen en wie verder in een rij genoemd wordt",
            "sole traders, contacts and whoever else is named in a row",
        ),
        Ground.TASK,
        Words(
            "de eigen ROM; wie een afspraak heeft, wat die opent; een accountant met een mandaat",
            "the own agency; who has an agreement, what that opens; an auditor with a mandate",
        ),
        "originals",
        50,
    )
)
holding(
    Holding(
        "documents_storedfile",
        "deliveries",
        free=("name",),
        none=("digest",),
        how="each file is read whole, rewritten without the person and kept again, under a new digest",
    ),
    Holding("documents_filepart", "deliveries", free=("content",), how="see documents_storedfile"),
)
register(Special("documents_storedfile", "content", files_with, rewrite_files))
afterwards(forget_packages)
