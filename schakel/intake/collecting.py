"""Questions about years that are collected: what was expected, how each kind stands, who signed.

All for the acting party: the secretariat sees every agency in counts, an agency sees itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schakel.intake import kinds
from schakel.intake.ladder import Rung, ladder_of
from schakel.intake.models import (
    CallNote,
    Certification,
    CollectionYear,
    DeliveryStand,
    Expectation,
    Verdict,
    VerdictKind,
)
from schakel.network.models import Party
from schakel.network.queries import members_in
from schakel.words import Words

State = Literal["exempt", "missing", "delivered", "errors", "accepted", "certified", "returned", "counted"]
IN = ("accepted", "certified", "returned", "counted")


@dataclass(frozen=True, slots=True)
class KindStand:
    """How one kind stands; ``late``: it is past its date and not accepted."""

    kind: str
    state: State
    late: bool
    expectation: Expectation | None
    stand: DeliveryStand | None
    ladder: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class AgencyYear:
    """How one agency's year stands; ``certification`` is the one that stands, or was returned and not yet renewed."""

    party: Party
    kinds: tuple[KindStand, ...]
    files: DeliveryStand | None
    certification: Certification | None
    verdict: Verdict | None

    @property
    def expected(self) -> list[KindStand]:
        """The kinds that count towards a whole year."""
        return [kind for kind in self.kinds if kind.state != "exempt"]

    @property
    def accepted(self) -> int:
        """How many of the expected kinds are in."""
        return sum(kind.state in IN for kind in self.expected)

    @property
    def late(self) -> bool:
        """Whether anything is past its date."""
        return any(kind.late for kind in self.kinds)

    @property
    def certified(self) -> bool:
        """Whether a signature of the agency stands."""
        return self.certification is not None and not self.returned

    @property
    def returned(self) -> bool:
        """Whether the secretariat gave the year back, and nobody has signed since."""
        return self.verdict is not None and self.verdict.verdict == VerdictKind.RETURNED

    @property
    def state(self) -> State:
        """The year as a whole: as far as its least kind is."""
        if self.certification is not None:
            return _signed(self.verdict)
        if self.files is not None and not any(kind.stand for kind in self.kinds):
            return "errors" if self.files.checked_at and not self.files.readable else "delivered"
        states = {kind.state for kind in self.expected}
        return next((state for state in _WORST if state in states), "exempt" if self.kinds else "missing")


_WORST: tuple[State, ...] = ("errors", "missing", "delivered", "accepted")


def years() -> list[int]:
    """The years that were opened, and those of which anything was delivered; newest first."""
    opened = set(CollectionYear.objects.values_list("period", flat=True))
    delivered = set(DeliveryStand.objects.exclude(owner__kind="secretariat").values_list("period", flat=True))
    return sorted(opened | delivered, reverse=True)


def year(period: int) -> CollectionYear | None:
    """The year as the secretariat opened it; None where nobody did."""
    found = CollectionYear.objects.filter(period=period).select_related("owner", "opened_by", "closed_by")
    return found.first()


def state_of_the_nine(period: int, *, today: dt.date) -> list[AgencyYear]:
    """Each agency that was in the network in that year, in the network's own order and no other."""
    return _agency_years(period, list(members_in(period).order_by("order")), today)


def agency_year(party: Party, period: int, *, today: dt.date) -> AgencyYear:
    """How the year of one agency stands."""
    return _agency_years(period, [party], today)[0]


def notes_about(period: int, party: Party | None = None) -> QuerySet[CallNote]:
    """Who was spoken to about a year, last first; the secretariat's own."""
    found = CallNote.objects.filter(period=period).select_related("agency", "made_by")
    return found if party is None else found.filter(agency=party)


def certifications(party: Party, period: int) -> list[Certification]:
    """All signatures of an agency under a year, last first, each with what was said of it."""
    found = Certification.objects.filter(owner=party, period=period)
    return list(found.select_related("verdict", "certified_by", "withdrawn_by", "verdict__made_by"))


def _agency_years(period: int, parties: list[Party], today: dt.date) -> list[AgencyYear]:
    expected = {(e.owner_id, e.kind): e for e in Expectation.objects.filter(period=period, owner__in=parties)}
    stands = {(s.owner_id, s.kind): s for s in DeliveryStand.objects.filter(period=period, owner__in=parties)}
    signed = Certification.objects.filter(period=period, owner__in=parties, withdrawn_at=None)
    by_owner = {found.owner_id: found for found in signed.select_related("verdict", "certified_by")}
    return [_of(party, expected, stands, by_owner.get(party.pk), today) for party in parties]


def _of(
    party: Party,
    expected: Mapping[tuple[int, str], Expectation],
    stands: Mapping[tuple[int, str], DeliveryStand],
    signed: Certification | None,
    today: dt.date,
) -> AgencyYear:
    names = [
        kind.name for kind in kinds.kinds() if (party.pk, kind.name) in expected or (party.pk, kind.name) in stands
    ]
    verdict = verdict_of(signed)
    found = (
        _kind_stand(name, expected.get((party.pk, name)), stands.get((party.pk, name)), signed, today) for name in names
    )
    return AgencyYear(party, tuple(found), stands.get((party.pk, "")), signed, verdict)


def verdict_of(certification: Certification | None) -> Verdict | None:
    """What the secretariat said of a certification; None while it said nothing."""
    return getattr(certification, "verdict", None)


def _kind_stand(
    name: str, expected: Expectation | None, stand: DeliveryStand | None, signed: Certification | None, today: dt.date
) -> KindStand:
    state = _state(expected, stand, signed)
    late = state in ("missing", "delivered", "errors") and expected is not None and today > expected.due
    holds = signed is not None and state in ("certified", "counted")
    due = expected.due if expected is not None and not expected.exempt else None
    ladder = ladder_of(stand, certified=holds, due=due, today=today)
    return KindStand(name, state, late, expected, stand, tuple(ladder))


def _state(expected: Expectation | None, stand: DeliveryStand | None, signed: Certification | None) -> State:
    if stand is not None and stand.accepted_at is not None:
        return "accepted" if signed is None else _signed(verdict_of(signed))
    if expected is not None and expected.exempt:
        return "exempt"
    if stand is None or stand.received_at is None:
        return "missing"
    return "errors" if stand.errors else "delivered"


def _signed(verdict: Verdict | None) -> State:
    if verdict is None:
        return "certified"
    return "returned" if verdict.verdict == VerdictKind.RETURNED else "counted"


def plural(kind: str) -> Words:
    """What records of a kind are called; the kind's own name where a later version has it no more."""
    try:
        return kinds.kind(kind).plural
    except KeyError:
        return Words(kind, kind)


def statement_of(party: Party, period: int) -> str:
    """What a steward signs, in the reader's language; kept with the certification as it was read."""
    return _(
        "On behalf of %(party)s I declare that the records for %(year)s, as counted here, are complete and right to "
        "the best of our knowledge; that what the checks found was mended, or explained with a reason; and that rows "
        "that were left out count as missing."
    ) % {"party": party, "year": period}
