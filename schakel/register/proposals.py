"""Questions about proposals, for the acting party and for counting what they would change."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, F, QuerySet, When

from schakel.register.ledger.lines import Record
from schakel.register.models import Proposal, ProposalState


@dataclass(frozen=True, slots=True)
class Sides:
    """What a proposal is about: the records of both sides, which would become one thing or two."""

    thing: str
    verb: str
    one: tuple[Record, ...]
    other: tuple[Record, ...]


def open_proposals() -> QuerySet[Proposal]:
    """What waits for a decision and the acting party may see, the oldest first."""
    return Proposal.objects.filter(state=ProposalState.OPEN).order_by("since", "pk")


def seen_proposals() -> QuerySet[Proposal]:
    """All that the acting party may see: what waits for a decision first, then the last decided."""
    waits = Case(When(state=ProposalState.OPEN, then=0), default=1)
    return Proposal.objects.order_by(waits, F("decided_at").desc(nulls_last=True), "pk").select_related("ground")


def sides_of(proposal: Proposal) -> Sides:
    """The records of both sides of a proposal: what figures need to count its effect."""
    one, other = (tuple((str(kind), int(record)) for kind, record in side) for side in proposal.sides)
    return Sides(proposal.thing, proposal.verb, one, other)
