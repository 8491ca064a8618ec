"""Putting something in an inbox, and taking it out again when it is done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import Case, Count, QuerySet, When
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from schakel.inbox import jobs, queries
from schakel.inbox.letters import post
from schakel.inbox.models import Item, ItemKind, ItemSeen
from schakel.network.models import Role
from schakel.network.queries import working_at
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words

# What makes an item new again where it changes; the address of its page does not.
_SAID = frozenset({"title_nl", "title_en", "body_nl", "body_en", "due"})
# What, where it changes, somebody must hear of by mail.
_HEARD = frozenset({"due", "person_id", "role"})
_NOTHING = Words("", "")
_READING = (Role.READER, Role.ADMINISTRATOR)  # whose people do not do the work of a party's records
_TITLE_LENGTH = 300


def put(
    *,
    actor: Actor,
    party: int,
    key: str,
    title: Words,
    url: str,
    person: int | None = None,
    role: str = "",
    body: Words | None = None,
    due: dt.date | None = None,
    room: str = "",
    urgent: bool = False,
    by_hand: bool = False,
) -> Item:
    """Have something wait in ``party``'s inbox: for ``person``, or for everybody who holds ``role`` there.

    ``key`` says what it is ("expected:2024:bom"); to put it again brings text, addressee and due date up to date.
    What was done waits again only if its text or due date changed. ``url``: the path of the page where it is done.
    ``title`` also goes out by mail and so holds no confidential value. ``urgent``: mailed at once also to who has a
    daily message. ``by_hand``: a person may say that it is done. Raises ValueError for a ``url`` that leads out of
    this site, or where there is not one addressee.
    """
    if (person is None) == (role == ""):
        raise ValueError("something waits for a person, or for a role: name one of them")
    said = _said(title, body, url, room) | {
        "person_id": person,
        "role": role,
        "due": due,
        "urgent": urgent,
        "by_hand": by_hand,
    }
    with acting(actor):
        _one_at_a_time(actor, party, key)
        known = _known(actor, party, key).first()
        if known is not None:
            return _put_again(actor, known, said)
        return _made(actor, party=party, key=key, kind=ItemKind.WAITS, said=said)


def tell(
    *,
    actor: Actor,
    party: int,
    person: int,
    key: str,
    title: Words,
    url: str,
    body: Words | None = None,
    room: str = "",
) -> Item:
    """Let ``person`` of ``party`` know something (a mention, a reply); there is nothing to do.

    The same ``key`` for the same person is told once; with another text it is unread again, and not mailed again.
    Raises ValueError for a ``url`` that leads out of this site.
    """
    said = _said(title, body, url, room)
    with acting(actor):
        _one_at_a_time(actor, party, key)
        known = _known(actor, party, key, ItemKind.TELLS).filter(person_id=person).first()
        if known is None:
            return _made(actor, party=party, key=key, kind=ItemKind.TELLS, said=said | {"person_id": person})
        if changed := _differing(known, said):
            _write(known, said, new=bool(changed & _SAID))
        return known


def settle(*, actor: Actor, party: int, key: str) -> int:
    """Whatever waited in ``party``'s inbox under this key is done; returns how many items.

    For an inbox of another party only what the acting party put there.
    """
    with acting(actor):
        return _settled(actor, _known(actor, party, key))


def settle_prefix(*, actor: Actor, party: int, prefix: str) -> int:
    """Whatever waited in ``party``'s inbox under a key that begins so is done; see ``settle``."""
    if not prefix:
        raise ValueError("an empty prefix would settle everything; name what is done")
    with acting(actor):
        mine = Item.objects.filter(owner_id=party, kind=ItemKind.WAITS, key__startswith=prefix)
        return _settled(actor, mine)


def say_done(*, actor: Actor, item: Item) -> bool:
    """A person says that an item is done; False where it does not allow that, or does not wait for them."""
    with acting(actor):
        waits = queries.waiting(actor.person or 0, actor.owner).filter(pk=item.pk, by_hand=True)
        return _settled(actor, waits) > 0


def hand_over(*, actor: Actor, person: int, to: int | None) -> int:
    """Have what waits for ``person`` in the acting party's inbox wait for ``to``; returns how many items.

    None gives it back to a role that they hold there, first to one in which others work. Who gets it hears of it by
    mail, as of anything new.
    """
    with acting(actor):
        items = list(queries.waiting_in_person(person, actor.owner).select_for_update())
        role = "" if to is not None else _role_to_go_back_to(person, actor.owner)
        for item in items:
            if to is None and not role:
                continue  # nobody holds it: what waits for who left waits for everybody of the party
            _write(item, {"person_id": to, "role": role}, new=True)
            _mail(item)
        if items:
            note(actor=actor, verb="handed over", kind="inbox item", objects=[item.pk for item in items], to=to)
    return len(items)


