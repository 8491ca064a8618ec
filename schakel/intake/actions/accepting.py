"""Making a delivery's rows records of its owner."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schakel.inbox.actions import tell
from schakel.intake import gates, kinds, writing
from schakel.intake.acceptance import Written, refused_places, write_kind
from schakel.intake.actions.queueing import queue, queue_reminding
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.differing import overtaken
from schakel.intake.examining import Examination
from schakel.intake.following import call_followers
from schakel.intake.models import Delivery, DeliveryState, Origin
from schakel.intake.queries import vanished_of
from schakel.intake.records import RecordState
from schakel.intake.stands import keep_stands
from schakel.search.jobs import queue_index
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words

_REFUSED = Words("Aanlevering {number} is toch niet geaccepteerd", "Delivery {number} was not accepted after all")


def ask_acceptance(*, actor: Actor, delivery: Delivery) -> None:
    """Have the worker accept a delivery that was checked. Raises DeliveryRefused, which says what to do.

    What a proposal read is accepted once a person settled the mapping, whichever way it came; what came by screen once
    its difference is that with what stands now.
    """
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if held.state in (DeliveryState.ACCEPTING, DeliveryState.ACCEPTED):
            raise DeliveryRefused(_already(held))
        if held.state != DeliveryState.CHECKED or held.progress:
            raise DeliveryRefused(_("This delivery is not checked yet; wait for that, and look at the findings first."))
        _must_be_settled(held)
        gates.must_be_changeable(owner=held.owner_id, period=held.period)
        held.state, held.progress, held.accepted_by_id = DeliveryState.ACCEPTING, {"step": "waiting"}, actor.person
        held.save(update_fields=["state", "progress", "accepted_by"])
        note(actor=actor, verb="asked to accept", kind="delivery", objects=[held.pk])
        queue("intake.accept", actor=actor, delivery_id=held.pk)


def ask_acceptance_again(*, actor: Actor, delivery: Delivery) -> None:
    """Have the worker go on with an acceptance that stopped. Raises DeliveryRefused where it did not stop."""
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if held.state != DeliveryState.ACCEPTING or not held.progress.get("error"):
            raise DeliveryRefused(_already(held))
        held.progress = {"step": "waiting"}
        held.save(update_fields=["progress"])
        note(actor=actor, verb="asked to accept", kind="delivery", objects=[held.pk])
        queue("intake.accept", actor=actor, delivery_id=held.pk)


def _already(held: Delivery) -> str:
    """What the second of two who accept is told: who was first.

    That is asked once the delivery is held: joined to it, whoever is waited for would be nobody yet.
    """
    who = str(held.accepted_by) if held.accepted_by else _("the system")
    if held.state == DeliveryState.ACCEPTED:
        return _("%(who)s has accepted this delivery already; nothing is left to do.") % {"who": who}
    return _("%(who)s is accepting this delivery already; nothing is left to do.") % {"who": who}


def _must_be_settled(held: Delivery) -> None:
    if held.proposed_tables and not held.mapping_settled:
        raise DeliveryRefused(
            _("The mapping of this delivery was proposed and nobody confirmed it yet; confirm it first.")
        )
    if held.origin == Origin.SCREEN and overtaken(held):
        raise DeliveryRefused(
            _("Something else was accepted for this year in the meantime; compare again before you accept.")
        )


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
            raise DeliveryRefused(gettext_lazy("Only the agency that delivered can accept a delivery."))
        if not examination.readable:
            unreadable = gettext_lazy("This delivery could not be read; mend what the findings name and deliver again.")
            raise DeliveryRefused(unreadable)
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


def give_back(*, actor: Actor, delivery_id: int, reason: Words) -> None:
    """Accepting was refused after all (the year was closed or signed meanwhile): whoever asked for it is told why."""
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery_id)
        if held.state != DeliveryState.ACCEPTING:
            return
        asked_by, held.state, held.progress, held.accepted_by = held.accepted_by_id, DeliveryState.CHECKED, {}, None
        held.save(update_fields=["state", "progress", "accepted_by"])
        note(actor=actor, verb="gave back", kind="delivery", objects=[held.pk], reason=reason.nl)
        if asked_by is not None:
            tell(
                actor=actor,
                party=held.owner_id,
                person=asked_by,
                key=f"refused:{held.pk}",
                title=_REFUSED.format(number=held.pk),
                body=reason,
                url=reverse("intake:delivery", args=[held.pk]),
                room="intake",
            )


def settle_vanished(
    *, actor: Actor, period: int, withdraw: bool, reason: str, chosen: Mapping[str, Collection[int]] | None = None
) -> int:
    """Decide on records of ``period`` that are proposed as withdrawn: withdraw or keep them.

    ``chosen``: ids by kind; left out it is all of them. Returns how many; they are the acting party's own. The reason
    is kept with each record. Raises DeliveryRefused where the year is closed or certified.
    """
    done = 0
    with acting(actor):
        writing.one_at_a_time(actor.owner, period)
        gates.must_be_changeable(owner=actor.owner, period=period)
        for table in writing.record_tables():
            proposed = vanished_of(table, actor.owner, period)
            if chosen is not None:
                proposed = proposed.filter(pk__in=chosen.get(table.kind, ()))
            ids = list(proposed.values_list("pk", flat=True))
            if not ids:
                continue
            state = RecordState.WITHDRAWN if withdraw else RecordState.STANDS
            proposed.update(state=state, state_reason=reason)
            note(actor=actor, verb="withdrew" if withdraw else "kept", kind=table.kind, objects=ids, reason=reason)
            done += len(ids)
        if done:
            queue_index(actor=actor, period=period)
            keep_stands(owner=actor.owner, period=period)
    return done
