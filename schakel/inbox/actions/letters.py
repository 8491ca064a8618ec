"""Trying again what could not be sent."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from schakel.inbox import jobs
from schakel.inbox.models import Letter, LetterState
from schakel.network.models import Party, Person
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def retry_letters(*, actor: Actor, letters: Iterable[int]) -> int:
    """Have letters that could not be sent tried again, to the address that their reader has now; returns how many.

    Of whichever party they are: for who sees to it that mail goes out, and who does not see what the letters say.
    """
    ids = list(letters)
    count = sum(_retry_of(party, ids) for party in Party.objects.values_list("pk", flat=True))
    with acting(actor):
        note(actor=actor, verb="retried", kind="letter", objects=ids, letters=count)
    return count


def _retry_of(party: int, ids: list[int]) -> int:
    with acting(Actor(party=party, process="inbox")):
        failed = Letter.objects.filter(owner_id=party, pk__in=ids, state=LetterState.FAILED)
        address = Person.objects.filter(pk=OuterRef("person_id")).values("email")
        count = failed.update(
            state=LetterState.WAITING, attempts=0, next_try_at=timezone.now(), address=Subquery(address)
        )
        if count:
            jobs.send_letters.defer(party=party)
        return count
