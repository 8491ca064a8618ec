"""Whatever administrators do in whatever order: a small model says who holds what, and the database agrees.

The model is written from the rules in words, apart from the code: its own table of roles, its own idea of who may.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.network.models import Person, RoleHeld
from schakel.network.queries import end_of, party
from schakel.sharing.acting import acting
from schakel.sharing.models import Invitation
from schakel.sharing.people.giving import PeopleRefused, give, take
from schakel.sharing.people.inviting import (
    NothingThereError,
    accept,
    invite,
    standing_invitations,
    with_link,
    withdraw_invitation,
)
from schakel.sharing.people.leaving import leave
from schakel.trail.actors import Actor
from tests.examples import shown_by
from tests.inbox.people import somebody
from tests.sharing.mandates import office

pytestmark = pytest.mark.django_db

BOM, NOM, NETWORK, OFFICE = "bom", "nom", "rom-nederland", "accountant"
ADMINISTRATOR = "party-administrator"
AT_AN_AGENCY = {"reader", "steward", "investment-manager", ADMINISTRATOR}
MAY_BE_HELD = {
    BOM: AT_AN_AGENCY,
    NOM: AT_AN_AGENCY,
    NETWORK: {"reader", "steward", "secretary", "identity-steward", "system-administrator", ADMINISTRATOR},
    OFFICE: {"auditor"},
}
PARTIES = tuple(MAY_BE_HELD)
ROLES = tuple(sorted(set().union(*MAY_BE_HELD.values())))
FIRST = (("anna", BOM), ("bert", NOM), ("sara", NETWORK))  # the administrators, by command
KNOWN = ("anna", "bert", "sara", "jan")
PEOPLE = (*KNOWN, "noor", "otto")  # the last two are addresses, until somebody invites them


@dataclass
class Model:
    """Who holds what, who is known, and which invitations are open, with who made them."""

    held: set[tuple[str, str, str]] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    open: dict[tuple[str, str], tuple[str, str, frozenset[str]]] = field(default_factory=dict)  # by, for whom, roles

    def sees_to(self, by: str, acts_for: str, at: str) -> bool:
        """Whether somebody who acts for a party sees to the people of another, or the same."""
        return (by, acts_for, ADMINISTRATOR) in self.held and (at == acts_for or (acts_for, at) == (NETWORK, OFFICE))

    def is_of(self, who: str, at: str) -> bool:
        return any((who, at, role) in self.held for role in ROLES)

    def only_administrator(self, who: str, at: str) -> bool:
        return {one for one, there, role in self.held if (there, role) == (at, ADMINISTRATOR)} == {who}

    def give(self, by: str, acts_for: str, who: str, at: str, role: str) -> bool:
        fits = role in MAY_BE_HELD[at] and self.is_of(who, at) and (who, at, role) not in self.held
        return self._did(self.sees_to(by, acts_for, at) and fits, {(who, at, role)})

    def take(self, by: str, acts_for: str, who: str, at: str, role: str) -> bool:
        last = role == ADMINISTRATOR and self.only_administrator(who, at)
        may = self.sees_to(by, acts_for, at) and (who, at, role) in self.held and not last
        if may:
            self.held.remove((who, at, role))
        return may

    def invite(self, by: str, acts_for: str, who: str, at: str, roles: frozenset[str]) -> bool:
        fits = bool(roles) and roles <= MAY_BE_HELD[at] and not self.is_of(who, at) and (who, at) not in self.open
        may = self.sees_to(by, acts_for, at) and fits
        if may:
            self.open[who, at] = (by, acts_for, roles)
        return may

    def withdraw(self, by: str, acts_for: str, who: str, at: str) -> bool:
        may = self.sees_to(by, acts_for, at) and (who, at) in self.open and self.open[who, at][1] == acts_for
        if may:
            del self.open[who, at]
        return may

    def accept(self, who: str, at: str, signed_in: str) -> bool:
        """``signed_in``: as whom; empty for nobody."""
        may = (who, at) in self.open and signed_in == (who if who in self.known else "")
        if may:
            self.known.add(who)
            self._did(True, {(who, at, role) for role in self.open.pop((who, at))[2]})
        return may

    def leave(self, by: str, acts_for: str, who: str) -> bool:
        may = self.sees_to(by, acts_for, acts_for) and self.is_of(who, acts_for)
        if not may or self.only_administrator(who, acts_for):
            return False
        self.held = {line for line in self.held if line[:2] != (who, acts_for)}
        made = [key for key, (maker, owner, _roles) in self.open.items() if (maker, owner) == (who, acts_for)]
        for key in made:
            del self.open[key]
        return True

    def _did(self, may: bool, lines: set[tuple[str, str, str]]) -> bool:
        if may:
            self.held |= lines
        return may


class Life:
    """The same acts, done in life."""

    def __init__(self) -> None:
        self.links: dict[tuple[str, str], str] = {}

    def give(self, by: str, acts_for: str, who: str, at: str, role: str) -> None:
        give(actor=self._actor(by, acts_for), person=_person(who), at=party(at), role=role, until=_until({role}))

    def take(self, by: str, acts_for: str, who: str, at: str, role: str) -> None:
        held = RoleHeld.objects.filter(person_id=_person(who), party=party(at), role=role).first()
        take(actor=self._actor(by, acts_for), held=held or RoleHeld(pk=0, party=party(at)))

    def invite(self, by: str, acts_for: str, who: str, at: str, roles: frozenset[str]) -> None:
        made = invite(
            actor=self._actor(by, acts_for),
            at=party(at),
            email=f"{who}@example.org",
            name=who,
            roles=roles,
            until=_until(roles),
        )
        with acting(self._actor(by, acts_for)):
            self.links[who, at] = with_link(made).removeprefix("/uitnodiging/").rstrip("/")
            made.save(update_fields=["digest"])

    def withdraw(self, by: str, acts_for: str, who: str, at: str) -> None:
        actor = self._actor(by, acts_for)
        with acting(actor):
            found = standing_invitations().filter(email=f"{who}@example.org", party=party(at)).first()
            withdraw_invitation(actor=actor, invitation_id=found.pk if found else 0)

    def accept(self, who: str, at: str, signed_in: str) -> None:
        text = self.links.get((who, at), "unknown")
        accept(text=text, name=who, password="x", person=_person(signed_in) if signed_in else None)

    def leave(self, by: str, acts_for: str, who: str) -> None:
        actor, person = self._actor(by, acts_for), Person.objects.filter(pk=_person(who)).first()
        if person is None or not RoleHeld.objects.filter(person=person, party=party(acts_for)).exists():
            raise PeopleRefused("the page is not there")
        leave(actor=actor, person=person, at=party(acts_for), to=None)

    def _actor(self, by: str, acts_for: str) -> Actor:
        return Actor(party=party(acts_for).pk, person=_person(by))


def _until(roles: set[str] | frozenset[str]):
    """An auditor is one for a time."""
    return end_of(timezone.localdate()) if "auditor" in roles else None


def _person(name: str) -> int:
    return Person.objects.filter(email=f"{name}@example.org").values_list("pk", flat=True).first() or 0


def in_life() -> set[tuple[str, str, str]]:
    held = RoleHeld.objects.values_list("person__email", "party__slug", "role")
    return {(email.partition("@")[0], at, role) for email, at, role in held}


def begin() -> Model:
    """Each party's administrator, an office, and somebody who reads elsewhere."""
    office(OFFICE)
    for name, at in FIRST:
        somebody(name, at, ADMINISTRATOR)
    somebody("jan", NOM, "reader")
    held = {(name, at, ADMINISTRATOR) for name, at in FIRST} | {("jan", NOM, "reader")}
    return Model(held=held, known=set(KNOWN))


