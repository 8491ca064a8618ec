"""Running the newest checks on what stands already: what was accepted stays as it is, what is said of it is renewed."""

from __future__ import annotations

from schakel.intake import actions, gates
from schakel.intake.delivering import examine_delivery
from schakel.intake.models import Delivery, DeliveryState
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor


def recheck_in_background(*, actor: Actor, delivery_id: int) -> None:
    """Check an accepted delivery again, by the mapping that it was accepted with; nothing where its year is signed."""
    with acting(actor):
        delivery = Delivery.objects.select_related("owner").get(pk=delivery_id)
        if delivery.state != DeliveryState.ACCEPTED:
            return
        if gates.standing_certification(owner=delivery.owner_id, period=delivery.period) is not None:
            actions.say_progress(actor=actor, delivery_id=delivery_id)
            return
    actions.say_progress(actor=actor, delivery_id=delivery_id, step="reading")
    delivery.mapping_settled = bool(delivery.mapping)
    try:
        examination = examine_delivery(actor=actor, delivery=delivery, party=delivery.owner)
    except Exception as error:
        actions.say_stopped(actor=actor, delivery_id=delivery_id, error=error)
        raise
    actions.keep_examination(actor=actor, delivery=delivery, examination=examination)
