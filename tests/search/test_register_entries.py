"""The trade register's entries are published: whoever signs in finds them, and nobody's own records with them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.network.models import Party
from schakel.register.models import Organisation, RegisterEntry
from schakel.search import actions
from schakel.search.models import SearchEntry
from schakel.search.queries import find
from schakel.sharing.roles import WORKER, database_role
from tests.inbox.people import somebody
from tests.making import acts, make, organisation
from tests.search.indexing import indexed, public, titles

pytestmark = pytest.mark.django_db
SECRETARIAT = "rom-nederland"
EVERYBODY = ("bom", "oost-nl", SECRETARIAT, "ministerie-ez", "provincie-utrecht")


def entry(name: str = "Zonneveld Energie B.V.", **values: object) -> RegisterEntry:
    with acts(SECRETARIAT) as secretariat:
        number = f"T{RegisterEntry.objects.count() + 1}"
        return make(RegisterEntry, secretariat, number=number, name=name, **values)


def own(slug: str, name: str) -> None:
    with acts(slug) as owner:
        organisation(owner, number="R1", name=name, kvk="12345678")
    indexed(slug)


@pytest.mark.parametrize("slug", EVERYBODY)
def test_everybody_finds_an_entry_by_name_trade_name_and_number(slug):
    entry(kvk="12345678", rsin="123456782", trade_names=["Zonnestroom"], city="Breda")
    public()
    for asked in ("zonneveld", "zonnestroom", "12345678", "123456782", "breda"):
        assert titles(slug, asked) == ["Zonneveld Energie B.V."], asked


def test_an_agency_keeps_its_own_record_of_the_same_company_to_itself():
    entry(kvk="12345678")
    own("bom", "Zonneveld, geheime klant")
    public()
    assert set(titles("bom", "12345678")) == {"Zonneveld, geheime klant", "Zonneveld Energie B.V."}
    for slug in set(EVERYBODY) - {"bom"}:
        assert titles(slug, "12345678") == ["Zonneveld Energie B.V."]
        assert titles(slug, "geheime") == []


def test_an_entry_that_an_agency_would_deliver_is_not_shown_to_others():
    with acts("bom") as bom:
        make(RegisterEntry, bom, number="T9", name="Geheime klant B.V.", kvk="87654321")
    indexed("bom")
    public()
    for slug in EVERYBODY:
        assert titles(slug, "geheime") == []


@pytest.mark.parametrize("slug", EVERYBODY)
def test_what_is_found_opens(slug):
    found = entry(kvk="12345678")
    client = Client()
    client.force_login(somebody("anna", slug, "reader"))
    page = client.get(reverse("intake:record", args=["register_entry", found.pk]))
    assert page.status_code == 200
    assert "12345678" in page.content.decode()
    assert ("/aanleveringen/" + str(found.delivery_id) in page.content.decode()) == (slug == SECRETARIAT)


def test_what_was_the_secretariats_own_entry_becomes_everybodys_in_one_round():
    found = entry()
    with acts(SECRETARIAT) as secretariat, database_role(WORKER):
        SearchEntry.objects.create(
            owner=secretariat, kind="register_entry", object_id=str(found.pk), title="x", title_en="x", vector="'x':1"
        )
    with database_role(WORKER):
        list(actions.index_all(process="test", parties=Party.objects.all()))
    assert titles("bom", "zonneveld") == ["Zonneveld Energie B.V."]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.sampled_from(["Akker", "Beek", "Dijk", "Eik"]), unique=True, max_size=4),
    mine=st.sets(st.sampled_from(["Akker", "Beek", "Dijk", "Eik"])),
    asked=st.sampled_from(["akker", "beek", "dijk", "eik", "a", "b", "12345678", "@all"]),
)
def test_whatever_stands_in_the_register_nobody_finds_what_an_agency_keeps(names, mine, asked):
    with acts("bom") as bom:
        Organisation.objects.all().delete()
        for number, name in enumerate(sorted(mine)):
            organisation(bom, number=f"R{number}", name=f"{name} van BOM", kvk="12345678", period=2000 + number)
    with acts(SECRETARIAT):
        RegisterEntry.objects.all().delete()
    for name in names:
        entry(name)
    indexed("bom")
    public()
    for slug in ("oost-nl", SECRETARIAT, "ministerie-ez"):
        with acts(slug) as party:
            shown = {one.entry for one in find(asked).candidates}
            owners = set(SearchEntry.objects.filter(pk__in=shown).values_list("owner_id", flat=True))
        assert owners <= {None, party.pk}
        assert not [title for title in titles(slug, asked) if "BOM" in title]
    assert len(titles("bom", "12345678")) == len(mine)
