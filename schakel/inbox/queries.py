"""Questions about inboxes; all for the acting party, whose rows alone are seen."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from schakel.inbox.models import Deputy, Item, ItemKind, ItemSeen, Letter, LetterState, Preference
from schakel.network.models import Person, RoleHeld
from schakel.network.queries import working_at

_SENDING_TAKES = dt.timedelta(minutes=15)  # the worker looks each minute; later than this something holds it up


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


def told(person: int, party: int) -> QuerySet[Item]:
    """What ``person`` at ``party`` was told, newest first, each with ``unread``."""
    mine = Item.objects.filter(owner_id=party, kind=ItemKind.TELLS, person_id=person)
    return _with_unread(mine, person).order_by("-changed_at", "-pk")


def unread_told(person: int, party: int) -> int:
    """How much of what ``person`` at ``party`` was told they have not read."""
    return told(person, party).exclude(seen__person_id=person).count()


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


def waiting_in_person(person: int, party: int) -> QuerySet[Item]:
    """What waits at ``party`` for ``person`` and for nobody else by their role."""
    return Item.objects.filter(owner_id=party, person_id=person, kind=ItemKind.WAITS, done_at__isnull=True)


def deputies_with(person: int, party: int) -> QuerySet[Deputy]:
    """The standing in at ``party``, now or later, by ``person`` or for them."""
    coming = Deputy.objects.filter(owner_id=party, until__gte=timezone.localdate())
    return coming.filter(Q(person_id=person) | Q(deputy_id=person)).order_by("pk")


def deputies_on(party: int, on: dt.date | None = None) -> QuerySet[Deputy]:
    """Who stands in for whom at ``party`` on a day (today)."""
    day = on or timezone.localdate()
    return Deputy.objects.filter(owner_id=party, since__lte=day, until__gte=day)


def addressees(item: Item) -> list[Person]:
    """Who an item is for, whether there or away: those who may still act for its owner; see ``waiting``."""
    here = working_at(item.owner_id)
    mine = here.filter(person_id=item.person_id) if item.person_id else here.filter(role=item.role)
    found = people_with(mine)
    return found or ([] if item.kind == ItemKind.TELLS else people_with(here))


def people_with(roles: QuerySet[RoleHeld]) -> list[Person]:
    """Those who hold one of these roles, by name."""
    return list(Person.objects.filter(pk__in=roles.values("person_id")).order_by("name", "pk"))


def colleagues(party: int) -> list[Person]:
    """Those who work for a party now, by name."""
    return people_with(working_at(party))


def leave(party: int) -> QuerySet[Deputy]:
    """Who stands in for whom at ``party``, now or later."""
    coming = Deputy.objects.filter(owner_id=party, until__gte=timezone.localdate())
    return coming.select_related("person", "deputy").order_by("since", "pk")


def failed_letters() -> QuerySet[Letter]:
    """Letters that could not be sent: the acting party's, or all for who sees to it that mail goes out."""
    failed = Letter.objects.filter(state=LetterState.FAILED).select_related("owner", "person")
    return failed.order_by("made_at", "pk")


def waiting_letters() -> int:
    """How many letters that the acting party may know of are still to be sent."""
    return Letter.objects.filter(state=LetterState.WAITING).count()


def last_letter_failed(person: int, party: int) -> Letter | None:
    """The last letter to ``person`` about the inbox of ``party``, where it could not be sent."""
    last = Letter.objects.filter(owner_id=party, person_id=person).exclude(state=LetterState.NEEDLESS)
    last_tried = last.exclude(state=LetterState.WAITING, attempts=0).order_by("-made_at", "-pk").first()
    return last_tried if last_tried is not None and last_tried.state == LetterState.FAILED else None


def letter_held_up(person: int, party: int) -> Letter | None:
    """The oldest letter to ``person`` about the inbox of ``party`` that waits for longer than sending takes."""
    late = Q(attempts__gt=0) | Q(made_at__lt=timezone.now() - _SENDING_TAKES)
    waits = Letter.objects.filter(late, owner_id=party, person_id=person, state=LetterState.WAITING)
    return waits.order_by("made_at", "pk").first()


def preference(person: int, party: int) -> Preference:
    """How ``person`` wants mail about the inbox of ``party``; what holds for who chose nothing, not kept yet."""
    known = Preference.objects.filter(owner_id=party, person_id=person).first()
    return known or Preference(owner_id=party, person_id=person)


def _of_nobody() -> Q:
    """Addressed to somebody who has no role at the party any more, or to a role that nobody there holds."""
    here = working_at(OuterRef("owner_id"))
    left = Q(person_id__isnull=False) & ~Exists(here.filter(person_id=OuterRef("person_id")))
    return left | ~Q(role="") & ~Exists(here.filter(role=OuterRef("role")))


def _with_unread(items: QuerySet[Item], person: int) -> QuerySet[Item]:
    seen = ItemSeen.objects.filter(item_id=OuterRef("pk"), person_id=person)
    return items.select_related("person", "sent_by").annotate(unread=~Exists(seen))
