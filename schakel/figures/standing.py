"""How a year stands on its way to publication: who signed, what was closed, which bodies spoke, and the hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from schakel.figures.asking_bodies import bodies_of
from schakel.figures.editions import Edition, State, year_state
from schakel.figures.models import Approval, ApprovingBody, Closing, ClosingState, Publication
from schakel.figures.vintages import certified_of, editions


@dataclass(frozen=True, slots=True)
class BodyStand:
    """What a body last said of a publication; None while it said nothing."""

    body: ApprovingBody
    approval: Approval | None

    @property
    def approved(self) -> bool:
        """Whether its last word is an approval."""
        return self.approval is not None and self.approval.approved

    @property
    def refused(self) -> bool:
        """Whether its last word is a refusal."""
        return self.approval is not None and not self.approval.approved


@dataclass(frozen=True, slots=True)
class YearStanding:
    """A year as it stands at ``now``. ``closings``: newest first, with their publications; ``editions``: by closing.

    ``publication``: the one under embargo, else the last that opened; ``bodies``: what each said of that one.
    """

    period: int
    now: dt.datetime
    certified: int
    members: int
    closings: Sequence[Closing]
    editions: dict[int, Edition]
    publication: Publication | None
    bodies: Sequence[BodyStand]

    @property
    def state(self) -> State:
        """How the year as a whole stands."""
        certified = self.all_certified
        return year_state(self.editions.values(), period=self.period, now=self.now, certified=certified)

    @property
    def all_certified(self) -> bool:
        """Whether every agency signed and was accepted for counting."""
        return self.members > 0 and self.certified == self.members

    @property
    def pending(self) -> Publication | None:
        """The publication under embargo."""
        held = self.publication
        return held if held is not None and not self.is_open(held.closing) else None

    @property
    def being_made(self) -> bool:
        """Whether a closing is asked for and not there yet."""
        return any(closing.state == ClosingState.ORDERED for closing in self.closings)

    @property
    def preparable(self) -> Closing | None:
        """The year's newest closing, where it is made and not prepared, and none of the year is under embargo."""
        made = next((closing for closing in self.closings if closing.state == ClosingState.MADE), None)
        if made is None or self.pending is not None or self.is_open(made):
            return None
        return made

    @property
    def published(self) -> list[tuple[Closing, dt.datetime]]:
        """The versions that everybody reads, newest first, each with the moment that it opened."""
        opened = ((closing, self.opens_at(closing)) for closing in self.closings if self.is_open(closing))
        return [(closing, moment) for closing, moment in opened if moment is not None]

    @property
    def approved(self) -> int:
        """How many bodies approved."""
        return sum(stand.approved for stand in self.bodies)

    def is_open(self, closing: Closing) -> bool:
        """Whether everybody may read this closing."""
        return closing.pk in self.editions and self.editions[closing.pk].is_open(self.now)

    def opens_at(self, closing: Closing) -> dt.datetime | None:
        """When it opened, or will as things stand."""
        return self.editions[closing.pk].opens_at() if closing.pk in self.editions else None


def standing_of(period: int) -> YearStanding:
    """How the year ``period`` stands now."""
    now, known = timezone.now(), {each.closing: each for each in editions(period)}
    closings = list(Closing.objects.filter(period=period).select_related("ordered_by", "publication"))
    publication = _publication(known, now)
    certified, members = certified_of(period)
    bodies = _bodies(period, publication)
    return YearStanding(period, now, certified, members, closings, known, publication, bodies)


def _publication(known: dict[int, Edition], now: dt.datetime) -> Publication | None:
    prepared = [each for each in known.values() if each.publication is not None]
    if not prepared:
        return None
    chosen = next((each for each in reversed(prepared) if each.is_pending(now)), prepared[-1])
    found = Publication.objects.select_related("closing", "prepared_by")
    return found.get(closing=chosen.closing)


def _bodies(period: int, publication: Publication | None) -> list[BodyStand]:
    said: dict[int, Approval] = {}
    if publication is not None:
        for approval in publication.approvals.select_related("recorded_by").order_by("recorded_at", "pk"):
            said[approval.body_id] = approval
    return [BodyStand(body, _own_word(body, said.get(body.pk))) for body in bodies_of(period)]


def _own_word(body: ApprovingBody, approval: Approval | None) -> Approval | None:
    """Only what its own organisation recorded counts."""
    return approval if approval is not None and approval.owner_id == body.owner_id else None
