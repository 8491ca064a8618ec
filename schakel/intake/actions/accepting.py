"""Making a delivery's rows records of its owner."""

from __future__ import annotations

from django.utils import timezone

from schakel.intake import gates, kinds, writing
from schakel.intake.acceptance import Written, refused_places, write_kind
from schakel.intake.actions.queueing import queue, queue_reminding
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.examining import Examination
from schakel.intake.following import call_followers
from schakel.intake.models import Delivery, DeliveryState
from schakel.intake.records import RecordState
from schakel.intake.stands import keep_stands
from schakel.search.jobs import queue_index
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def ask_acceptance(*, actor: Actor, delivery: Delivery) -> None:
    """Have the worker accept a delivery that was checked. Raises DeliveryRefused, which says what to do."""
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if held.state in (DeliveryState.ACCEPTING, DeliveryState.ACCEPTED):
            raise DeliveryRefused(f"This delivery is {held.get_state_display()} already; nothing is left to do.")
        if held.state != DeliveryState.CHECKED or held.progress:
            raise DeliveryRefused("This delivery is not checked yet; wait for that, and look at the findings first.")
        gates.must_be_changeable(owner=held.owner_id, period=held.period)
        held.state, held.progress, held.accepted_by_id = DeliveryState.ACCEPTING, {"step": "waiting"}, actor.person
        held.save(update_fields=["state", "progress", "accepted_by"])
        note(actor=actor, verb="asked to accept", kind="delivery", objects=[held.pk])
        queue("intake.accept", actor=actor, delivery_id=held.pk)


def accept(*, actor: Actor, delivery: Delivery, examination: Examination) -> list[Written]:
    """Make the delivery's rows records of the acting party, all in one transaction.

    Replaces what stood for each kind delivered: rows in error stay out and stay listed, records that
    vanished are proposed as withdrawn. Accepting twice changes nothing. Raises DeliveryRefused for a
    delivery of another party or one that could not be read.
    """
    with acting(actor):
        writing.one_at_a_time(delivery.owner_id, delivery.period)
        delivery.refresh_from_db()
        if delivery.owner_id != actor.party:
            raise DeliveryRefused("Only the agency that delivered can accept a delivery.")
        if not examination.readable:
            raise DeliveryRefused("This delivery could not be read; mend what the findings name and deliver again.")
        if delivery.state == DeliveryState.ACCEPTED:
            return []
        gates.must_be_changeable(owner=delivery.owner_id, period=delivery.period)
        refused = refused_places(examination.findings)
        by_kind = {rows.kind: rows for rows in examination.rows}
        written = [write_kind(delivery, by_kind[kind.name], refused) for kind in kinds.kinds() if kind.name in by_kind]
        delivery.state = DeliveryState.ACCEPTED
        delivery.accepted_at = timezone.now()
        delivery.progress = {}
        delivery.accepted_by_id = delivery.accepted_by_id or actor.person
        delivery.save(update_fields=["state", "accepted_at", "accepted_by", "progress"])
        note(
            actor=actor,
            verb="accepted",
            kind="delivery",
            objects=[delivery.pk],
            rows={done.kind: {"new": done.new, "changed": done.changed, "refused": done.refused} for done in written},
        )
        queue("intake.after_acceptance", actor=actor, delivery_id=delivery.pk)
        queue_index(actor=actor, period=delivery.period)
        keep_stands(owner=delivery.owner_id, period=delivery.period)
        queue_reminding(period=delivery.period)
        call_followers()
    return written


def settle_vanished(*, actor: Actor, period: int, withdraw: bool, reason: str) -> int:
    """Decide on all records of ``period`` that are proposed as withdrawn: withdraw or keep them.

    Returns how many; they are the acting party's own. The reason is kept with each record. Raises DeliveryRefused
    where the year is closed or certified.
    """
    state = RecordState.WITHDRAWN if withdraw else RecordState.STANDS
    done = 0
    with acting(actor):
        writing.one_at_a_time(actor.owner, period)
        gates.must_be_changeable(owner=actor.owner, period=period)
        for table in writing.record_tables():
            proposed = table.model._default_manager.filter(
                owner_id=actor.owner, period=period, state=RecordState.VANISHED
            )
            ids = list(proposed.values_list("pk", flat=True))
            proposed.update(state=state, state_reason=reason)
            if ids:
                verb = "withdrew" if withdraw else "kept"
                note(actor=actor, verb=verb, kind=table.kind, objects=ids, reason=reason)
            done += len(ids)
        if done:
            queue_index(actor=actor, period=period)
            keep_stands(owner=actor.owner, period=period)
    return done
