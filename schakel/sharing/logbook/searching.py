"""Questions to the audit log: who, what, of what, when and from where. What is asked stands in the address, all of it.

Invariant: whose lines are found the database decides; a question only narrows them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from schakel.network.models import Person
from schakel.sharing.logbook.telling import PROCESSES
from schakel.trail.acts import Family, verbs
from schakel.trail.models import Entry, Origin

PAGE = 50
_PART = 1000  # lines of a file that are read at a time
WHOLE_FAMILY = "*"  # before the name of a family, in the place of a verb


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked. ``what``: a verb, or a family after a star; ``until``: up to and with that day.

    ``before`` and ``after``: the number of a line, from which on a page goes back or forward.
    """

    who: str = ""
    what: str = ""
    kind: str = ""
    number: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    channel: str = ""
    address: str = ""
    before: int | None = None
    after: int | None = None

    def query(self, **other: Any) -> str:  # noqa: ANN401 - values of the fields
        """The question as it stands in an address, with something asked otherwise."""
        asked = replace(self, **other)
        said = {name: getattr(asked, field) for name, field in NAMES.items()}
        return urlencode({name: str(value) for name, value in said.items() if value not in (None, "")})


NAMES = {
    "wie": "who",
    "wat": "what",
    "soort": "kind",
    "nummer": "number",
    "van": "since",
    "tot": "until",
    "via": "channel",
    "adres": "address",
    "voor": "before",
    "na": "after",
}
"""How each part of a question is called in an address."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, the last first, and whether there are older and newer ones."""

    lines: tuple[Entry, ...]
    older: bool
    newer: bool


def found(asked: Asked) -> QuerySet[Entry]:
    """The lines that the acting party may read and that are asked for, in no order, from its whole log."""
    lines = Entry.objects.all()
    for condition in (_by(asked), _done(asked.what), _about(asked), _when(asked), _from(asked)):
        if condition is not None:
            lines = lines.filter(condition)
    return lines


def page_of(asked: Asked) -> Page:
    """One page of what is found: from a line back, from a line forward, or the last."""
    lines = found(asked)
    if asked.after is not None:
        listed = list(lines.filter(pk__gt=asked.after).order_by("pk")[: PAGE + 1])
        kept = tuple(reversed(listed[:PAGE]))
        older = bool(kept) and lines.filter(pk__lt=kept[-1].pk).exists()
        return Page(kept, older=older, newer=len(listed) > PAGE)
    if asked.before is not None:
        lines = lines.filter(pk__lt=asked.before)
    listed = list(lines.order_by("-pk")[: PAGE + 1])
    newer = asked.before is not None and found(asked).filter(pk__gte=asked.before).exists()
    return Page(tuple(listed[:PAGE]), older=len(listed) > PAGE, newer=newer)


def parts_of(asked: Asked, *, at_most: int) -> Iterator[list[Entry]]:
    """All that is found, the last first, some at a time; ``at_most`` so many."""
    lines, left = found(asked), at_most
    below: int | None = None
    while left > 0:
        part = lines if below is None else lines.filter(pk__lt=below)
        listed = list(part.order_by("-pk")[: min(_PART, left)])
        if not listed:
            return
        yield listed
        below, left = listed[-1].pk, left - len(listed)


def lines_about(kind: str, number: int) -> QuerySet[Entry]:
    """The lines about one thing that the acting party may read, the last first."""
    return Entry.objects.filter(pk__in=RawSQL("SELECT sharing_lines_about(%s, %s)", [kind, number])).order_by("-pk")


def _by(asked: Asked) -> Q | None:
    if not asked.who:
        return None
    people = Person.objects.filter(Q(name__icontains=asked.who) | Q(email__icontains=asked.who))
    processes = Q(process__icontains=asked.who) | Q(process__in=_processes(asked.who))
    return Q(person_id__in=list(people.values_list("pk", flat=True))) | processes


def _processes(who: str) -> list[str]:
    """The processes that are called so in the reader's language."""
    return [name for name, words in PROCESSES.items() if who.casefold() in str(words).casefold()]


def _done(what: str) -> Q | None:
    if not what:
        return None
    if not what.startswith(WHOLE_FAMILY):
        said = {act.words for (verb, _kind), act in verbs().items() if verb == what}
        return Q(verb__in={what, *(verb for (verb, _kind), act in verbs().items() if act.words in said)})
    wanted, asked = Family(what.removeprefix(WHOLE_FAMILY)), Q(pk__in=[])
    for (verb, kind), act in verbs().items():
        if act.family == wanted:
            asked |= Q(verb=verb, kind=kind) if kind else Q(verb=verb) & ~Q(kind__in=_said_otherwise(verb))
    return asked


def _said_otherwise(verb: str) -> list[str]:
    """The kinds of which a verb is said apart: those lines are in the family of that."""
    return [kind for other, kind in verbs() if other == verb and kind]


def _about(asked: Asked) -> Q | None:
    if asked.kind and asked.number is not None:
        return Q(pk__in=RawSQL("SELECT sharing_lines_about(%s, %s)", [asked.kind, asked.number]))
    if asked.number is not None:
        return Q(objects_ids__contains=[asked.number])
    return Q(kind=asked.kind) if asked.kind else None


def _when(asked: Asked) -> Q | None:
    within = Q()
    if asked.since is not None:
        within &= Q(at__gte=_midnight(asked.since))
    if asked.until is not None:
        within &= Q(at__lt=_midnight(asked.until + dt.timedelta(days=1)))
    return within or None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _from(asked: Asked) -> Q | None:
    within = Q(channel=asked.channel) if asked.channel else Q()
    if asked.address:
        within &= Q(origin__in=Origin.objects.filter(address__istartswith=asked.address).values("mark"))
    return within or None
