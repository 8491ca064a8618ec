"""Identity review, a standing agreement: a party signs that it takes part, and ends that at once.

Invariant: only the party itself signs and ends. Nobody takes part who has not signed, and what it opens is opened
between parties that both do.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.network.models import Party, PartyKind
from schakel.sharing.acting import acting
from schakel.sharing.models import IdentityReview
from schakel.trail.actions import note
from schakel.trail.actors import Actor

# Who has records that can be those of another's: the agencies, and the secretariat with the network's lists.
TAKES_PART = (PartyKind.AGENCY, PartyKind.SECRETARIAT)


class ReviewRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """A party cannot take part, or not end it; the message says why and what to do."""


def sign_review(*, actor: Actor, signed_as: str) -> IdentityReview:
    """Have the acting party take part in identity review from now on. Raises ReviewRefused."""
    if not signed_as.strip():
        raise ReviewRefused(_("Say in what capacity you sign."))
    with acting(actor):
        if not Party.objects.filter(pk=actor.owner, kind__in=TAKES_PART).exists():
            raise ReviewRefused(_("Only agencies and the secretariat take part in identity review."))
        if taking_part().filter(owner_id=actor.owner).exists():
            raise ReviewRefused(_("Your organisation takes part already."))
        try:
            with transaction.atomic():
                made = IdentityReview.objects.create(
                    owner_id=actor.owner, signed_by_id=actor.person, signed_as=signed_as.strip()
                )
        except IntegrityError as twice:  # a colleague signed at the same moment
            raise ReviewRefused(_("Your organisation takes part already.")) from twice
        note(actor=actor, verb="signed", kind="identity review", objects=[made.pk])
    return made


def end_review(*, actor: Actor) -> IdentityReview:
    """Have the acting party no longer take part, from this moment. Raises ReviewRefused."""
    with acting(actor):
        stands = taking_part().filter(owner_id=actor.owner).first()
        if stands is None:
            raise ReviewRefused(_("Your organisation does not take part."))
        # Once: the database refuses to alter one that was ended.
        IdentityReview.objects.filter(pk=stands.pk).update(ended_at=timezone.now(), ended_by_id=actor.person)
        note(actor=actor, verb="ended", kind="identity review", objects=[stands.pk])
        stands.refresh_from_db()
    return stands


def taking_part() -> QuerySet[IdentityReview]:
    """Who takes part now, in the network's order; known to all."""
    found = IdentityReview.objects.filter(ended_at=None).select_related("owner", "signed_by")
    return found.order_by("owner__order", "owner__name")
