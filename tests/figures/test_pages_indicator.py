"""An indicator's page: exact, in public and of which moment; the series; every breakdown; and the list behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from schakel.figures.catalogue import catalogue
from schakel.figures.vintages import editions
from schakel.network.themes import schemes
from schakel.words import Words
from tests.intake.people import signed_in

from .counting_here import closed_over, counting, deliveries, projects
from .drawing import fact
from .publishing import publish
from .test_pages_overview import facts, read, said

pytestmark = pytest.mark.django_db
PAGE = "/cijfers/innovation_projects/"


@pytest.fixture
def live(tmp_path: Path, settings) -> Iterator[None]:
    with counting(tmp_path, facts()) as socket:
        settings.COUNTING_SOCKET = socket
        yield


def secretariat() -> Client:
    return signed_in("rom-nederland", "secretary")


def test_exact_value_rule_and_vintage_stand_apart(live) -> None:
    page = read(secretariat(), "/cijfers/innovation_project_volume_eur/?year=2023")
    assert "Precies € 1.600.000" in page
    assert "In het openbaar meer dan € 1 mln" in page
    assert "Regel voor het noemen meer dan het veelvoud van 1.000.000 eronder" in page
    assert "Versie van de definitie 1" in page
    assert "Voorlopig" in page


def test_what_is_cited_is_marked_has_its_document_and_is_not_counted(live) -> None:
    answer = secretariat().get(f"{PAGE}?year=2023")
    page = said(answer)
    assert "Aangehaald uit documenten van vóór Schakel" in page
    assert "more than 350 innovation projects" in page
    assert 'href="https://www.nvnom.com/' in answer.content.decode()
    assert answer.content.decode().count('class="chart__bar chart__bar--cited"') >= 5
    assert "Precies 16" in page


def test_definitions_through_the_years_and_agencies_own_stand_with_it(live) -> None:
    page = read(secretariat(), PAGE)
    assert "Innovatieprojecten én business cases samen" in page
    assert "Vanaf 2020 staan alleen innovatieprojecten in de publicatie." in page
    jobs = read(secretariat(), "/cijfers/jobs_created/")
    assert "FTE nieuw" in jobs
    assert "andere eenheid" in jobs


def test_a_year_that_was_published_by_an_older_definition_breaks_the_series(tmp_path, settings) -> None:
    """Trap 16, from the closing to the page."""
    now = catalogue()["innovation_projects"]
    newer = replace(now, version=2, definition=Words("nieuw", "new"))
    held = publish(2023)
    kept = {held.closing_id: closed_over(facts(), {"innovation_projects": newer})}
    with counting(tmp_path, facts(), editions=editions(), closings=kept) as socket:
        settings.COUNTING_SOCKET = socket
        page = read(secretariat(), f"{PAGE}?year=2023")
    assert "2023: definitie gewijzigd: versie 1 naar 2" in page
    assert "2024: definitie gewijzigd: versie 2 naar 1" in page
    assert "Versie van de definitie 2" in page


def test_an_indicator_that_is_newer_than_a_closing_says_so(tmp_path, settings) -> None:
    held = publish(2023)
    known = {"trade_activities": catalogue()["trade_activities"]}
    with counting(tmp_path, facts(), editions=editions(), closings={held.closing_id: closed_over(facts(), known)}) as s:
        settings.COUNTING_SOCKET = s
        ministry = signed_in("ministerie-ez", "reader")
        assert "werd in de cijfers van 2023 nog niet geteld" in read(ministry, f"{PAGE}?year=2023")
        assert ministry.get(f"{PAGE}lijst/?year=2023").status_code == 404


def test_every_breakdown_is_an_address_and_every_row_leads_to_its_list(live) -> None:
    client = secretariat()
    page = client.get(f"{PAGE}?year=2023").content.decode().replace("&amp;", "&")
    breakdowns = {link for link in re.findall(r'href="([^"]*)"', page) if "by=" in link}
    asked = {parse_qs(urlsplit(link).query)["by"][0] for link in breakdowns}
    assert asked >= {"theme", "status", *(scheme.dimension for scheme in schemes().values())}
    for link in breakdowns:
        assert client.get(link).status_code == 200, link
    rows = {link for link in re.findall(r'href="([^"]*)"', page) if "/lijst/" in link}
    assert any("province=GR" in link for link in rows)
    for link in rows:
        assert client.get(link).status_code == 200, link


def test_themes_are_shown_by_any_list_and_what_a_finer_list_cannot_say_is_said(live) -> None:
    client = secretariat()
    kia = read(client, f"{PAGE}?year=2023&by=theme_kia")
    assert "Klimaat en energie" in kia
    nts = read(client, f"{PAGE}?year=2023&by=theme_nts")
    assert "Niet onder een thema van deze lijst" in nts


def test_an_agency_is_compared_with_nobody_and_the_secretariat_with_all(live) -> None:
    of_nom = read(signed_in("nom", "steward"), f"{PAGE}?year=2023")
    assert "NOM 10" in of_nom
    assert "Innovatieprojecten, per ROM" not in of_nom
    assert "Innovatieprojecten, per ROM, 2023" in read(secretariat(), f"{PAGE}?year=2023")


def test_the_list_says_how_many_there_are_and_how_many_one_may_see(live) -> None:
    for client in (secretariat(), signed_in("nom", "steward")):
        assert "17 records, waarvan u er 0 mag zien" in read(client, f"{PAGE}lijst/?year=2023")
    assert signed_in("nom", "steward").get(f"{PAGE}lijst/?year=2023&agency=bom").status_code == 404


def test_what_agencies_did_together_is_a_share_and_nobodys_own_column(tmp_path, settings) -> None:
    """R055: the reinforcing effect, followed over the years."""
    joint = facts()
    joint["project"] += [
        fact(7000, "bom", 2500, year=2023, leading=False),
        fact(7001, "nom", 2500, year=2023),
    ]
    with counting(tmp_path, joint) as socket:
        settings.COUNTING_SOCKET = socket
        page = read(secretariat(), "/cijfers/joint_projects_share/?year=2023")
        assert f"Precies {200 / 17:.1f}%".replace(".", ",") in page
        answer = signed_in("nom", "steward").get("/cijfers/joint_projects_share/?year=2023")
        assert 'key-figure__label">NOM' not in answer.content.decode()


def test_own_definitions_have_a_page_for_all_and_for_each(live) -> None:
    client = signed_in("provincie-utrecht", "reader")
    assert "Assets under management" in read(client, "/cijfers/definities/")
    of_bom = read(client, "/cijfers/definities/?rom=bom")
    assert "FTE nieuw" in of_bom
    assert "Assets under management" not in of_bom
    assert "Assets under management" in read(client, "/cijfers/definities/?rom=nergens")


def test_an_unknown_breakdown_or_indicator_is_the_usual_or_not_there(live) -> None:
    client = secretariat()
    assert client.get(f"{PAGE}?by=nothing").status_code == 200
    assert client.get("/cijfers/nothing_like_it/").status_code == 404


def test_a_year_without_any_delivery_of_it_is_shown_as_it_is(tmp_path, settings) -> None:
    alone = {"project": projects(2023, "bom", 1, 4), "delivery": deliveries(2023)}
    with counting(tmp_path, alone) as socket:
        settings.COUNTING_SOCKET = socket
        for indicator in catalogue():
            assert secretariat().get(f"/cijfers/{indicator}/?year=2023").status_code == 200, indicator


def test_its_page_leads_to_the_explorer_with_it_chosen_in_the_year_and_by_what_is_read(live) -> None:
    answer = secretariat().get(f"{PAGE}?year=2023&by=status&stand=nu")
    href = answer.context["explore_url"]
    assert f'href="{href.replace("&", "&amp;")}"' in answer.content.decode()
    asked = parse_qs(urlsplit(href).query)
    assert asked == {
        "i": ["innovation_projects"],
        "van": ["2023"],
        "tot": ["2023"],
        "stand": ["nu"],
        "rijen": ["status"],
    }
    there = secretariat().get(href)
    assert (there.context["asked"].indicators, there.context["asked"].rows) == (("innovation_projects",), "status")
    assert there.context["page"].tables
    plain = secretariat().get(f"{PAGE}?year=2023").context["explore_url"]
    assert parse_qs(urlsplit(plain).query) == {"i": ["innovation_projects"], "van": ["2023"], "tot": ["2023"]}
