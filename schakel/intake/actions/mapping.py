"""Settling how tables become records."""

from __future__ import annotations

from schakel.intake import mapping
from schakel.intake.actions.receiving import ask_examination
from schakel.intake.models import ConfirmedMapping, Delivery
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def confirm_mapping(*, actor: Actor, text: str) -> ConfirmedMapping:
    """Keep ``text`` (TOML) as the acting party's mapping from now on. Raises MappingError."""
    mapping.parse(text)
    with acting(actor):
        last = ConfirmedMapping.objects.filter(owner_id=actor.owner).first()
        if last is not None and last.text == text:
            return last
        made = ConfirmedMapping.objects.create(
            owner_id=actor.owner,
            version=1 if last is None else last.version + 1,
            text=text,
            confirmed_by_id=actor.person,
        )
        note(actor=actor, verb="confirmed", kind="mapping", objects=[made.pk], version=made.version)
    return made


def settle_mapping(*, actor: Actor, delivery: Delivery, text: str) -> None:
    """Read ``delivery`` by the mapping ``text`` (TOML) from now on, and have it checked again.

    Raises MappingError; DeliveryRefused where the delivery is past that.
    """
    mapping.parse(text)
    with acting(actor):
        Delivery.objects.filter(pk=delivery.pk).update(mapping=text, mapping_settled=True)
        note(actor=actor, verb="settled", kind="mapping", objects=[delivery.pk])
        ask_examination(actor=actor, delivery=delivery)
