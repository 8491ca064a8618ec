"""How an item is shown in a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.inbox import queries
from schakel.inbox.models import Item, ItemKind
from schakel.web.formats import language

_SOON = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as a line of the inbox. ``late`` and ``soon`` tell of its due date; ``whom`` for whom it is."""

    item: Item
    title: str
    body: str
    unread: bool
    late: bool
    soon: bool
    whom: str
    sender: str


def shown(items: Iterable[Item], person: int) -> list[Shown]:
    """Items as ``person`` reads them, in the language that is active."""
    return [_shown(item, person, timezone.localdate()) for item in items]


def _shown(item: Item, person: int, today: dt.date) -> Shown:
    open_until = item.due if item.done_at is None else None
    return Shown(
        item=item,
        title=item.title.in_(language()),
        body=item.body.in_(language()),
        unread=getattr(item, "unread", False),
        late=open_until is not None and open_until < today,
        soon=open_until is not None and today <= open_until <= today + _SOON,
        whom=_whom(item, person),
        sender=item.sent_by.name if item.sent_by_id != item.owner_id else "",
    )


def _whom(item: Item, person: int) -> str:
    if item.kind == ItemKind.TELLS or item.person_id == person:
        return ""
    if item.person is not None:
        return _("in place of %(name)s") % {"name": item.person.name}
    return _("for everybody with the role %(role)s") % {"role": item.get_role_display()}


def chosen(items: QuerySet[Item], *, person: int, whose: str, when: str) -> QuerySet[Item]:
    """Those items that the filter asks for; all where it asks for nothing it knows."""
    by_person = {"mine": Q(person_id=person), "role": ~Q(role=""), "deputy": Q(role="") & ~Q(person_id=person)}
    today = timezone.localdate()
    by_day = {"late": Q(due__lt=today), "week": Q(due__lte=today + _SOON)}
    return items.filter(by_person.get(whose, Q()), by_day.get(when, Q()))


def question(show: str, person: int, party: int) -> QuerySet[Item]:
    """The items of one tab of the inbox."""
    return {"told": queries.told, "done": queries.done}.get(show, queries.waiting)(person, party)
