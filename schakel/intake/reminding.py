"""Reminders of what is expected: two weeks and three days before its date, a day and a week after it.

What waits in a steward's inbox says how near the date is, and so is new again at each moment and at no other, however
often this runs. It is settled when all of it is accepted. What is late waits with the secretariat as well.
"""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from schakel.inbox.actions import put, settle, settle_prefix
from schakel.intake import collecting
from schakel.intake.collecting import IN, AgencyYear
from schakel.intake.models import CollectionYear, Delivery, DeliveryStand
from schakel.intake.stands import keep_stands
from schakel.network.models import Party, Role
from schakel.network.queries import agencies, secretariat
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor
from schakel.web.formats import date_long
from schakel.words import Words

_MOMENTS = (-14, -3, 1, 7)  # days from the due date
_SAID = (
    Words("Lever {year} aan vóór of op {day}", "Deliver {year} on {day} at the latest"),
    Words("Bijna te laat: lever {year} aan vóór of op {day}", "Nearly late: deliver {year} on {day} at the latest"),
    Words(
        "Te laat: de aanlevering over {year} had er op {day} moeten zijn", "Late: the delivery of {year} was due {day}"
    ),
    Words("Een week te laat: de aanlevering over {year}, van {day}", "A week late: the delivery of {year}, due {day}"),
)
_LATE = (
    Words("{agency} is te laat met {year}", "{agency} is late with {year}"),
    Words("{agency} is een week te laat met {year}", "{agency} is a week late with {year}"),
)
_WHAT = Words("Nog niet geaccepteerd: {kinds}.", "Not accepted yet: {kinds}.")
_ASKED = Words(
    "Het secretariaat vraagt om de aanlevering over {year} ({day})",
    "The secretariat asks for the delivery of {year} ({day})",
)


def stage(due: dt.date, today: dt.date) -> int:
    """How many of the four moments have come: 0 to 4."""
    return sum(today >= due + dt.timedelta(days=days) for days in _MOMENTS)


def remind_of_all(*, today: dt.date) -> None:
    """The work of a day: remind of every year that is collected, for the secretariat; safe to run again."""
    keep_missing_stands()
    for period in CollectionYear.objects.values_list("period", flat=True):
        remind_of(period=period, today=today)


def remind_of(*, period: int, today: dt.date) -> None:
    """Put, change and settle the reminders of one year, for the secretariat."""
    actor = Actor(party=secretariat().pk, process="worker")
    with acting(actor):
        year = collecting.year(period)
        if year is None:
            return
        for found in collecting.state_of_the_nine(period, today=today):
            _remind(actor, found, period, today, closed=year.closed_at is not None)


def bring_up_to_date(*, actor: Actor, period: int) -> None:
    """After a change by the secretariat, which acts: reminders follow at once."""
    for found in collecting.state_of_the_nine(period, today=timezone.localdate()):
        year = collecting.year(period)
        _remind(actor, found, period, timezone.localdate(), closed=year is not None and year.closed_at is not None)


def ask_now(*, actor: Actor, agency: Party, period: int, today: dt.date) -> bool:
    """Have the stewards of ``agency`` asked today for what is not accepted; False where all of it is."""
    found = collecting.agency_year(agency, period, today=today)
    missing = [kind.kind for kind in found.expected if kind.state not in IN]
    if missing:
        put(
            actor=actor,
            party=agency.pk,
            key=_prefix(period, agency) + "asked",
            title=_on(_ASKED, period, today),
            body=_what(missing),
            url=_url(period),
            role=Role.STEWARD,
            due=min(_waiting(found), default=None),
            room="intake",
            urgent=True,
        )
    return bool(missing)


def keep_missing_stands() -> None:
    """Work out the stands of deliveries from before there were stands."""
    for agency in agencies():
        with acting(Actor(party=agency.pk, process="worker")):
            known = DeliveryStand.objects.values("period")
            found = Delivery.objects.filter(accepted_at__isnull=False).exclude(period__in=known)
            for period in set(found.values_list("period", flat=True)):
                keep_stands(owner=agency.pk, period=period)


def _remind(actor: Actor, found: AgencyYear, period: int, today: dt.date, *, closed: bool) -> None:
    prefix = _prefix(period, found.party)
    waiting = set() if closed else _waiting(found)
    dues = {kind.expectation.due for kind in found.kinds if kind.expectation is not None}
    if not waiting:
        settle_prefix(actor=actor, party=found.party.pk, prefix=prefix)
    for due in dues - waiting:
        settle(actor=actor, party=found.party.pk, key=f"{prefix}{due}")
    for due in sorted(waiting):
        if at := stage(due, today):
            put(
                actor=actor,
                party=found.party.pk,
                key=f"{prefix}{due}",
                title=_on(_SAID[at - 1], period, due),
                url=_url(period),
                role=Role.STEWARD,
                due=due,
                room="intake",
            )
    _tell_secretariat(actor, found, period, max((stage(due, today) for due in waiting), default=0))


def _waiting(found: AgencyYear) -> set[dt.date]:
    """The due dates of what is expected and not accepted."""
    return {kind.expectation.due for kind in found.expected if kind.expectation is not None and kind.state not in IN}


def _tell_secretariat(actor: Actor, found: AgencyYear, period: int, at: int) -> None:
    key = f"late:{period}:{found.party.slug}"
    if at < len(_MOMENTS) - 1:
        settle(actor=actor, party=actor.owner, key=key)
        return
    put(
        actor=actor,
        party=actor.owner,
        key=key,
        title=_LATE[at - 3].format(agency=found.party.name, year=period),
        url=reverse("intake:agency_year", args=[period, found.party.slug]),
        role=Role.SECRETARY,
        room="intake",
    )


def _prefix(period: int, agency: Party) -> str:
    return f"expected:{period}:{agency.slug}:"


def _url(period: int) -> str:
    return reverse("intake:year", args=[period])


def _on(words: Words, period: int, day: dt.date) -> Words:
    """The words with the year and a day written as each language does."""
    with override("nl"):
        nl = date_long(day)
    with override("en"):
        en = date_long(day)
    return Words(words.nl.format(year=period, day=nl), words.en.format(year=period, day=en))


def _what(missing: list[str]) -> Words:
    plurals = [collecting.plural(kind) for kind in missing]
    nl, en = ", ".join(words.nl for words in plurals), ", ".join(words.en for words in plurals)
    return Words(_WHAT.nl.format(kinds=nl), _WHAT.en.format(kinds=en))
