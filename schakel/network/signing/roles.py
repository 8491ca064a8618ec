"""For whom a password is not enough."""

from __future__ import annotations

from django.conf import settings

from schakel.network.models import PartyKind, Person, Role, RoleHeld

# Who reads for a party that has no records of its own sees nothing confidential. A role that is not named here asks for
# a second factor, at whatever party: a new role does so until somebody says no.
SEES_NOTHING_CONFIDENTIAL: frozenset[str] = frozenset({Role.READER})


def must_add_factor(person: Person) -> bool:
    """Whether somebody can open nothing before they have a second factor; asks no question of the database."""
    return settings.SECOND_FACTOR and not person.has_factor and any(map(_confidential, person.roles_held or []))


def _confidential(held: RoleHeld) -> bool:
    """Whether the role can see confidential records: any at an agency, and all but readers elsewhere."""
    return held.party.kind == PartyKind.AGENCY or held.role not in SEES_NOTHING_CONFIDENTIAL
