"""Joining in the database: numbers stay, the log only grows, and nobody learns what another has."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction

from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Selection, extract_of
from schakel.figures.extracting import read_facts
from schakel.innovate.models import InnovationProject
from schakel.intake.models import DeliveryFinding
from schakel.invest.models import Fund, Investment
from schakel.register.actions import anything_to_link, link
from schakel.register.models import Decision, Identity, IdentityMember, Proposal
from schakel.sharing.roles import COUNTER, LINKER, database_role
from tests.intake.delivering import TABLES, send, write
from tests.making import acts, make, organisation

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 3, 1)


def joined() -> None:
    with database_role(LINKER):
        link()


def counted(indicator: str, **filters: object) -> int:
    with database_role(COUNTER):
        extract = extract_of(*read_facts())
    return Selection(catalogue()[indicator], extract).where(**filters).total().amount


def investment(owner, *, number: str, company, amount: int, day: dt.date = DAY) -> Investment:
    fund = make(Fund, owner, number=f"F-{number}", name="Fonds", capital=1)
    return make(
        Investment, owner, number=number, fund=fund, organisation=company, date=day, amount=amount, round_size=500
    )


def test_a_company_helped_by_two_agencies_counts_once_and_its_euros_add_up():  # trap 1
    for slug, amount in (("bom", 100), ("nom", 50)):
        with acts(slug) as agency:
            company = organisation(agency, name="Zonneveld Energie B.V.", kvk="12345678", postcode="4818CL")
            investment(agency, number="I1", company=company, amount=amount)
    joined()
    assert counted("companies_invested_in", year=2023) == 1
    assert counted("invested_eur", year=2023) == 15_000
    for slug in ("bom", "nom"):
        assert counted("companies_invested_in", year=2023, agency=slug) == 1


def test_a_joint_round_counts_once_in_the_leverage():
    for slug, amount, day in (("bom", 100, DAY), ("nom", 100, DAY + dt.timedelta(days=20))):
        with acts(slug) as agency:
            company = organisation(agency, name="Zonneveld Energie B.V.", kvk="12345678")
            investment(agency, number="I1", company=company, amount=amount, day=day)
    joined()
    with database_role(COUNTER):
        figure = Selection(catalogue()["leverage"], extract_of(*read_facts())).where(year=2023).total()
    assert (figure.amount, figure.base) == (50_000, 20_000)  # one round of 500 over tickets of 100 and 100


def test_a_second_round_of_joining_changes_nothing_and_numbers_stay():
    with acts("bom") as bom:
        organisation(bom, kvk="12345678")
    joined()
    before = memberships()
    with acts("nom") as nom:
        organisation(nom, name="Zonneveld", kvk="12345678")
    joined()
    joined()
    with database_role(LINKER):
        assert Identity.objects.filter(thing="organisation").count() == 1
        assert IdentityMember.objects.count() == 2
        assert set(before) <= set(IdentityMember.objects.values_list("record_id", "identity_id"))
        assert list(Decision.objects.order_by("pk").values_list("verb", flat=True)) == ["born", "linked", "linked"]


def memberships() -> list[tuple[int, int]]:
    with database_role(LINKER):
        return list(IdentityMember.objects.values_list("record_id", "identity_id"))


def test_two_identities_that_turn_out_to_be_one_are_proposed_to_be_merged_and_stay_as_they_are():
    with acts("bom") as bom:
        elder = organisation(bom, name="Zonneveld Energie B.V.", postcode="4818CL")
    with acts("nom") as nom:
        younger = organisation(nom, name="Zonneveld Energie B.V.", kvk="12345678", city="Groningen")
    joined()
    with acts("oost-nl") as oost:  # knows both the number and the place
        organisation(oost, name="Zonneveld Energie B.V.", kvk="12345678", postcode="4818CL")
    joined()
    with database_role(LINKER):
        members = dict(IdentityMember.objects.values_list("record_id", "identity_id"))
        proposal = Proposal.objects.get()
        assert (proposal.verb, proposal.state) == ("merge", "open")
        assert (proposal.identity_id, proposal.other_id) == (members[elder.pk], members[younger.pk])
        assert Identity.objects.filter(redirects_to=None).count() == 2


def test_an_agency_sees_the_identities_of_its_own_records_only():
    for slug in ("bom", "nom"):
        with acts(slug) as agency:
            organisation(agency, kvk="12345678")
    joined()
    with acts("bom") as bom:
        assert [member.owner_id for member in IdentityMember.objects.all()] == [bom.pk]


def test_web_and_worker_decide_nothing_about_identity():
    with acts("bom"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Identity.objects.create(thing="organisation")


def test_the_identity_log_is_only_added_to():
    with acts("bom") as bom:
        organisation(bom)
    joined()
    with database_role(LINKER), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Decision.objects.all().delete()


def project(owner, *, number: str, volume: int, lead, **values):
    fields = {"title": "Waterstof in de wijk", "start": DAY, "lead": lead, "volume": volume}
    return make(InnovationProject, owner, number=number, **fields | values)


def test_of_two_volumes_for_one_project_the_leads_counts_and_the_secretariat_is_told():
    for slug, volume in (("nom", 900), ("bom", 1000)):
        with acts(slug) as agency:
            lead = organisation(agency, name="Zonneveld Energie B.V.", kvk="12345678", postcode="4818CL")
            project(agency, number="P1", volume=volume, lead=lead)  # the lead lies in BOM's province
    joined()
    assert counted("innovation_projects", year=2023) == 1
    assert counted("innovation_project_volume_eur", year=2023) == 100_000
    assert counted("innovation_project_volume_eur", year=2023, agency="nom") == 90_000  # its own statement
    with acts("rom-nederland"):
        assert DeliveryFinding.objects.filter(check_id="joint.amount-differs").count() == 1
    for slug in ("bom", "nom"):
        with acts(slug):
            assert not DeliveryFinding.objects.filter(check_id="joint.amount-differs").exists()


def test_that_a_partner_did_not_deliver_is_told_to_the_partner_and_the_secretariat_not_to_the_sender(tmp_path):
    joint = TABLES["projecten"].replace(";R1;\n", ";R1;NOM\n")
    send("bom", write(tmp_path / "bom", projecten=joint))
    send(
        "nom",
        write(
            tmp_path / "nom",
            projecten=TABLES["projecten"].replace("Waterstof in de wijk", "Iets anders").replace("01-03", "07-11"),
        ),
    )
    joined()
    with acts("nom"):
        told = DeliveryFinding.objects.get(check_id="joint.named-by-other")
        assert "Waterstof in de wijk" in told.message_nl
    with acts("rom-nederland"):
        assert DeliveryFinding.objects.filter(check_id="joint.not-delivered").count() == 1
    with acts("bom"):
        assert not DeliveryFinding.objects.filter(check_id__startswith="joint.").exists()


def test_a_round_begins_only_where_something_was_accepted(tmp_path):
    send("bom", write(tmp_path / "d"))
    with database_role(LINKER):
        assert anything_to_link()
        link()
        assert not anything_to_link()
