"""A record is typed that refers to one of many: it is found and chosen by keyboard alone, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import NARROW, WIDE, assert_accessible, assert_fits
from tests.e2e.filling import TYPED
from tests.e2e.hands import Hands
from tests.e2e.site import Site, fill


@pytest.fixture(scope="module")
def address(site: Site) -> str:
    """Where an investment is typed by an agency with many organisations."""
    fill(site, "typing")
    return f"{site.url}/records/investment/nieuw/?jaar={TYPED}"


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, True), (NARROW, False)])
def test_what_a_record_refers_to_is_searched_and_chosen_by_keyboard_alone(address, signed_in, width, scripts):
    hands = Hands(signed_in("typist", width=width, language="en", java_script_enabled=scripts))
    page, number = hands.page, f"I-{width}"
    page.goto(address)
    hands.type(re.compile("^(Number|Investment number)"), number)
    hands.type(re.compile("^Search your own records for"), "molen 17")
    hands.press("Enter")  # as the button beside it does
    told = page.get_by_role("status").filter(has_text="is found for")
    expect(told).to_contain_text("1 is found for “molen 17”")
    if scripts:
        assert_accessible(page)
        assert_fits(page)
    expect(told).to_be_focused()  # from here on the next control is what was found
    expect(page.locator("[name=number]")).to_have_value(number)
    hands.option(re.compile("^none of these"), re.compile("^M17"))
    expect(page.get_by_role("radio", name="M17 · Molen 17 B.V.")).to_be_checked()
    page.locator("[name=date]").fill(f"{TYPED}-06-15")
    page.locator("[name=amount]").fill("1.250,50")
    hands.choose("Keep this record")
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    expect(page.locator("main")).to_contain_text("Molen 17 B.V.")
