"""Questions about what is doubtful and what people said of it; all for the acting party, whose share alone is seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from schakel.network.models import PartyKind, Role
from schakel.register.models import Doubt, Judgement, Lease, Verdict
from schakel.register.versions import standing_version
from schakel.trail.actors import Actor

# A `Doubt` with what `doubts` tells of it for who acts; the stubs forget annotations between functions.
Asked: TypeAlias = Any
State = Literal["open", "answered", "settled", ""]
DECIDES = (Verdict.SAME, Verdict.DIFFERENT)
PAIR = ("thing", "kind_a", "record_a", "kind_b", "record_b")
# Who may judge: the data steward of an agency, and the network's identity steward.
REVIEWERS = frozenset({(PartyKind.AGENCY, Role.STEWARD), (PartyKind.SECRETARIAT, Role.IDENTITY_STEWARD)})


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which doubts are asked for; empty where all are.

    ``between``: "own" (two records of one's own), "register" (one of them an entry), or the id of the other party.
    """

    thing: str = ""
    between: str = ""
    disputed: bool = False
    state: State = "open"


def standing_judgements() -> QuerySet[Judgement]:
    """What people said and did not take back, of those that the acting party may see."""
    return Judgement.objects.filter(taken_back_by__isnull=True, takes_back__isnull=True)


def doubts(actor: Actor) -> QuerySet[Asked]:
    """All doubts that the acting party sees, those first of which an answer teaches and moves most.

    Each with ``answered`` (the party has said which it is), ``passed`` (the person cannot say), ``confirmable`` (a
    colleague has, and a second person is asked for).
    """
    mine = standing_judgements().filter(owner_id=actor.owner, **{name: OuterRef(name) for name in PAIR})
    deciding = mine.filter(verdict__in=DECIDES)
    return Doubt.objects.annotate(
        answered=Exists(deciding),
        passed=Exists(mine.filter(verdict=Verdict.UNSURE, person_id=actor.person or 0)),
        mine=Exists(deciding.filter(person_id=actor.person or 0)),
        confirmed=Exists(deciding.filter(confirms__isnull=False)),
    ).order_by(F("disputed").desc(), -(F("gain") * F("weight")), "pk")


def chosen(found: QuerySet[Asked], asked: Chosen, *, four_eyes: bool) -> QuerySet[Asked]:
    """Those of ``found`` (of `doubts`) that are asked for."""
    if asked.thing:
        found = found.filter(thing=asked.thing)
    if asked.between == "own":
        found = found.filter(owner_b_id=F("owner_a_id"))
    elif asked.between == "register":
        found = found.filter(owner_b__isnull=True)
    elif asked.between.isdecimal():
        found = found.filter(Q(owner_a_id=int(asked.between)) | Q(owner_b_id=int(asked.between)))
        found = found.exclude(owner_a_id=F("owner_b_id"))
    if asked.disputed:
        found = found.filter(disputed=True)
    if asked.state == "open":
        return waiting(found, four_eyes=four_eyes)
    if asked.state == "answered":
        return found.filter(answered=True, settled_at__isnull=True)
    return found.filter(settled_at__isnull=False) if asked.state == "settled" else found


def waiting(found: QuerySet[Asked], *, four_eyes: bool, passed_too: bool = False) -> QuerySet[Asked]:
    """Those of ``found`` that still wait for the acting person: under four eyes also what a colleague answered alone.

    ``passed_too``: also what the person could not say before.
    """
    unanswered = Q(answered=False)
    if four_eyes:
        unanswered |= Q(confirmed=False, mine=False)
    found = found.filter(unanswered, settled_at__isnull=True)
    return found if passed_too else found.filter(passed=False)


def next_doubt(found: QuerySet[Asked], actor: Actor, *, after: int = 0) -> Asked | None:
    """The first of ``found`` that nobody else looks at; of another than ``after`` where there is one."""
    now = timezone.now()
    taken = Lease.objects.filter(doubt_id=OuterRef("pk"), until__gt=now).exclude(person_id=actor.person or 0)
    free = found.filter(~Exists(taken))
    return free.exclude(pk=after).first() or free.first()


def sharing(found: QuerySet[Asked], doubt: Doubt, key: tuple[str, int]) -> QuerySet[Asked]:
    """Those of ``found`` (of `doubts`), but for ``doubt``, that are of one of its records and not settled."""
    kind, record = key
    either = Q(kind_a=kind, record_a=record) | Q(kind_b=kind, record_b=record)
    return found.filter(either, thing=doubt.thing, settled_at__isnull=True).exclude(pk=doubt.pk)


def held_by_other(doubt: Doubt, actor: Actor, *, now: dt.datetime | None = None) -> Lease | None:
    """Who else is looking at a doubt just now."""
    others = Lease.objects.filter(doubt=doubt, until__gt=now or timezone.now()).exclude(person_id=actor.person or 0)
    return others.select_related("person", "owner").first()


def of_pair(doubt: Doubt) -> QuerySet[Judgement]:
    """What stands of what people said of a doubt's two records, the first first."""
    return standing_judgements().filter(**{name: getattr(doubt, name) for name in PAIR}).order_by("pk")


def doubt_of(judgement: Judgement) -> Doubt | None:
    """The doubt that a judgement was about, if it is there still and may be seen."""
    return Doubt.objects.filter(**{name: getattr(judgement, name) for name in PAIR}).first()


def said(actor: Actor) -> QuerySet[Judgement]:
    """What was said for the acting party, and for the identity steward by all who take part; the last first."""
    found = Judgement.objects.select_related("person", "owner", "taken_back_by__person", "takes_back")
    return found.filter(takes_back__isnull=True).order_by("-pk")


def model_version() -> str:
    """The version of the weights that stand now; empty before there are any."""
    found = standing_version()
    return "" if found is None else found.version