VERBS = ("give", "give", "take", "take", "invite", "invite", "accept", "accept", "withdraw", "leave")
numbers = st.lists(st.integers(0, 99), min_size=6, max_size=6)
acts = st.tuples(st.sampled_from(VERBS), st.integers(0, 3).map(lambda wild: wild == 0), numbers)


def pick(choices, number: int):
    found = sorted(choices)
    return found[number % len(found)]


def words_of(model: Model, verb: str, wild: bool, chance: list[int]) -> tuple[object, ...]:
    """An act as the numbers say: mostly one that somebody might think of as things stand, at times a wild one."""
    some, other, third, fourth, fifth, sixth = chance
    if wild:
        by, acts_for, who, at = pick(PEOPLE, some), pick(PARTIES, other), pick(PEOPLE, third), pick(PARTIES, fourth)
        roles = frozenset({pick(ROLES, fifth), pick(ROLES, sixth)})
        if verb == "accept" and model.open:  # a link that opens something, in whoever's hands
            who, at = pick(model.open, third)
        signed_in = pick((*PEOPLE, ""), fifth)
    else:
        by, acts_for = pick({line[:2] for line in model.held if line[2] == ADMINISTRATOR}, some)
        at = OFFICE if acts_for == NETWORK and other % 3 == 0 else acts_for
        who = pick({line[0] for line in model.held if line[1] == at} or PEOPLE, third)
        roles = frozenset({pick(MAY_BE_HELD[at], fifth), pick(MAY_BE_HELD[at], sixth)})
        if verb == "take":
            roles = frozenset({pick({line[2] for line in model.held if line[:2] == (who, at)} or ROLES, fifth)})
        if verb == "invite":
            who = pick(PEOPLE, third)
        if verb in {"accept", "withdraw"} and model.open:
            who, at = pick(model.open, third)
        signed_in = who if who in model.known else ""
    return {
        "accept": (who, at, signed_in),
        "leave": (by, acts_for, who),
        "withdraw": (by, acts_for, who, at),
        "invite": (by, acts_for, who, at, roles),
    }.get(verb, (by, acts_for, who, at, pick(roles, fourth)))


