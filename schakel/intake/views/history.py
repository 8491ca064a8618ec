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
    said = {
        "began": _("began this delivery"),
        "took out a file of": _("took out a file"),
        "received": _("sent all files"),
        "settled": _("confirmed the mapping"),
        "checked": _checked(line.detail.get("findings", 0)),
        "compared": _("had it compared with what stands"),
        "asked to accept": _("asked to accept it"),
        "accepted": _("accepted it"),
        "receipted": _("had the receipt made"),
        "discarded": _("discarded it"),
        "opened": _("looks at this delivery"),
        "edited": _mended(line.detail.get("cells", 1)),
    }
    return said.get(line.verb) or str(_MEANWHILE.get(line.verb, _("did something else")))


_MEANWHILE = {  # what people do between checking and accepting
    "undid edit": gettext_lazy("undid a mended cell"),
    "redid edit": gettext_lazy("mended a cell again"),
    "waived": gettext_lazy("let findings stand"),
    "ended waiver": gettext_lazy("took back that findings may stand"),
    "set to carry": gettext_lazy("chose what is taken to the next delivery"),
    "took along": gettext_lazy("took mended cells along from the delivery before"),
    "remarked": gettext_lazy("made a remark"),
    "handed": gettext_lazy("handed findings over"),
    "gave back": gettext_lazy("gave it back"),
    "asked back": gettext_lazy("had the findings marked in the files"),
    "exported": gettext_lazy("took the receipt along"),
    "asked to check": gettext_lazy("asked to have it checked again"),
    "brought back": gettext_lazy("brought an earlier state back"),
}


def _mended(cells: int) -> str:
    return ngettext("mended a cell", "mended %(count)s cells", cells) % {"count": cells}


def _checked(count: int) -> str:
    return ngettext("had it checked: %(count)s finding", "had it checked: %(count)s findings", count) % {"count": count}
