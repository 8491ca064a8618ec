"""What people said and decided, as the ledger hears it: in one order, with whose the records are and who had agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db import connection
from django.utils import timezone

from schakel.network.models import Party, PartyKind
from schakel.register.ledger.gathering import Heard
from schakel.register.ledger.lines import ENTRY, Cause, Pair, Record, pair
from schakel.register.ledger.saying import Saying, standing_judgements
from schakel.register.models import Judgement, Proposal, ProposalState, Ruling
from schakel.sharing.models import IdentityReview

_FIRST = """
SELECT e.id, min(f.id) FROM register_registerentry e
JOIN register_registerentry f ON f.owner_id = e.owner_id AND f.number = e.number
WHERE e.id = ANY(%s) GROUP BY e.id
"""
_VERDICTS = {"merge": "same", "split": "different"}


@dataclass(frozen=True, slots=True)
class _Heard:
    """Something said at a moment; ``key`` names it for what takes it back or confirms it."""

    at: dt.datetime
    key: tuple[str, int]
    saying: Saying
    takes_back: tuple[str, int] | None = None
    confirms: tuple[str, int] | None = None


def hear(thing: str, owners: Mapping[Record, int], *, four_eyes: bool = False, accepted: int | None = None) -> Heard:
    """What people said and decided of ``thing``, and what rules were let do.

    ``owners``: whose the records are; what is said of others is not heard. ``four_eyes``: as of `standing_judgements`.
    ``accepted``: a proposal that is heard as if it had just been accepted, to foresee what follows.
    """
    rulings = _Rulings(thing, accepted)
    said = sorted([*_judged(thing, owners), *rulings.said], key=lambda one: (one.at, one.key))
    places = {one.key: place for place, one in enumerate(said, start=1)}
    lines = [
        replace(
            one.saying,
            no=places[one.key],
            takes_back=places.get(one.takes_back) if one.takes_back else None,
            confirms=places.get(one.confirms) if one.confirms else None,
        )
        for one in said
    ]
    return Heard(standing_judgements(lines, four_eyes), rulings.merged, frozenset(rulings.declined))


def first_entries(entries: Collection[int]) -> dict[int, int]:
    """Of each row of the trade register the first that came under its number: by that it is known here."""
    if not entries:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [sorted(entries)])
        return dict(cursor.fetchall())


def may_rule(ruling: Ruling, proposal: Proposal, secretariats: Collection[int]) -> bool:
    """Whether the party of ``ruling`` answers for the proposal: the network's steward, or who owns all its records."""
    if ruling.as_steward:
        return ruling.owner_id in secretariats
    return set(proposal.owners) == {ruling.owner_id}


def secretariats() -> set[int]:
    """The parties whose steward speaks for the network."""
    return set(Party.objects.filter(kind=PartyKind.SECRETARIAT).values_list("pk", flat=True))


def _judged(thing: str, owners: Mapping[Record, int]) -> Iterator[_Heard]:
    judged = list(Judgement.objects.filter(thing=thing).order_by("pk"))
    firsts = first_entries({one.record_b for one in judged if one.kind_b == ENTRY})
    agreed = _Agreed()
    stewards = secretariats()
    for one in judged:
        a: Record = (one.kind_a, one.record_a)
        b: Record = (one.kind_b, firsts.get(one.record_b, one.record_b) if one.kind_b == ENTRY else one.record_b)
        owner_a, owner_b = owners.get(a), owners.get(b)
        if owner_a is None or (owner_b is None and one.kind_b != ENTRY):
            continue
        saying = Saying(
            no=0,
            owner=one.owner_id,
            a=a,
            b=b,
            verdict=one.verdict,
            owners=(owner_a, owner_b),
            person=one.person_id,
            steward=one.as_steward and one.owner_id in stewards,
            agreed=agreed.all_of({owner_a, *([owner_b] if owner_b else [])}, one.at),
            cause=Cause("person", "judged", judgement=one.pk),
        )
        back = ("judgement", one.takes_back_id) if one.takes_back_id else None
        confirms = ("judgement", one.confirms_id) if one.confirms_id else None
        yield _Heard(one.at, ("judgement", one.pk), saying, back, confirms)


@dataclass
class _Agreed:
    """Who took part in identity review when."""

    spans: dict[int, list[tuple[dt.datetime, dt.datetime | None]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for owner, since, until in IdentityReview.objects.values_list("owner_id", "since", "ended_at"):
            self.spans.setdefault(owner, []).append((since, until))

    def all_of(self, owners: Collection[int], at: dt.datetime) -> bool:
        """Whether all of them took part at a moment."""
        return all(
            any(since <= at and (until is None or at < until) for since, until in self.spans.get(owner, ()))
            for owner in owners
        )


class _Rulings:
    """What was decided of proposals: sayings, merges that a rule was let do, and pairs not to propose again."""

    def __init__(self, thing: str, accepted: int | None) -> None:
        self.said: list[_Heard] = []
        self.merged: dict[Pair, Cause] = {}
        self.declined: set[Pair] = set()
        stewards = secretariats()
        proposals = Proposal.objects.filter(thing=thing).exclude(state=ProposalState.LAPSED).order_by("pk")
        for proposal in proposals.prefetch_related("rulings"):
            valid = sorted(
                (one for one in proposal.rulings.all() if may_rule(one, proposal, stewards)), key=lambda one: one.pk
            )
            if proposal.pk == accepted:
                valid.append(_as_accepted(proposal))
            self._hear(proposal, valid)

    def _hear(self, proposal: Proposal, rulings: list[Ruling]) -> None:
        two = pair((proposal.kind_a, proposal.record_a), (proposal.kind_b, proposal.record_b))
        accepted = [one for one in rulings if one.accepts]
        last = rulings[-1] if rulings else None
        if last is not None and last.accepts:
            self._say(proposal, two, accepted[-1])
            return
        if last is not None:
            self.declined.add(two)
            if proposal.by == "rule" or accepted:
                self._say(proposal, two, accepted[-1] if accepted else last)
                self._take_back(proposal, last)
        elif proposal.by == "rule" and proposal.state == ProposalState.APPLIED:
            self.merged[two] = Cause("rule", proposal.rule, score=proposal.score, proposal=proposal.pk)

    def _say(self, proposal: Proposal, two: Pair, by: Ruling) -> None:
        saying = Saying(
            no=0,
            owner=by.owner_id,
            a=two[0],
            b=two[1],
            verdict=_VERDICTS[proposal.verb],
            owners=(by.owner_id, by.owner_id),  # it was theirs to decide: `may_rule`
            person=by.person_id,
            steward=by.as_steward,
            agreed=True,
            cause=Cause("person", proposal.rule, score=proposal.score, proposal=proposal.pk),
        )
        self.said.append(_Heard(by.at, ("proposal", proposal.pk), saying))

    def _take_back(self, proposal: Proposal, by: Ruling) -> None:
        first = self.said[-1]
        saying = replace(first.saying, owner=by.owner_id, verdict="", person=by.person_id)
        self.said[-1] = replace(first, saying=replace(first.saying, owner=by.owner_id))
        self.said.append(_Heard(by.at, ("taken back", proposal.pk), saying, ("proposal", proposal.pk)))


def _as_accepted(proposal: Proposal) -> Ruling:
    """A ruling that is nowhere written: that the network's steward had just accepted it."""
    return Ruling(owner_id=proposal.owners[0], proposal=proposal, accepts=True, as_steward=True, at=timezone.now())