@settings(max_examples=shown_by(10, assured_by=150))
@given(st.lists(acts, min_size=10, max_size=25))
def test_the_database_holds_what_administrators_gave_and_nothing_else(told):
    with transaction.atomic():
        model, life = begin(), Life()
        for verb, wild, chance in told:
            words = words_of(model, verb, wild, chance)
            may = getattr(model, verb)(*words)
            try:
                getattr(life, verb)(*words)
                did = True
            except (PeopleRefused, NothingThereError, RoleHeld.DoesNotExist, Invitation.DoesNotExist):
                did = False
            assert (did, in_life()) == (may, model.held), (verb, words)
        transaction.set_rollback(True)


@settings(max_examples=shown_by(16, assured_by=100))
@given(st.sampled_from(PARTIES), st.sampled_from(KNOWN), st.sampled_from(PARTIES), st.sampled_from(ROLES))
def test_no_statement_of_one_party_gives_a_role_at_another(acts_for, name, there, what):
    """But the secretariat's at an auditor's office, which is its to give."""
    with transaction.atomic():
        model = begin()
        with acting(Actor(party=party(acts_for).pk)):
            try:
                with transaction.atomic():
                    RoleHeld.objects.create(
                        person_id=_person(name), party=party(there), role=what, until=_until({what})
                    )
            except DatabaseError:
                assert in_life() == model.held
            else:
                assert acts_for == there or (acts_for, there, what) == (NETWORK, OFFICE, "auditor")
                assert what in MAY_BE_HELD[there]
            taken = RoleHeld.objects.exclude(party=party(acts_for)).delete()[0]
            assert taken == 0 or acts_for == NETWORK
        transaction.set_rollback(True)
