"""What an administrator does for who lost their second factor, and their recovery codes too."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from schakel.network.models import Person
from schakel.network.signing.writing import told_by
from schakel.trail.actors import Actor


@transaction.atomic
def forget_factors(person: Person, *, actor: Actor) -> int:
    """Take away the second factors of a person and end their sessions; returns how many factors there were.

    In a role that asks for one they are led to set up another as soon as they sign in.
    """
    factors = Authenticator.objects.filter(user=person)
    count = factors.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    factors.delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    told_by(actor, person, "removed a factor", factors=count)
    return count
