"""Who a session is of."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from schakel.network.models import Person
from schakel.network.queries import roles_of


class PersonBackend(ModelBackend):
    """Signs in by e-mail address and password, as Django does, and finds the person of a session with their roles."""

    def get_user(self, user_id: int) -> Person | None:
        """The person, who may sign in; ``roles_held`` is read by the same question, as every page asks for both."""
        held = list(roles_of(user_id).select_related("person"))
        person = held[0].person if held else super().get_user(user_id)
        if not isinstance(person, Person) or not self.user_can_authenticate(person):
            return None
        for role in held:
            role.person = person
        person.roles_held = held
        return person
