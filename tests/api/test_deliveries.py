"""An agency's own system delivers: with files or with pages of records, and never more than its key is for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.intake.jobs import accept, after_acceptance, examine
from schakel.intake.models import Delivery
from schakel.invest.models import Investment
from schakel.register.models import Organisation
from schakel.sharing.tokens import withdraw_token
from tests.api.system import System, send_files
from tests.examples import ROUNDS
from tests.intake.delivering import TABLES
from tests.making import actor_for, acts, as_owner

pytestmark = pytest.mark.django_db


def test_files_become_records_and_a_receipt():
    system = System()
    delivery = send_files(system)
    status, told = system.ask("GET", f"/deliveries/{delivery}")
    assert (status, told["state"], told["working"]) == (200, "checked", False)
    status, told = system.ask("POST", f"/deliveries/{delivery}/acceptance", {})
    assert (status, told["state"]) == (202, "accepting")
    system.work(accept, delivery)
    system.work(after_acceptance, delivery)
    status, receipt = system.ask("GET", f"/deliveries/{delivery}/receipt")
    assert receipt["rows"]["organisation"] == {"new": 2}
    status, rows = system.ask("GET", f"/deliveries/{delivery}/receipt/rows?pageSize=2")
    assert (rows["total"], len(rows["items"])) == (6, 2)
    with acts("bom"):
        assert Organisation.objects.count() == 2


def test_a_row_in_error_stops_acceptance_until_it_may_stay_out():
    system = System()
    delivery = send_files(system, projecten=TABLES["projecten"] + "P2;Slimme kas;01-05-2023;-5,00;R9;\n")
    status, problem = system.ask("POST", f"/deliveries/{delivery}/acceptance", {})
    assert status == 422
    assert "projecten!D3" in {error["cell"] for error in problem["errors"]}
    status, found = system.ask("GET", f"/deliveries/{delivery}/findings?severity=error")
    assert {one["cell"] for one in found["items"]} == {error["cell"] for error in problem["errors"]}
    assert all(
        one["detail"] and one["remedy"] and one["type"].startswith("urn:schakel:check:") for one in found["items"]
    )
    status, _told = system.ask("POST", f"/deliveries/{delivery}/acceptance", {"withoutFaultyRows": True})
    assert status == 202


def test_what_a_proposal_read_waits_until_a_person_settled_the_mapping():
    system = System()
    delivery = send_files(system, investeringen="Inv.nr;Relatie;Datum;Bedrag\nI1;R1;15-06-2023;100.000,00\n")
    _status, told = system.ask("GET", f"/deliveries/{delivery}")
    assert told["proposedTables"]
    status, problem = system.ask("POST", f"/deliveries/{delivery}/acceptance", {"withoutFaultyRows": True})
    assert (status, "confirm" in problem["detail"]) == (409, True)
    with acts("bom"):
        assert (Investment.objects.count(), Delivery.objects.get(pk=delivery).state) == (0, "checked")


ORGANISATIONS = [
    {"number": "R1", "name": "Zonneveld Energie B.V.", "kvk": "12345678", "kind": "company"},
    {"number": "R2", "name": "AgroLoop B.V.", "kind": "company"},
]
INVESTMENTS = [{"number": "I1", "organisation": "R1", "date": "2023-06-15", "amount": 100000.5, "stage": "seed"}]


def test_records_in_pages_need_no_mapping():
    system = System()
    delivery = system.begin()
    for kind, page in (
        ("organisation", ORGANISATIONS[:1]),
        ("organisation", ORGANISATIONS[1:]),
        ("investment", INVESTMENTS),
    ):
        status, _told = system.ask("POST", f"/deliveries/{delivery}/records", {"kind": kind, "records": page})
        assert status == 201
    system.ask("POST", f"/deliveries/{delivery}/submission")
    system.work(examine, delivery)
    status, told = system.ask("GET", f"/deliveries/{delivery}")
    assert (told["state"], told["proposedTables"], told["findings"]["error"]) == ("checked", [], 0)
    system.ask("POST", f"/deliveries/{delivery}/acceptance", {})
    system.work(accept, delivery)
    with acts("bom"):
        assert set(Organisation.objects.values_list("number", "name")) == {
            (o["number"], o["name"]) for o in ORGANISATIONS
        }
        assert [str(one.amount) for one in Investment.objects.all()] == ["100000.50"]


@pytest.mark.parametrize(
    ("kind", "record", "said"),
    [
        ("unicorn", {"number": "1"}, "known are"),
        ("organisation", {"number": "1", "colour": "red"}, "has a field colour"),
        ("organisation", {"number": "1", "name": {"nl": "x"}}, "no plain value"),
    ],
)
def test_records_that_cannot_be_are_refused_at_once(kind, record, said):
    system = System()
    status, problem = system.ask("POST", f"/deliveries/{system.begin()}/records", {"kind": kind, "records": [record]})
    assert status == 409
    assert said in problem["detail"]


@ROUNDS
@given(
    body=st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_whatever_is_sent_is_answered_with_a_problem(body):
    system = System()
    for method, path in (("POST", "/deliveries"), ("POST", f"/deliveries/{system.begin()}/records")):
        status, problem = system.ask(method, path, body)
        assert status in (400, 409)
        assert problem["detail"]


def test_the_same_content_again_is_the_same_delivery():
    system = System()
    first = send_files(system)
    again = system.begin()
    for name, text in TABLES.items():
        system.ask("PUT", f"/deliveries/{again}/files/{name}.csv", text.encode())
    status, told = system.ask("POST", f"/deliveries/{again}/submission")
    assert (status, told["id"]) == (202, first)


@pytest.mark.parametrize(
    ("scope", "method", "path", "body"),
    [
        ("read", "POST", "/deliveries", {"year": 2023}),
        ("deliver", "GET", "/deliveries", None),
        ("deliver", "POST", "/deliveries/1/acceptance", {}),
    ],
)
def test_a_key_is_only_for_what_it_says(scope, method, path, body):
    status, problem = System(scopes=[scope]).ask(method, path, body)
    assert status == 403
    assert "not for" in problem["detail"]


def test_a_withdrawn_key_opens_nothing_and_what_was_sent_stays():
    system = System()
    delivery = system.begin()
    withdraw_token(actor=actor_for("bom"), token_id=system.token.pk)
    status, problem = system.ask("GET", f"/deliveries/{delivery}")
    assert status == 401
    assert "withdrawn" in problem["detail"]
    with acts("bom"):
        assert Delivery.objects.filter(pk=delivery).exists()


def test_without_a_key_or_with_a_session_nothing_opens(client, django_user_model):
    with as_owner():
        someone = django_user_model.objects.create(email="someone@example.org", name="Someone")
    client.force_login(someone)
    answer = client.get("/api/v1/deliveries")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_another_agencys_delivery_is_not_there():
    delivery = System("bom").begin()
    status, _problem = System("oost-nl").ask("GET", f"/deliveries/{delivery}")
    assert status == 404


def test_kinds_are_told_in_the_language_asked_for():
    system = System()
    _status, dutch = system.ask("GET", "/kinds", language="nl")
    _status, english = system.ask("GET", "/kinds", language="en")
    labels = [{kind["name"]: kind["label"] for kind in told["items"]} for told in (dutch, english)]
    assert (labels[0]["organisation"], labels[1]["organisation"]) == ("organisatie", "organisation")
    assert "market_company" not in labels[0]
