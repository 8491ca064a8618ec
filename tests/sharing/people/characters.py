"""The people of these stories: administrators, and those that they see to."""

from __future__ import annotations

from django.test import Client

from schakel.network.models import Person, RoleHeld
from schakel.network.queries import party
from schakel.trail.actors import Actor
from tests.inbox.people import acts_as, somebody
from tests.making import as_owner


def administrator(slug: str = "bom", name: str = "") -> Person:
    """The administrator of a party."""
    return somebody(name or f"beheer-{slug}", slug, "party-administrator")


def of(person: Person, slug: str = "bom") -> Actor:
    """``person`` acting for a party."""
    return acts_as(person, slug)


def client_of(person: Person, *, language: str = "nl") -> Client:
    """Who has signed in as ``person``."""
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


def roles(person: Person, slug: str) -> set[str]:
    """The roles of somebody at a party, as they stand."""
    return set(RoleHeld.objects.filter(person=person, party=party(slug)).values_list("role", flat=True))


def ends_by_command(person: Person, slug: str) -> None:
    """All roles of somebody at a party are taken by the owner of the database."""
    with as_owner():
        RoleHeld.objects.filter(person=person, party=party(slug)).delete()
