"""A request from the day it comes in to its answer, as the administrator of the organisation sees it."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from django.test import Client

from schakel.network.models import Person, RoleHeld
from schakel.privacy.models import PersonalRequest
from schakel.sharing.acting import acting
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.models import Entry, Origin
from tests.inbox.people import somebody
from tests.making import acts, as_owner, organisation
from tests.sharing.people.characters import client_of

from .people import NAME, STREET, administrator, asked, boss, carried_out, holding

pytestmark = pytest.mark.django_db
TODAY = dt.date.today().isoformat()


@pytest.fixture(autouse=True)
def _own_list(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures" / "list.ndjson"


@pytest.fixture
def known():
    for slug in ("bom", "nom"):
        with acts(slug) as agency:
            organisation(agency, name=NAME, address=STREET)


def write_down(client: Client, asks: str = "erasure", **said: object) -> PersonalRequest:
    form = {"asks": asks, "asked_by": "W. van der Wal", "asked_on": TODAY, "marks": f"{NAME}\n{STREET}"} | said
    answer = client.post("/privacy/", form)
    assert answer.status_code == 302, answer.content.decode()
    return PersonalRequest.objects.order_by("pk").last()


def made(client: Client, **said: object) -> int:
    return int(client.post("/privacy/", said).headers["location"].strip("/").split("/")[-1])


def test_from_request_to_erasure(known):
    client = client_of(administrator(), language="en")
    number = made(client, asks="erasure", asked_by="W. van der Wal", asked_on=TODAY, marks=f"{NAME}\n{STREET}")
    page = client.get(f"/privacy/{number}/").content.decode()
    assert "register_organisation" not in page  # nobody looks before it is known who asks
    assert client.get(f"/privacy/{number}/gegevens/").status_code == 404
    client.post(f"/privacy/{number}/identify/", {"said": "paspoort gezien"})
    page = client.get(f"/privacy/{number}/").content.decode()
    assert "register_organisation" in page
    assert STREET in page
    with zipfile.ZipFile(io.BytesIO(client.get(f"/privacy/{number}/gegevens/").content)) as packed:
        records = json.loads(packed.read("records.json"))
        assert [row["name"] for row in records["register_organisation"]] == [NAME]
        assert "purpose" in packed.read("processing.json").decode()
    assert client.post(f"/privacy/{number}/decide/", {"said": ""}).status_code == 422
    client.post(f"/privacy/{number}/decide/", {"said": "geen grond meer"})
    with as_owner():
        found = PersonalRequest.objects.get(pk=number)
    assert carried_out(found).state == "done"
    page = client.get(f"/privacy/{number}/").content.decode()
    assert "What was erased" in page
    assert not holding(NAME, owner="bom")
    assert holding(NAME, owner="nom")


def test_a_refusal_says_why_and_keeps_what_the_law_has_kept(known):
    client = client_of(administrator())
    number = made(client, asks="erasure", asked_by="iemand", asked_on=TODAY, marks=NAME)
    assert client.post(f"/privacy/{number}/refuse/", {"said": " "}).status_code == 422
    client.post(f"/privacy/{number}/refuse/", {"said": "staatssteun, tien jaar"})
    page = client.get(f"/privacy/{number}/").content.decode()
    assert "staatssteun, tien jaar" in page
    assert NAME not in page
    assert holding(NAME, owner="bom") == ["register_organisation"]


def test_nobody_but_the_administrator_of_that_party(known):
    number = asked("bom").pk
    for who in (somebody("anna", "bom", "steward"), administrator("nom"), administrator("rom-nederland")):
        client = client_of(who)
        for path in (f"/privacy/{number}/", f"/privacy/{number}/gegevens/"):
            assert client.get(path).status_code in (403, 404)
        assert client.post(f"/privacy/{number}/decide/", {"said": "x"}).status_code in (403, 404)
    assert Client().get("/privacy/").status_code == 302


def test_the_secretariat_sends_a_request_on_and_sees_how_it_stands(known):
    client = client_of(administrator("rom-nederland"), language="en")
    with acts("nom") as nom:
        pass
    client.post(
        "/privacy/", {"asks": "access", "asked_by": "x y", "asked_on": TODAY, "marks": NAME, "parties": [nom.pk]}
    )
    page = client.get("/privacy/").content.decode()
    assert "NOM" in page
    theirs = client_of(administrator("nom"), language="en").get("/privacy/").content.decode()
    assert "to see or receive" in theirs


def test_everybody_sees_corrects_and_takes_along_their_own_account():
    anna = somebody("anna", "bom", "reader")
    client = client_of(anna, language="en")
    assert "anna@example.org" in client.get("/mijn-gegevens/").content.decode()
    client.post("/mijn-gegevens/", {"name": "Anna de Wit", "language": "en"})
    assert Person.objects.get(pk=anna.pk).name == "Anna de Wit"
    with zipfile.ZipFile(io.BytesIO(client.get("/mijn-gegevens/meenemen/").content)) as packed:
        account = json.loads(packed.read("account.json"))
    assert (account["name"], account["email"]) == ("Anna de Wit", "anna@example.org")
    with acting(boss()):
        assert set(Entry.objects.filter(person_id=anna.pk).values_list("verb", flat=True)) >= {"corrected", "exported"}


def test_an_account_is_emptied_once_the_person_has_left():
    anna = somebody("anna", "bom", "reader")
    client = client_of(anna)
    client.post("/mijn-gegevens/wissen/")
    boss_client = client_of(administrator(), language="en")
    with acts("bom"):
        found = PersonalRequest.objects.get(account=anna)
    boss_client.post(f"/privacy/{found.pk}/look/")
    refused = boss_client.post(f"/privacy/{found.pk}/decide/", {"said": "vertrokken"})
    assert "close them off first" in refused.content.decode()
    with as_owner():
        RoleHeld.objects.filter(person=anna).delete()
    boss_client.post(f"/privacy/{found.pk}/decide/", {"said": "vertrokken"})
    carried_out(found)
    now = Person.objects.get(pk=anna.pk)
    assert (now.name, now.email, now.is_active) == ("—", f"gewist-{anna.pk}@erased.invalid", False)
    assert client.get("/mijn-gegevens/").status_code == 302
    with as_owner():  # from where they worked is gone, and no line of the trail with it
        assert not Origin.objects.filter(person_id=anna.pk).exists()
        assert Entry.objects.filter(person_id=anna.pk).exclude(origin="").exists()
    assert not holding("anna@example.org")


@pytest.mark.parametrize("path", ["/privacy/", "/privacy/bewaren/", "/privacy/register/", "/mijn-gegevens/"])
def test_pages_are_there_in_both_languages(path):
    for language, heading in (("nl", "nl"), ("en", "en")):
        page = client_of(administrator(), language=language).get(path)
        assert page.status_code == 200
        assert f'lang="{heading}"' in page.content.decode()


def test_the_worker_alone_says_what_retention_and_erasing_did():
    from django.db import connection, transaction

    with acts("bom") as agency:
        for table in ("privacy_erasure", "privacy_retained"):
            with (
                pytest.raises(Exception, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"DELETE FROM {table} WHERE owner_id = %s", [agency.pk])
    refused = pytest.raises(Exception, match="permission denied")
    with database_role(WORKER), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_erasure SET done = '{}'")
