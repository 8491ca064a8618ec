"""Taking files in: all at once from disk, or one by one while they are sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schakel.documents.actions import keep
from schakel.documents.models import StoredFile
from schakel.intake import gates
from schakel.intake.actions.queueing import queue_examination
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.models import DeliveredFile, Delivery, DeliveryState, Origin
from schakel.intake.stands import keep_received, keep_stands
from schakel.search.jobs import queue_index
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

_NOT_IN = (DeliveryState.UPLOADING, DeliveryState.FAILED, DeliveryState.DISCARDED)


@dataclass(frozen=True, slots=True)
class Received:
    """A delivery that is in, and whether exactly this content was in already."""

    delivery: Delivery
    known: bool


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise DeliveryRefused(
                gettext_lazy("%(path)s does not exist; name a file or a folder that does."), path=path
            )
        inside = sorted(p for p in path.iterdir() if p.is_file() and p.name[0] not in ".~") if path.is_dir() else [path]
        found += inside
    return found


def receive(
    *, actor: Actor, period: int, paths: Sequence[Path], origin: Origin = Origin.COMMAND, whole: bool = True
) -> Received:
    """Keep the files at ``paths`` (files or folders) as a delivery of the acting party for ``period``.

    The same content as the last delivery of that period gives that delivery back, and ``known``.
    Raises DeliveryRefused where there is no file.
    """
    files = _files(paths)
    if not files:
        said = gettext_lazy("There is no file to deliver: name at least one file, or a folder that holds one.")
        raise DeliveryRefused(said)
    with acting(actor):
        gates.must_be_open(owner=actor.owner, period=period)
        digest = content_digest((path.name, _digest(path)) for path in files)
        last = _last(actor, period)
        if last is not None and last.content_digest == digest:
            return Received(last, known=True)
        delivery = begin_delivery(actor=actor, period=period, origin=origin, whole=whole)
        for path in files:
            add_file(actor=actor, delivery=delivery, stored=keep(actor=actor, name=path.name, content=path))
        return finish_delivery(actor=actor, delivery=delivery)


def begin_delivery(*, actor: Actor, period: int, origin: Origin, whole: bool = True) -> Delivery:
    """Begin a delivery of the acting party for ``period``; its files come one by one. Raises DeliveryRefused."""
    with acting(actor):
        gates.must_be_open(owner=actor.owner, period=period)
        delivery = Delivery.objects.create(
            owner_id=actor.owner,
            period=period,
            sender_id=actor.person,
            origin=origin,
            whole=whole,
            state=DeliveryState.UPLOADING,
        )
        note(actor=actor, verb="began", kind="delivery", objects=[delivery.pk], period=period, origin=origin.value)
    return delivery


def add_file(*, actor: Actor, delivery: Delivery, stored: StoredFile) -> DeliveredFile:
    """Add a stored file (whole, or still being sent) to a delivery that is being sent.

    A file of the same name takes the place of the earlier one. Raises DeliveryRefused where the delivery is complete.
    """
    with acting(actor):
        _must_be_uploading(delivery)
        DeliveredFile.objects.filter(delivery=delivery, name=stored.name).delete()
        return DeliveredFile.objects.create(
            owner_id=delivery.owner_id,
            delivery=delivery,
            name=stored.name,
            size=stored.size,
            digest=stored.digest,
            stored=stored,
        )


def finish_delivery(*, actor: Actor, delivery: Delivery) -> Received:
    """All files are here. The same content as the delivery before it gives that one back, and ``known``.

    Raises DeliveryRefused where there is no file, one is not whole, or the year was closed meanwhile: the files stay.
    """
    with acting(actor):
        _must_be_uploading(delivery)
        gates.must_be_open(owner=delivery.owner_id, period=delivery.period)
        files = list(delivery.files.select_related("stored").order_by("name"))
        if not files:
            raise DeliveryRefused(_("There is no file in this delivery yet; add at least one."))
        unfinished = [file.name for file in files if file.stored.kept_at is None]
        if unfinished:
            said = _("%(name)s has not been sent whole; send the rest of it, or take it out.")
            raise DeliveryRefused(said % {"name": unfinished[0]})
        for file in files:
            file.digest = file.stored.digest
        DeliveredFile.objects.bulk_update(files, ["digest"])
        digest = content_digest((file.name, file.digest) for file in files)
        last = _last(actor, delivery.period)
        if last is not None and last.content_digest == digest:
            discard_delivery(actor=actor, delivery=delivery)
            return Received(last, known=True)
        delivery.content_digest, delivery.state = digest, DeliveryState.RECEIVED
        delivery.save(update_fields=["content_digest", "state"])
        note(
            actor=actor,
            verb="received",
            kind="delivery",
            objects=[delivery.pk],
            period=delivery.period,
            files=len(files),
        )
        queue_index(actor=actor, kind="delivery", ids=[delivery.pk])
        keep_received(delivery)
    return Received(delivery, known=False)


def discard_delivery(*, actor: Actor, delivery: Delivery) -> None:
    """Lay a delivery aside that was not accepted; its files stay. Raises DeliveryRefused for an accepted one."""
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if held.state in (DeliveryState.ACCEPTED, DeliveryState.ACCEPTING):
            raise DeliveryRefused(_("An accepted delivery cannot be discarded; deliver again to change what stands."))
        held.state = delivery.state = DeliveryState.DISCARDED
        held.save(update_fields=["state"])
        note(actor=actor, verb="discarded", kind="delivery", objects=[held.pk])
        keep_stands(owner=held.owner_id, period=held.period)
        queue_index(actor=actor, kind="delivery", ids=[held.pk])


def ask_examination(*, actor: Actor, delivery: Delivery) -> None:
    """Have the worker read and check a delivery (again); asked several times before it begins, it is done once.

    Raises DeliveryRefused where the delivery is past that.
    """
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if held.state not in (DeliveryState.RECEIVED, DeliveryState.CHECKED, DeliveryState.FAILED):
            said = _("This delivery is %(state)s; it is not checked again.")
            raise DeliveryRefused(said % {"state": held.get_state_display()})
        held.progress = delivery.progress = {"step": "waiting"}
        held.save(update_fields=["progress"])
        queue_examination(actor=actor, delivery_id=held.pk)


def content_digest(files: Iterable[tuple[str, str]]) -> str:
    """The digest of (name, digest) of files, whatever their order."""
    return hashlib.sha256("\n".join(f"{digest} {name}" for name, digest in sorted(files)).encode()).hexdigest()


def _must_be_uploading(delivery: Delivery) -> None:
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if held.state != DeliveryState.UPLOADING:
        raise DeliveryRefused(_("This delivery is complete; begin another one to send more files."))


def _last(actor: Actor, period: int) -> Delivery | None:
    sent = Delivery.objects.filter(owner_id=actor.owner, period=period).exclude(origin=Origin.FORM)
    return sent.exclude(state__in=_NOT_IN).first()


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
