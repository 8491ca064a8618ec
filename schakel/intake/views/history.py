"""Who did what with a delivery, and who looks at it now, so that colleagues see each other's work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schakel.intake.models import Delivery
from schakel.network.models import Person
from schakel.sharing.requests import PartyRequest
from schakel.trail.actions import note
from schakel.trail.models import Entry
from schakel.trail.queries import entries_about

_SHOWN = 20
_SLACK = dt.timedelta(minutes=1)  # the line of its beginning bears the moment at which that transaction began
TOLD = {
    "began": gettext_lazy("began this delivery"),
    "took out a file of": gettext_lazy("took out a file"),
    "received": gettext_lazy("sent all files"),
    "asked to check": gettext_lazy("asked to have it checked"),
    "checked": gettext_lazy("had it checked"),
    "settled": gettext_lazy("confirmed the mapping"),
    "edited": gettext_lazy("mended a cell, or all alike"),
    "undid edit": gettext_lazy("undid a change"),
    "redid edit": gettext_lazy("did a change again"),
    "set to carry": gettext_lazy("said what the next delivery takes along"),
    "took along": gettext_lazy("took along changes of an earlier delivery"),
    "waived": gettext_lazy("let a finding stand, with a reason"),
    "ended waiver": gettext_lazy("took back that a finding may stand"),
    "handed": gettext_lazy("handed findings to a colleague"),
    "handed over": gettext_lazy("handed over the findings of who left"),
    "remarked": gettext_lazy("said something about it"),
    "asked back": gettext_lazy("asked for the workbook with marks"),
    "gave back": gettext_lazy("had the workbook with marks made"),
    "exported": gettext_lazy("downloaded from it"),
    "compared": gettext_lazy("had it compared with what stands"),
    "asked to accept": gettext_lazy("asked to accept it"),
    "accepted": gettext_lazy("accepted it"),
    "receipted": gettext_lazy("had the receipt made"),
    "brought back": gettext_lazy("brought back what was certified"),
    "discarded": gettext_lazy("discarded it"),
    "opened": gettext_lazy("looks at this delivery"),
}
"""What each verb of the trail says of a delivery; without the count that goes with checking."""
_NOW = dt.timedelta(minutes=5)  # who opened a page this long ago is still taken to look at it


@dataclass(frozen=True, slots=True)
class Act:
    """One line: who (empty for the system by itself) did what, and when."""

    who: str
    what: str
    at: dt.datetime


def acts_on(delivery: Delivery) -> list[Act]:
    """What was done with a delivery, the last first."""
    since = delivery.received_at - _SLACK
    lines = list(_about(delivery, since).exclude(verb="opened")[:_SHOWN])
    return list(_acts(lines))


def looking_at(request: PartyRequest, delivery: Delivery) -> list[Act]:
    """Which colleagues opened this delivery in the last minutes; writes down that who asks did too."""
    since = timezone.now() - _NOW
    opened = list(_about(delivery, since).filter(verb="opened"))
    if all(line.person_id != request.actor.person for line in opened):
        note(actor=request.actor, verb="opened", kind="delivery", objects=[delivery.pk])
    last = {line.person_id: line for line in reversed(opened) if line.person_id != request.actor.person}
    return list(_acts(last.values()))


def _about(delivery: Delivery, since: dt.datetime) -> QuerySet[Entry]:
    mapping = Q(kind="mapping", verb="settled", objects_ids__contains=[delivery.pk])
    return (entries_about("delivery", delivery.pk) | Entry.objects.filter(mapping)).filter(at__gte=since)


def _acts(lines: Iterable[Entry]) -> Iterator[Act]:
    kept = list(lines)
    people = Person.objects.in_bulk([line.person_id for line in kept if line.person_id])
    for line in kept:
        person = people.get(line.person_id or 0)
        yield Act(person.name if person else "", _told(line), line.at)


def _told(line: Entry) -> str:
    if line.verb == "checked":
        return _checked(line.detail.get("findings", 0))
    return str(TOLD.get(line.verb, _("worked on it")))


def _checked(count: int) -> str:
    return ngettext("had it checked: %(count)s finding", "had it checked: %(count)s findings", count) % {"count": count}
