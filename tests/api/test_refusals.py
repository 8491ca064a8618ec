"""What is asked beyond measure is a problem of who asks, and what is refused changes nothing."""

from __future__ import annotations

import io
import json

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from schakel.documents.models import FilePart, StoredFile
from schakel.intake.jobs import examine
from schakel.intake.models import Delivery
from tests.api.system import System, send_files
from tests.intake.test_uploading import SlowBody
from tests.making import acts

pytestmark = pytest.mark.django_db
ORGANISATION = {"kind": "organisation", "records": [{"number": "R1", "name": "Zonneveld B.V.", "kind": "company"}]}


def stored() -> tuple[int, int]:
    """How many files and parts of files there are."""
    with acts("bom"):
        return StoredFile.objects.count(), FilePart.objects.count()


NUMBERS = st.integers() | st.sampled_from([2**31, 2**63, 10**17, 10**40])


@given(page=NUMBERS, size=NUMBERS, year=NUMBERS)
def test_whatever_page_is_asked_for_is_answered(page, size, year):
    status, _told = System().ask("GET", f"/deliveries?page={page}&pageSize={size}&year={year}")
    assert status in (200, 400)


@pytest.mark.parametrize("check", ["%00", "%F0%9F%98%80", "x" * 3000])
def test_a_check_that_cannot_be_is_a_check_without_findings_or_a_problem(check):
    system = System()
    status, _told = system.ask("GET", f"/deliveries/{system.begin()}/findings?check={check}")
    assert status in (200, 400)


REFUSED = [
    ("GET", "/deliveries/999999", None),
    ("GET", "/nowhere", None),
    ("PATCH", "/deliveries", None),
    ("POST", "/deliveries", {}),
    ("POST", "/deliveries", {"year": "koek"}),
    ("POST", "/deliveries", {"year": 1200}),
    ("POST", "/deliveries", b"{"),
    ("GET", "/deliveries?pageSize=100000", None),
]


@pytest.mark.parametrize(("method", "path", "body"), REFUSED)
def test_a_refusal_is_told_in_the_language_that_is_asked_for(method, path, body):
    system = System()
    dutch, english = (system.ask(method, path, body, language=language) for language in ("nl", "en"))
    assert dutch[0] == english[0] >= 400
    assert dutch[1]["title"] != english[1]["title"]
    assert dutch[1]["detail"] != english[1]["detail"]


@pytest.mark.parametrize(("language", "said"), [("nl", "is niet bekend"), ("en", "is not known")])
def test_a_key_that_opens_nothing_is_told_so_in_the_language_that_is_asked_for(language, said):
    system = System()
    system.key = "schakel_made-up"
    status, told = system.ask("GET", "/deliveries", language=language)
    assert (status, said in told["detail"]) == (401, True)


def test_of_a_file_that_broke_off_nothing_is_kept():
    system = System()
    delivery = system.begin()
    answer = system.client.generic(
        "PUT",
        f"/api/v1/deliveries/{delivery}/files/half.csv",
        headers={"authorization": f"Bearer {system.key}"},
        **{"wsgi.input": io.BytesIO(b"abc"), "CONTENT_LENGTH": "10"},
    )
    assert answer.status_code == 422
    assert system.ask("GET", f"/deliveries/{delivery}")[1]["files"] == []
    assert stored() == (0, 0)


@pytest.mark.parametrize(("method", "path"), [("PUT", "files/blad.csv"), ("POST", "records")])
def test_nothing_is_held_while_a_body_is_on_its_way(method, path):
    system = System()
    content = b"a;b\n" if method == "PUT" else json.dumps(ORGANISATION).encode()
    body, outside = SlowBody(content), len(connection.savepoint_ids)
    answer = system.client.generic(
        method,
        f"/api/v1/deliveries/{system.begin()}/{path}",
        headers={"authorization": f"Bearer {system.key}"},
        **{"wsgi.input": body, "CONTENT_LENGTH": str(len(content)), "CONTENT_TYPE": "application/json"},
    )
    assert answer.status_code == 201
    assert set(body.depths) == {outside}


def test_a_file_for_a_delivery_that_is_complete_is_refused_and_not_kept():
    system = System()
    delivery = send_files(system)
    before = stored()
    status, problem = system.ask("PUT", f"/deliveries/{delivery}/files/more.csv", b"a;b\n")
    assert (status, "complete" in problem["detail"]) == (409, True)
    assert stored() == before


def test_to_submit_again_changes_nothing_of_the_mapping_by_which_it_was_checked():
    system = System()
    delivery = system.begin()
    system.ask("POST", f"/deliveries/{delivery}/records", ORGANISATION)
    assert system.ask("POST", f"/deliveries/{delivery}/submission")[0] == 202
    system.work(examine, delivery)
    with acts("bom"):
        Delivery.objects.filter(pk=delivery).update(mapping="as a steward settled it", mapping_settled=True)
    assert system.ask("POST", f"/deliveries/{delivery}/submission")[0] == 409
    with acts("bom"):
        assert Delivery.objects.get(pk=delivery).mapping == "as a steward settled it"


@pytest.mark.parametrize(
    "content",
    [
        b"no json",
        b"5",
        b"[]",
        b'{"unicorn": []}',
        b'{"organisation": 5}',
        b'{"organisation": [5]}',
        b"\xff",
        b"[" * 9999,
    ],
)
def test_a_file_that_is_called_like_a_page_of_records_is_refused_when_it_is_none(content):
    system = System()
    delivery = system.begin()
    system.ask("PUT", f"/deliveries/{delivery}/files/records-organisation-0001.json", content)
    status, problem = system.ask("POST", f"/deliveries/{delivery}/submission")
    assert (status, "records-organisation-0001.json" in problem["detail"]) == (409, True)


def test_a_file_whose_name_only_begins_like_that_of_a_page_is_a_file():
    system = System()
    delivery = system.begin()
    content = json.dumps({"organisation": ORGANISATION["records"]}).encode()
    assert system.ask("PUT", f"/deliveries/{delivery}/files/records-2023.json", content)[0] == 201
    assert system.ask("POST", f"/deliveries/{delivery}/submission")[0] == 202
    with acts("bom"):
        assert not Delivery.objects.get(pk=delivery).mapping_settled
