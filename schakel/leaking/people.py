"""Who asks: every kind of person that a copy has, a system with a key of each party, and nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.test import Client

from schakel.leaking import reading
from schakel.network.models import Person
from schakel.network.queries import SESSION_KEY
from schakel.network.roles import WITHOUT_RECORDS
from schakel.sharing.roles import as_owner
from schakel.sharing.tokens import make_token
from schakel.trail.actors import Actor

_STANDING = """
    SELECT min(h.id) AS held, h.party_id, h.role, p.slug, p.kind FROM network_roleheld h
    JOIN network_party p ON p.id = h.party_id JOIN network_person n ON n.id = h.person_id AND n.is_active
    WHERE (h.until IS NULL OR h.until > statement_timestamp()) AND h.since <= statement_timestamp()
    GROUP BY h.party_id, h.role, p.slug, p.kind ORDER BY p.slug, h.role
"""
API = "/api/"


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks: as which party (empty for nobody, and for who sees no records), in which role, and by what.

    ``kind``: how it is counted. ``clients``: what asks, by how an address begins; the longest beginning goes first.
    """

    party: str
    role: str
    kind: str
    clients: Mapping[str, Client]

    def client(self, address: str) -> Client:
        """What asks this address."""
        return self.clients[max((begin for begin in self.clients if address.startswith(begin)), key=len)]

    def __str__(self) -> str:
        return f"{self.party or 'of no party'} ({self.role})" if self.role else "nobody"


def browser() -> Client:
    """What asks for pages; a failure is an answer."""
    return Client(headers={"accept-language": "nl"}, raise_request_exception=False)


def system(party: int) -> Client:
    """A system of a party, with a key of its own to read."""
    actor = Actor(party=party, process="check")
    _token, key = make_token(actor=actor, name="check", scopes=["read"], days=1)
    return Client(headers={"authorization": f"Bearer {key}"}, raise_request_exception=False)


def viewers() -> Iterator[Viewer]:
    """One person of each party and role that is held in the copy, and nobody; the first of a party has its key too."""
    known: set[str] = set()
    for row in reading.rows(_STANDING):
        client = browser()
        (person,) = reading.rows("SELECT person_id AS id FROM network_roleheld WHERE id = %(held)s", row)
        with as_owner():
            client.force_login(Person.objects.get(pk=person["id"]))
        session = client.session
        session[SESSION_KEY] = row["held"]
        session.save()
        clients = {"": client}
        if row["slug"] not in known and row["role"] not in WITHOUT_RECORDS:
            clients[API] = system(row["party_id"])
            known.add(row["slug"])
        yield Viewer("" if row["role"] in WITHOUT_RECORDS else row["slug"], row["role"], row["kind"], clients)
    yield Viewer("", "", "nobody", {"": browser()})
