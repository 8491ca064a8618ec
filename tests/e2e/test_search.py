"""Searching from the header of any page: by keyboard alone, while one types, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_accessible, assert_fits


def box_of(page):
    return page.get_by_role("searchbox", name="Zoek organisatie, project of thema")


def test_by_keyboard_alone_from_the_first_letter_to_the_record(signed_in):
    page = signed_in("steward")
    box = box_of(page)
    box.focus()
    page.keyboard.type("zonnev")
    found = page.locator("#search-found a")
    expect(found.first).to_contain_text("Zonneveld Energie B.V.")
    expect(page.locator("#search-told")).to_contain_text("resultaten")
    assert_accessible(page, within=".search")
    page.keyboard.press("ArrowDown")
    expect(found.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowUp")  # nothing above the box
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(found).to_have_count(0)
    expect(box).to_be_focused()
    expect(box).to_have_value("zonnev")
    page.keyboard.press("End")
    page.keyboard.type("e")
    expect(found.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zonneveld Energie B.V.")
    assert "/organisaties/" in page.url


def test_enter_in_the_box_opens_all_results_which_narrow_by_kind(site, signed_in):
    page = signed_in("steward")
    box_of(page).fill("zonneveld")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/zoeken/?q=zonneveld")
    expect(page.get_by_role("heading", name="Organisaties")).to_be_visible()
    page.get_by_role("navigation", name="Soorten").get_by_role("link", name="Investeringen").click()
    expect(page).to_have_url(re.compile("soort=investment"))
    expect(page.get_by_role("heading", name="Organisaties")).to_have_count(0)
    expect(box_of(page)).to_have_value("zonneveld")


def test_leaving_the_box_closes_the_list(signed_in):
    page = signed_in("steward")
    box_of(page).press_sequentially("agrol")
    expect(page.locator("#search-found a").first).to_be_visible()
    page.locator("main").click(position={"x": 5, "y": 5})
    expect(page.locator("#search-found a")).to_have_count(0)


def test_another_agencys_organisation_is_not_suggested(signed_in):
    page = signed_in("ministry")
    box_of(page).press_sequentially("zonneveld")
    expect(page.locator("#search-told")).to_have_text("Niets gevonden.")
    box_of(page).fill("")
    box_of(page).press_sequentially("innovatiepro")
    expect(page.locator("#search-found a").first).to_contain_text("Innovatieprojecten")


def test_without_scripts_the_form_opens_the_results(signed_in):
    page = signed_in("steward", java_script_enabled=False)
    box_of(page).fill("waterstof")
    box_of(page).press("Enter")
    expect(page.get_by_role("link", name="Waterstof in de wijk").first).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW, REFLOW])
def test_the_list_fits_on_any_width(signed_in, width):
    page = signed_in("steward", width=width)
    box_of(page).press_sequentially("zonneveld")
    expect(page.locator("#search-found a").first).to_be_visible()
    assert_fits(page)
    assert_accessible(page, within=".search")


def test_help_is_that_of_the_page_one_is_on(signed_in):
    page = signed_in("steward")
    page.get_by_role("banner").get_by_role("link", name="Hulp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hulp: Cijfers van het netwerk")
