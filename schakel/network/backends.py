"""Who a session is of."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.backends import ModelBackend

from schakel import prepared
from schakel.network.models import Party, Person, RoleHeld

# Of allauth, asked with the rest as every page asks it; recovery codes alone are no factor.
_HAS_FACTOR = (
    "EXISTS (SELECT FROM mfa_authenticator factor"
    " WHERE factor.user_id = held.person_id AND factor.type IN ('totp', 'webauthn'))"
)
_FROM = """
FROM network_roleheld held JOIN network_person person ON person.id = held.person_id
JOIN network_party party ON party.id = held.party_id
WHERE held.person_id = %s ORDER BY party."order", held.role
"""


class PersonBackend(ModelBackend):
    """Signs in by e-mail address and password, as Django does, and finds the person of a session with their roles."""

    def get_user(self, user_id: int) -> Person | None:
        """The person, who may sign in; ``roles_held`` is read by the same question, as every page asks for both."""
        held = _held(user_id)
        person = held[0].person if held else super().get_user(user_id)
        if not isinstance(person, Person) or not self.user_can_authenticate(person):
            return None
        person.roles_held = held
        return person


def _held(number: int) -> list[RoleHeld]:
    """The roles of a person with their parties, in the order of ``queries.roles_of``.

    In SQL: working this out from a queryset took a twentieth of every page.
    """
    held: list[RoleHeld] = []
    for row in prepared.rows(_question(), [number]):
        values = iter(row)
        role, person, party = (
            prepared.read(RoleHeld, values),
            prepared.read(Person, values),
            prepared.read(Party, values),
        )
        person.has_factor = bool(next(values))
        role.person, role.party = held[0].person if held else person, party
        held.append(role)
    return held


@cache
def _question() -> str:
    known = {"held": RoleHeld, "person": Person, "party": Party}
    columns = (prepared.columns(model, name) for name, model in known.items())
    return f"SELECT {', '.join(columns)}, {_HAS_FACTOR} {_FROM}"
