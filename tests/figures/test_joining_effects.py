"""What a proposal would do to figures is what it does, and what a round did is what lies between before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Extract, Selection, extract_of
from schakel.figures.extracting import read_facts
from schakel.figures.moving import effects, looked_up
from schakel.innovate.models import InnovationProject, Participation
from schakel.invest.models import Fund, Investment
from schakel.register.actions import foresee, link
from schakel.register.actions.proposals import accept_proposal, decline_proposal
from schakel.register.models import JoiningRound, Proposal
from schakel.sharing.roles import COUNTER, LINKER, database_role
from tests.making import acts, make, organisation
from tests.register.test_heard import linked
from tests.register.test_proposals import identity_steward, proposed

pytestmark = pytest.mark.django_db
SECRETARIAT = Audience(all_agencies=True, maker=True)
YEARS = (2022, 2023)
Key = tuple[str, int]


@contextmanager
def counted_now() -> Iterator[Extract]:
    with database_role(COUNTER):
        extract = extract_of(*read_facts(), memory="200MB", threads=1)
    with closing(extract.connection):
        yield extract


def figures(agency: str = "") -> dict[Key, Decimal | None]:
    """All figures as they are counted now: the network's, or an agency's own."""
    own = {"agency": agency} if agency else {}
    with counted_now() as extract:
        return {
            (each.id, year): Selection(each, extract).where(year=year, **own).total().value(each)
            for each in catalogue().values()
            for year in YEARS
            if not agency or each.has_own_columns
        }


def told(sort: str, number: int, audience: Audience = SECRETARIAT) -> dict[Key, tuple[Decimal | None, Decimal | None]]:
    with counted_now() as extract, database_role(COUNTER):
        said = effects(Question("effects", filters={sort: [number]}, audience=audience), extract, looked_up)["effects"]
    return {(each["indicator"], each["year"]): (value(each["before"]), value(each["after"])) for each in said}


def value(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)


def between(before: dict[Key, Decimal | None], after: dict[Key, Decimal | None]) -> dict[Key, object]:
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def invests(slug: str, number: str, date: dt.date, **known: str) -> None:
    """An agency invests in a company that it knows under a name and number of its own."""
    with acts(slug) as agency:
        company = organisation(agency, number=number, **known)
        fund = make(Fund, agency, number=f"F{number}", name="Fonds", capital=1)
        values = {"fund": fund, "organisation": company, "date": date, "amount": 100, "round_size": 500}
        make(Investment, agency, number=f"I{number}", type="first", stage="seed", **values)


def foreseen() -> None:
    with database_role(LINKER):
        assert foresee() == 0


def only() -> int:
    with database_role(LINKER):
        return int(Proposal.objects.get(state="open").pk)


def two_companies() -> None:
    """BOM and NOM each invest within a month in what a later record of Oost NL tells is one company."""
    invests("bom", "R1", dt.date(2023, 3, 1), name="Zonneveld Energie B.V.", postcode="4818CL")
    invests("nom", "R2", dt.date(2023, 3, 20), name="Zonneveld Energie B.V.", kvk="12345678", city="Groningen")
    linked()
    with acts("oost-nl") as agency:
        organisation(agency, number="R3", name="Zonneveld Energie B.V.", kvk="12345678", postcode="4818CL")
    linked()


def test_what_a_proposal_would_do_is_what_it_does_and_undone_the_figures_are_as_before():
    two_companies()
    foreseen()
    said, before = told("proposal", only()), figures()
    assert said["companies_invested_in", 2023] == (2, 1)
    assert any(key.startswith("leverage") for key, _year in said)  # two rounds become one: that follows from it
    steward, number = identity_steward(), only()
    accept_proposal(actor=steward, proposal_id=number)
    linked()
    assert between(before, figures()) == said
    decline_proposal(actor=steward, proposal_id=number, why="Two companies of one name.")
    linked()
    assert figures() == before
