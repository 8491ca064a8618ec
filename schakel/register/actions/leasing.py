"""That somebody looks at a doubt just now, so that several reviewers do not do the same work.

Invariant: a doubt is held by one person at a time, and by nobody for longer than `HELD_FOR` after they last looked.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from schakel.register.models import Doubt, Lease
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor

HELD_FOR = dt.timedelta(minutes=5)


def lease(*, actor: Actor, doubt: Doubt) -> bool:
    """Hold a doubt for the acting person, or for longer where they hold it; False where somebody else does.

    Whatever else the person held is let go: one looks at one at a time. Not noted in the trail: it says nothing of the
    records, and is gone in minutes.
    """
    now, person = timezone.now(), _person(actor)
    with acting(actor):
        Lease.objects.filter(doubt=doubt, until__lte=now).delete()  # of any party: the database lets only old ones go
        Lease.objects.filter(owner_id=actor.owner, person_id=person).exclude(doubt=doubt).delete()
        fresh = Lease(owner_id=actor.owner, doubt=doubt, person_id=person, until=now + HELD_FOR)
        # Another's may come between; the database then keeps that one.
        Lease.objects.bulk_create([fresh], ignore_conflicts=True)
        mine = Lease.objects.filter(owner_id=actor.owner, doubt=doubt, person_id=person)
        return mine.update(until=now + HELD_FOR) > 0


def release(*, actor: Actor) -> int:
    """Let go what the acting person holds; returns how many doubts that were."""
    with acting(actor):
        return Lease.objects.filter(owner_id=actor.owner, person_id=_person(actor)).delete()[0]


def release_of(*, actor: Actor, person: int, to: int | None = None) -> int:
    """Let go what ``person`` of the acting party holds, for who closes them off; returns how many doubts.

    Nobody takes them over (``to``): they wait for every reviewer again.
    """
    with acting(actor):
        return Lease.objects.filter(owner_id=actor.owner, person_id=person).delete()[0]


def _person(actor: Actor) -> int:
    if actor.person is None:
        raise ValueError("only a person looks")
    return actor.person
