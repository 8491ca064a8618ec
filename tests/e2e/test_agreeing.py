"""Two parties agree in the browser, one by keyboard alone: drafted, proposed, signed, looked at, seen as, and ended."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, WIDE, assert_accessible, assert_fits
from tests.e2e.hands import Hands
from tests.e2e.site import fill

WORK = "Samen aan de stal"


@pytest.fixture(scope="module", autouse=True)
def _parties(site):
    fill(site, "agreeing")


def _read(page: Page, heading: str) -> None:
    """The page is there, and can be read at this width by anybody."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    assert_accessible(page)
    assert_fits(page)


def _said(page: Page, text: str) -> None:
    expect(page.locator(".messages")).to_contain_text(text, timeout=60_000)


def _drafted(page: Page, title: str) -> None:
    """The steward of BOM writes a draft by keyboard and proposes it."""
    hands = Hands(page)
    hands.choose("Een eigen afspraak")
    _read(page, "Een eigen afspraak")
    hands.type(re.compile("^Hoe de afspraak heet"), title)
    hands.type(re.compile("^Waarvoor de afspraak is"), "Elkaars projecten kennen")
    hands.type(re.compile("^Grondslag"), "Toestemming")
    hands.tick("NOM")
    hands.to(re.compile("^Innovatieprojecten"))
    page.keyboard.type("volledig")
    hands.choose(re.compile("^Concept bewaren$"))
    _said(page, "Niemand anders ziet het")
    _read(page, title)
    hands.choose("Aan alle partijen voorstellen")
    _said(page, "De afspraak is voorgesteld")


def _signed(page: Page) -> None:
    hands = Hands(page)
    hands.type(re.compile("^U ondertekent als"), "directeur")
    hands.type(re.compile("^Wie men bij uw organisatie"), "loket@example.org")
    hands.choose("Teken namens mijn organisatie")
    _said(page, "etekend")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_two_parties_agree_look_and_end(site, signed_in, width):
    title = f"{WORK} {width}"
    bom, nom = signed_in("steward", width=width), signed_in("northern", width=width)
    bom.goto(f"{site.url}/afspraken/")
    _read(bom, "Afspraken")
    _drafted(bom, title)
    _signed(bom)
    nom.goto(f"{site.url}/gedeeld/")
    expect(nom.locator("main")).to_contain_text("Er wordt nu niets gedeeld.")

    nom.goto(f"{site.url}/inbox/")
    nom.get_by_role("link", name=re.compile("BOM stelt een afspraak voor")).first.click()
    _read(nom, title)
    _signed(nom)
    nom.goto(f"{site.url}/gedeeld/")
    _read(nom, "Wat anderen met ons delen")
    nom.get_by_role("link", name="Innovatieprojecten").click()
    _read(nom, "Innovatieprojecten: BOM")
    first = nom.locator("main table tbody a").first
    record = first.inner_text()
    first.click()
    expect(nom.locator("main")).to_contain_text("BOM deelt dit met u op grond van een afspraak")
    _read(nom, record)
    seen_at = nom.url

    bom.goto(f"{site.url}/wij-delen/")
    _read(bom, "Wat wij delen")
    expect(bom.locator("main")).to_contain_text("geopend")
    bom.get_by_role("link", name="Innovatieprojecten").click()
    _read(bom, "zoals NOM ze ziet")
    bom.get_by_role("link", name=record).first.click()
    expect(bom.locator("main")).to_contain_text("Dit is wat NOM ziet")
    bom.get_by_role("link", name="Het hele record").click()
    expect(bom.locator("main")).to_contain_text("Dit is wat NOM ervan ziet")
    _read(bom, record)

    nom.goto(f"{site.url}/afspraken/")
    nom.get_by_role("link", name=title).click()
    hands = Hands(nom)
    hands.type(re.compile("^Waarom uw organisatie beëindigt"), "Klaar")
    hands.choose(re.compile("^Voorgoed beëindigen$"))
    _said(nom, "Beëindigd")
    assert nom.goto(seen_at).status == 404
    bom.goto(f"{site.url}/inbox/?show=told")
    expect(bom.locator("main")).to_contain_text("NOM beëindigt een afspraak")
