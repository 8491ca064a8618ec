"""What a delivery would change of identities that stand: proposed, decided by who answers for it, and undone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction

from schakel.innovate.models import InnovationProject
from schakel.network.models import Person, Role, RoleHeld
from schakel.network.queries import party
from schakel.register.actions.proposals import RulingRefused, accept_proposal, decline_proposal
from schakel.register.keeping import state_of
from schakel.register.models import Decision, Organisation, Proposal, ProposalGround, Ruling
from schakel.register.proposals import open_proposals, sides_of
from schakel.sharing.roles import LINKER, database_role
from schakel.trail.actors import Actor
from tests.making import acts, as_owner, make, organisation

from .test_heard import homes, known, linked, take_part

pytestmark = pytest.mark.django_db


def somebody(slug: str, role: Role) -> Actor:
    with as_owner():
        person = Person.objects.create(email=f"{role}@{slug}.example.org", name=role)
        RoleHeld.objects.create(person=person, party=party(slug), role=role)
    return Actor(party=party(slug).pk, person=person.pk, role=role)


def identity_steward() -> Actor:
    return somebody("rom-nederland", Role.IDENTITY_STEWARD)


def proposed() -> tuple[int, int]:
    """Two identities that a later delivery of Oost NL puts in one cluster; it knows both the number and the place."""
    one = known("bom", name="Zonneveld Energie B.V.", postcode="4818CL")
    two = known("nom", "R2", name="Zonneveld Energie B.V.", kvk="12345678", city="Groningen")
    linked()
    with acts("oost-nl") as agency:
        organisation(agency, number="R3", name="Zonneveld Energie B.V.", kvk="12345678", postcode="4818CL")
    linked()
    assert homes()[one] != homes()[two]
    return one, two


def seen_by(slug: str) -> tuple[int, int]:
    with acts(slug):
        return open_proposals().count(), ProposalGround.objects.count()


def test_the_secretariat_sees_that_something_is_proposed_and_its_names_only_under_the_agreement():
    proposed()
    assert [seen_by(slug) for slug in ("rom-nederland", "bom", "nom", "oost-nl", "liof")] == [(1, 0)] + [(0, 0)] * 4
    take_part("bom", "nom", "oost-nl")
    assert [seen_by(slug) for slug in ("rom-nederland", "bom")] == [(1, 1), (0, 0)]


def test_an_agency_sees_and_decides_what_concerns_its_own_records_alone():
    """One project, told in two years under two titles; the second was a slip, and is delivered anew."""
    with acts("bom") as bom:
        common = {"number": "P1", "start": dt.date(2022, 3, 1), "lead": organisation(bom, name="Zonneveld B.V.")}
        one = make(InnovationProject, bom, period=2022, title="Waterstof in de wijk", **common)
        two = make(InnovationProject, bom, period=2023, title="Iets heel anders", **common)
    linked()
    with acts("bom"):
        InnovationProject.objects.filter(pk=two.pk).update(title="Waterstof in de wijk")
    linked()
    assert [seen_by(slug) for slug in ("bom", "nom", "rom-nederland")] == [(1, 1), (0, 0), (1, 0)]
    with acts("bom"):
        sides = sides_of(open_proposals().get())
    assert (sides.verb, sides.one, sides.other) == ("merge", (("project", one.pk),), (("project", two.pk),))
    accept_proposal(actor=somebody("bom", Role.STEWARD), proposal_id=_only())
    linked()
    with database_role(LINKER):
        assert state_of("project").partition() == {frozenset({("project", one.pk), ("project", two.pk)})}


def _only() -> int:
    with database_role(LINKER):
        return int(Proposal.objects.get().pk)


def test_accepted_it_is_done_by_the_log_and_undone_by_declining_and_not_proposed_again():
    one, two = proposed()
    steward = identity_steward()
    accept_proposal(actor=steward, proposal_id=_only())
    linked()
    assert homes()[one] == homes()[two] == 1
    with database_role(LINKER):
        assert Proposal.objects.get().state == "applied"
        assert Decision.objects.get(verb="merged").proposal_id == _only()
    decline_proposal(actor=steward, proposal_id=_only(), why="Two companies of one name.")
    linked()
    linked()
    assert homes()[one] == 1
    assert homes()[two] == 3  # figures return, numbers do not
    with database_role(LINKER):
        assert [one.state for one in Proposal.objects.all()] == ["undone"]


def test_under_four_eyes_a_decision_on_a_proposal_waits_for_no_second(settings):
    settings.FOUR_EYES = True
    one, two = proposed()
    accept_proposal(actor=identity_steward(), proposal_id=_only())
    linked()
    assert homes()[one] == homes()[two]


def test_declined_it_is_not_proposed_again():
    one, two = proposed()
    decline_proposal(actor=identity_steward(), proposal_id=_only(), why="Two companies of one name.")
    linked()
    assert homes()[one] != homes()[two]
    with database_role(LINKER):
        assert [one.state for one in Proposal.objects.all()] == ["declined"]


def test_what_no_longer_speaks_for_it_ends_it():
    proposed()
    with acts("oost-nl"):
        Organisation.objects.filter(number="R3").update(name="Molen B.V.", kvk=None)
    linked()
    with database_role(LINKER):
        merge = Proposal.objects.get(verb="merge")
    assert merge.state == "lapsed"
    with pytest.raises(RulingRefused, match="niet meer voorgesteld"):
        accept_proposal(actor=identity_steward(), proposal_id=merge.pk)


def test_who_may_not_decide_is_refused_with_a_reason_and_by_the_database():
    proposed()
    with pytest.raises(RulingRefused, match="niet aan u"):
        accept_proposal(actor=somebody("bom", Role.STEWARD), proposal_id=_only())
    with pytest.raises(RulingRefused, match="identiteitsbeheerder"):
        accept_proposal(actor=somebody("rom-nederland", Role.SECRETARY), proposal_id=_only())
    with pytest.raises(RulingRefused, match="Zeg waarom"):
        decline_proposal(actor=identity_steward(), proposal_id=_only(), why=" ")
    number = _only()
    with acts("bom") as bom, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Ruling.objects.create(owner=bom, proposal_id=number, accepts=True)
    with acts("rom-nederland"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Proposal.objects.update(state="applied")


def test_the_linker_asks_again_whose_the_records_are():
    one, two = proposed()
    with acts("rom-nederland") as secretariat:  # not as its steward
        Ruling.objects.create(owner=secretariat, proposal_id=_only(), accepts=True, as_steward=False)
    linked()
    assert homes()[one] != homes()[two]
