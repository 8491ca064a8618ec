"""From the overview to a cell and back by keyboard alone, and what a screen reader is told of it on the way."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_good_at
from tests.e2e.hands import Hands

READ = (
    "/?year=2023&voor=netwerk",
    "/?year=2023&voor=netwerk&kaart=invested_eur",
    "/?year=2023&voor=provincie-nb",
    "/cijfers/?year=2023",
    "/cijfers/?year=2023&voor=provincie-nb",
    "/cijfers/innovation_projects/?year=2023&by=theme_kia",
    "/cijfers/invested_eur/?year=2023&by=stage",
    "/cijfers/definities/",
    "/cijfers/definities/?rom=bom",
)


def by_keyboard(hands: Hands, name: str) -> None:
    """Go to a link by its name and follow it."""
    hands.to(name)
    with hands.page.expect_navigation():
        hands.press("Enter")


def test_a_steward_goes_from_the_overview_to_a_cell_and_back_without_a_mouse(site, signed_in):
    page = signed_in("steward")
    hands = Hands(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cijfers van BOM, 2023")
    by_keyboard(hands, "Wat erachter zit: Innovatieprojecten")
    expect(page.get_by_role("heading", level=1)).to_have_text("Innovatieprojecten")
    by_keyboard(hands, "Wat erachter zit: BOM")
    expect(page.locator("main")).to_contain_text("1 record, waarvan u er 1 mag zien")
    by_keyboard(hands, "Waterstof in de wijk")
    expect(page.locator("tr", has_text="Projectomvang").first).to_contain_text("projecten!D2")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Innovatieprojecten, 2023: BOM")
    by_keyboard(hands, "Innovatieprojecten")
    expect(page.get_by_role("heading", level=1)).to_have_text("Innovatieprojecten")
    by_keyboard(hands, "Cijfers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cijfers van BOM, 2023")


def tree(page: Page) -> str:
    """What is read aloud of a page's main part, in order."""
    return page.locator("main").aria_snapshot()


def test_the_overview_is_read_aloud_in_the_order_a_director_needs(site, signed_in):
    told = tree(signed_in("steward"))
    order = [
        'heading "Cijfers van BOM, 2023" [level=1]',
        "gepubliceerd",
        'navigation "Weergaven"',
        'navigation "Jaren"',
        'heading "Innovatieprojecten" [level=2]',
        'link "Alle cijfers van 2023"',
        'link "Dit overzicht op één pagina (pdf)"',
        'heading "Op de kaart" [level=2]',
        'combobox "Weergave"',
        'combobox "Op de kaarten"',
        "en hun provincies: Innovatieprojecten, 2023",
        'img "Innovatieprojecten, per provincie, 2023"',
    ]
    places = [told.find(each) for each in order]
    assert -1 not in places, [each for each, place in zip(order, places, strict=True) if place < 0]
    assert places == sorted(places)
    assert 'img "Innovatieprojecten door de jaren"' in told


def test_an_indicators_pictures_are_told_and_have_their_tables(site, signed_in):
    page = signed_in("ministry")
    page.goto(f"{site.url}/cijfers/invested_eur/?year=2023")
    told = tree(page)
    assert 'img "Geïnvesteerd bedrag door de jaren"' in told
    page.locator("summary", has_text="Geïnvesteerd bedrag door de jaren").click()
    table = page.get_by_role("table", name="Geïnvesteerd bedrag door de jaren")
    expect(table.get_by_role("row", name="2020").first).to_contain_text("Corona-overbruggingsleningen")
    expect(table.get_by_role("columnheader", name="Aangehaald")).to_be_visible()


def test_the_same_overview_lies_on_paper(site, signed_in):
    page = signed_in("secretariat")
    address = page.get_by_role("link", name="Dit overzicht op één pagina (pdf)").get_attribute("href")
    answer = page.request.get(f"{site.url}{address}")
    assert answer.ok
    assert answer.body().startswith(b"%PDF-")


def test_what_is_read_fits_and_is_accessible(site, signed_in):
    page = signed_in("secretariat")
    for path in READ:
        page.goto(site.url + path)
        assert page.locator("h1").count() == 1, path
        assert_good_at(page, WIDE, NARROW, REFLOW)
