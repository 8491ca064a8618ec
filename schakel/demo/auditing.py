"""The demonstration's auditor: an office with a mandate of two agencies and the secretariat for a published year."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from schakel.network.actions import add_party
from schakel.network.models import Party, PartyKind
from schakel.network.queries import party, secretariat
from schakel.sharing.acting import acting
from schakel.sharing.mandates import give_mandate
from schakel.sharing.models import Mandate
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actors import Actor

AGENCIES = ("bom", "oost-nl")
_SLUG, _NAME = "accountant", "Voorbeeld Accountants"
_HOLDS = dt.timedelta(days=365)


def office(actor: Actor) -> Party:
    """The auditor's office."""
    return add_party(actor=actor, slug=_SLUG, kind=PartyKind.AUDITOR, name=_NAME)


def give_mandates(year: int, auditor: Party) -> int:
    """Have two agencies and the secretariat let the office see ``year``; returns how many mandates were needed."""
    givers = [*(party(slug) for slug in AGENCIES), secretariat()]
    with database_role(WORKER):
        return sum(_give(giver, auditor, year) for giver in givers)


def _give(giver: Party, auditor: Party, year: int) -> bool:
    actor, now = Actor(party=giver.pk, process="demonstration"), timezone.now()
    with acting(actor):
        if Mandate.objects.filter(owner=giver, auditor=auditor).exists():
            return False
    give_mandate(
        actor=actor,
        auditor=auditor,
        purpose=f"Controle van de cijfers over {year}",
        years=[year],
        since=now,
        until=now + _HOLDS,
        signed_as="directeur",
    )
    return True
