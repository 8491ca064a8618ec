"""One message a day: what is new, and what must be done soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakel.inbox import letters, queries
from schakel.inbox.models import Item, Mail, Preference
from schakel.inbox.reminders import BEFORE_LONG
from schakel.network.models import Person
from schakel.network.queries import working_at
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor

SOON = dt.timedelta(days=3)


def write_digests(party: int, now: dt.datetime | None = None) -> int:
    """Write the message of the day to everybody at ``party`` whose hour has come; returns how many.

    Once a day each; none where there is nothing to say, or to who is away and has a deputy: back from leave, one
    hears of all that came since.
    """
    moment = timezone.localtime(now)
    with acting(Actor(party=party, process="worker")):
        away = queries.deputies_on(party, moment.date()).values("person_id")
        ready = Preference.objects.filter(owner_id=party, mail=Mail.DAILY, hour__lte=moment.hour)
        ready = ready.filter(person_id__in=working_at(party).values("person_id")).exclude(person_id__in=away)
        chosen = ready.exclude(digested_at__gte=moment.replace(hour=0, minute=0, second=0, microsecond=0)).values("pk")
        wanted = Preference.objects.filter(pk__in=chosen).select_related("person").order_by("pk")
        return sum(_write(wish, moment) for wish in wanted.select_for_update(skip_locked=True, of=("self",)))


def _write(wish: Preference, moment: dt.datetime) -> bool:
    since, wish.digested_at = wish.digested_at, moment
    wish.save(update_fields=["digested_at"])
    with translation.override(wish.person.language):
        parts = _parts(wish.person, wish.owner_id, since, moment.date())
        count = sum(len(part.lines) + part.more for part in parts)
        if not count:
            return False
        subject = ngettext("%(count)s item in your inbox", "%(count)s items in your inbox", count) % {"count": count}
        key = f"digest:{moment.date()}"
        return letters.write(owner=wish.owner_id, person=wish.person, key=key, subject=subject, parts=parts)


def _parts(person: Person, party: int, since: dt.datetime | None, today: dt.date) -> list[letters.Part]:
    """What to say, each item once: late, due soon, new, and what was told and not yet read."""
    work = list(queries.waiting(person.pk, party, on=today))
    told = [item for item in queries.told(person.pk, party) if item.unread and _is_new(item, since)]  # type: ignore[attr-defined]
    late = [item for item in work if item.due and item.due < today]
    soon = [item for item in work if item.due and _is_soon(item.due, today)]
    fresh = [item for item in work if item not in late and item not in soon and _is_new(item, since)]
    groups: Sequence[tuple[str, list[Item]]] = (
        (_("Late"), late),
        (_("To be done soon"), soon),
        (_("New in your inbox"), fresh),
        (_("For you to know"), told),
    )
    return [letters.part(heading, items) for heading, items in groups if items]


def _is_new(item: Item, since: dt.datetime | None) -> bool:
    return since is None or item.changed_at > since


def _is_soon(due: dt.date, today: dt.date) -> bool:
    return today <= due <= today + SOON or due == today + BEFORE_LONG
