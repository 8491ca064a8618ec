"""An organisation's page: the register beside one's own entries, which of them goes, and nothing of anybody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from schakel.intake.models import DeliveryFinding
from schakel.network.models import Party, Role
from schakel.register.actions import link
from schakel.register.facts.entries import entry_of
from schakel.register.golden import FIELDS, Authority, for_network, golden
from schakel.register.kinds import ORGANISATION
from schakel.register.models import Anchor, FamilyTie, IdentityMember, Organisation
from schakel.sharing.roles import LINKER, database_role
from schakel.trail.models import Entry as TrailEntry
from tests.inbox.people import somebody
from tests.making import acts, organisation
from tests.register.registers import fact, load_rows

pytestmark = pytest.mark.django_db
ZON = {
    "kvk": "12345678",
    "name": "Zonneveld Energie B.V.",
    "trade_names": ["Zonkracht"],
    "former_names": ["Zonneveld Oud B.V."],
    "legal_form": "Besloten Vennootschap",
    "street": "Markt",
    "house_number": "1",
    "postcode": "4811AB",
    "city": "'s-Gravenhage",
    "website": "oud.example",
}


def client(slug: str) -> Client:
    made = Client()
    role = Role.READER if slug == "ministerie-ez" else Role.STEWARD
    made.force_login(somebody(f"anna-{slug}", slug, role, language="en"))
    return made


def page(slug: str, name: str, *args: object) -> str:
    answer = client(slug).get(reverse(name, args=args), headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_every_field_says_whose_value_goes_and_why_and_is_stated_once():
    names = [stated.name for stated in FIELDS]
    assert len(set(names)) == len(names)
    assert set(names) <= set(ORGANISATION.fields_by_name)
    assert {s.name for s in FIELDS if s.authority is Authority.AGENCY} == {"website", "kind", "size"}
    assert all(stated.why.nl and stated.why.en for stated in FIELDS)


def test_differences_are_marked_and_spelling_is_no_difference(tmp_path):
    load_rows(tmp_path, ZON)
    with acts("bom") as bom:
        organisation(
            bom, name="ZONNEVELD ENERGIE BV", kvk="12345678", legal_form="BV", city="Den Haag", postcode="4811 ab"
        )
        organisation(bom, name="Zonkracht", period=2022, city="Breda", website="nieuw.example")
        lines = {line.stated.name: line for line in golden(entry_of("12345678"), Organisation.objects.all())}
    assert [said.differs for said in lines["name"].own] == [False, False]  # a trade name is a name too
    assert [(said.value, said.differs) for said in lines["city"].own] == [("Den Haag", False), ("Breda", True)]
    assert not lines["legal_form"].differs
    assert not lines["postcode"].differs
    assert lines["website"].differs
    assert lines["website"].goes == "nieuw.example"
    assert lines["city"].goes == "'s-Gravenhage"


def test_where_the_register_says_nothing_the_own_value_goes():
    with acts("bom") as bom:
        organisation(bom, name="Molen B.V.")
        (line,) = [one for one in golden(None, Organisation.objects.all()) if one.stated.name == "name"]
    assert (line.register, line.goes, line.differs) == ("", "Molen B.V.", False)


def test_the_page_shows_the_register_beside_own_years_and_writes_nothing_over_them(tmp_path):
    load_rows(tmp_path, ZON)
    with acts("bom") as bom:
        organisation(bom, name="Zonneveld Energie", kvk="12345678", city="Breda", period=2022)
        mine = organisation(bom, name="Zonneveld Energie", kvk="12345678", city="Breda", period=2023)
        before = list(Organisation.objects.order_by("pk").values())
    with database_role(LINKER):
        link()
    html = page("bom", "register:organisation", mine.pk)
    for said in ("Zonneveld Oud B.V.", "Zonkracht", "Breda (2023, 2022)", "differs", "The register issues the number"):
        assert said in html, said
    assert "is of identity" in html
    assert "rule: " in html
    with acts("bom"):
        assert list(Organisation.objects.order_by("pk").values()) == before
        assert TrailEntry.objects.filter(verb="opened", kind="organisation").count() == 1


def test_an_organisation_that_nobody_linked_to_the_register_says_so(tmp_path):
    load_rows(tmp_path, ZON)
    with acts("bom") as bom:
        mine = organisation(bom, name="Zonneveld Energie", kvk="12345678")
    assert "has not been decided yet" in page("bom", "register:organisation", mine.pk)
    with database_role(LINKER):
        link()
        assert Anchor.objects.get(identity=IdentityMember.objects.get().identity).fact == fact("12345678")
    assert "has not been decided yet" not in page("bom", "register:organisation", mine.pk)


@pytest.mark.parametrize("slug", ["nom", "rom-nederland", "ministerie-ez"])
def test_nobody_opens_anothers_and_the_published_page_says_the_same_to_all(tmp_path, slug):
    load_rows(tmp_path, ZON)
    without = page(slug, "register:published", "12345678")
    with acts("bom") as bom:
        mine = organisation(bom, name="Geheime klant", kvk="12345678", city="Breda")
    assert client(slug).get(reverse("register:organisation", args=[mine.pk])).status_code == 404
    assert page(slug, "register:published", "12345678").split("<main")[1] == without.split("<main")[1]
    assert "Geheime klant" in page("bom", "register:published", "12345678")


def test_what_the_network_is_shown_is_made_of_the_register_alone(tmp_path):
    load_rows(tmp_path, ZON)
    shown = for_network(entry_of("12345678"))
    assert shown["name"] == "Zonneveld Energie B.V."
    assert "kind" not in shown
    assert set(shown.values()) <= {*map(str, ZON.values()), "Markt 1"}


def test_a_merger_is_told_and_nothing_is_moved(tmp_path):
    load_rows(
        tmp_path,
        ZON | {"merged_into": "87654321", "ended_on": dt.date(2023, 5, 1)},
        {"kvk": "87654321", "name": "Zonnekracht Groep B.V.", "merged_into": None, "ended_on": None},
    )
    with acts("bom") as bom:
        mine = organisation(bom, name="Zonneveld Energie", kvk="12345678")
    for html in (page("bom", "register:organisation", mine.pk), page("bom", "intake:record", "organisation", mine.pk)):
        assert "merged into KvK 87654321" in html
        assert "Zonnekracht Groep B.V." in html
    with acts("bom"):
        assert Organisation.objects.get().kvk == "12345678"


def test_who_has_an_organisation_whose_entry_is_gone_is_told_and_nobody_else(tmp_path):
    load_rows(
        tmp_path,
        ZON | {"merged_into": "87654321", "ended_on": None},
        {"kvk": "22222222", "name": "Oud B.V.", "merged_into": None, "ended_on": dt.date(2020, 1, 1)},
        {"kvk": "33333333", "name": "Net B.V.", "merged_into": None, "ended_on": dt.date(2023, 6, 1)},
    )
    with acts("bom") as bom:
        for number, kvk in (("R1", "12345678"), ("R2", "22222222"), ("R3", "33333333"), ("R4", "44444444")):
            organisation(bom, number=number, name=f"Onze {number}", kvk=kvk)
    with database_role(LINKER):
        link()
        before = list(IdentityMember.objects.order_by("pk").values_list("record_id", "identity_id"))
        link()
        assert list(IdentityMember.objects.order_by("pk").values_list("record_id", "identity_id")) == before
    with acts("bom"):
        told = DeliveryFinding.objects.filter(check_id="organisation.entry-gone").order_by("number")
        assert [found.number for found in told] == ["R1", "R2"]  # what ended within its year was there
    for slug in ("nom", "rom-nederland"):
        with acts(slug):
            assert not DeliveryFinding.objects.filter(check_id="organisation.entry-gone").exists()


def test_an_unknown_number_or_record_is_not_there():
    for url in (reverse("register:published", args=["00000000"]), reverse("register:organisation", args=[1])):
        assert client("bom").get(url).status_code == 404


def test_the_family_is_shown_as_far_as_it_is_own_or_published(tmp_path):
    load_rows(tmp_path, ZON, {"kvk": "87654321", "name": "Zonneveld Holding B.V."})
    with acts("bom") as bom:
        mine = organisation(bom, name="Zonneveld Energie", kvk="12345678")
        sister = organisation(bom, number="R2", name="Zonneveld Vastgoed")
    with acts("nom") as nom:
        others = [organisation(nom, number=f"N{n}", name=f"Geheim {n}") for n in range(2)]
    with database_role(LINKER):
        for owner, kind, one, other in (
            (Party.objects.get(slug="bom"), "organisation", mine.pk, sister.pk),
            (Party.objects.get(slug="nom"), "organisation", others[0].pk, others[1].pk),
            (None, "register_fact", *sorted((fact("12345678").pk, fact("87654321").pk))),
        ):
            FamilyTie.objects.create(
                owner=owner, record_kind=kind, one_id=one, other_id=other, reason="name-address", evidence=""
            )
    html = page("bom", "register:organisation", mine.pk)
    assert "Zonneveld Vastgoed" in html
    assert "Zonneveld Holding B.V." in html
    assert "related name at the same address" in html
    assert "Geheim" not in html
