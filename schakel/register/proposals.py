"""Questions about proposals, for the acting party and for counting what they would change."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

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


def sides_of(proposal: Proposal) -> Sides:
    """The records of both sides of a proposal: what figures need to count its effect."""
    one, other = (tuple((str(kind), int(record)) for kind, record in side) for side in proposal.sides)
    return Sides(proposal.thing, proposal.verb, one, other)
