"""Whose task it is to mend what was found: who takes care of a kind, and who was handed what a check found.

Invariant: what a check found waits with one person at a time, until nothing of it is open any more.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from schakel.inbox.actions import put, settle
from schakel.intake import kinds
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.checks import check
from schakel.intake.mending import rights
from schakel.intake.models import Caretaker, Delivery, DeliveryFinding, Handing
from schakel.network.queries import colleagues
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words


def set_caretaker(*, actor: Actor, kind: str, person: int | None) -> None:
    """Have ``person`` mend what is found in rows of ``kind`` from now on; None leaves it to the steward.

    Raises KeyError for a kind there is not, DeliveryRefused for somebody who is no colleague, PermissionDenied.
    """
    kinds.kind(kind)
    with acting(actor):
        rights.must_be_steward(actor)
        if person is None:
            Caretaker.objects.filter(owner_id=actor.owner, kind=kind).delete()
        else:
            _must_be_colleague(actor, person)
            Caretaker.objects.update_or_create(owner_id=actor.owner, kind=kind, defaults={"person_id": person})
        note(actor=actor, verb="set caretaker", kind=kind, objects=[] if person is None else [person])


def hand(*, actor: Actor, delivery: Delivery, check_id: str, person: int) -> Handing:
    """Have what a check found wait in the inbox of ``person``, who may mend it; in place of who had it before.

    Raises DeliveryRefused where nothing of it is open, or for somebody who is no colleague; PermissionDenied.
    """
    with acting(actor):
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        found = DeliveryFinding.objects.filter(delivery=held, check_id=check_id, waived=False)
        rights.must_mend_all(actor, held, set(found.values_list("kind", flat=True)), check_id)
        _must_be_colleague(actor, person)
        count = found.count()
        if not count:
            raise DeliveryRefused(_("Nothing of this is open any more; look at the findings again."))
        before = Handing.objects.filter(delivery=held, check_id=check_id, settled_at=None)
        made = before.first() or Handing(owner_id=held.owner_id, delivery=held, check_id=check_id)
        made.person_id, made.made_by_id, made.made_at = person, actor.person, timezone.now()
        made.save()
        _put(actor, held, check_id, person, count)
        note(actor=actor, verb="handed", kind="delivery", objects=[held.pk], check=check_id, person=person)
    return made


def settle_handings(*, actor: Actor, delivery: Delivery) -> int:
    """End what was handed to people of which nothing is open any more; returns how many were."""
    with acting(actor):
        handed = Handing.objects.filter(delivery=delivery, settled_at=None)
        found = DeliveryFinding.objects.filter(delivery=delivery, waived=False)
        done = list(handed.exclude(check_id__in=found.values("check_id")))
        for handing in done:
            handing.settled_at = timezone.now()
            handing.save(update_fields=["settled_at"])
            settle(actor=actor, party=actor.owner, key=_key(delivery, handing.check_id))
    return len(done)


def hand_over_handings(*, actor: Actor, person: int, to: int | None) -> int:
    """What was handed to ``person`` to mend is handed to ``to``, or back to the steward (None); returns how many.

    For who closes them off from the acting party.
    """
    with acting(actor):
        mine = Handing.objects.filter(owner_id=actor.owner, person_id=person, settled_at=None)
        handed = list(mine.select_for_update(of=("self",)).select_related("delivery"))
        for handing in handed:
            _hand_over(actor, handing, to)
        if handed:
            ids = [handing.delivery_id for handing in handed]
            note(actor=actor, verb="handed over", kind="delivery", objects=ids, to=to)
    return len(handed)


def _hand_over(actor: Actor, handing: Handing, to: int | None) -> None:
    if to is None:
        handing.settled_at = timezone.now()
        handing.save(update_fields=["settled_at"])
        settle(actor=actor, party=actor.owner, key=_key(handing.delivery, handing.check_id))
        return
    handing.person_id, handing.made_by_id, handing.made_at = to, actor.person, timezone.now()
    handing.save(update_fields=["person", "made_by", "made_at"])
    found = DeliveryFinding.objects.filter(delivery=handing.delivery, check_id=handing.check_id, waived=False)
    _put(actor, handing.delivery, handing.check_id, to, found.count())


def hand_over_care(*, actor: Actor, person: int, to: int | None) -> int:
    """The kinds that ``person`` takes care of go to ``to``, or back to the steward (None); returns how many."""
    with acting(actor):
        theirs = Caretaker.objects.filter(owner_id=actor.owner, person_id=person)
        count = theirs.count()
        if to is None:
            theirs.delete()
        else:
            theirs.update(person_id=to)
        if count:
            note(actor=actor, verb="handed over", kind="caretaker", objects=[person], to=to)
    return count


def _put(actor: Actor, delivery: Delivery, check_id: str, person: int, count: int) -> None:
    url = reverse("intake:findings", args=[delivery.pk])
    title = Words(
        "{count} bevindingen om te herstellen in aanlevering {number}: {check}",
        "{count} findings to mend in delivery {number}: {check}",
    )
    named = _title(check_id)
    put(
        actor=actor,
        party=actor.owner,
        key=_key(delivery, check_id),
        title=Words(
            title.nl.format(count=count, number=delivery.pk, check=named.nl),
            title.en.format(count=count, number=delivery.pk, check=named.en),
        ),
        url=f"{url}?{urlencode({'check': check_id})}",
        person=person,
        room="intake",
    )


def _key(delivery: Delivery, check_id: str) -> str:
    return f"intake:findings:{delivery.pk}:{check_id}"


def _title(check_id: str) -> Words:
    try:
        return check(check_id).title
    except KeyError:
        return Words(check_id, check_id)


def _must_be_colleague(actor: Actor, person: int) -> None:
    if not colleagues(actor.owner).filter(pk=person).exists():
        raise DeliveryRefused(_("Choose somebody who has a role at your organisation."))
