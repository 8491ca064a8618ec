"""What people of each role do and see, in a real browser, from signing in to a cell."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.filling import PASSWORD, PEOPLE


def test_a_wrong_password_lets_nobody_in_and_says_what_to_do(site, page_at):
    page = page_at(1280)
    page.goto(f"{site.url}/")
    expect(page).to_have_url(f"{site.url}/aanmelden/?next=/")
    page.locator("input[name=username]").fill("steward@example.org")
    page.locator("input[type=password]").fill(PASSWORD + "x")
    page.locator("main button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("juist")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_who_signs_in_reads_the_networks_figures(signed_in, who):
    page = signed_in(who)
    if page.get_by_role("heading", level=1).inner_text() != "Cijfers van het netwerk, 2023":
        page.get_by_role("navigation", name="Weergaven").get_by_role("link", name="Netwerk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cijfers van het netwerk, 2023")
    page.get_by_role("link", name="Alle cijfers van 2023").click()
    row = page.locator("tr", has_text="Geïnvesteerd bedrag").first
    # Two companies are too few for all but the secretariat, also as the network's total.
    expect(row).to_contain_text("€ 200.000" if who == "secretariat" else "niet getoond")


def test_a_steward_opens_a_figure_down_to_the_cell_it_came_from(signed_in):
    page = signed_in("steward")
    page.locator(".key-figure", has_text="Innovatieprojecten").first.get_by_role("link").click()
    page.locator(".key-figure", has_text="BOM").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("1 record, waarvan u er 1 mag zien")
    page.get_by_role("link", name="Waterstof in de wijk").click()
    row = page.locator("tr", has_text="Projectomvang")
    expect(row).to_contain_text("projecten!D2")
    expect(row).to_contain_text("250.000,00")
    with page.expect_download() as download:
        page.get_by_role("link", name="projecten.csv").click()
    assert "P1;Waterstof in de wijk" in download.value.path().read_text()


def test_a_steward_sees_what_became_of_the_delivery_and_what_was_found(signed_in):
    page = signed_in("steward")
    page.get_by_role("link", name="Aanleveringen").click()
    page.get_by_role("link", name="Aanlevering 1", exact=True).click()
    expect(page.locator("main")).to_contain_text("Ontvangstbewijs")
    page.get_by_role("row", name="Verwijst naar niets").get_by_role("link").click()
    expect(page.locator(".findings")).to_contain_text("projecten!E3")


def test_a_reader_of_one_agency_finds_nothing_of_another(site, signed_in):
    steward, reader = signed_in("steward"), signed_in("reader")
    steward.goto(f"{site.url}/cijfers/innovation_projects/lijst/?agency=bom")
    steward.get_by_role("link", name="Waterstof in de wijk").click()
    expect(steward).to_have_url(re.compile(f"^{re.escape(site.url)}/records/project/"))
    assert reader.goto(steward.url).status == 404
    assert reader.goto(f"{site.url}/cijfers/innovation_projects/lijst/?agency=bom").status == 404
    reader.goto(f"{site.url}/cijfers/innovation_projects/lijst/")
    # of the third it could tell whose it is, so it does not hear of it
    expect(reader.locator("main")).to_contain_text("het aantal niet wordt genoemd; u mag 2 records zien")


def test_the_secretariat_sees_every_column_and_no_record(site, signed_in):
    page = signed_in("secretariat")
    page.get_by_role("link", name="Alle cijfers van 2023").click()
    expect(page.get_by_role("columnheader", name="BOM")).to_be_visible()
    page.goto(f"{site.url}/cijfers/innovation_projects/lijst/")
    expect(page.locator("main")).to_contain_text("3 records, waarvan u er 0 mag zien")


@pytest.mark.parametrize("who", ["province", "ministry"])
def test_province_and_ministry_see_totals_and_neither_columns_nor_deliveries(site, signed_in, who):
    page = signed_in(who)
    page.get_by_role("link", name="Alle cijfers van 2023").click()
    expect(page.get_by_role("columnheader", name="Netwerk")).to_be_visible()
    expect(page.get_by_role("columnheader", name="BOM")).to_have_count(0)
    expect(page.get_by_role("link", name="Aanleveringen")).to_have_count(0)
    assert page.goto(f"{site.url}/aanleveringen/").status == 403
    assert page.goto(f"{site.url}/cijfers/innovation_projects/lijst/?agency=bom").status == 404


def test_small_cells_are_withheld_from_a_ministry_and_shown_to_the_secretariat(site, signed_in):  # trap 17
    for who, shown in (("ministry", False), ("secretariat", True)):
        page = signed_in(who)
        page.goto(f"{site.url}/cijfers/innovation_projects/")
        figure = page.locator("figure", has_text="per provincie")
        figure.locator("summary").click()
        expect(figure.locator("tr", has_text="Zeeland")).to_contain_text("1" if shown else "niet getoond")


def test_english_is_one_click_away_and_stays(signed_in):
    page = signed_in("reader")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Figures of Oost NL, 2023")
    page.locator(".key-figure", has_text="Innovation projects").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Innovation projects")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_signing_out_closes_the_door(site, signed_in):
    page = signed_in("reader")
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_role("button", name="Afmelden")).to_have_count(0)
    page.goto(f"{site.url}/aanleveringen/")
    expect(page).to_have_url(f"{site.url}/aanmelden/?next=/aanleveringen/")


def test_the_main_way_needs_no_mouse_and_no_script(site, signed_in):
    page = signed_in("steward", java_script_enabled=False)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Direct naar de inhoud")
    page.locator(".key-figure", has_text="Innovatieprojecten").first.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Innovatieprojecten")
