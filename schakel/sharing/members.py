"""An agency that leaves the network or merges with another: what it had open is closed, in one act.

Its records, figures and closings stay as they are; `documents` lets it take all of it along. Done by an administrator's
command, once the agency and the network have decided it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from schakel.network.actions import end_sessions, leave
from schakel.network.models import Party, Role, RoleHeld
from schakel.sharing.acting import acting
from schakel.sharing.agreements import end
from schakel.sharing.mandates import withdraw_mandate
from schakel.sharing.models import Invitation, Mandate, Signatory, Token
from schakel.sharing.people.inviting import withdraw_invitation
from schakel.sharing.people.open_work import kinds
from schakel.sharing.tokens import withdraw_token
from schakel.trail.actions import note
from schakel.trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Closed:
    """How many of each were closed."""

    agreements: int
    keys: int
    mandates: int
    invitations: int
    roles: int


@transaction.atomic
def close(party: Party, *, reason: str, process: str) -> Closed:
    """End what stands open of a party: agreements, keys, mandates, invitations, and all roles but its administrators'.

    These stay, so that somebody can still read and take along what the party has.
    """
    actor = Actor(party=party.pk, process=process)
    with acting(actor):
        parts = Signatory.objects.filter(owner=party, ended_at=None, agreement__proposed_at__isnull=False)
        agreements = [end(actor=actor, agreement_id=part.agreement_id, reason=reason) for part in parts]
        keys = list(Token.objects.filter(owner=party, withdrawn_at=None))
        for key in keys:
            withdraw_token(actor=actor, token_id=key.pk)
        mandates = list(Mandate.objects.filter(owner=party, withdrawn_at=None))
        for mandate in mandates:
            withdraw_mandate(actor=actor, mandate_id=mandate.pk, reason=reason)
        waiting = list(Invitation.objects.filter(owner=party, withdrawn_at=None, accepted_at=None))
        for invitation in waiting:
            withdraw_invitation(actor=actor, invitation_id=invitation.pk)
        roles = _roles_end(actor, party)
        closed = Closed(len(agreements), len(keys), len(mandates), len(waiting), roles)
        note(actor=actor, verb="closed", kind="party", objects=[party.pk], reason=reason, roles=roles)
    return closed


@transaction.atomic
def merge(party: Party, into: Party, *, until: dt.date, process: str) -> int:
    """Let an agency be one of the network up to a day, as it goes on in another; returns how many roles were given.

    Its people get the roles there that they have here. Numbers, records and closings keep their owner: what was the
    agency's in a year is so for ever, and who acts for it still reads it. Raises MembershipRefused.
    """
    actor = Actor(party=None, process=process)
    leave(actor=actor, party=party, until=until, into=into)
    given = 0
    for held in _standing(party):
        _role, made = RoleHeld.objects.get_or_create(
            person=held.person, party=into, role=held.role, until=held.until, defaults={"since": timezone.now()}
        )
        given += made
        if made:
            note(
                actor=actor,
                verb="gave role",
                kind="person",
                objects=[held.person_id],
                role=held.role,
                party=into.pk,
                merged=party.pk,
            )
    return given


def _standing(party: Party) -> list[RoleHeld]:
    found = RoleHeld.objects.filter(party=party).exclude(until__lte=timezone.now())
    return list(found.select_related("person").order_by("pk"))


def _roles_end(actor: Actor, party: Party) -> int:
    """Take all roles of a party but those of its administrators; what lay with people goes back to the role.

    Who has none left anywhere is signed out.
    """
    taken = [held for held in _standing(party) if held.role != Role.ADMINISTRATOR]
    for held in taken:
        person = held.person_id
        for work in kinds():
            work.hand_over(actor=actor, person=person, to=None)
        held.delete()
        note(actor=actor, verb="took role", kind="person", objects=[person], role=held.role, party=party.pk)
        if not RoleHeld.objects.filter(person_id=person).exclude(until__lte=timezone.now()).exists():
            end_sessions(person=person)
    return len(taken)
