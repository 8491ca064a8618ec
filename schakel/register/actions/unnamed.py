"""Beginning a round without names."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from schakel.network.models import Party, PartyKind
from schakel.register.models import KeyedRound
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

_MARK = re.compile(r"[0-9a-f]{32}")


class RoundRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """A round without names cannot be begun so; the message says why and what to do."""


def begin_round(*, actor: Actor, period: int, name: str, mark: str) -> KeyedRound:
    """Begin a round without names of a year, in the place of the one that went, if any. Raises RoundRefused.

    ``mark``: what `schakel encode` says is the mark of the key; ``name``: of the round, as agencies give it there.
    """
    said, known_as = mark.strip().lower(), name.strip()
    if not _MARK.fullmatch(said):
        raise RoundRefused(_("A mark has 32 characters, 0 to 9 and a to f; `schakel encode` says it."))
    if not known_as:
        raise RoundRefused(_("Give the name of the round as the agencies give it to `schakel encode`."))
    with acting(actor):
        if not Party.objects.filter(pk=actor.owner, kind=PartyKind.SECRETARIAT).exists():
            raise RoundRefused(_("Only the secretariat begins a round without names."))
        try:
            with transaction.atomic():
                made = KeyedRound.objects.create(
                    owner_id=actor.owner, period=period, name=known_as, mark=said, opened_by_id=actor.person
                )
        except IntegrityError as twice:
            raise RoundRefused(_("This key had a round already; make a new key for each round.")) from twice
        note(actor=actor, verb="began", kind="keyed round", objects=[made.pk], period=period, mark=said)
    return made
