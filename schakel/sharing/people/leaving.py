"""Somebody leaves a party: in one act they are closed off, and what lies with them goes to a colleague or the role.

Invariants: it happens whole or not at all. After it the person opens nothing of the party, and nothing open lies with
them there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.network.actions import end_sessions
from schakel.network.models import Party, Person, RoleHeld
from schakel.network.queries import colleagues
from schakel.sharing.acting import acting
from schakel.sharing.models import Invitation, Token
from schakel.sharing.people.giving import PeopleRefused, must_administer, take_all
from schakel.sharing.people.inviting import standing_invitations, withdraw_invitation
from schakel.sharing.people.open_work import kinds
from schakel.sharing.tokens import withdraw_token
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words


@dataclass(frozen=True, slots=True)
class Lies:
    """How much of a kind of open work lies, or lay, with a person."""

    name: Words
    count: int


@dataclass(frozen=True, slots=True)
class Left:
    """What leaving did: the roles that ended, what was handed over, how many keys and invitations were withdrawn."""

    roles: tuple[str, ...]
    handed: tuple[Lies, ...]
    keys: int
    invitations: int
    sessions: int


def open_work_of(person: int, at: Party) -> list[Lies]:
    """What lies with a person at the acting party; kinds of which there is nothing are left out."""
    found = (Lies(work.name, work.count(at.pk, person)) for work in kinds())
    return [lies for lies in found if lies.count]


def keys_of(person: int) -> QuerySet[Token]:
    """The keys of the acting party that a person made and that still open something."""
    return Token.objects.filter(made_by_id=person, withdrawn_at__isnull=True, expires_at__gt=timezone.now())


def invitations_of(person: int) -> QuerySet[Invitation]:
    """The invitations of the acting party that a person made and that are not accepted or withdrawn."""
    return standing_invitations().filter(invited_by_id=person)


def leave(*, actor: Actor, person: Person, at: Party, to: int | None, withdraw_keys: bool = True) -> Left:
    """Close ``person`` off from the acting party ``at``, and hand what lies with them to ``to`` or back to the role.

    Their invitations are withdrawn; keys that they made, which they may know, where ``withdraw_keys`` says so. Who has
    no role left anywhere is signed out everywhere. Raises PeopleRefused for who may not do this, for the only
    administrator, and for a successor who is no colleague.
    """
    with acting(actor):
        must_administer(actor, at)
        if at.pk != actor.owner:
            raise PeopleRefused(_("You see to the people of your own organisation only."))
        if to is not None and (to == person.pk or not colleagues(at.pk).filter(pk=to).exists()):
            raise PeopleRefused(_("Hand the work to a colleague who works for your organisation."))
        handed = tuple(
            Lies(work.name, work.hand_over(actor=actor, person=person.pk, to=to))
            for work in kinds()
            if work.count(at.pk, person.pk)
        )
        keys = [token.pk for token in keys_of(person.pk)] if withdraw_keys else []
        for key in keys:
            withdraw_token(actor=actor, token_id=key)
        invitations = [invitation.pk for invitation in invitations_of(person.pk)]
        for invitation in invitations:
            withdraw_invitation(actor=actor, invitation_id=invitation)
        roles = take_all(actor=actor, person=person, at=at)
        anywhere = RoleHeld.objects.filter(person=person).exists()
        sessions = 0 if anywhere else end_sessions(person=person.pk)
        note(
            actor=actor,
            verb="closed off",
            kind="person",
            objects=[person.pk],
            to=to,
            keys=keys,
            invitations=invitations,
            handed={lies.name.en: lies.count for lies in handed},
            sessions=sessions,
        )
    return Left(tuple(roles), handed, len(keys), len(invitations), sessions)


def told(handed: Sequence[Lies], language: str) -> str:
    """What was handed over, in a line."""
    return ", ".join(f"{lies.name.in_(language)} ({lies.count})" for lies in handed)
