"""Inviting somebody by mail, sending that again, withdrawing it, and accepting it.

Invariants: an invitation gives what its party's administrator may give, and nothing else. It is accepted once, by who
holds its link; where the address is that of a known person, by that person, signed in. Used, expired, withdrawn and
unknown links are all answered alike.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.network.models import Party, RoleHeld
from schakel.sharing.acting import acting
from schakel.sharing.models import Invitation
from schakel.sharing.people.giving import PeopleRefused, must_administer, must_fit
from schakel.sharing.people.post import to_be_sent
from schakel.trail.actions import note
from schakel.trail.actors import Actor

_BYTES = 32  # of chance: guessing is hopeless, and a plain digest is enough


class NothingThereError(Exception):
    """A link opens nothing (any more); why, nobody is told."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a link offers: to whom, for which party, in which roles; ``person``: the known person of that address."""

    invitation: int
    email: str
    name: str
    party: int
    roles: tuple[str, ...]
    person: int | None


def invite(
    *,
    actor: Actor,
    at: Party,
    email: str,
    name: str,
    roles: Collection[str],
    until: dt.datetime | None = None,
    language: str = "nl",
) -> Invitation:
    """Invite an address to act for ``at``; the mail goes out after the transaction. Raises PeopleRefused.

    Nothing tells whether the address is known elsewhere in the network: the acting party learns of its own people only.
    """
    with acting(actor):
        must_administer(actor, at)
        must_fit(at, roles, until)
        if RoleHeld.objects.filter(person__email__iexact=email, party=at).exists():
            raise PeopleRefused(_("This person has a role at your organisation already; give another on their page."))
        if open_invitations().filter(email__iexact=email, party=at).exists():
            raise PeopleRefused(_("This address is invited already; send that invitation again, or withdraw it."))
        now = timezone.now()
        made = Invitation.objects.create(
            owner_id=actor.owner,
            party=at,
            email=email.lower(),
            name=name.strip(),
            roles=sorted(set(roles)),
            until=until,
            language=language,
            invited_by_id=actor.person,
            expires_at=now + _holds(),
            next_try_at=now,
        )
        note(actor=actor, verb="invited", kind="invitation", objects=[made.pk], party=at.pk, roles=made.roles)
        to_be_sent(actor.owner)
    return made


def send_again(*, actor: Actor, invitation_id: int) -> Invitation:
    """Send an invitation anew, also one that expired; an earlier link opens nothing any more.

    Raises PeopleRefused for one that was accepted or withdrawn, Invitation.DoesNotExist.
    """
    with acting(actor):
        found = _changeable(actor, invitation_id)
        now = timezone.now()
        found.digest, found.expires_at, found.next_try_at = None, now + _holds(), now
        found.attempts, found.last_error, found.sent_at = 0, "", None
        found.save(update_fields=["digest", "expires_at", "next_try_at", "attempts", "last_error", "sent_at"])
        note(actor=actor, verb="sent again", kind="invitation", objects=[found.pk])
        to_be_sent(actor.owner)
    return found


def withdraw_invitation(*, actor: Actor, invitation_id: int) -> Invitation:
    """Withdraw an invitation; its link opens nothing from this moment.

    Raises PeopleRefused for one that was accepted or withdrawn, Invitation.DoesNotExist.
    """
    with acting(actor):
        found = _changeable(actor, invitation_id)
        found.digest, found.next_try_at = None, None
        found.withdrawn_at, found.withdrawn_by_id = timezone.now(), actor.person
        found.save(update_fields=["digest", "next_try_at", "withdrawn_at", "withdrawn_by"])
        note(actor=actor, verb="withdrew", kind="invitation", objects=[found.pk])
    return found


def open_invitations() -> QuerySet[Invitation]:
    """Invitations of the acting party that can still be accepted."""
    return standing_invitations().filter(expires_at__gt=timezone.now())


def standing_invitations() -> QuerySet[Invitation]:
    """Invitations of the acting party that were neither accepted nor withdrawn, expired ones with them."""
    found = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return found.select_related("party", "invited_by")


def next_to_send() -> Invitation | None:
    """The invitation of the acting party that is due longest, held for who asks; None where none is."""
    due = open_invitations().filter(next_try_at__lte=timezone.now()).order_by("next_try_at", "pk")
    return due.select_for_update(skip_locked=True, of=("self",)).first()


def with_link(invitation: Invitation) -> str:
    """The path of a fresh link of an invitation, kept only as its digest; an earlier one opens nothing any more."""
    text = secrets.token_urlsafe(_BYTES)
    invitation.digest = _digest(text)
    return reverse("people:accept", args=[text])


def offered(text: str) -> Offered:
    """What the link with ``text`` offers. Raises NothingThereError where it is used, expired, withdrawn or unknown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sharing_invitation_of(%s)", [_digest(text)])
        found = cursor.fetchone()
    if found is None:
        raise NothingThereError
    number, email, name, party, roles, person = found
    return Offered(number, email, name, party, tuple(roles), person)


def accept(*, text: str, name: str = "", password: str = "", language: str = "nl", person: int | None = None) -> int:
    """Become a person of the party that invited, or, as the known ``person`` who is signed in, one more role richer.

    Done by nobody who acts: the database does it, in one function. Returns the person's id. Raises NothingThereError
    where the link is used, expired, withdrawn or unknown, or is that of somebody else.
    """
    offer = offered(text)
    hashed = make_password(password) if person is None else ""
    with acting(Actor(party=None)):
        with connection.cursor() as cursor:
            values = [_digest(text), name.strip(), hashed, language, person]
            cursor.execute("SELECT sharing_accept_invitation(%s, %s, %s, %s, %s)", values)
            accepted: int | None = cursor.fetchone()[0]
        if accepted is None:
            raise NothingThereError
        actor = Actor(party=offer.party, person=accepted)
        with acting(actor):
            note(actor=actor, verb="accepted", kind="invitation", objects=[offer.invitation], roles=sorted(offer.roles))
    return accepted


def _changeable(actor: Actor, invitation_id: int) -> Invitation:
    """An invitation of the acting party that was neither accepted nor withdrawn, held for who asks."""
    found = Invitation.objects.select_related("party").get(pk=invitation_id, owner_id=actor.owner)
    must_administer(actor, found.party)
    held = standing_invitations().select_for_update(of=("self",)).filter(pk=found.pk).first()
    if held is None:
        raise PeopleRefused(_("This invitation was accepted or withdrawn already."))
    return held


def _holds() -> dt.timedelta:
    return dt.timedelta(days=settings.INVITATION_DAYS)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
