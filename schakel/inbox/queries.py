"""Questions about inboxes; all for the acting party, whose rows alone are seen."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from schakel.inbox.models import Deputy, Item, ItemKind, ItemSeen
from schakel.network.models import RoleHeld


def waiting(person: int, party: int, *, on: dt.date | None = None) -> QuerySet[Item]:
    """What waits for ``person`` at ``party``: theirs, their roles', and of whom they stand in for on a day (today).

    Late first, then by due date, then what has none; each with ``unread``. What waits for somebody who left, or for
    a role that nobody holds, waits for everybody of the party: nothing lies where no one looks.
    """
    return (
        _with_unread(addressed_to(person, party, on=on), person)
        .filter(kind=ItemKind.WAITS, done_at__isnull=True)
        .order_by(F("due").asc(nulls_last=True), "-urgent", "-changed_at", "-pk")
    )


def count(person: int, party: int) -> int:
    """How many items wait for ``person`` at ``party``."""
    return waiting(person, party).count()


def told(person: int, party: int) -> QuerySet[Item]:
    """What ``person`` at ``party`` was told, newest first, each with ``unread``."""
    mine = Item.objects.filter(owner_id=party, kind=ItemKind.TELLS, person_id=person)
    return _with_unread(mine, person).order_by("-changed_at", "-pk")


def done(person: int, party: int) -> QuerySet[Item]:
    """What waited for ``person`` at ``party`` and is done, last first."""
    mine = addressed_to(person, party).filter(kind=ItemKind.WAITS, done_at__isnull=False)
    return mine.select_related("done_by").order_by("-done_at", "-pk")


def addressed_to(person: int, party: int, *, on: dt.date | None = None) -> QuerySet[Item]:
    """All that is or was in the inbox of ``person`` at ``party``, as it is on a day (today)."""
    stood_in_for = deputies_on(party, on).filter(deputy_id=person).values("person_id")
    me = Q(person_id=person)
    roles = RoleHeld.objects.filter(Q(person_id=person) | Q(person_id__in=stood_in_for), party_id=party)
    work = me | Q(person_id__in=stood_in_for) | Q(role__in=roles.values("role")) | _of_nobody()
    return Item.objects.filter(Q(kind=ItemKind.TELLS) & me | Q(kind=ItemKind.WAITS) & work, owner_id=party)


def deputies_on(party: int, on: dt.date | None = None) -> QuerySet[Deputy]:
    """Who stands in for whom at ``party`` on a day (today)."""
    day = on or timezone.localdate()
    return Deputy.objects.filter(owner_id=party, since__lte=day, until__gte=day)


def _of_nobody() -> Q:
    """Addressed to somebody who has no role at the party any more, or to a role that nobody there holds."""
    here = RoleHeld.objects.filter(party_id=OuterRef("owner_id"), person__is_active=True)
    left = Q(person_id__isnull=False) & ~Exists(here.filter(person_id=OuterRef("person_id")))
    return left | ~Q(role="") & ~Exists(here.filter(role=OuterRef("role")))


def _with_unread(items: QuerySet[Item], person: int) -> QuerySet[Item]:
    seen = ItemSeen.objects.filter(item_id=OuterRef("pk"), person_id=person)
    return items.select_related("person", "sent_by").annotate(unread=~Exists(seen))
