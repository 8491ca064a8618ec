"""People who have signed in, for tests of pages."""

from __future__ import annotations

from django.test import Client

from schakel.network.queries import party
from tests.making import give_role


def signed_in(slug: str, role: str, *, name: str = "", language: str = "nl") -> Client:
    """Somebody with ``role`` at a party, who has signed in; checks of forged requests hold, as in life."""
    called = name or role
    held = give_role(
        email=f"{called.lower()}@{slug}.example",
        name=called.capitalize(),
        party=party(slug),
        role=role,
        password="a-long-enough-word",
    )
    client = Client(headers={"accept-language": language})
    client.force_login(held.person)
    return client
