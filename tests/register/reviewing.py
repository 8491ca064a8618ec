"""Pairs that are doubtful, made with the linker's rights, and people who judge them."""

from __future__ import annotations

from collections.abc import Mapping

from schakel.network.models import Person
from schakel.network.queries import party
from schakel.register.models import Card, Doubt, Organisation, RegisterEntry
from schakel.sharing.reviewing import sign_review
from schakel.sharing.roles import LINKER, database_role
from schakel.trail.actors import Actor
from tests.making import actor_for, acts, give_role, make, organisation

SAYS = ("name", "kvk", "city", "website")


def person(slug: str, role: str, name: str = "") -> Actor:
    """Somebody who acts for a party in a role."""
    called = name or role
    held = give_role(
        email=f"{called.lower()}@{slug}.example",
        name=called.capitalize(),
        party=party(slug),
        role=role,
        password="a-long-enough-word",
    )
    return Actor(party=held.party_id, person=held.person_id, role=role)


def steward(slug: str = "bom", name: str = "") -> Actor:
    """The data steward of an agency; ``name`` for one beside another."""
    return person(slug, "steward", name)


def identity_steward() -> Actor:
    """The network's identity steward."""
    return person("rom-nederland", "identity-steward")


def called(actor: Actor) -> Person:
    """Who an actor is."""
    return Person.objects.get(pk=actor.person)


def take_part(*slugs: str) -> None:
    """Have parties take part in identity review."""
    for slug in slugs:
        sign_review(actor=actor_for(slug), signed_as="directeur")


def known(slug: str, number: str = "R1", **values: object) -> Organisation:
    """An organisation that an agency knows."""
    with acts(slug) as owner:
        return organisation(owner, number=number, **values)


def entry(**values: object) -> RegisterEntry:
    """A published entry of the trade register."""
    with acts("rom-nederland") as owner:
        said = {"name": "Zonneveld Energie B.V.", "kvk": "12345678", "city": "Breda"} | values
        return make(RegisterEntry, owner, number=str(said["kvk"]), **said)


def doubted(one: Organisation, other: Organisation | RegisterEntry, **values: object) -> Doubt:
    """That it is not sure whether two are one, with the cards that the linker writes of both sides."""
    published = isinstance(other, RegisterEntry)
    sides = [("organisation", one)] + ([] if published else [("organisation", other)])
    with database_role(LINKER):
        doubt = Doubt.objects.create(
            thing="organisation",
            owner_a_id=one.owner_id,
            kind_a="organisation",
            record_a=one.pk,
            owner_b_id=None if published else other.owner_id,
            kind_b="register_entry" if published else "organisation",
            record_b=other.pk,
            **{"score": -1200, "reasons": ["other-place"], "gain": 900} | values,
        )
        for at, (kind, record) in enumerate(sides):
            opposite = sides[1 - at][1].owner_id if len(sides) > 1 else None
            says = {name: getattr(record, name) for name in SAYS if getattr(record, name)}
            Card.objects.create(
                doubt=doubt,
                owner_id=record.owner_id,
                other_id=opposite,
                record_kind=kind,
                record_id=record.pk,
                says=says,
            )
    return doubt


def settle(doubt: Doubt, **values: Mapping[str, object] | object) -> None:
    """Have the linker say something else of a doubt."""
    with database_role(LINKER):
        Doubt.objects.filter(pk=doubt.pk).update(**values)


def own_pair(**values: object) -> Doubt:
    """Two records of BOM of which it is not sure."""
    one = known("bom", "R1", name="Zonneveld Energie B.V.", city="Breda")
    other = known("bom", "R2", name="Zonnenveld Energy B.V.", city="Tilburg")
    return doubted(one, other, **values)


def shared_pair(**values: object) -> Doubt:
    """A record of BOM and one of NOM of which it is not sure."""
    one = known("bom", "R1", name="Zonneveld Energie B.V.", city="Breda", kvk="12345678", address="Geheim 1")
    other = known("nom", "N1", name="Zonnenveld Energy B.V.", city="Groningen", address="Stil 2")
    return doubted(one, other, **values)
