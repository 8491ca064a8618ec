"""The explorer's pages: a question is asked anew for who opens it; views are kept, shared, and only questions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from schakel.figures.catalogue import catalogue
from schakel.figures.closing.shelf import Shelf
from schakel.figures.counting import Meta, extract_of
from schakel.figures.editions import Edition
from schakel.figures.gate import Gate
from schakel.figures.models import SavedView
from schakel.figures.serving import CountingServer
from schakel.trail.models import Entry
from tests.intake.people import signed_in
from tests.making import acts
from tests.sharing.mandates import OFFICE, office

from .drawing import fact, frames_of
from .publishing import YEAR, publish

pytestmark = pytest.mark.django_db
BY_AGENCY = "i=innovation_projects&rijen=agency&van=2023&tot=2023"


@pytest.fixture(autouse=True)
def counting(tmp_path: Path, settings: LazySettings) -> Iterator[None]:
    """A counting process of 7 projects of BOM and 5 of NOM in a published year, and one more of BOM in the next."""
    held = publish()
    facts = [fact(n, "bom" if n < 8 else "nom", n, province="NB" if n < 10 else "GR") for n in range(1, 13)]
    extract = extract_of(frames_of({"project": [*facts, fact(13, "bom", 13, year=2024)]}), Meta("1"))
    edition = Edition(held.closing_id, YEAR, 1, held.pk, held.publish_at)
    shelf = SimpleNamespace(closed=lambda _number: SimpleNamespace(extract=extract, indicators=catalogue()))
    path = tmp_path / "run" / "counting.sock"
    server = CountingServer(path, lambda: extract, Gate(lambda: [edition]), cast(Shelf, shelf))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.COUNTING_SOCKET = path
    yield
    server.shutdown()
    server.server_close()
    thread.join()


def ask(client: Client, query: str, name: str = "figures:explore", **where: Any) -> HttpResponse:
    return cast(HttpResponse, client.get(f"{reverse(name, kwargs=where)}?{query}"))


def numbers(answer: HttpResponse) -> dict[str, str]:
    """The first column of the first table, as it is read, by the heads of its rows."""
    (table, *_others) = answer.context["page"].tables
    return {row.head.code: row.cells[0].text for row in table.rows}


def keep(client: Client, name: str, query: str = BY_AGENCY, **said: str) -> HttpResponse:
    return cast(HttpResponse, client.post(reverse("figures:explore_views"), {"name": name, "query": query, **said}))


def test_the_page_says_how_to_begin() -> None:
    page = ask(signed_in("bom", "reader"), "").content.decode()
    assert "Zo begint u" in page
    assert "Innovatieprojecten" in page


def test_each_cell_leads_to_the_list_behind_it() -> None:
    page = ask(signed_in("bom", "reader"), BY_AGENCY).content.decode()
    assert "/cijfers/innovation_projects/lijst/?year=2023&amp;agency=bom" in page
    assert "agency=nom" not in page.split("<table")[1].split("</table>")[0]


def test_a_shared_view_of_the_secretariat_gives_a_ministry_no_agencys_numbers() -> None:
    secretary, ministry = signed_in("rom-nederland", "secretary"), signed_in("ministerie-ez", "reader")
    kept = keep(secretary, "Per ROM", shared="on")
    assert kept.status_code == 302
    assert {k: v for k, v in numbers(secretary.get(kept["Location"])).items() if v != "–"} == {
        "bom": "7",
        "nom": "5",
        "*": "12",
    }
    listed = ministry.get(reverse("figures:explore_views")).content.decode()
    assert "Per ROM" in listed
    seen = numbers(ministry.get(kept["Location"]))
    assert {value for place, value in seen.items() if place != "*"} == {"niet getoond"}
    assert seen["*"] == "12"
    page = ministry.get(kept["Location"]).content.decode()
    assert "De eigen cijfers van een ROM ziet alleen die ROM zelf en het secretariaat." in page


def test_an_agency_that_opens_it_sees_its_own_row_alone() -> None:
    seen = numbers(ask(signed_in("bom", "steward"), BY_AGENCY))
    assert (seen["bom"], seen["nom"], seen["*"]) == ("7", "niet getoond", "12")


@pytest.mark.parametrize("slug", ["ministerie-ez", "provincie-utrecht", "nom"])
def test_a_view_of_another_agency_alone_is_refused_with_a_sentence(slug: str) -> None:
    answer = ask(signed_in(slug, "reader"), "i=innovation_projects&rijen=province&agency=bom&van=2023&tot=2023")
    assert answer.status_code == 200
    assert answer.context["page"].refused
    assert not any(
        cell.text.isdigit() for table in answer.context["page"].tables for row in table.rows for cell in row.cells
    )


def test_a_reader_gets_no_year_that_is_not_published() -> None:
    query = "i=innovation_projects&rijen=year&van=2022&tot=2024"
    assert set(numbers(ask(signed_in("ministerie-ez", "reader"), query))) == {"2023"}
    answer = ask(signed_in("ministerie-ez", "reader", name="other"), query)
    assert any("2022" in note and "2024" in note for note in answer.context["page"].notes)
    assert numbers(ask(signed_in("rom-nederland", "secretary"), query))["2024"] == "1"


def test_a_private_view_is_its_makers_alone_also_among_colleagues() -> None:
    steward, colleague = signed_in("bom", "steward"), signed_in("bom", "reader")
    keep(steward, "Van mij")
    with acts("bom"):
        view = SavedView.objects.get(name="Van mij")
    assert "Van mij" in steward.get(reverse("figures:explore_views")).content.decode()
    for client in (colleague, signed_in("nom", "reader")):
        assert "Van mij" not in client.get(reverse("figures:explore_views")).content.decode()
        assert client.get(reverse("figures:explore_view", args=[view.pk])).status_code == 404
        assert client.post(reverse("figures:explore_drop", args=[view.pk])).status_code == 404


def test_a_view_is_renamed_shared_and_removed_with_a_line_in_the_trail_each() -> None:
    steward = signed_in("bom", "steward")
    keep(steward, "Eerste")
    with acts("bom"):
        view = SavedView.objects.get()
    page = reverse("figures:explore_view", args=[view.pk])
    assert steward.post(page, {"name": "Tweede", "shared": "on"}).status_code == 302
    assert "Tweede" in signed_in("nom", "reader").get(reverse("figures:explore_views")).content.decode()
    drop = reverse("figures:explore_drop", args=[view.pk])
    assert "Tweede" in steward.get(drop).content.decode()
    assert steward.post(drop).status_code == 302
    with acts("bom"):
        assert not SavedView.objects.exists()
        verbs = list(Entry.objects.filter(kind="saved view").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["kept", "changed", "removed"]


@pytest.mark.parametrize(
    "said", [{"name": "Eerste"}, {"name": "  "}, {"name": "x" * 121}, {"name": "Leeg", "query": ""}]
)
def test_a_view_that_cannot_be_kept_is_refused_beside_its_field(said: dict[str, str]) -> None:
    steward = signed_in("bom", "steward")
    keep(steward, "Eerste")
    answer = keep(steward, **said)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    with acts("bom"):
        assert SavedView.objects.count() == 1


def test_what_is_kept_is_only_a_question() -> None:
    steward = signed_in("bom", "steward")
    keep(steward, "Vraag", query=f"{BY_AGENCY}&csrfmiddlewaretoken=x&nonsense=1")
    with acts("bom"):
        assert SavedView.objects.get().query == BY_AGENCY


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_a_file_is_taken_along_with_a_line_in_the_trail(form: str) -> None:
    reader = signed_in("bom", "reader")
    answer = ask(reader, BY_AGENCY, "figures:explore_file", form=form)
    assert answer.status_code == 200
    assert f".{form}" in answer["Content-Disposition"]
    with acts("bom"):
        entry = Entry.objects.get(verb="exported")
    assert entry.detail["form"] == form
    assert entry.detail["query"] == BY_AGENCY


@pytest.mark.parametrize(("form", "query"), [("exe", BY_AGENCY), ("csv", "")])
def test_there_is_no_file_of_another_form_or_of_no_question(form: str, query: str) -> None:
    assert ask(signed_in("bom", "reader"), query, "figures:explore_file", form=form).status_code == 404


@pytest.mark.parametrize(
    "query", ["i=nothing", "i=innovation_projects&rijen=nowhere&van=x&province=%27%22", "van=9999&i=invested_eur"]
)
def test_nonsense_in_an_address_is_answered_by_a_page(query: str) -> None:
    assert ask(signed_in("ministerie-ez", "reader"), query).status_code == 200


def test_an_auditor_keeps_no_view_and_is_offered_none() -> None:
    office()
    auditor = signed_in(OFFICE, "auditor", language="en")
    page = ask(auditor, BY_AGENCY)
    assert (page.status_code, page.context["keep_form"]) == (200, None)
    assert "Keep this view" not in page.content.decode()
    refused = keep(auditor, "ours")
    assert refused.status_code == 422
    assert "An auditor keeps no views" in refused.content.decode()
    with acts(OFFICE):
        assert not SavedView.objects.exists()
