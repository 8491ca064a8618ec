"""Whoever is refused is written down, with what they asked for; and no file leaves unsaid."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from schakel.network.models import RoleHeld
from schakel.network.queries import party
from schakel.sharing.agreements import Opened, draft, propose
from schakel.sharing.logbook.middleware import LogbookMiddleware
from schakel.sharing.models import Depth
from schakel.sharing.tokens import make_token, withdraw_token
from schakel.trail.models import Entry, Origin
from tests.making import actor_for, acts, as_owner, organisation

from ...inbox.people import PASSWORD, somebody
from ..agreeing import said
from ..people.characters import administrator, client_of

pytestmark = pytest.mark.django_db


def refusals() -> list[Entry]:
    with as_owner():
        return list(Entry.objects.filter(verb="was refused").order_by("pk"))


def test_asking_for_a_record_of_another_is_a_line_of_who_asked():
    with acts("nom") as nom:
        record = organisation(nom)
    reader = somebody("ria", "bom", "reader")
    assert client_of(reader).get(f"/records/organisation/{record.pk}/").status_code == 404
    (line,) = refusals()
    assert (line.owner_id, line.person_id, line.channel) == (party("bom").pk, reader.pk, "page")
    assert line.detail["page"] == "intake:record"
    assert line.detail["numbers"] == {"record_id": record.pk}
    assert line.detail["status"] == 404


def test_an_act_that_a_role_does_not_allow_is_a_line():
    reader = somebody("ria", "bom", "reader")
    assert client_of(reader).post("/afspraken/nieuw/other/").status_code == 403
    (line,) = refusals()
    assert line.detail["method"] == "POST"


def test_an_act_that_is_refused_in_words_is_a_line():
    boss = administrator("bom")
    with acts("bom"):
        made = draft(actor=actor_for("bom"), said=said("bom", ("nom",), Opened("organisation", Depth.FULL)))
        propose(actor=actor_for("bom"), agreement_id=made.pk)
    assert client_of(boss).post(f"/afspraken/{made.pk}/suspend/").status_code == 302
    (line,) = refusals()
    assert line.detail["page"] == "sharing:agreement-act"
    assert line.detail["status"] == 302


def test_what_is_shown_and_what_leads_nowhere_is_no_refusal():
    client = client_of(administrator("bom"))
    assert client.get("/mensen/").status_code == 200
    assert client.get("/er-is-hier-niets/").status_code == 404
    assert Client().get("/afspraken/").status_code == 302
    assert refusals() == []


def test_a_key_that_opens_nothing_and_one_that_is_not_for_this_are_lines():
    made, key = make_token(actor=actor_for("bom"), name="crm", scopes=["deliver"], days=1)
    bearer = Client(headers={"authorization": f"Bearer {key}"})
    assert bearer.get("/api/v1/deliveries").status_code == 403
    withdraw_token(actor=actor_for("bom"), token_id=made.pk)
    assert bearer.get("/api/v1/deliveries").status_code == 401
    assert Client().get("/api/v1/deliveries").status_code == 401  # nobody came with a key
    first, second = refusals()
    assert (first.owner_id, first.process, first.channel) == (party("bom").pk, f"token {made.pk}", "api")
    assert (second.owner_id, second.kind, second.detail["status"]) == (None, "token", 401)


def test_what_a_system_reads_is_a_line():
    _made, key = make_token(actor=actor_for("bom"), name="crm", scopes=["read"], days=1)
    assert Client(headers={"authorization": f"Bearer {key}"}).get("/api/v1/deliveries").status_code == 200
    with acts("bom"):
        assert Entry.objects.get(verb="read").channel == "api"


def test_a_file_of_a_view_that_forgot_is_a_line_all_the_same():
    boss = administrator("bom")
    request = RequestFactory().get("/")
    request.role_held = RoleHeld.objects.select_related("party").get(person=boss)
    request.resolver_match = None

    def forgot(_request):
        return HttpResponse("secret", headers={"Content-Disposition": "attachment"})

    LogbookMiddleware(forgot)(request)
    with acts("bom"):
        line = Entry.objects.get(verb="exported")
        assert line.detail == {"unsaid": True, "method": "GET"}


def test_signing_in_and_out_and_failing_to_are_lines_that_the_administrator_reads():
    ria = somebody("ria", "bom", "reader")
    client = Client()
    client.post("/aanmelden/", {"username": ria.email, "password": "wrong"}, REMOTE_ADDR="192.0.2.9")
    client.post("/aanmelden/", {"username": ria.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.9")
    client.post("/afmelden/")
    with acts("bom"):
        lines = Entry.objects.filter(person_id=ria.pk, kind="person").order_by("pk")
        assert [line.verb for line in lines] == ["signed in", "signed out"]
        assert {line.concerns_id for line in lines} == {party("bom").pk}
        assert set(
            Origin.objects.filter(mark__in=[line.origin for line in lines]).values_list("address", flat=True)
        ) == {
            "192.0.2.0",
            "127.0.0.0",
        }
    with acts("nom"):
        assert not Entry.objects.filter(person_id=ria.pk).exists()
    with as_owner():  # whose name was tried is not told, so that it is nobody's line
        failed = Entry.objects.get(verb="failed to sign in")
        assert (failed.owner_id, failed.concerns_id, failed.person_id) == (None, None, None)
        assert failed.channel == "page"
        assert failed.origin


def test_who_works_for_two_parties_signs_in_before_the_eyes_of_both():
    ria = somebody("ria", "bom", "reader")
    somebody("ria", "nom", "reader")
    client = Client()
    client.post("/aanmelden/", {"username": ria.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.9")
    assert client.post("/afmelden/", REMOTE_ADDR="192.0.2.9").status_code == 302
    for slug in ("bom", "nom"):
        with acts(slug):
            lines = Entry.objects.filter(person_id=ria.pk, kind="person").order_by("pk")
            assert [line.verb for line in lines] == ["signed in", "signed out"]
            assert Origin.objects.filter(mark__in=[line.origin for line in lines]).count() == 2