def _role_to_go_back_to(person: int, party: int) -> str:
    """The role of ``person`` that most of the others hold; empty where nobody else holds any of theirs."""
    mine = working_at(party).filter(person_id=person).values("role")
    others = working_at(party).filter(role__in=mine).exclude(person_id=person).exclude(role__in=_READING)
    counted = others.values_list("role").annotate(people=Count("pk")).order_by("-people", "role")
    return next((role for role, _people in counted), "")


def mark_seen(*, actor: Actor, items: QuerySet[Item]) -> int:
    """The acting person has read these items of their own inbox; returns how many were unread."""
    if actor.person is None:
        raise ValueError("only a person reads")
    with acting(actor):
        mine = queries.addressed_to(actor.person, actor.owner)
        unread = mine.filter(pk__in=items.values("pk")).exclude(seen__person_id=actor.person)
        ids = list(unread.values_list("pk", flat=True))
        seen = [ItemSeen(owner_id=actor.owner, item_id=pk, person_id=actor.person) for pk in ids]
        ItemSeen.objects.bulk_create(seen, ignore_conflicts=True)
        if ids:
            note(actor=actor, verb="read", kind="inbox item", objects=ids)
        return len(ids)


def _said(title: Words, body: Words | None, url: str, room: str) -> dict[str, Any]:
    if not (url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)):
        raise ValueError(f"{url!r} is no path on this site")
    more = body or _NOTHING
    return {
        "title_nl": _fitting(title.nl),
        "title_en": _fitting(title.en),
        "body_nl": more.nl,
        "body_en": more.en,
        "url": url,
        "room": room,
    }


def _fitting(title: str) -> str:
    """A title on one line (it becomes the subject of a mail), cut where it is too long."""
    line = " ".join(title.split())
    return line if len(line) <= _TITLE_LENGTH else f"{line[: _TITLE_LENGTH - 1]}…"


def _one_at_a_time(actor: Actor, party: int, key: str) -> None:
    """Hold back whoever else puts this key in this inbox for the same party, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"inbox {party} {actor.owner} {key}"])


def _known(actor: Actor, party: int, key: str, kind: ItemKind = ItemKind.WAITS) -> QuerySet[Item]:
    """What the acting party may see under a key: in its own inbox whoever put it, elsewhere what it sent; own first."""
    own_first = Case(When(sent_by_id=actor.owner, then=0), default=1)
    return Item.objects.filter(owner_id=party, key=key, kind=kind).order_by(own_first, "pk")


def _made(actor: Actor, *, party: int, key: str, kind: ItemKind, said: dict[str, Any]) -> Item:
    item = Item.objects.create(
        owner_id=party, sent_by_id=actor.owner, key=key, kind=kind, changed_at=timezone.now(), **said
    )
    note(actor=actor, verb="put", kind="inbox item", objects=[item.pk], party=party)
    _mail(item)
    return item


def _put_again(actor: Actor, item: Item, said: dict[str, Any]) -> Item:
    changed = _differing(item, said)
    if not changed:
        return item
    again = item.done_at is not None and bool(changed & _SAID)
    if again:
        item.done_at = item.done_by = None
    _write(item, said, new=bool(changed & _SAID))
    note(actor=actor, verb="put again", kind="inbox item", objects=[item.pk], reopened=again)
    if again or (item.done_at is None and changed & _HEARD):
        _mail(item)
    return item


def _mail(item: Item) -> None:
    if post(item):
        jobs.send_letters.defer(party=item.owner_id)


def _differing(item: Item, said: dict[str, Any]) -> set[str]:
    return {name for name, value in said.items() if getattr(item, name) != value}


def _write(item: Item, said: dict[str, Any], *, new: bool) -> None:
    """Bring an item up to date; what says something new is unread again for everybody."""
    for name, value in said.items():
        setattr(item, name, value)
    if new:
        item.changed_at = timezone.now()
        with acting(Actor(party=item.owner_id, process="inbox")):
            ItemSeen.objects.filter(item_id=item.pk).delete()
    item.save()


def _settled(actor: Actor, items: QuerySet[Item]) -> int:
    ids = list(items.filter(done_at__isnull=True).values_list("pk", flat=True))
    if ids:
        Item.objects.filter(pk__in=ids).update(done_at=timezone.now(), done_by_id=actor.person)
        note(actor=actor, verb="settled", kind="inbox item", objects=ids)
    return len(ids)
