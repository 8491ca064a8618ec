"""Closing a year: ordered by the secretariat, made by the counting process, and then there for good.

Invariants: one closing of a year is being made at a time. A closing that is there is never touched again; what is
wrong with it a later one corrects, with a reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from schakel.figures.models import Closing, ClosingState
from schakel.inbox.actions import tell
from schakel.intake.models import DeliveryStand
from schakel.network.models import Party, PartyKind
from schakel.register.jobs import queue_linking
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words

_LONGEST = dt.timedelta(hours=1)  # after which a closing that is still being made can be ordered again
_MADE = Words("Jaar {year} is afgesloten (versie {version})", "Year {year} is closed (version {version})")
_FAILED = Words("Jaar {year} kon niet worden afgesloten", "Year {year} could not be closed")


class ClosingRefused(ValueError):  # noqa: N818 - what happened, as users would say it
    """A year cannot be closed (now, or by who asks); the message says why and what to do."""


def order_closing(*, actor: Actor, period: int, reason: str = "") -> Closing:
    """Have the counting process close ``period``; where it was closed before, that is corrected for ``reason``.

    Returns the closing that is being made. Raises ClosingRefused.
    """
    with acting(actor):
        closing = begin_closing(actor=actor, period=period, reason=reason)
        queue_linking()  # where nothing is to be joined it does nothing; a closing waits for it
        app.configure_task("figures.make_closing").defer(closing_id=closing.pk, party=actor.owner, person=actor.person)
    return closing


def begin_closing(*, actor: Actor, period: int, reason: str = "") -> Closing:
    """As ``order_closing``, for who makes it at once (the command line). Raises ClosingRefused."""
    with acting(actor):
        _must_be_secretariat(actor)
        _one_at_a_time(period)
        last = Closing.objects.filter(period=period).order_by("-version").first()
        _must_be_closable(period, last, reason)
        closing = _ordered(actor, period, last, reason.strip())
        note(
            actor=actor,
            verb="ordered",
            kind="closing",
            objects=[closing.pk],
            reason=closing.reason,
            period=period,
            version=closing.version,
        )
    return closing


def closing_made(*, actor: Actor, closing_id: int, digest: str, manifest: Mapping[str, Any]) -> Closing:
    """Write down that a closing was made, once; whoever ordered it is told."""
    with acting(actor):
        closing = Closing.objects.select_for_update().get(pk=closing_id)
        if closing.state == ClosingState.MADE:
            return closing
        closing.state, closing.made_at = ClosingState.MADE, timezone.now()
        closing.digest, closing.manifest, closing.failure = digest, dict(manifest), ""
        closing.save(update_fields=["state", "made_at", "digest", "manifest", "failure"])
        note(
            actor=actor,
            verb="closed",
            kind="closing",
            objects=[closing.pk],
            reason=closing.reason,
            period=closing.period,
            version=closing.version,
            digest=digest,
        )
        _tell(actor, closing, _MADE)
    return closing


def closing_failed(*, actor: Actor, closing_id: int, failure: str) -> Closing:
    """Write down why a closing was not made; it can be ordered again. Whoever ordered it is told."""
    with acting(actor):
        closing = Closing.objects.select_for_update().get(pk=closing_id)
        if closing.state == ClosingState.ORDERED:
            closing.state, closing.failure = ClosingState.FAILED, failure
            closing.save(update_fields=["state", "failure"])
            note(actor=actor, verb="did not close", kind="closing", objects=[closing.pk], reason=failure)
            _tell(actor, closing, _FAILED, Words(failure, failure))
    return closing


def _must_be_secretariat(actor: Actor) -> None:
    if not Party.objects.filter(pk=actor.owner, kind=PartyKind.SECRETARIAT).exists():
        raise ClosingRefused(_("Only the secretariat closes a year; ask it."))


def _must_be_closable(period: int, last: Closing | None, reason: str) -> None:
    if last is not None and last.state == ClosingState.ORDERED and timezone.now() - last.ordered_at < _LONGEST:
        raise ClosingRefused(_("%(year)s is being closed already; wait until that is done.") % {"year": period})
    if not DeliveryStand.objects.filter(period=period, accepted_at__isnull=False).exists():
        raise ClosingRefused(
            _("Nothing was accepted for %(year)s yet, so there is nothing to close.") % {"year": period}
        )
    if _corrected(last) is not None and not reason.strip():
        raise ClosingRefused(
            _("%(year)s was closed already. Say why it is corrected; everybody who reads the figures reads that too.")
            % {"year": period}
        )


def _corrected(last: Closing | None) -> Closing | None:
    """The closing that another one would correct."""
    if last is None or last.state == ClosingState.MADE:
        return last
    return last.corrects


def _ordered(actor: Actor, period: int, last: Closing | None, reason: str) -> Closing:
    """A new closing, or the last one again where that was not made."""
    if last is not None and last.state != ClosingState.MADE:
        last.state, last.failure, last.reason = ClosingState.ORDERED, "", reason
        last.ordered_by_id, last.ordered_at = actor.person, timezone.now()
        last.save(update_fields=["state", "failure", "reason", "ordered_by", "ordered_at"])
        return last
    return Closing.objects.create(
        owner_id=actor.owner,
        period=period,
        version=1 if last is None else last.version + 1,
        corrects=last,
        reason=reason,
        ordered_by_id=actor.person,
    )


def _one_at_a_time(period: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('figures.closing', %s))", [period])


def _tell(actor: Actor, closing: Closing, title: Words, body: Words | None = None) -> None:
    if closing.ordered_by_id is None:
        return
    tell(
        actor=actor,
        party=closing.owner_id,
        person=closing.ordered_by_id,
        key=f"closing:{closing.pk}:{closing.state}",
        title=title.format(year=closing.period, version=closing.version),
        body=body,
        url=reverse("figures:year", args=[closing.period]),
        room="figures",
    )
