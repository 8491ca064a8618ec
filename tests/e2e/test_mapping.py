"""A steward settles a first mapping in a real browser: by keyboard, with examples in place, on a phone too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_accessible, assert_good_at
from tests.e2e.filling import PASSWORD
from tests.e2e.site import fill


@pytest.fixture(scope="module")
def first_delivery(site) -> None:
    """Impuls Zeeland delivered for the first time, and settled nothing yet."""
    fill(site, "mapping")


@pytest.fixture
def mapping_page(site, page_at, first_delivery):
    """``mapping_page(width)``: the mapping page of that delivery, for its steward."""

    def opened(width: int = WIDE, language: str = "nl", **options: object) -> Page:
        page = page_at(width, language=language, **options)
        page.goto(f"{site.url}/aanmelden/")
        page.locator("input[name=username]").fill("mapper@example.org")
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(f"{site.url}/")
        page.goto(f"{site.url}/aanleveringen/")
        delivery = page.locator("main td a, main th a").first.get_attribute("href")
        page.goto(f"{site.url}{delivery}koppeling/")
        return page

    return opened


def _opened(page: Page, table: str) -> None:
    """The table's rows and fields are shown, also if they were already."""
    button = page.get_by_role("button", name=re.compile(rf"Bekijken.*{table}"))
    if button.count():
        button.focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("region", name=f"Eerste rijen van {table}")).to_be_visible()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_accessible_and_fits_with_every_table_open(mapping_page, language):
    page = mapping_page(WIDE, language)
    assert_good_at(page, WIDE, NARROW, REFLOW)
    while (buttons := page.locator("button[name=open]")).count():
        left = buttons.count()
        buttons.first.click()
        expect(buttons).to_have_count(left - 1)
    assert_good_at(page, WIDE, NARROW, REFLOW)


def test_errors_stand_on_top_and_lead_to_their_places(mapping_page):
    page = mapping_page()
    page.get_by_role("button", name="Deze koppeling gebruiken").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("vink aan dat het klopt")
    assert_accessible(page)
    summary.get_by_role("link", name="projecten", exact=True).click()
    expect(page.get_by_role("checkbox", name=re.compile("Klopt.*projecten"))).to_be_focused()


def test_without_script_a_button_shows_examples(mapping_page):
    page = mapping_page(java_script_enabled=False)
    if page.get_by_role("button", name=re.compile("Bekijken.*projecten")).count():
        page.get_by_role("button", name=re.compile("Bekijken.*projecten")).click()
    field = page.get_by_role("group", name="Projectomvang")
    field.get_by_label("Bedragen zijn in").select_option("EUR thousand")
    page.get_by_role("button", name="Voorbeelden tonen").click()
    expect(page.get_by_role("group", name="Projectomvang")).to_contain_text("€ 250.000.000,00")


def test_by_keyboard_a_column_is_changed_its_examples_seen_and_the_mapping_settled(mapping_page, site):
    page = mapping_page()
    _opened(page, "projecten")
    field = page.get_by_role("group", name="Projectomvang")
    expect(field).to_contain_text("€ 250.000,00")
    column = field.get_by_label("Kolom")
    column.focus()
    page.keyboard.type("B")
    expect(page.get_by_role("group", name="Projectomvang")).to_contain_text("1 waarde wordt niets")
    expect(page.get_by_role("group", name="Projectomvang").get_by_label("Kolom")).to_be_focused()
    expect(page.locator("#told")).to_contain_text("1 waarde wordt niets")
    page.keyboard.type("D")
    expect(page.get_by_role("group", name="Projectomvang")).to_contain_text("€ 250.000,00")
    _opened(page, "deelnemers")
    role = page.get_by_label("'toeschouwer' wordt")
    role.focus()
    page.keyboard.type("pa")
    expect(page.get_by_label("'toeschouwer' wordt")).to_have_value("partner")
    for tick in page.get_by_role("checkbox", name="Klopt").all():
        tick.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Deze koppeling gebruiken").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("De koppeling is vastgesteld")
    page.goto(f"{site.url}/koppelingen/")
    expect(page.locator("main")).to_contain_text("Versie 1")
    expect(page.locator("main")).to_contain_text("Mapper")
