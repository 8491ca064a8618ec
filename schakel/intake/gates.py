"""What is in the way of delivering and of changing: a year that is closed or not open yet, a signature that stands.

Invariants: a year that the secretariat never opened is free. While a certification stands nothing of that agency and
year changes; it no longer stands once it was withdrawn, or returned by the secretariat.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.intake.models import (
    Certification,
    CollectionYear,
    Delivery,
    DeliveryState,
    Expectation,
    VerdictKind,
)
from schakel.intake.refusing import DeliveryRefused
from schakel.refusals import in_both
from schakel.web.formats import date_long

FIRST_YEAR, LAST_YEAR = 2000, 2100  # what is outside is a slip of the keyboard
_BEFORE_ACCEPTING = (DeliveryState.RECEIVED, DeliveryState.CHECKED, DeliveryState.FAILED)


def must_be_open(*, owner: int, period: int) -> None:
    """Raises DeliveryRefused, which says whom to ask, where ``owner`` cannot deliver for ``period`` now."""
    if why_not_open(owner=owner, period=period):
        raise DeliveryRefused(in_both(lambda: why_not_open(owner=owner, period=period)))


def must_be_changeable(*, owner: int, period: int) -> None:
    """Raises DeliveryRefused where records of ``owner`` and ``period`` must stay as they are now."""
    if why_not_changeable(owner=owner, period=period):
        raise DeliveryRefused(in_both(lambda: why_not_changeable(owner=owner, period=period)))


def why_not_changeable(*, owner: int, period: int) -> str:
    """Why records of ``owner`` and ``period`` must stay as they are now, and what to do; empty where they need not."""
    if reason := why_not_open(owner=owner, period=period):
        return reason
    certified = standing_certification(owner=owner, period=period)
    if certified is None:
        return ""
    said = _(
        "%(year)s was certified on %(day)s. Withdraw the certification with a reason first; then you can change it."
    )
    return said % {"year": period, "day": date_long(timezone.localdate(certified.certified_at))}


def why_not_waivable(delivery: Delivery) -> str:
    """Why what was found in ``delivery`` cannot be let stand, or no more; empty where it can.

    What was accepted with warnings can still be explained, until the year is certified or closed.
    """
    if delivery.state in _BEFORE_ACCEPTING:
        return ""
    if delivery.state == DeliveryState.ACCEPTED:
        return why_not_changeable(owner=delivery.owner_id, period=delivery.period)
    said = _("This delivery is %(state)s; its findings stay as they are.")
    return said % {"state": delivery.get_state_display()}


def why_not_open(*, owner: int, period: int) -> str:
    """Why ``owner`` cannot deliver for ``period`` now, and whom to ask; empty where it can."""
    if not FIRST_YEAR <= period <= LAST_YEAR:
        no_year = _("%(year)s is no year that can be delivered for; name one from %(first)s to %(last)s.")
        return no_year % {"year": period, "first": FIRST_YEAR, "last": LAST_YEAR}
    year = CollectionYear.objects.filter(period=period).select_related("owner").first()
    if year is None:
        return ""
    if year.closed_at is not None:
        return _("%(year)s is closed for deliveries. Ask %(secretariat)s to open it again.") % _named(year)
    first = opens_for(year, owner)
    if first > timezone.localdate():
        said = _named(year) | {"day": date_long(first)}
        return _("%(year)s opens for deliveries on %(day)s. Deliver from then on, or ask %(secretariat)s.") % said
    return ""


def opens_for(year: CollectionYear, owner: int) -> dt.date:
    """From when ``owner`` can deliver for a year: from the first window of its own, else from when the year opens."""
    own = Expectation.objects.filter(owner_id=owner, period=year.period, exempt=False).order_by("opens").first()
    return year.opens if own is None else own.opens


def standing_certification(*, owner: int, period: int) -> Certification | None:
    """The certification of ``owner`` for ``period`` that stands, if there is one; with its verdict."""
    found = Certification.objects.filter(owner_id=owner, period=period, withdrawn_at=None)
    return found.exclude(verdict__verdict=VerdictKind.RETURNED).select_related("verdict").first()


def _named(year: CollectionYear) -> dict[str, object]:
    return {"year": year.period, "secretariat": str(year.owner)}
