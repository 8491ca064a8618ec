"""Writing mail about the inbox: titles, dates and links, in the reader's language, and never what an item says.

Invariant: a letter is written in the transaction of what it tells of; it is sent after that, by the worker.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from schakel.inbox.models import Item, ItemKind, Letter, LetterText
from schakel.inbox.preferences import recipients, wanting_mail
from schakel.network.models import Person
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor

_LINES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """An item in a letter: its title, when it must be done, and the address of its page."""

    title: str
    due: dt.date | None
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """Items of a letter under one heading; ``more`` are not shown."""

    heading: str
    lines: tuple[Line, ...]
    more: int = 0


def address_of(path: str) -> str:
    """The whole address of a page, as a mail needs it."""
    return f"{settings.SITE_URL}{path}"


def part(heading: str, items: Sequence[Item]) -> Part:
    """Items under a heading, in the language that is active; of many the first."""
    language = translation.get_language() or "nl"
    lines = (Line(item.title.in_(language), item.due, address_of(item.url)) for item in items[:_LINES_SHOWN])
    return Part(heading, tuple(lines), max(0, len(items) - _LINES_SHOWN))


def post(item: Item) -> int:
    """Write letters to who is to hear of ``item`` at once; returns how many.

    Their preferences and deputies are their party's: this is done for the item's owner, also where another party
    sent it, who does not learn of it.
    """
    with acting(Actor(party=item.owner_id, process="inbox")):
        people = wanting_mail(recipients(item), item.owner_id, urgent=item.urgent)
        moment = int(item.changed_at.timestamp() * 1_000_000)
        return sum(_write_of_one(item, person, f"item:{item.pk}:{moment}") for person in people)


def _write_of_one(item: Item, person: Person, key: str) -> bool:
    with translation.override(person.language):
        head = _("This waits for you") if item.kind == ItemKind.WAITS else _("For you to know")
        subject = item.title.in_(person.language)
        return write(
            owner=item.owner_id, person=person, key=key, subject=subject, parts=[part(head, [item])], item=item
        )


def write(
    *, owner: int, person: Person, key: str, subject: str, parts: Sequence[Part], item: Item | None = None
) -> bool:
    """Write a letter in the language that is active, to be sent after the transaction; False if it was already."""
    letter, made = Letter.objects.get_or_create(
        owner_id=owner,
        person=person,
        key=key,
        defaults={
            "item": item,
            "address": person.email,
            "message_id": f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>",
            "next_try_at": timezone.now(),
        },
    )
    if made:
        LetterText.objects.create(owner_id=owner, letter=letter, subject=subject, **_bodies(person, subject, parts))
    return made


def _bodies(person: Person, subject: str, parts: Sequence[Part]) -> dict[str, str]:
    context = {
        "language": translation.get_language(),
        "name": person.name,
        "subject": subject,
        "parts": parts,
        "inbox": address_of(reverse("inbox")),
        "preferences": address_of(reverse("inbox-preferences")),
    }
    return {form: render_to_string(f"inbox/mail/letter.{suffix}", context) for form, suffix in _FORMS}


_FORMS = (("text", "txt"), ("html", "html"))
