"""Who asks in the networks of these tests, and what of a network of theirs is asked."""

from __future__ import annotations

import re

from django.test import Client

from schakel.leaking import crawling
from schakel.leaking.crawling import LOG, Crawl
from schakel.leaking.people import API, Viewer, browser, system
from schakel.leaking.rules import Network
from schakel.network.models import Person
from schakel.network.queries import party
from tests.making import give_role

from ..mandates import OFFICE
from .worlds import AGENCIES, OTHERS

NOBODY = ""
SYSTEM = "beheer"
_ROLES = {
    SYSTEM: "system-administrator",
    OFFICE: "auditor",
    "rom-nederland": "secretary",
    "ministerie-ez": "reader",
    "provincie-utrecht": "reader",
}
KINDS_OF_VIEWER = ("agency", *OTHERS, OFFICE, SYSTEM, NOBODY)


def viewer(name: str) -> Viewer:
    """Somebody of a party, the keeper of its audit log, and a system of an agency; or nobody."""
    kind = "agency" if name in AGENCIES else name
    if not name:
        return Viewer(name, "", kind, {"": browser()})
    role = _ROLES.get(name, "steward")
    clients = {"": signed_in(name, role)}
    if name in AGENCIES:
        clients[API] = system(party(name).pk)
    if name in (*AGENCIES, *OTHERS):
        clients[LOG] = signed_in(name, "party-administrator")
    return Viewer("" if name == SYSTEM else name, role, kind, clients)


def signed_in(name: str, role: str) -> Client:
    """What asks for somebody of a party who is signed in and holds a role."""
    at = party("rom-nederland" if name == SYSTEM else name)
    held = give_role(email=f"{role}@{name}.example", name=role, party=at, role=role, password="a-long-enough-word")
    client = browser()
    client.force_login(Person.objects.get(pk=held.person_id))
    return client


def crawl(network: Network, *, turn: int = 0, at_most: int = 1, only: re.Pattern[str] | None = None) -> Crawl:
    """Ask some addresses as every kind of viewer: one of the agencies, and of each other kind the one there is."""
    asking = (AGENCIES[turn % len(AGENCIES)], *KINDS_OF_VIEWER[1:])
    return crawling.crawl(network, map(viewer, asking), turn=turn, at_most=at_most, only=only)


def missing(network: Network) -> list[str]:
    """What somebody may see, and is not shown where it is looked for."""
    return crawling.missing(network, [viewer(name) for name in (*AGENCIES, *OTHERS, OFFICE)])
