"""The daily round: what is kept no longer than its period is taken away, and what was done is written down.

It may be broken off and run again: each kind of each party is a transaction of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from schakel.network.models import Party, PartyKind
from schakel.privacy.models import Retained
from schakel.privacy.retention import Kept, kinds, periods
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

_KEPT_IDS = 1000


@dataclass(frozen=True, slots=True)
class Due:
    """Of a kind, what of a party is past its period; ``gone``: how many were taken away, None where none was to be."""

    kept: Kept
    party: Party
    days: int
    before: dt.datetime
    ids: tuple[int, ...]
    gone: int | None = None


def past_their_period(
    *, process: str, now: dt.datetime | None = None, parties: list[Party] | None = None
) -> Iterator[Due]:
    """What is past its period, of each party; nothing is changed. What is the network's is told to the secretariat."""
    moment, said = now or timezone.now(), periods()
    for kept in kinds():
        for party in _of(kept, parties):
            if said[kept.name]:
                before = moment - dt.timedelta(days=said[kept.name])
                with acting(Actor(party=party.pk, process=process)):
                    ids = kept.find(party.pk if kept.of_parties else None, before)
                if ids:
                    yield Due(kept, party, said[kept.name], before, tuple(ids))


def retain_all(*, process: str, now: dt.datetime | None = None, parties: list[Party] | None = None) -> list[Due]:
    """Take away what is past its period, and write down what was; with the worker's rights."""
    return [_retain(due, process) for due in past_their_period(process=process, now=now, parties=parties)]


def _retain(due: Due, process: str) -> Due:
    actor, kept = Actor(party=due.party.pk, process=process), due.kept
    if kept.remove is None:
        return due
    with acting(actor):
        ids = kept.find(due.party.pk if kept.of_parties else None, due.before)
        gone = kept.remove(due.party.pk if kept.of_parties else None, ids)
        Retained.objects.create(
            owner=due.party, kind=kept.name, days=due.days, before=due.before, gone=gone, ids=ids[:_KEPT_IDS]
        )
        note(actor=actor, verb="let go", kind=kept.name, objects=ids[:_KEPT_IDS], gone=gone, days=due.days)
    return Due(kept, due.party, due.days, due.before, tuple(ids), gone)


def _of(kept: Kept, parties: list[Party] | None) -> list[Party]:
    """For whom a kind is looked through."""
    found = Party.objects.all() if parties is None else Party.objects.filter(pk__in=[party.pk for party in parties])
    return list(found if kept.of_parties else found.filter(kind=PartyKind.SECRETARIAT)[:1])
