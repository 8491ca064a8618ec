"""For whom a password is not enough."""

from __future__ import annotations

from django.conf import settings

from schakel.network.models import Person, Role

# Roles that can see confidential records: who holds one, at whatever party, needs a second factor to act at all.
# A role that is not among those named here as seeing none, asks for it too: a new role does so until somebody says no.
SEES_NOTHING_CONFIDENTIAL: frozenset[str] = frozenset({Role.READER})


def must_add_factor(person: Person) -> bool:
    """Whether somebody can open nothing before they have a second factor; asks no question of the database."""
    return (
        settings.SECOND_FACTOR
        and not person.has_factor
        and any(held.role not in SEES_NOTHING_CONFIDENTIAL for held in person.roles_held or [])
    )
