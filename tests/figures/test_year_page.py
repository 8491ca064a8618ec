"""The page of a year's standing: what each reads there, what each may do, and what is refused with a sentence."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from schakel.figures.actions.publishing import set_hour
from schakel.figures.models import ApprovingBody, Closing, ClosingState, Publication
from tests.intake.people import signed_in
from tests.making import acts

from .publishing import REMARK, SECRETARIAT, YEAR, approve, body, closed, in_an_hour, prepared, publish, secretary

pytestmark = pytest.mark.django_db
PAGE = f"/cijfers/jaar/{YEAR}/"
BODIES = "/cijfers/organen/"


def of_secretariat() -> Client:
    return signed_in(SECRETARIAT, "secretary", language="en")


def steward(slug: str = "bom") -> Client:
    return signed_in(slug, "steward", language="en")


def read(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return said(answer)


def said(answer) -> str:
    """What a page says, without its marks."""
    main = re.search(r"<main.*</main>", answer.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", main.group() if main else "").split())


def test_a_reader_finds_no_page_of_a_year_under_embargo_but_the_hour(client: Client) -> None:
    held = prepared()
    set_hour(actor=secretary(), publication=held, at=in_an_hour())
    for slug in ("ministerie-ez", "provincie-utrecht"):
        answer = signed_in(slug, "reader", language="en").get(PAGE)
        assert answer.status_code == 404
        assert "are not published" in said(answer)
        assert "They are to be published on" in said(answer)
    assert client.get(PAGE).status_code == 302


def test_once_published_a_reader_reads_which_versions_there_are_and_nothing_of_who_approved() -> None:
    publish()
    page = read(signed_in("ministerie-ez", "reader", language="en"))
    assert "Version 1 , published on" in page
    assert "Raad" not in page


def test_the_secretariat_sees_who_is_missing_and_an_agency_only_how_many() -> None:
    assert "0 of 9 agencies certified" in read(of_secretariat())
    assert "Horizon Flevoland" in read(of_secretariat())
    assert "0 of 9 agencies certified" in read(steward())
    assert "Horizon Flevoland" not in read(steward())


def test_the_secretariat_leads_a_closing_to_its_publication() -> None:
    ours, page = body(), of_secretariat()
    closed()
    assert page.post(PAGE, {"do": "prepare", "remark": ""}).status_code == 422
    assert page.post(PAGE, {"do": "prepare", "remark": REMARK}, follow=True).status_code == 200
    assert "under embargo" in read(page)
    later = timezone.localtime(in_an_hour())
    page.post(PAGE, {"do": "hour", "at": f"{later:%Y-%m-%dT%H:%M}"})
    held = Publication.objects.get()
    assert held.publish_at == later.replace(second=0, microsecond=0)
    answer = steward().post(
        PAGE, {"do": "approve", "body": ours.pk, "decision": "approved", "decided_on": "", "reference": "minutes"}
    )
    assert answer.status_code == 422
    today = timezone.localdate().isoformat()
    sound = {"do": "approve", "body": ours.pk, "decision": "approved", "decided_on": today, "reference": "minutes, 5"}
    assert "The decision is recorded" in steward().post(PAGE, sound, follow=True).content.decode()
    page.post(PAGE, {"do": "hour", "at_once": "yes"})
    assert "Version 1: published" in read(page)
    assert "(BOM) approved on" in read(steward("nom"))


def test_a_publication_is_called_off_with_a_reason() -> None:
    prepared()
    page = of_secretariat()
    assert page.post(PAGE, {"do": "withdraw", "reason": ""}).status_code == 422
    page.post(PAGE, {"do": "withdraw", "reason": "a member asked for time"})
    assert "publication called off: a member asked for time" in read(page)
    assert "Prepare the publication" in read(page)


@pytest.mark.parametrize("do", ["close", "prepare", "hour", "withdraw"])
def test_what_is_the_secretariats_is_refused_to_an_agency(do: str) -> None:
    prepared()
    asked = {"do": do, "reason": "because", "at": "2100-01-01T10:00", "remark": REMARK}
    answer = steward().post(PAGE, asked)
    assert answer.status_code == 403
    assert "Only the secretariat does this" in answer.content.decode()


def test_who_only_reads_at_an_agency_records_nothing() -> None:
    ours = body()
    held = prepared()
    reader = signed_in("bom", "reader", language="en")
    assert "Record the decision" not in read(reader)
    assert reader.post(PAGE, {"do": "approve", "body": ours.pk}).status_code == 403
    assert not held.approvals.exists()


def test_an_agency_records_nothing_for_the_body_of_another() -> None:
    theirs = body("nom")
    prepared()
    assert "Record the decision" not in read(steward())
    assert steward().post(PAGE, {"do": "approve", "body": theirs.pk, "decision": "approved"}).status_code == 404


def test_a_closing_that_is_being_made_shows_that_and_then_the_page_is_loaded_anew() -> None:
    with acts(SECRETARIAT) as owner:
        made = Closing.objects.create(owner=owner, period=YEAR, version=1, state=ClosingState.ORDERED)
    page = of_secretariat()
    assert "The closing is being made" in read(page)
    assert page.get(f"{PAGE}afsluiting/").status_code == 204
    with acts(SECRETARIAT):
        Closing.objects.filter(pk=made.pk).update(state=ClosingState.FAILED, failure="the disk is full")
    assert page.get(f"{PAGE}afsluiting/").headers["HX-Refresh"] == "true"
    assert "the disk is full" in read(page)


def test_a_revision_asks_for_its_reason_and_a_year_without_deliveries_is_not_closed() -> None:
    publish()
    page = of_secretariat()
    answer = page.post(PAGE, {"do": "close", "reason": ""})
    assert answer.status_code == 422
    assert "Make a revision" in said(answer)
    answer = page.post("/cijfers/jaar/2016/", {"do": "close", "reason": ""})
    assert answer.status_code == 422
    assert "Nothing was accepted for 2016" in said(answer)


def test_a_refusal_of_a_body_shows_with_its_reason() -> None:
    ours = body()
    approve(prepared(), ours, approved=False)
    assert "the amounts are not right" in read(of_secretariat())
    assert "the amounts are not right" in read(steward())


def test_the_secretariat_keeps_the_bodies_and_agencies_read_them() -> None:
    page = of_secretariat()
    assert page.post(BODIES, {"do": "add", "name": "", "kind": "other"}).status_code == 422
    with acts("bom") as owner:
        sent = {"do": "add", "owner": owner.pk, "name": "Aandeelhouders", "kind": "shareholders", "first_period": 2024}
    assert "The body is added" in page.post(BODIES, sent, follow=True).content.decode()
    assert "There is a body of this name already" in said(page.post(BODIES, sent))
    made = ApprovingBody.objects.get()
    assert page.post(BODIES, {"do": "end", "body": made.pk, "last_period": 2020}).status_code == 422
    page.post(BODIES, {"do": "end", "body": made.pk, "last_period": 2026})
    assert "2024 to 2026" in read(steward(), BODIES)
    assert steward().post(BODIES, sent).status_code == 403
    assert signed_in("ministerie-ez", "reader").get(BODIES).status_code == 403


@pytest.mark.parametrize("path", ["/cijfers/jaar/1999/", "/cijfers/jaar/2101/", "/cijfers/jaar/99999999999/"])
def test_a_year_that_is_none_is_not_there(path: str) -> None:
    assert of_secretariat().get(path).status_code == 404
    assert of_secretariat().post(PAGE, {"do": "nonsense"}).status_code == 404
