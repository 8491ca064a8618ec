"""Counting tries in the database, for all web processes together.

Invariants: a try is counted, and that is committed, before it is looked at, so that neither tries at the same moment
nor an error on the way are free. A counter is a keyed digest: the table tells no address and no network.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from schakel.network.models import SignInTry
from schakel.network.signing.pauses import DAY, Rule
from schakel.trail.actions import note
from schakel.trail.actors import Actor

_SALT = "schakel.network.signing"


def digest(kind: str, *parts: str) -> bytes:
    """What a counter, or a browser's mark, is called: the same for the same words, and telling nothing of them."""
    return salted_hmac(_SALT, "\0".join((kind, *parts)), algorithm="sha256").digest()


def folded(address: str) -> str:
    """An e-mail address as counters know it: all ways to write it by which the database finds one person, are one.

    The form asks the database for the address without regard to capitals; so a dotless i must not be another address.
    """
    return unicodedata.normalize("NFKC", address).strip().upper().casefold()


@dataclass(frozen=True, slots=True)
class Counter:
    """What tries are counted under: ``kind`` ("address", "network", "browser" ...) says so in the trail."""

    kind: str
    name: bytes
    rule: Rule

    @property
    def lock(self) -> int:
        """The number of the lock under which it is counted."""
        return int.from_bytes(self.name[:8], "big", signed=True)


@dataclass(frozen=True, slots=True)
class Taken:
    """A try that may go on, by the numbers of its rows."""

    rows: tuple[int, ...]

    def was_right(self) -> None:
        """It was no guess: it no longer counts."""
        SignInTry.objects.filter(pk__in=self.rows).delete()


@dataclass(frozen=True, slots=True)
class Stopped:
    """A try that is not looked at; ``seconds`` until the next one may be."""

    kind: str
    seconds: int


def count(counters: Sequence[Counter], *, at: dt.datetime | None = None) -> Taken | Stopped:
    """Count a try, in a transaction of its own where none runs; ``at``: the moment, where it is not now.

    The first refusal after a try is written in the trail; more of them would let anybody fill it.
    """
    with transaction.atomic():
        _wait_for(counters)
        now = at or timezone.now()  # after the wait: whoever was counted meanwhile came before
        for counter in counters:
            taken, last = _taken(counter, now)
            until = last + counter.rule.pause(taken) if last else now
            if until > now:
                _tell_once(counter, now)
                return Stopped(counter.kind, max(1, round((until - now).total_seconds())))
        made = SignInTry.objects.bulk_create([SignInTry(counter=one.name, at=now) for one in counters])
        return Taken(tuple(one.pk for one in made))


def once(kind: str, *parts: str, within: dt.timedelta) -> bool:
    """Whether this is the first time that ``parts`` are said within this time: for codes that are good once."""
    name = digest(kind, *parts)
    now = timezone.now()
    with transaction.atomic():
        _wait_for([Counter(kind, name, Rule(1, within, within))])
        if SignInTry.objects.filter(counter=name, at__gt=now - within).exists():
            return False
        SignInTry.objects.create(counter=name, at=now)
        return True


def forget(*, before: dt.datetime) -> int:
    """Take away tries that no longer count; returns how many."""
    return SignInTry.objects.filter(at__lt=before).delete()[0]


def _wait_for(counters: Sequence[Counter]) -> None:
    """Wait for whoever counts under the same names; always in one order, so that no two wait for each other."""
    with connection.cursor() as cursor:
        for number in sorted(counter.lock for counter in counters):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _taken(counter: Counter, now: dt.datetime) -> tuple[int, dt.datetime | None]:
    moments = SignInTry.objects.filter(counter=counter.name, at__gt=now - DAY).values_list("at", flat=True)
    found = list(moments.order_by("at"))
    return len(found), found[-1] if found else None


def _tell_once(counter: Counter, now: dt.datetime) -> None:
    told = digest("told", counter.name.hex())
    _tries, last = _taken(counter, now)
    if not SignInTry.objects.filter(counter=told, at__gte=last).exists():
        SignInTry.objects.create(counter=told, at=now)
        note(actor=Actor(party=None), verb="held off signing in", kind="person", by=counter.kind)
