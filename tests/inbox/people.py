"""The people of the inbox's stories."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.hashers import make_password

from schakel.network.models import Person
from schakel.network.queries import party
from schakel.trail.actors import Actor
from schakel.words import Words
from tests.making import as_owner, give_role

TITLE = Words("Aanlevering 2024 staat open", "Delivery of 2024 is open")
URL = "/aanleveringen/"
PASSWORD = "a-long-enough-word"


def somebody(name: str, slug: str, role: str = "steward", *, language: str = "nl") -> Person:
    """A person called ``name`` who holds a role at a party."""
    email = f"{name}@example.org"
    known = {"name": name.capitalize(), "language": language, "password": _hashed()}
    with as_owner():
        person, _made = Person.objects.get_or_create(email=email, defaults=known)
    give_role(
        email=email,
        name=name.capitalize(),
        party=party(slug),
        role=role,
        password=PASSWORD,
    )
    return person


@cache
def _hashed() -> str:
    """The password as it is kept; made once, as it is made to be slow."""
    return make_password(PASSWORD)


def acts_as(person: Person, slug: str) -> Actor:
    """``person`` acting for a party."""
    return Actor(party=party(slug).pk, person=person.pk)


def of(slug: str) -> Actor:
    """A process of a party."""
    return Actor(party=party(slug).pk, process="test")
