"""What stands in the way of certifying a year, in words, with the way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakel.intake import checks, collecting, gates, kinds
from schakel.intake.collecting import IN, AgencyYear
from schakel.intake.models import Delivery, DeliveryState
from schakel.intake.stands import standing_deliveries
from schakel.web.formats import language

Key = Literal["closed", "certified", "nothing", "working", "missing", "vanished", "checks"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that is in the way: what, where to see it (``url`` may be empty) and what that place is called."""

    key: Key
    text: str
    url: str = ""
    place: str = ""


def obstacles(found: AgencyYear, period: int) -> list[Obstacle]:
    """All that must be done before ``found``'s agency, which acts, can certify; empty where nothing must."""
    return [obstacle for look in _LOOKS for obstacle in look(found, period)]


def being_worked_on(owner: int, period: int) -> list[Delivery]:
    """Deliveries that the worker is checking or accepting, or is about to."""
    busy = Q(progress__has_key="step") & ~Q(progress__has_key="error") | Q(state=DeliveryState.ACCEPTING)
    found = Delivery.objects.filter(busy, owner_id=owner, period=period)
    return list(found.exclude(state__in=(DeliveryState.UPLOADING, DeliveryState.DISCARDED)).order_by("pk"))


def to_recheck(owner: int, period: int) -> list[Delivery]:
    """Deliveries behind what stands that were checked by other checks than there are now."""
    behind = {pk for kind in kinds.kinds() for pk in standing_deliveries(owner, period, kind.name)}
    found = Delivery.objects.filter(pk__in=behind)
    return list(found.exclude(checks_version=checks.checks_version()).order_by("pk"))


def _closed(found: AgencyYear, period: int) -> Iterator[Obstacle]:
    if reason := gates.why_not_open(owner=found.party.pk, period=period):
        yield Obstacle("closed", reason)


def _certified(found: AgencyYear, _period: int) -> Iterator[Obstacle]:
    if found.certified:
        yield Obstacle("certified", _("This year is certified already; withdraw that first."))


def _nothing(found: AgencyYear, period: int) -> Iterator[Obstacle]:
    if not any(kind.state in IN for kind in found.kinds):
        text = _("Nothing of %(year)s was accepted yet, so there is nothing to sign.") % {"year": period}
        yield Obstacle("nothing", text, reverse("intake:deliveries"), _("Deliveries"))


def _working(found: AgencyYear, period: int) -> Iterator[Obstacle]:
    for delivery in being_worked_on(found.party.pk, period):
        text = _("Delivery %(number)s is being checked or accepted; wait until that has ended.")
        url = reverse("intake:delivery", args=[delivery.pk])
        yield Obstacle("working", text % {"number": delivery.pk}, url, _("See how far it is"))


def _missing(found: AgencyYear, _period: int) -> Iterator[Obstacle]:
    missing = [kind for kind in found.expected if kind.state not in IN]
    if missing and any(kind.state in IN for kind in found.kinds):
        named = ", ".join(collecting.plural(kind.kind).in_(language()) for kind in missing)
        text = _("Expected and not accepted: %(kinds)s. Deliver it, or ask the secretariat for an exception.")
        yield Obstacle("missing", text % {"kinds": named}, reverse("intake:deliveries"), _("Deliveries"))


def _vanished(found: AgencyYear, _period: int) -> Iterator[Obstacle]:
    count = sum(kind.stand.vanished for kind in found.kinds if kind.stand is not None)
    if count:
        text = ngettext(
            "%(count)s record was no longer in your last delivery; say whether it is withdrawn or stays.",
            "%(count)s records were no longer in your last delivery; say whether they are withdrawn or stay.",
            count,
        )
        yield Obstacle("vanished", text % {"count": count})


def _checks(found: AgencyYear, period: int) -> Iterator[Obstacle]:
    count = len(to_recheck(found.party.pk, period))
    if count:
        text = ngettext(
            "There are newer checks than those that looked at %(count)s delivery; run them first.",
            "There are newer checks than those that looked at %(count)s deliveries; run them first.",
            count,
        )
        yield Obstacle("checks", text % {"count": count})


_LOOKS: tuple[Callable[[AgencyYear, int], Iterator[Obstacle]], ...] = (
    _closed,
    _certified,
    _nothing,
    _working,
    _missing,
    _vanished,
    _checks,
)
