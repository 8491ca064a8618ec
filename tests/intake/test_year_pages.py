"""The pages of a year: the state of the nine for the secretariat, one's own row for an agency, and signing."""

from __future__ import annotations

import pytest
from django.test import Client

from schakel.intake.models import CallNote, Certification, CollectionYear, Expectation
from schakel.network.queries import agencies
from schakel.sharing.acting import acting
from schakel.sharing.roles import WEB, database_role
from tests.intake.collecting import of, opened, secretary, send, somebody, steward, write
from tests.intake.delivering import TABLES

pytestmark = pytest.mark.django_db

YEAR, SIGN, QUALITY = "/aanleveringen/jaar/2023/", "/aanleveringen/jaar/2023/certificeren/", "/aanleveringen/kwaliteit/"
BOM = f"{YEAR}bom/"


def client_of(person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


@pytest.fixture
def anna():
    return client_of(steward()[0])


@pytest.fixture
def sara():
    return client_of(secretary()[0])


def text(response):
    assert response.status_code == 200, response.content
    return response.content.decode()


def test_the_secretariat_opens_a_year_and_sees_the_nine(sara, tmp_path):
    sent = {"do": "open", "period": "2023", "opens": "2024-01-01", "due": "2100-03-31"}
    assert sara.post(YEAR, sent).headers["Location"] == YEAR
    send("bom", write(tmp_path / "sent"))
    page = text(sara.get(YEAR))
    for agency in agencies():
        assert f"{YEAR}{agency.slug}/" in page
    assert "accepted" in page
    again = sara.post(YEAR, sent)
    assert again.status_code == 422
    assert "opened already" in again.content.decode()


@pytest.mark.parametrize("made_up", ["99999999999", "-1", "koek", "../", "0"])
def test_a_made_up_year_leads_back_to_the_page_it_came_from(sara, made_up):
    opened()
    answer = sara.post(YEAR, {"do": "close", "period": made_up})
    assert (answer.status_code, answer.headers["Location"]) == (302, YEAR)


def test_the_secretariat_moves_closes_and_opens_again(sara):
    opened()
    sara.post(YEAR, {"do": "move", "opens": "2024-01-01", "due": "2024-04-30"})
    with acting(of("rom-nederland")):
        assert str(CollectionYear.objects.get().due) == "2024-04-30"
    assert sara.post(YEAR, {"do": "move", "opens": "2024-05-01", "due": "2024-04-30"}).status_code == 422
    sara.post(YEAR, {"do": "close"})
    assert "Closed on" in text(sara.get(YEAR))
    sara.post(YEAR, {"do": "reopen"})
    assert "Closed on" not in text(sara.get(YEAR))


def test_the_secretariat_makes_exceptions_and_notes_whom_it_called(sara):
    opened()
    sara.post(BOM, {"do": "except", "kind": "project", "reason": "moves to another system"})
    sara.post(BOM, {"do": "note", "how": "phone", "text": "Anna calls back on Monday"})
    page = text(sara.get(BOM))
    assert "moves to another system" in page
    assert "Anna calls back on Monday" in page
    sara.post(BOM, {"do": "expect", "kind": "project"})
    with acting(of("rom-nederland")):
        assert not Expectation.objects.get(owner__slug="bom", kind="project").exempt
        assert CallNote.objects.get().made_by.name == "Sara"
    assert sara.post(BOM, {"do": "expect", "kind": "nothing of the kind"}).status_code == 404
    assert sara.post(BOM, {"do": "note", "how": "phone", "text": ""}).status_code == 422


def test_a_year_goes_from_steward_to_secretariat_and_back_and_is_counted(anna, sara, tmp_path):
    opened()
    send("bom", write(tmp_path / "sent"))
    assert "Your signature" in text(anna.get(SIGN))
    assert anna.post(SIGN, {"do": "sign"}).status_code == 422
    anna.post(SIGN, {"do": "sign", "agreed": "on"})
    assert "The secretariat has been told" in text(anna.get(SIGN))
    assert "I declare" in text(sara.get(BOM))
    assert sara.post(BOM, {"do": "return", "reason": ""}).status_code == 422
    sara.post(BOM, {"do": "return", "reason": "two funds are missing"})
    assert "two funds are missing" in text(anna.get(SIGN))
    anna.post(SIGN, {"do": "sign", "agreed": "on"})
    sara.post(BOM, {"do": "count"})
    assert "accepted this year for counting" in text(anna.get(SIGN))
    anna.post(SIGN, {"do": "withdraw", "reason": "a project was forgotten"})
    page = text(anna.get(SIGN))
    assert "a project was forgotten" in page
    assert "Bring version 1 back" in page


def test_what_was_signed_is_brought_back_by_who_is_sure(anna, tmp_path):
    opened()
    send("bom", write(tmp_path / "sent"))
    anna.post(SIGN, {"do": "sign", "agreed": "on"})
    anna.post(SIGN, {"do": "withdraw", "reason": "a project was forgotten"})
    with acting(of("bom")):
        signed = Certification.objects.get()
    assert "tick that you are sure" in text(anna.post(SIGN, {"do": "restore", "certification": signed.pk}, follow=True))
    done = anna.post(SIGN, {"do": "restore", "certification": signed.pk, "sure": "yes"}, follow=True)
    assert "again as they were certified" in text(done)
    assert anna.post(SIGN, {"do": "restore", "certification": "x", "sure": "yes"}).status_code == 404


def test_what_vanished_is_settled_on_the_page_of_signing(anna, tmp_path):
    send("bom", write(tmp_path / "one"))
    send("bom", write(tmp_path / "two", investeringen=TABLES["investeringen"].replace("I1", "I2")))
    assert "no longer in your last delivery" in text(anna.get(SIGN))
    anna.post(SIGN, {"do": "vanished", "decision": "withdraw", "reason": "sold"})
    assert "Your signature" in text(anna.get(SIGN))


def test_an_agency_sees_its_own_row_and_nobody_elses(anna, tmp_path):
    opened()
    send("bom", write(tmp_path / "one"))
    send("oost-nl", write(tmp_path / "two"))
    with database_role(WEB):
        for address in (YEAR, SIGN, QUALITY):
            page = text(anna.get(address))
            assert "BOM" in page or "Seven steps" in page
            for other in agencies().exclude(slug="bom"):
                assert other.name not in page, address
        assert anna.get(f"{YEAR}oost-nl/").status_code == 403
        assert anna.get(BOM).status_code == 403


def test_a_reader_looks_and_signs_nothing(tmp_path):
    opened()
    send("bom", write(tmp_path / "sent"))
    reader = client_of(somebody("cor", "bom", "reader"))
    assert "A data steward of your organisation signs" in text(reader.get(SIGN))
    assert reader.post(SIGN, {"do": "sign", "agreed": "on"}).status_code == 403
    assert "not reached" in text(reader.get(YEAR))


def test_an_agency_steers_no_year(anna):
    opened()
    anna.post(YEAR, {"do": "close"})
    with acting(of("rom-nederland")):
        assert CollectionYear.objects.get().closed_at is None


@pytest.mark.parametrize("address", [YEAR, SIGN, QUALITY, BOM])
def test_others_see_none_of_it(address):
    assert Client().get(address).status_code == 302
    assert client_of(somebody("piet", "provincie-utrecht", "reader")).get(address).status_code == 403


def test_the_secretariat_reads_the_ladder_in_the_networks_order(sara, tmp_path):
    opened()
    send("oost-nl", write(tmp_path / "one"))
    page = text(sara.get(f"{QUALITY}?year=2023"))
    names = [agency.name for agency in agencies().order_by("order")]
    places = [page.index(f">{name}<") for name in names]
    assert places == sorted(places)


def test_pages_stand_empty_without_a_year(anna, sara):
    for client in (anna, sara):
        assert client.get("/aanleveringen/jaar/").status_code == 302
        text(client.get(YEAR))
        text(client.get(QUALITY))
        assert client.get("/aanleveringen/jaar/1066/").status_code == 404
    text(anna.get(SIGN))
