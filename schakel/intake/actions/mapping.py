"""Settling how tables become records."""

from __future__ import annotations

from schakel.intake import mapping
from schakel.intake.actions.receiving import ask_examination
from schakel.intake.models import ConfirmedMapping, Delivery
from schakel.intake.settling.versions import version_of
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


class MappingMoved(Exception):  # noqa: N818 - what happened, as users would say it
    """Somebody else settled the mapping of this delivery since it was shown."""


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


def settle_mapping(*, actor: Actor, delivery: Delivery, text: str, made_from: str = "") -> None:
    """Read ``delivery`` by the mapping ``text`` (TOML) from now on, and have it checked again.

    ``made_from``: the version of the mapping that it was made from. Raises MappingError; MappingMoved where another
    one was settled since; DeliveryRefused where the delivery is past that.
    """
    mapping.parse(text)
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if made_from and made_from != version_of(held.mapping, settled=held.mapping_settled):
            raise MappingMoved(made_from)
        Delivery.objects.filter(pk=delivery.pk).update(mapping=text, mapping_settled=True)
        note(actor=actor, verb="settled", kind="mapping", objects=[delivery.pk], version=version_of(text))
        ask_examination(actor=actor, delivery=delivery)


def use_mapping(*, actor: Actor, delivery: Delivery, text: str, made_from: str, standing: bool) -> None:
    """Settle ``text`` for ``delivery`` and, if it is to be the ``standing`` one, for the deliveries after it.

    Raises what `settle_mapping` and `confirm_mapping` raise; both are done, or neither is.
    """
    with acting(actor):
        settle_mapping(actor=actor, delivery=delivery, text=text, made_from=made_from)
        if standing:
            confirm_mapping(actor=actor, text=text)
