"""Reminders of what must be done by a day: a week and a day before it, on it, and three days after."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakel.inbox import letters
from schakel.inbox.models import Item, ItemKind
from schakel.inbox.preferences import recipients, wanting_mail
from schakel.network.models import Person
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor

BEFORE_LONG = dt.timedelta(days=7)
_MOMENTS = (-BEFORE_LONG, dt.timedelta(days=-1), dt.timedelta(), dt.timedelta(days=3))
_HOUR = 7  # of the morning, in Europe/Amsterdam


def must_remind(*, due: dt.date, heard: dt.date, today: dt.date) -> bool:
    """Whether a moment to remind has come since the day one last ``heard`` of what is ``due``.

    A moment that passed while nothing could be written is made good the next time; two that passed count as one.
    """
    passed = [due + moment for moment in _MOMENTS if due + moment <= today]
    return bool(passed) and passed[-1] > heard


def write_reminders(party: int, now: dt.datetime | None = None) -> int:
    """Remind everybody at ``party`` who wants mail at once of what is due, in one letter each; returns how many.

    Who has a daily message finds the same there.
    """
    moment = timezone.localtime(now)
    if moment.hour < _HOUR:
        return 0
    with acting(Actor(party=party, process="worker")):
        items = _to_remind_of(party, moment.date())
        Item.objects.filter(pk__in=[item.pk for item in items]).update(reminded_on=moment.date())
        by_person: dict[Person, list[Item]] = {}
        for item in items:
            for person in wanting_mail(recipients(item), party):
                by_person.setdefault(person, []).append(item)
        return sum(_write(party, person, mine, moment.date()) for person, mine in by_person.items())


def _to_remind_of(party: int, today: dt.date) -> list[Item]:
    waiting = Item.objects.filter(owner_id=party, kind=ItemKind.WAITS, done_at__isnull=True)
    near = waiting.filter(due__lte=today + BEFORE_LONG).order_by("due", "pk")
    locked = near.select_for_update(skip_locked=True, of=("self",))
    return [item for item in locked if item.due and must_remind(due=item.due, heard=_heard(item), today=today)]


def _heard(item: Item) -> dt.date:
    put = timezone.localtime(item.changed_at).date()
    return put if item.reminded_on is None else max(put, item.reminded_on)


def _write(party: int, person: Person, items: list[Item], today: dt.date) -> bool:
    with translation.override(person.language):
        count = len(items)
        subject = ngettext("Reminder: %(title)s", "Reminder: %(count)s items with a date", count) % {
            "count": count,
            "title": items[0].title.in_(person.language),
        }
        parts = [letters.part(_("This waits for you"), items)]
        key = f"reminder:{today}:{items[0].pk}"
        return letters.write(owner=party, person=person, key=key, subject=subject, parts=parts)
