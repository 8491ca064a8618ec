"""The overview: whose view each gets, what it says in public and exactly, what is not final and why, and on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pypdf import PdfReader

from schakel.figures.lenses import CROSSES
from schakel.figures.vintages import editions
from tests.intake.people import signed_in

from .counting_here import ALL_NINE, closed_over, counting, deliveries, projects
from .publishing import publish

pytestmark = pytest.mark.django_db
YEARS = (2022, 2023, 2024)


def facts(*, missing: tuple[str, ...] = ()) -> dict[str, list]:
    """Three years of projects of BOM and NOM, one joint each year; of 2024 some agencies may be missing."""
    found = {"project": [], "delivery": []}
    for n, year in enumerate(YEARS):
        first = 1000 * (n + 1)
        found["project"] += projects(year, "bom", first, 6 + n, themes=["security"])
        found["project"] += projects(year, "nom", first + 100, 4, province="GR", themes=["energy-transition"])
        found["project"] += projects(year, "nom", first + 200, 5, province="FR")
        joint = projects(year, "nom", first + 300, 1)[0] | {"thing": first, "leading": False}
        found["project"].append(joint)
        found["delivery"] += deliveries(year, missing=missing if year == 2024 else ())
    return found


@pytest.fixture
def live(tmp_path: Path, settings) -> Iterator[None]:
    with counting(tmp_path, facts(missing=("liof",))) as socket:
        settings.COUNTING_SOCKET = socket
        yield


def said(answer) -> str:
    """What a page says, without its marks; a hard space is a space."""
    main = re.search(r"<main.*</main>", answer.content.decode(), re.S)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main.group()).replace("\xa0", " ").split())


def read(client: Client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return said(answer)


def card(answer, name: str) -> str:
    """What the key figure called ``name`` says."""
    found = re.search(rf'<div class="key-figure">\s*<h2 class="key-figure__label">{name}</h2>.*?</div>', answer, re.S)
    assert found, name
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found.group(), flags=re.S).replace("\xa0", " ").split())


def test_an_agency_sees_its_own_column_first_and_the_network_beside(live) -> None:
    answer = signed_in("nom", "steward").get("/?year=2023").content.decode()
    assert "Cijfers van NOM, 2023" in answer
    assert "Innovatieprojecten 10" in card(answer, "Innovatieprojecten")
    assert "Netwerk: 16" in card(answer, "Innovatieprojecten")


def test_the_secretariat_sees_the_network_and_every_column(live) -> None:
    client = signed_in("rom-nederland", "secretary")
    answer = client.get("/?year=2023").content.decode()
    assert "Cijfers van het netwerk, 2023" in answer
    assert "Innovatieprojecten 16" in card(answer, "Innovatieprojecten")
    assert "Cijfers van BOM, 2023" in read(client, "/?year=2023&voor=bom")


def test_all_figures_stand_on_a_page_of_their_own_by_the_same_view(live) -> None:
    steward = signed_in("nom", "steward")
    overview = steward.get("/?year=2023&voor=provincie-gr").content.decode().replace("&amp;", "&")
    assert 'href="/cijfers/?year=2023&voor=provincie-gr"' in overview
    page = read(steward, "/cijfers/?year=2023&voor=provincie-gr")
    assert "Alle cijfers van 2023" in page
    assert "Innovatieprojecten 4 16" in page  # the province's, then the network's
    assert "Per ROM" not in page
    assert "Per ROM, 2023" in read(signed_in("rom-nederland", "secretary"), "/cijfers/?year=2023")
    assert "Dekking" in read(signed_in("rom-nederland", "secretary"), "/cijfers/?year=2024")


def test_the_page_of_all_figures_says_the_same_as_the_key_figures(live) -> None:
    for slug, role, voor in (
        ("nom", "steward", "nom"),
        ("bom", "steward", "netwerk"),
        ("nom", "steward", "provincie-gr"),
    ):
        client = signed_in(slug, role)
        whole = client.get(f"/cijfers/?year=2023&voor={voor}").content.decode().replace("\xa0", " ")
        cells = dict(re.findall(r'<th scope="row".*?>([^<>]+)</a></th>\s*<td.*?>(?:<[^>]*>)*([^<>]*)<', whole, re.S))
        page = client.get(f"/?year=2023&voor={voor}").content.decode()
        for label in re.findall(r'<h2 class="key-figure__label">(.*?)</h2>', page):
            assert label in cells, label
            assert f"{label} {cells[label]}" in card(page, label), label


@pytest.mark.parametrize("other", [slug for slug in ALL_NINE if slug != "nom"])
def test_no_agency_gets_the_view_of_another(live, other: str) -> None:
    client = signed_in("nom", "steward")
    assert client.get(f"/?voor={other}").status_code == 404
    assert client.get(f"/cijfers/?voor={other}").status_code == 404
    assert client.get(f"/cijfers/overzicht.pdf?voor={other}").status_code == 404


def test_an_agency_of_three_provinces_has_a_view_of_each(live) -> None:
    client = signed_in("nom", "steward")
    page = client.get("/").content.decode()
    for code, name in (("gr", "Groningen"), ("fr", "Fryslân"), ("dr", "Drenthe")):
        assert f"voor=provincie-{code}" in page
        assert f"Cijfers van {name}" in read(client, f"/?voor=provincie-{code}")


def test_a_region_that_crosses_a_province_says_what_is_by_place_and_what_by_agency(live) -> None:
    client = signed_in("rom-utrecht-region", "steward")
    page = client.get("/").content.decode()
    code, part = CROSSES["rom-utrecht-region"]
    assert f"voor=provincie-{code.lower()}" in page
    assert f"werkt ook in {part}" in page
    assert "naar de plaats van elk onderdeel" in read(client, "/?voor=provincie-nh")
    assert "volgens de eigen opgave" in read(client)


def test_what_lies_in_a_province_counts_there_whichever_agency_it_is_of(tmp_path, settings) -> None:
    """Trap 14: a company outside the region of the agency that helped it."""
    outside = facts()
    outside["project"] += projects(2024, "bom", 9000, 4, province="GR")
    with counting(tmp_path, outside) as socket:
        settings.COUNTING_SOCKET = socket
        client = signed_in("rom-nederland", "secretary")
        there = client.get("/?year=2024&voor=provincie-gr").content.decode()
        assert "Innovatieprojecten 8" in card(there, "Innovatieprojecten")
        of_bom = client.get("/?year=2024&voor=bom").content.decode()
        assert "Innovatieprojecten 12" in card(of_bom, "Innovatieprojecten")


def test_what_is_missing_is_named_to_the_secretariat_and_counted_for_the_others(live) -> None:
    assert "Nog niet compleet: LIOF." in read(signed_in("rom-nederland", "secretary"), "/?year=2024")
    other = read(signed_in("bom", "steward"), "/?year=2024")
    assert "Nog niet elke ROM heeft alles over 2024 aangeleverd." in other
    assert "Nog niet compleet" not in other
    assert "Nog niet compleet: LIOF." in read(signed_in("liof", "steward"), "/?year=2024")
    assert "0 van 9 ROM's hebben het jaar ondertekend" in other.replace("&#x27;", "'")


def test_a_change_is_said_where_it_can_be_and_why_not_where_it_cannot(live) -> None:
    client = signed_in("rom-nederland", "secretary")
    known = client.get("/?year=2023").content.decode()
    assert "+7% sinds 2022" in card(known, "Innovatieprojecten")
    incomplete = card(client.get("/?year=2024").content.decode(), "Innovatieprojecten")
    assert "sinds" not in incomplete
    assert "Niet vergelijkbaar" in incomplete
    assert "niet elke ROM heeft beide jaren aangeleverd" in incomplete


def test_a_reader_sees_nothing_until_a_year_is_published_and_then_that_year(tmp_path, settings) -> None:
    with counting(tmp_path, facts()) as socket:
        settings.COUNTING_SOCKET = socket
        for slug in ("ministerie-ez", "provincie-utrecht"):
            assert "Innovatieprojecten" not in read(signed_in(slug, "reader"))
    held = publish(2023)
    kept = {held.closing_id: closed_over(facts())}
    with counting(tmp_path, facts(), editions=editions(), closings=kept) as socket:
        settings.COUNTING_SOCKET = socket
        ministry = signed_in("ministerie-ez", "reader")
        page = read(ministry)
        assert "Cijfers voor het ministerie, 2023" in page
        assert "Versie 1" in page
        assert ministry.get("/?year=2024").status_code == 404
        assert ministry.get("/?voor=bom").status_code == 404
        assert "Cijfers van Utrecht, 2023" in read(signed_in("provincie-utrecht", "reader"))


def test_every_link_of_an_overview_leads_somewhere_and_keeps_what_was_asked(live) -> None:
    client = signed_in("nom", "steward")
    page = client.get("/?year=2023&voor=netwerk&kaart=invested_eur").content.decode()
    main = re.search(r"<main.*</main>", page, re.S)
    assert main
    found = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', main.group())}
    views = [link for link in found if link.startswith("/?")]
    assert len(views) >= 5
    for link in found:
        assert client.get(link).status_code == 200, link
    for link in views:
        assert parse_qs(urlsplit(link).query)["kaart"] == ["invested_eur"], link


def test_a_made_up_view_or_map_is_not_there_or_the_usual(live) -> None:
    client = signed_in("nom", "steward")
    assert client.get("/?voor=nergens").status_code == 404
    assert client.get("/?kaart=nothing").status_code == 200


def test_one_page_of_paper_has_the_same_figures_and_can_be_listened_to(live) -> None:
    client = signed_in("nom", "steward")
    page = client.get("/?year=2023").content.decode()
    answer = client.get("/cijfers/overzicht.pdf?year=2023")
    assert answer["Content-Type"] == "application/pdf"
    paper = PdfReader(io.BytesIO(answer.content))
    root = paper.trailer["/Root"]
    assert len(paper.pages) == 1
    assert [round(float(side)) for side in paper.pages[0].mediabox[2:]] == [595, 842]
    assert paper.metadata
    assert paper.metadata.title == "Cijfers van NOM, 2023"
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    text = " ".join(paper.pages[0].extract_text().replace("\xa0", " ").split())
    labels = re.findall(r'<h2 class="key-figure__label">(.*?)</h2>', page)
    values = re.findall(r'<p class="key-figure__value">(.*?)</p>', page)
    assert len(labels) == len(values) == 8
    for words in (*labels, *values):
        assert words.replace("\xa0", " ") in text, words
