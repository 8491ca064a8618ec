"""Commissioner and shareholder: one province or ministry in two capacities, kept apart as any two parties are."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from schakel.invest.models import Fund, Investment, Position, Valuation
from schakel.network.models import Party, Person
from schakel.sharing.agreements import Opened
from schakel.sharing.models import Agreement, Depth
from tests.intake.people import signed_in
from tests.making import acts, give_role, make, organisation

from .agreeing import agreement
from .test_agreement_pages import text
from .test_agreements import seen

pytestmark = pytest.mark.django_db

COMMISSIONER, SHAREHOLDER = "provincie-utrecht", "provincie-utrecht-aandeelhouder"


@pytest.fixture
def portfolio():
    """What an agency holds in a company, and what that is worth."""
    with acts("rom-utrecht-region") as agency:
        company = organisation(agency, number="R1", name="Zonneveld B.V.")
        fund = make(Fund, agency, number="F1", name="Groeifonds", capital=1000)
        made = dt.date(2023, 4, 1)
        make(Investment, agency, number="I1", organisation=company, fund=fund, date=made, amount=90)
        held = make(Position, agency, number="H1", organisation=company, fund=fund)
        Valuation.objects.create(owner=agency, position=held, value=120)


@pytest.fixture
def both(portfolio) -> Client:
    """Somebody who acts for the province in either capacity; signed in as commissioner."""
    client = signed_in(COMMISSIONER, "reader")
    person = Person.objects.get(pk=client.session["_auth_user_id"])
    shareholder = Party.objects.get(slug=SHAREHOLDER)
    give_role(email=person.email, name=person.name, party=shareholder, role="reader", password="")
    return client


def act_as(client: Client, slug: str) -> None:
    """Choose the role at the party called ``slug``."""
    person = Person.objects.get(pk=client.session["_auth_user_id"])
    client.post("/namens/", {"role": person.roles.get(party__slug=slug).pk})


def test_ministry_and_every_province_stand_in_both():
    of = {
        kind: set(Party.objects.filter(kind=kind).values_list("slug", flat=True)) for kind in ("ministry", "province")
    }
    for slugs in of.values():
        commissioners = {slug for slug in slugs if not slug.endswith("-aandeelhouder")}
        assert slugs - commissioners == {f"{slug}-aandeelhouder" for slug in commissioners}
    assert len(of["ministry"]) == 2
    assert len(of["province"]) == 24


def test_what_a_shareholder_is_shown_the_commissioner_does_not_see(portfolio):
    agreement(
        "rom-utrecht-region",
        [SHAREHOLDER],
        Opened("investment", Depth.FULL),
        Opened("position", Depth.FULL),
        Opened("valuation", Depth.FULL),
    )
    for kind in (Investment, Position, Valuation):
        assert len(seen(SHAREHOLDER, kind)) == 1
        assert seen(COMMISSIONER, kind) == []
    with acts(COMMISSIONER):
        assert not Agreement.objects.exists()


def test_one_person_sees_in_each_capacity_what_is_that_capacitys(both):
    agreement("rom-utrecht-region", [SHAREHOLDER], Opened("investment", Depth.FULL), title="Voor de aandeelhouder")
    agreement("rom-utrecht-region", [COMMISSIONER], Opened("organisation", Depth.KNOWN), title="Voor de opdrachtgever")
    as_commissioner = text(both, "/afspraken/") + text(both, "/gedeeld/")
    assert "Voor de opdrachtgever" in as_commissioner
    assert "Voor de aandeelhouder" not in as_commissioner
    assert "/gedeeld/investment/" not in as_commissioner

    act_as(both, SHAREHOLDER)
    as_shareholder = text(both, "/afspraken/") + text(both, "/gedeeld/")
    assert "Provincie Utrecht, aandeelhouder" in as_shareholder
    assert "Voor de aandeelhouder" in as_shareholder
    assert "Voor de opdrachtgever" not in as_shareholder
    assert "/gedeeld/investment/" in as_shareholder
    assert "/gedeeld/organisation/" not in as_shareholder


def test_the_administrator_of_the_one_has_no_say_in_the_other(both):
    administrator = signed_in(COMMISSIONER, "party-administrator")
    person = Person.objects.get(pk=both.session["_auth_user_id"])
    listed = text(administrator, "/mensen/")
    assert person.name in listed
    assert "aandeelhouder" not in listed
    assert administrator.get(f"/mensen/{SHAREHOLDER}/uitnodigen/").status_code == 404
