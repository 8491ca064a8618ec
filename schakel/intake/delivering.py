"""A delivery from files to accepted records in one go, as the command line and the demonstration do it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from schakel.documents.queries import write_to
from schakel.intake import actions, mapping
from schakel.intake.acceptance import Written
from schakel.intake.context import context_for
from schakel.intake.differing import difference
from schakel.intake.examining import Examination, examine_tables
from schakel.intake.findings import heard
from schakel.intake.keeping import load_tables
from schakel.intake.mending.applying import mended
from schakel.intake.models import ConfirmedMapping, Delivery, DeliveryState
from schakel.intake.reading import read
from schakel.network.models import Party, PartyKind
from schakel.network.queries import agency_names
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of files that were delivered: ``known`` where exactly this content stood already."""

    delivery: Delivery
    known: bool
    examination: Examination | None
    written: tuple[Written, ...] = ()


def deliver(*, actor: Actor, party: Party, period: int, paths: Sequence[Path], accept: bool = True) -> Delivered:
    """Receive, examine and (unless told not to) accept the files at ``paths`` for ``party`` and year ``period``.

    Read by the party's confirmed mapping; where a header no longer fits, or there is no mapping, by a
    proposal, which the examination names. Raises DeliveryRefused.
    """
    received = actions.receive(actor=actor, period=period, paths=paths)
    if received.known and received.delivery.state == DeliveryState.ACCEPTED:
        # The mapping of an accepted delivery is part of what was accepted: another one needs another delivery.
        return Delivered(received.delivery, known=True, examination=None)
    examination = examine_delivery(actor=actor, delivery=received.delivery, party=party)
    actions.keep_examination(actor=actor, delivery=received.delivery, examination=examination)
    if not accept or not examination.readable:
        return Delivered(received.delivery, received.known, examination)
    written = actions.accept(actor=actor, delivery=received.delivery, examination=examination)
    return Delivered(received.delivery, received.known, examination, tuple(written))


def examine_delivery(*, actor: Actor, delivery: Delivery, party: Party) -> Examination:
    """Read the files of a delivery where that was not done yet, and check its tables with the edits on top."""
    if not _was_read(actor, delivery):
        read_delivery(actor=actor, delivery=delivery)
        actions.take_along(actor=actor, delivery=delivery)
    with acting(actor):
        confirmed = ConfirmedMapping.objects.filter(owner_id=delivery.owner_id).first()
        text = delivery.mapping if delivery.mapping_settled else confirmed.text if confirmed else ""
        context = context_for(agency=party.slug, owner=party.pk, period=delivery.period, whole=delivery.whole)
        tables = mended(load_tables(delivery), delivery.edits.filter(undone_at=None))
        names = agency_names()
    return examine_tables(
        tables,
        agency=party.slug,
        period=delivery.period,
        mapping=mapping.parse(text) if text else None,
        agency_names=names,
        delivered_by="network" if party.kind == PartyKind.SECRETARIAT else "agency",
        context=context,
        said=[heard(said) for said in delivery.reading_findings],
        settled=delivery.mapping_settled,
    )


def _was_read(actor: Actor, delivery: Delivery) -> bool:
    with acting(actor):
        return bool(delivery.reading_findings) or delivery.read_tables.exists()


def read_delivery(*, actor: Actor, delivery: Delivery) -> None:
    """Read the kept files of a delivery, and keep their tables as they were sent."""
    with tempfile.TemporaryDirectory(prefix="schakel-") as folder:
        with acting(actor):
            paths = [Path(folder, file.name) for file in delivery.files.order_by("name")]
            for path, file in zip(paths, delivery.files.select_related("stored").order_by("name"), strict=True):
                write_to(file.stored, path)
        reading = read(paths)
    actions.keep_reading(actor=actor, delivery=delivery, reading=reading)


def examine_in_background(*, actor: Actor, delivery_id: int) -> None:
    """Examine a delivery that waits for it; its page shows how far this is, and why it stopped if it did."""
    delivery, party = _waiting(actor, delivery_id)
    if delivery.state not in (DeliveryState.RECEIVED, DeliveryState.CHECKED, DeliveryState.FAILED):
        return
    with _telling(actor, delivery_id):
        actions.say_progress(actor=actor, delivery_id=delivery_id, step="reading")
        examination = examine_delivery(actor=actor, delivery=delivery, party=party)
        still = "comparing" if examination.readable else ""
        actions.keep_examination(actor=actor, delivery=delivery, examination=examination, still=still)
        if examination.readable:
            found = difference(actor=actor, delivery=delivery, examination=examination)
            actions.keep_difference(actor=actor, delivery=delivery, difference=found)


def accept_in_background(*, actor: Actor, delivery_id: int) -> None:
    """Accept a delivery that was asked to be accepted; once, however often this runs."""
    delivery, party = _waiting(actor, delivery_id)
    if delivery.state != DeliveryState.ACCEPTING:
        return
    with _telling(actor, delivery_id):
        actions.say_progress(actor=actor, delivery_id=delivery_id, step="accepting")
        examination = examine_delivery(actor=actor, delivery=delivery, party=party)
        try:
            actions.accept(actor=actor, delivery=delivery, examination=examination)
        except actions.DeliveryRefused as refused:
            actions.give_back(actor=actor, delivery_id=delivery_id, reason=refused.words)


def _waiting(actor: Actor, delivery_id: int) -> tuple[Delivery, Party]:
    with acting(actor):
        delivery = Delivery.objects.select_related("owner").get(pk=delivery_id)
        return delivery, delivery.owner


@contextmanager
def _telling(actor: Actor, delivery_id: int) -> Iterator[None]:
    """Have whatever goes wrong told on the delivery's page too; the job fails all the same, and is tried again."""
    try:
        yield
    except Exception as error:
        actions.say_stopped(actor=actor, delivery_id=delivery_id, error=error)
        raise
