"""Letters are personal: what went out is not kept for ever."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from schakel.inbox.models import Letter, LetterState
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor

KEPT = dt.timedelta(days=90)


def forget_letters(party: int) -> int:
    """Take away a party's letters that went out, or were no longer needed, ``KEPT`` ago; returns how many."""
    with acting(Actor(party=party, process="worker")):
        over = Letter.objects.filter(owner_id=party, state__in=[LetterState.SENT, LetterState.NEEDLESS])
        old = list(over.filter(made_at__lt=timezone.now() - KEPT).values_list("pk", flat=True))
        Letter.objects.filter(pk__in=old).delete()
        return len(old)
