"""Mandates: a party lets an auditor look into what it has, for a time, and ends that at once.

Invariant: only the party itself gives one and takes it back; an auditor never widens what it may see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.network.models import Party, PartyKind
from schakel.sharing.acting import acting
from schakel.sharing.models import Look, Mandate
from schakel.trail.actions import note
from schakel.trail.actors import Actor

LONGEST = dt.timedelta(days=731)


class MandateRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """A mandate cannot be given or withdrawn; the message says why and what to do."""


def give_mandate(
    *,
    actor: Actor,
    auditor: Party,
    purpose: str,
    years: Collection[int],
    since: dt.datetime,
    until: dt.datetime,
    signed_as: str,
    with_valuations: bool = False,
) -> Mandate:
    """Let ``auditor`` look into what the acting party has of ``years``, until ``until``. Raises MandateRefused."""
    _refuse_odd(auditor, purpose, years, signed_as)
    if until <= max(since, timezone.now()):
        raise MandateRefused(_("A mandate ends after it begins, and not in the past."))
    if until - since > LONGEST:
        raise MandateRefused(_("A mandate holds for two years at most; give another one after it."))
    with acting(actor):
        made = Mandate.objects.create(
            owner_id=actor.owner,
            auditor=auditor,
            purpose=purpose.strip(),
            years=sorted(set(years)),
            since=since,
            until=until,
            with_valuations=with_valuations,
            signed_by_id=actor.person,
            signed_as=signed_as.strip(),
        )
        of = {"years": made.years, "until": until.isoformat(), "valuations": with_valuations}
        note(actor=actor, verb="gave", kind="mandate", objects=[made.pk], auditor=auditor.pk, of=of)
    return made


def _refuse_odd(auditor: Party, purpose: str, years: Collection[int], signed_as: str) -> None:
    if auditor.kind != PartyKind.AUDITOR:
        raise MandateRefused(_("A mandate is given to an auditor's office."))
    if not purpose.strip() or not signed_as.strip():
        raise MandateRefused(_("Say what the mandate is for, and in what capacity you sign."))
    if not years:
        raise MandateRefused(_("Name at least one year."))


def withdraw_mandate(*, actor: Actor, mandate_id: int, reason: str) -> Mandate:
    """End a mandate of the acting party now. Raises MandateRefused, Mandate.DoesNotExist."""
    if not reason.strip():
        raise MandateRefused(_("Say why the mandate is withdrawn."))
    with acting(actor):
        mandate = Mandate.objects.get(pk=mandate_id, owner_id=actor.owner)
        if mandate.withdrawn_at is not None:
            raise MandateRefused(_("This mandate was withdrawn already."))
        # Written at the clock's time, and once: the database refuses to alter one that was withdrawn.
        Mandate.objects.filter(pk=mandate_id).update(
            withdrawn_at=timezone.now(), withdrawn_by_id=actor.person, withdrawn_because=reason.strip()
        )
        note(actor=actor, verb="withdrew", kind="mandate", objects=[mandate_id], reason=reason.strip())
        mandate.refresh_from_db()
    return mandate


def given() -> QuerySet[Mandate]:
    """The mandates that the acting party gave or has, the newest first."""
    return Mandate.objects.select_related("owner", "auditor", "signed_by", "withdrawn_by")


def standing(auditor: int) -> list[Mandate]:
    """The mandates of an auditor that stand now, by giver; all of them also for who sees every party's."""
    now = timezone.now()
    found = Mandate.objects.filter(auditor_id=auditor, withdrawn_at=None, since__lte=now, until__gt=now)
    return list(found.select_related("owner").order_by("owner__order", "owner__name", "pk"))


def looks() -> QuerySet[Look]:
    """Who looked at what of the acting party under a mandate, the last first."""
    return Look.objects.filter(mandate__isnull=False).select_related("viewer", "person", "mandate")
