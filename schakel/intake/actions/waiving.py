"""Letting warnings and notices stand, with a reason: one place, all of a value, or all of a check.

Invariants: a finding is waived if and only if a waiver that holds covers it; an error never is. What was accepted can
be explained afterwards, until the year is certified or closed.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.intake import gates, writing
from schakel.intake.actions.caring import settle_handings
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.mending import rights
from schakel.intake.models import Delivery, DeliveryFinding, DeliveryState, Waiver
from schakel.intake.stands import keep_stands
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def waive(
    *,
    actor: Actor,
    delivery: Delivery,
    check_id: str,
    reason: str,
    file: str = "",
    table: str = "",
    row: int | None = None,
    column: str = "",
    value: str | None = None,
    carry: bool = False,
) -> Waiver:
    """Let what a check found stand because of ``reason``; an empty place and ``value`` None stand for any.

    ``carry``: let it stand in the next delivery too. Raises DeliveryRefused for errors, where nothing was found,
    without a reason, and once the year is certified or closed; PermissionDenied.
    """
    said = Waiver(
        owner_id=actor.owner,
        delivery=delivery,
        check_id=check_id,
        file=file,
        table=table,
        row=row,
        column=column,
        value=value,
        reason=reason.strip(),
        carry=carry,
        made_by_id=actor.person,
    )
    with acting(actor):
        held = _held(delivery)
        _must_be_waivable(actor, held, said)
        said.save()
        count, of = _covered(said).update(waived=True), [held.pk]
        note(actor=actor, verb="waived", kind="delivery", objects=of, waiver=said.pk, check=check_id, count=count)
        settle_handings(actor=actor, delivery=held)
        keep_stands(owner=held.owner_id, period=held.period)
    return said


def end_waiver(*, actor: Actor, waiver: Waiver) -> Waiver:
    """Have a waiver not hold any more: what no other waiver covers is open again. Raises as `waive` does."""
    with acting(actor):
        _held(waiver.delivery)
        held = Waiver.objects.select_for_update(of=("self",)).select_related("delivery").get(pk=waiver.pk)
        kinds = set(_covered(held).values_list("kind", flat=True))
        rights.must_mend_all(actor, held.delivery, kinds, held.check_id)
        if held.ended_at is None:
            held.ended_at, held.ended_by_id = timezone.now(), actor.person
            held.save(update_fields=["ended_at", "ended_by"])
            mark_waived(held.delivery)
            note(actor=actor, verb="ended waiver", kind="delivery", objects=[held.delivery_id], waiver=held.pk)
            keep_stands(owner=held.owner_id, period=held.delivery.period)
    return held


def carry_waiver(*, actor: Actor, waiver: Waiver, carry: bool) -> Waiver:
    """Say whether a waiver is to be taken to the next delivery. Raises DeliveryRefused for one about a single place."""
    with acting(actor):
        held = Waiver.objects.select_for_update(of=("self",)).select_related("delivery").get(pk=waiver.pk)
        kinds = set(_covered(held).values_list("kind", flat=True))
        rights.must_mend_all(actor, held.delivery, kinds, held.check_id)
        held.carry = carry
        _must_be_found_again(held)
        held.save(update_fields=["carry"])
        of = [held.delivery_id]
        note(actor=actor, verb="set to carry", kind="delivery", objects=of, waiver=held.pk, carry=carry)
    return held


def mark_waived(delivery: Delivery) -> int:
    """Bring ``waived`` of a delivery's findings in line with its waivers, in the caller's transaction; how many are."""
    covered = Q(pk__in=[])
    for waiver in Waiver.objects.filter(delivery=delivery, ended_at=None):
        covered |= _covers(waiver)
    found = DeliveryFinding.objects.filter(delivery=delivery)
    found.filter(waived=True).exclude(covered & ~Q(severity="error")).update(waived=False)
    found.filter(covered, waived=False).exclude(severity="error").update(waived=True)
    return found.filter(waived=True).count()


def _covers(waiver: Waiver) -> Q:
    said = {"file": waiver.file, "table": waiver.table, "column": waiver.column}
    places: dict[str, object] = {name: place for name, place in said.items() if place}
    places |= {"row": waiver.row} if waiver.row is not None else {}
    places |= {"value": waiver.value} if waiver.value is not None else {}
    return Q(check_id=waiver.check_id, **places)


def _covered(waiver: Waiver) -> QuerySet[DeliveryFinding]:
    """The findings that a waiver lets stand."""
    found = DeliveryFinding.objects.filter(_covers(waiver), delivery_id=waiver.delivery_id)
    return found.exclude(severity="error")


def _held(delivery: Delivery) -> Delivery:
    """The delivery, with nobody else changing it. Raises DeliveryRefused where its findings must stay as they are."""
    if Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.ACCEPTED).exists():
        writing.one_at_a_time(delivery.owner_id, delivery.period)  # as certifying does: what is signed stays so
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if reason := gates.why_not_waivable(held):
        raise DeliveryRefused(reason)
    return held


def _must_be_waivable(actor: Actor, delivery: Delivery, said: Waiver) -> None:
    kinds = set(_covered(said).values_list("kind", flat=True))
    if not kinds:
        if DeliveryFinding.objects.filter(_covers(said), delivery=delivery).exists():
            raise DeliveryRefused(_("An error cannot be waived: it keeps its row out. Mend it, or leave the row out."))
        raise DeliveryRefused(_("The checks find nothing there any more; look at the findings again."))
    rights.must_mend_all(actor, delivery, kinds, said.check_id)
    if not said.reason:
        raise DeliveryRefused(_("Say why this may stay; whoever reads it later will want to know."))
    _must_be_found_again(said)


def _must_be_found_again(said: Waiver) -> None:
    if said.carry and said.row is not None:
        raise DeliveryRefused(_("One row cannot be found again in the next delivery; waive all of this value instead."))
