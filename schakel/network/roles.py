"""Which role can be held at which kind of party: the one table, which the database holds too (``network_role_at``).

Invariants: a role of the network itself (``OF_THE_NETWORK``) is held at the secretariat or an auditor's office alone.
Who is there to administer, and only for that (``WITHOUT_RECORDS``), sees no records.
"""

from __future__ import annotations

from collections.abc import Mapping

from schakel.network.models import PartyKind, Role

_ANYWHERE = {Role.READER, Role.ADMINISTRATOR}
_ADVISERS = {Role.ADVISER_INNOVATION, Role.ADVISER_TRADE, Role.ADVISER_FOREIGN}

ROLES_AT: Mapping[PartyKind, frozenset[Role]] = {
    PartyKind.AGENCY: frozenset(
        {*_ANYWHERE, *_ADVISERS, Role.INVESTMENT_MANAGER, Role.STEWARD, Role.PROGRAMME_MANAGER},
    ),
    PartyKind.SECRETARIAT: frozenset(
        {
            *_ANYWHERE,
            Role.STEWARD,
            Role.PROGRAMME_MANAGER,
            Role.SECRETARY,
            Role.IDENTITY_STEWARD,
            Role.SYSTEM_ADMINISTRATOR,
        },
    ),
    PartyKind.MINISTRY: frozenset({*_ANYWHERE, Role.PROGRAMME_MANAGER}),
    PartyKind.PROVINCE: frozenset({*_ANYWHERE, Role.PROGRAMME_MANAGER}),
    PartyKind.PARTNER: frozenset({*_ANYWHERE, *_ADVISERS, Role.PROGRAMME_MANAGER}),
    PartyKind.RESEARCHER: frozenset(_ANYWHERE),
    PartyKind.ENTREPRENEUR: frozenset(_ANYWHERE),
    PartyKind.AUDITOR: frozenset({Role.AUDITOR}),
}
# Given by nobody but the party administrator of the secretariat; the auditor's at an auditor's office, for a time.
OF_THE_NETWORK = frozenset({Role.SECRETARY, Role.IDENTITY_STEWARD, Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR})
WITHOUT_RECORDS = frozenset({Role.SYSTEM_ADMINISTRATOR})


def can_be_held(role: str, kind: str) -> bool:
    """Whether ``role`` can be held at a party of ``kind``."""
    return role in ROLES_AT[PartyKind(kind)]
