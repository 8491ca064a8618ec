"""A delivery from files to accepted records in one go, as the command line and the demonstration do it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from schakel.intake import actions, mapping
from schakel.intake.acceptance import Written
from schakel.intake.context import context_for
from schakel.intake.examining import Examination, examine
from schakel.intake.models import ConfirmedMapping, Delivery, DeliveryState
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
    """Read and check the kept files of a delivery, as they were sent."""
    with acting(actor):
        confirmed = ConfirmedMapping.objects.filter(owner_id=delivery.owner_id).first()
        context = context_for(agency=party.slug, owner=party.pk, period=delivery.period)
        names = agency_names()
        files = [(file.name, bytes(file.content)) for file in delivery.files.order_by("name")]
    with tempfile.TemporaryDirectory(prefix="schakel-") as folder:
        for name, content in files:
            Path(folder, name).write_bytes(content)
        return examine(
            [Path(folder, name) for name, _content in files],
            agency=party.slug,
            period=delivery.period,
            mapping=mapping.parse(confirmed.text) if confirmed else None,
            agency_names=names,
            delivered_by="network" if party.kind == PartyKind.SECRETARIAT else "agency",
            context=context,
        )
