"""Closings, bodies and publications for tests, as the secretariat and the agencies make them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from schakel.figures.actions.bodies import add_body
from schakel.figures.actions.publishing import prepare_publication, record_approval, set_hour
from schakel.figures.models import Approval, ApprovingBody, BodyKind, Closing, ClosingState, Publication
from schakel.network.queries import party
from schakel.trail.actors import Actor
from tests.making import actor_for, acts

SECRETARIAT = "rom-nederland"
YEAR = 2023
REMARK = "nobody certifies in this test"


def secretary() -> Actor:
    """Somebody of the secretariat."""
    return actor_for(SECRETARIAT)


def closed(period: int = YEAR, version: int = 1) -> Closing:
    """A closing that is made; what is in it is no matter here."""
    with acts(SECRETARIAT) as owner:
        before = Closing.objects.filter(period=period, version=version - 1).first()
        return Closing.objects.create(
            owner=owner,
            period=period,
            version=version,
            state=ClosingState.MADE,
            corrects=before,
            reason="a late letter" if before else "",
            made_at=timezone.now(),
            digest="0" * 64,
        )


def body(slug: str = "bom", name: str = "Raad van commissarissen", first: int = 2020) -> ApprovingBody:
    """A body of an agency that must approve."""
    kind = BodyKind.SUPERVISORY_BOARD
    return add_body(actor=secretary(), owner=party(slug), name=name, kind=kind, first_period=first)


def prepared(period: int = YEAR, version: int = 1) -> Publication:
    """A publication of a new closing, under embargo."""
    return prepare_publication(actor=secretary(), closing=closed(period, version), remark=REMARK)


def approve(publication: Publication, by: ApprovingBody, *, slug: str = "bom", approved: bool = True) -> Approval:
    """The body's own organisation records what it decided today."""
    return record_approval(
        actor=actor_for(slug),
        publication=publication,
        body=by,
        approved=approved,
        decided_on=timezone.localdate(),
        reference="minutes, item 5" if approved else "",
        reason="" if approved else "the amounts are not right",
    )


def publish(period: int = YEAR, version: int = 1) -> Publication:
    """A publication that is open, in a network without bodies."""
    held = prepared(period, version)
    return set_hour(actor=secretary(), publication=held, at=timezone.now())


def in_an_hour() -> dt.datetime:
    """A moment to come."""
    return timezone.now() + dt.timedelta(hours=1)
