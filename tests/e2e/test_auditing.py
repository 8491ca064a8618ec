"""An auditor's sample, by keyboard alone: from the mandates to a conclusion; and the agency that sees who looked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import NARROW, WIDE, assert_accessible, assert_fits
from tests.e2e.hands import Hands
from tests.e2e.site import fill

PAGES = ("/controle/", "/controle/cijfers/2023/", "/controle/cijfers/2023/?stand=nu", "/controle/bestanden/2023/")
DRAW = "/controle/steekproef/nieuw/?indicator=invested_eur&year=2023&stand=1&agency=bom"


@pytest.fixture(scope="module", autouse=True)
def _office(site):
    fill(site, "auditing")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_an_auditor_draws_reads_and_signs_by_keyboard(site, signed_in, width):
    page = signed_in("auditor", width=width)
    page.goto(f"{site.url}/controle/")
    hands = Hands(page)
    hands.choose("Cijfers van 2023, in elke versie")
    page.wait_for_url("**/controle/cijfers/2023/")
    expect(page.get_by_role("navigation", name="Versies")).to_be_visible()
    expect(page.get_by_role("table", name=re.compile("Cijfers van 2023 onder mandaat"))).to_be_visible()
    page.goto(site.url + DRAW)
    hands.type(re.compile("^Hoeveel"), "1")
    hands.type(re.compile("^Startgetal"), f"zaad {width}")
    hands.choose(re.compile("^Trekken$"))
    page.wait_for_url(re.compile(r"/controle/steekproef/\d+/$"))
    hands.choose(re.compile("^Ga verder"))
    page.wait_for_url("**/controle/steekproef/*/1/")
    for name in ("Het record naast zijn bron", "Rij met buren in", "Besluiten over identiteit"):
        expect(page.get_by_role("table", name=re.compile(name))).to_be_visible()
    expect(page.get_by_role("table", name="Het record naast zijn bron")).to_contain_text("100.000,00")
    expect(page.locator("main")).to_contain_text("Niemand heeft iets gewijzigd in deze rij of dit record.")
    expect(page.get_by_role("group", name="Oordeel")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    hands.tick("stemt overeen")
    hands.choose(re.compile("^Ondertekenen$"))
    expect(page.locator("body")).to_contain_text("Uw oordeel is ondertekend.", timeout=30_000)
    hands.choose(re.compile("^Alle records$"))
    page.wait_for_url(re.compile(r"/controle/steekproef/\d+/$"))
    hands.tick("stemt overeen")
    hands.type(re.compile("^Opmerking"), "Niets gevonden.")
    hands.choose(re.compile("^Ondertekenen$"))
    hands.wait("0 van 1 (0,00%)")
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_of_an_auditor_is_accessible_and_fits(site, signed_in, language, width):
    page = signed_in("auditor", width=width, language=language)
    for path in (*PAGES, DRAW):
        page.goto(site.url + path)
        assert page.locator("html").get_attribute("lang") == language
        assert_accessible(page)
        assert_fits(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_agency_sees_who_looked_gives_a_mandate_and_withdraws_it(site, signed_in, width):
    page = signed_in("steward", width=width)
    page.goto(f"{site.url}/inzage/")
    assert_accessible(page)
    assert_fits(page)
    hands = Hands(page)
    hands.type(re.compile("^Doel"), f"controle {width}")
    hands.tick(re.compile("^2023$"))
    hands.type(re.compile("^U ondertekent als"), "directeur")
    hands.choose("Ondertekenen en dit mandaat geven")
    expect(page.locator("body")).to_contain_text("Het mandaat is gegeven", timeout=30_000)
    panel = page.locator("article", has_text=f"controle {width}")
    expect(panel).to_contain_text("geldt")
    panel.get_by_role("link").press("Enter")
    page.wait_for_url("**/intrekken/")
    assert_accessible(page)
    hands.type(re.compile("^Waarom het mandaat"), "klaar")
    hands.choose("Dit mandaat intrekken")
    expect(page.locator("body")).to_contain_text("Het mandaat is ingetrokken", timeout=30_000)
    expect(page.locator("article", has_text=f"controle {width}")).to_contain_text("ingetrokken")


def test_a_mandate_that_ends_ends_on_the_page_that_is_open(site, signed_in):
    steward, auditor = signed_in("steward"), signed_in("auditor")
    auditor.goto(f"{site.url}/controle/cijfers/2022/")
    expect(auditor.locator("main")).to_contain_text("BOM")
    steward.goto(f"{site.url}/inzage/")
    for link in [one.get_attribute("href") for one in steward.get_by_role("link", name=re.compile("intrekken")).all()]:
        steward.goto(site.url + str(link))
        steward.get_by_label("Waarom het mandaat wordt ingetrokken").fill("klaar")
        steward.get_by_role("button", name="Dit mandaat intrekken").click()
        expect(steward.get_by_role("button", name="Dit mandaat intrekken")).to_have_count(0)
    auditor.reload()
    expect(auditor.locator("main")).not_to_contain_text("BOM")
