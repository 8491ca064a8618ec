"""Keeping what accepting a delivery would do."""

from __future__ import annotations

from schakel.intake.actions.examining import progress_after
from schakel.intake.differing import Difference
from schakel.intake.models import Delivery, DeliveryState, DifferenceLine
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def keep_difference(*, actor: Actor, delivery: Delivery, difference: Difference) -> None:
    """Keep what accepting ``delivery`` would do, in place of what it would have done before, and end the comparing."""
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if held.state != DeliveryState.CHECKED:
            return
        DifferenceLine.objects.filter(delivery=held).delete()
        DifferenceLine.objects.bulk_create(difference.lines, batch_size=2000)
        held.compared, held.effects = difference.counts, difference.effects
        held.progress = progress_after(held)
        held.save(update_fields=["compared", "effects", "progress"])
        note(actor=actor, verb="compared", kind="delivery", objects=[held.pk], lines=len(difference.lines))
