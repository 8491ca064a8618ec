"""What is not there, not for who asks, or too much: the answer says what to do."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.system import System
from tests.intake.going_wrong import YEAR, begun
from tests.intake.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["", "bevindingen/", "koppeling/", "verschil/", "werkboek/", "gesprek/"])
def test_a_delivery_that_is_not_there_or_anothers_says_what_to_check(path):
    delivery = begun()
    for client, number in ((signed_in("oost-nl", "steward"), delivery.pk), (signed_in("bom", "steward"), 10**9)):
        answer = client.get(f"/aanleveringen/{number}/{path}")
        assert answer.status_code == 404
        assert "Controleer het adres" in answer.content.decode()


def test_who_only_reads_is_told_who_may():
    delivery = begun()
    reader = signed_in("bom", "reader")
    for act in ("klaar", "toevoegen", "weggooien", "accepteren"):
        answer = reader.post(f"/aanleveringen/{delivery.pk}/{act}/")
        assert answer.status_code == 403
        assert "datasteward" in answer.content.decode()


def test_who_had_to_sign_in_again_while_sending_a_form_is_told_to_send_it_once_more():
    delivery = begun()
    path = f"/aanleveringen/{delivery.pk}/klaar/"
    assert Client().post(path).headers["Location"] == f"/aanmelden/?next={path}"
    answer = signed_in("bom", "steward").get(path)  # where signing in leads
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "verstuur het nog een keer" in answer.content.decode()


def test_a_method_that_an_address_does_not_take_is_a_problem_by_the_api():
    status, problem = System().ask("PATCH", "/deliveries", {})
    assert (status, problem["status"], "POST" in problem["detail"]) == (405, 405, True)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/deliveries/999999999", "/api/v1/deliveries/x"])
def test_what_is_not_there_by_the_api_is_a_problem_too(path):
    status, problem = System().ask("GET", path.removeprefix("/api/v1"))
    assert (status, problem["status"]) == (404, 404)
    assert problem["detail"]


def test_a_page_of_records_that_is_too_large_says_what_to_do():
    system = System()
    delivery = system.begin(YEAR)
    body = {"kind": "organisation", "records": [{"number": "1", "name": "x" * (11 * 1024 * 1024)}]}
    status, problem = system.ask("POST", f"/deliveries/{delivery}/records", body)
    assert (status, "send fewer a page, or a file" in problem["detail"]) == (413, True)


def test_a_file_said_to_be_larger_than_is_taken_is_refused_before_it_comes():
    system = System()
    delivery = system.begin(YEAR)
    answer = system.client.generic(
        "PUT",
        f"/api/v1/deliveries/{delivery}/files/groot.csv",
        b"a",
        headers={"authorization": f"Bearer {system.key}", "accept-language": "en"},
        CONTENT_LENGTH=str(2**31),
    )
    assert answer.status_code in (413, 422)
    assert "split it" in answer.json()["detail"]
