"""What a proposal would do to figures is what it does; what a round did is what lies between before and after."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction

from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.models import CompanyOutcome
from schakel.innovate.models import InnovationProject
from schakel.internationalise.models import ForeignCase
from schakel.invest.models import Fund, Investment
from schakel.network.models import Role
from schakel.register.actions import link
from schakel.register.actions.proposals import accept_proposal, decline_proposal
from schakel.register.models import JoiningRound, Organisation, Proposal, ProposalMoves, RoundTold
from schakel.sharing.roles import LINKER, WORKER, database_role
from tests.making import acts, make, organisation
from tests.register.test_heard import linked
from tests.register.test_proposal_pages import two_titles
from tests.register.test_proposals import identity_steward, somebody

from .joined_here import agency, ask_here, between, figures, foreseen, told

pytestmark = pytest.mark.django_db


def invests(slug: str, number: str, date: dt.date, **known: str) -> Organisation:
    """An agency invests in a company that it knows under a name and number of its own."""
    with acts(slug) as owner:
        company = organisation(owner, number=number, **known)
        fund = make(Fund, owner, number=f"F{number}", name="Fonds", capital=1)
        values = {"fund": fund, "organisation": company, "date": date, "amount": 100, "round_size": 500}
        make(Investment, owner, number=f"I{number}", type="first", stage="seed", **values)
    return company


def two_companies() -> tuple[Organisation, Organisation]:
    """BOM and NOM each invest, within a month, in what a later record of Oost NL tells is one company."""
    one = invests("bom", "R1", dt.date(2023, 3, 1), name="Zonneveld Energie B.V.", postcode="4818CL")
    other = invests("nom", "R2", dt.date(2023, 3, 20), name="Zonneveld Energie B.V.", kvk="12345678", city="Groningen")
    linked()
    with acts("oost-nl") as owner:
        organisation(owner, number="R3", name="Zonneveld Energie B.V.", kvk="12345678", postcode="4818CL")
    return one, other


def project(slug: str, number: str, title: str, *, period: int = 2023, **values: object) -> InnovationProject:
    with acts(slug) as owner:
        return make(InnovationProject, owner, number=number, title=title, period=period, **values)


def only() -> int:
    with database_role(LINKER):
        return int(Proposal.objects.get(state="open").pk)


def last_round() -> int:
    with database_role(LINKER):
        return int(JoiningRound.objects.latest("pk").pk)


def carried_out_and_undone(number: int) -> None:
    """The figures change by exactly what was said, and return."""
    foreseen()
    said, before, steward = told("proposal", number), figures(), identity_steward()
    accept_proposal(actor=steward, proposal_id=number)
    linked()
    assert between(before, figures()) == said
    decline_proposal(actor=steward, proposal_id=number, why="They are two.")
    linked()
    assert figures() == before


def test_what_a_proposal_would_do_is_what_it_does_with_all_that_follows_from_it():
    """Two companies become one, so two rounds of capital within sixty days do as well, and its leverage is another."""
    two_companies()
    linked()
    foreseen()
    said = told("proposal", only())
    assert said["companies_invested_in", 2023] == (2, 1)
    assert said["leverage", 2023] == (5, Decimal("2.5"))
    carried_out_and_undone(only())


def test_cases_that_meet_once_their_companies_are_one_are_in_the_effect():
    one, other = two_companies()
    for slug, company in (("bom", one), ("nom", other)):
        with acts(slug) as owner:
            values = {"date": dt.date(2023, 5, 1), "kind": "new-site", "origin": "DE", "jobs_created": 10}
            make(ForeignCase, owner, number="C", organisation=company, capex=100, **values)
    linked()
    foreseen()
    said = told("proposal", only())
    assert said["foreign_companies", 2023] == (2, 1)
    assert said["jobs_created", 2023] == (20, 10)  # one case, told by two
    carried_out_and_undone(only())


def test_two_statements_of_what_became_of_a_company_become_one_and_the_best_founded_counts():
    one, other = two_companies()
    for slug, company, turnover, basis in (("bom", one, 100, "estimate"), ("nom", other, 300, "accounts")):
        with acts(slug) as owner:
            make(CompanyOutcome, owner, number="U", organisation=company, turnover=turnover, basis=basis)
    linked()
    foreseen()
    said = told("proposal", only())
    assert (400, 300) in said.values()
    carried_out_and_undone(only())


def test_a_split_is_counted_as_it_is_carried_out():
    """Two agencies told of one project under one EU number; one of them corrects its own."""
    for slug in ("bom", "nom"):
        with acts(slug) as owner:
            lead = organisation(owner, name=f"Molen {slug} B.V.")
        common = {"start": dt.date(2023, 3, 1), "lead": lead, "volume": 1000}
        project(slug, "P", f"Wind op zee {slug}", eu_number="101000001", **common)
    linked()
    with acts("nom"):
        InnovationProject.objects.filter(owner__slug="nom").update(eu_number="")
    linked()
    foreseen()
    said = told("proposal", only())
    assert said["innovation_projects", 2023] == (1, 2)
    assert said["innovation_project_volume_eur", 2023] == (1000, 2000)
    carried_out_and_undone(only())


def test_an_agency_is_told_of_what_is_about_its_own_records_and_another_is_not():
    """Of one project in two years each year counts one, as before: no figure changes, and none does."""
    two_titles()
    foreseen()
    number, before = only(), figures("bom")
    assert told("proposal", number, agency("bom")) == {}
    for slug in ("nom", "liof"):
        with pytest.raises(QuestionError, match="records of others"):
            told("proposal", number, agency(slug))
    accept_proposal(actor=somebody("bom", Role.STEWARD), proposal_id=number)
    linked()
    assert figures("bom") == before


def test_what_is_about_records_of_several_is_for_the_secretariat_alone():
    two_companies()
    linked()
    foreseen()
    for slug in ("bom", "nom", "oost-nl", "liof"):
        with pytest.raises(QuestionError, match="records of others"):
            told("proposal", only(), agency(slug))
    assert told("proposal", only())


@pytest.mark.parametrize("who", [Audience(), Audience(agency="bom"), Audience(all_agencies=True), Audience(maker=True)])
def test_who_does_not_make_figures_is_told_nothing(who: Audience):
    two_titles()
    foreseen()
    with pytest.raises(QuestionError, match="not for you"):
        told("proposal", only(), who)
    with pytest.raises(QuestionError, match="not for you"):
        told("round", last_round(), who)


@pytest.mark.parametrize("filters", [{}, {"proposal": [1, 2]}, {"proposal": [1], "round": [1]}, {"year": [2023]}])
def test_one_thing_is_asked_at_a_time(filters: dict[str, list[str | int]]):
    with pytest.raises(QuestionError, match="one proposal or one round"):
        ask_here(Path(), Question("effects", filters=filters, audience=agency("bom")))


def test_what_is_not_foreseen_yet_cannot_be_told():
    two_titles()
    question = Question("effects", filters={"proposal": [only()]}, audience=agency("bom"))
    assert ask_here(Path(), question) == {"effects": None}


def test_where_records_would_move_no_party_can_read():
    two_titles()
    foreseen()
    for model in (ProposalMoves, JoiningRound):
        with acts("bom"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.count()
        denied = pytest.raises(ProgrammingError, match="permission denied")
        with database_role(WORKER), acts("rom-nederland"), denied, transaction.atomic():
            model.objects.count()


def test_foreseeing_leaves_no_trace_and_does_what_is_stale_alone():
    two_titles()
    before = figures()
    with database_role(LINKER):
        log = list(Proposal.objects.values_list("pk", "state"))
    foreseen()
    with database_role(LINKER):
        first = ProposalMoves.objects.get().at
    foreseen()
    with database_role(LINKER):
        assert ProposalMoves.objects.get().at == first
        assert list(Proposal.objects.values_list("pk", "state")) == log
    assert figures() == before
    linked()
    foreseen()
    with database_role(LINKER):
        assert ProposalMoves.objects.get().at > first


def test_what_a_round_did_is_what_lies_between_before_and_after_for_the_network_and_for_each_agency():
    two_companies()
    before = {slug: figures(slug) for slug in ("", "bom", "nom", "oost-nl")}
    with database_role(LINKER):
        link()
    for slug, counted in before.items():
        said = told("round", last_round(), agency(slug)) if slug else told("round", last_round())
        assert said == between(counted, figures(slug))


def test_a_round_that_joins_two_agencies_at_once_is_told_with_what_it_joined():
    known = {"name": "Zonneveld Energie B.V.", "kvk": "12345678"}
    invests("bom", "R1", dt.date(2023, 3, 1), **known)
    invests("nom", "R2", dt.date(2023, 3, 20), **known)
    before = figures()
    with database_role(LINKER):
        link()
    said = told("round", last_round())
    assert said == between(before, figures())
    assert said["companies_invested_in", 2023] == (2, 1)
    assert told("round", last_round(), agency("bom")) == {}  # its own column is its own company, before and after
    with acts("rom-nederland"):
        assert RoundTold.objects.get().things["organisation"] == {"born": 1, "linked": 2}
    with acts("bom"):
        assert RoundTold.objects.get().things["organisation"] == {"linked": 1}
    with acts("liof"):
        assert not RoundTold.objects.exists()


def test_an_agency_that_knows_a_company_twice_is_told_that_it_counts_once():
    for number in ("R1", "R2"):
        invests("bom", number, dt.date(2023, 3, 1), name="Zonneveld Energie B.V.", kvk="12345678")
    before = figures("bom")
    with database_role(LINKER):
        link()
    said = told("round", last_round(), agency("bom"))
    assert said == between(before, figures("bom"))
    assert said["companies_invested_in", 2023] == (2, 1)
    assert told("round", last_round(), agency("nom")) == {}
