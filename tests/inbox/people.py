"""The people of the inbox's stories."""

from __future__ import annotations

from schakel.network.actions import give_role
from schakel.network.models import Person
from schakel.network.queries import party
from schakel.trail.actors import Actor
from schakel.words import Words

TITLE = Words("Aanlevering 2024 staat open", "Delivery of 2024 is open")
URL = "/aanleveringen/"


def somebody(name: str, slug: str, role: str = "steward", *, language: str = "nl") -> Person:
    """A person called ``name`` who holds a role at a party."""
    held = give_role(
        actor=Actor(party=None, process="test"),
        email=f"{name}@example.org",
        name=name.capitalize(),
        party=party(slug),
        role=role,
        password="a-long-enough-word",
    )
    Person.objects.filter(pk=held.person_id).update(language=language)
    return Person.objects.get(pk=held.person_id)


def acts_as(person: Person, slug: str) -> Actor:
    """``person`` acting for a party."""
    return Actor(party=party(slug).pk, person=person.pk)


def of(slug: str) -> Actor:
    """A process of a party."""
    return Actor(party=party(slug).pk, process="test")
