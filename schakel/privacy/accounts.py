"""An account of the network: what is held about it, and emptying it.

The number of the account stays, so that what the person did stays told of one and the same somebody; nothing that says
who that was does.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import connection
from django.db.models import Q

from schakel.network.models import Person, RoleHeld
from schakel.trail.models import Entry


def account_at(party: int, email: str) -> Person | None:
    """The account with an address, of somebody who works or worked for the acting ``party``; None for any other."""
    person = Person.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        return None
    works = RoleHeld.objects.filter(person=person, party_id=party).exists()
    worked = Q(owner_id=party) & (Q(person_id=person.pk) | Q(kind="person", objects_ids__contains=[person.pk]))
    return person if works or Entry.objects.filter(worked).exists() else None


def held_about(person: Person) -> dict[str, Any]:
    """What is held of an account itself, as plain values."""
    return {
        "account": {
            "number": person.pk,
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "active": person.is_active,
            "last_sign_in": _moment(person.last_login),
        },
        "roles": [
            {
                "party": str(held.party),
                "role": held.get_role_display(),
                "since": _moment(held.since),
                "until": _moment(held.until),
            }
            for held in RoleHeld.objects.filter(person=person).select_related("party")
        ],
        "second_factors": [
            {"kind": one.type, "made": _moment(one.created_at), "used": _moment(one.last_used_at)}
            for one in Authenticator.objects.filter(user_id=person.pk)
        ],
        "sessions": [
            {
                "address": one.ip,
                "browser": one.user_agent,
                "since": _moment(one.created_at),
                "seen": _moment(one.last_seen_at),
            }
            for one in UserSession.objects.filter(user_id=person.pk)
        ],
        "signs_in_by": [
            {"provider": one.provider, "known_there_as": one.uid, "told_us": one.extra_data}
            for one in SocialAccount.objects.filter(user_id=person.pk)
        ],
    }


def has_roles(person: int) -> bool:
    """Whether a role anywhere still stands."""
    return RoleHeld.objects.filter(person_id=person).exists()


def empty_for(request: int) -> None:
    """Take away who the account of a decided request was of, and all by which it signs in; with the worker's rights."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_empty_account(%s)", [request])


def empty_as_owner(person: int) -> None:
    """The same, with the rights of the database's owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_empty(%s)", [person])


def _moment(value: Any) -> str | None:  # noqa: ANN401 - a moment or none, of whichever table
    return value.isoformat() if value else None
