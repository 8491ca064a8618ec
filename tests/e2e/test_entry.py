"""An organisation is typed that the register knows: it is pointed out, read aloud, chosen by keyboard, and kept."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import NARROW, WIDE, assert_accessible, assert_fits
from tests.e2e.filling import ENTERED
from tests.e2e.hands import Hands
from tests.e2e.site import Site, fill


@pytest.fixture(scope="module")
def address(site: Site) -> str:
    """Where an organisation is typed by an agency that has one already, beside a register of three."""
    fill(site, "entering")
    return f"{site.url}/records/organisation/nieuw/?jaar={ENTERED}"


def pictured(page, name: str) -> None:
    """A picture of the page where somebody asked for one."""
    if folder := os.environ.get("SCHAKEL_PICTURES"):
        page.screenshot(path=str(Path(folder, f"{name}.png")), full_page=True)


@pytest.mark.parametrize(("width", "language"), [(WIDE, "en"), (NARROW, "nl")])
def test_what_is_typed_is_pointed_out_while_typing_and_chosen_by_keyboard_alone(address, signed_in, width, language):
    hands = Hands(signed_in("enterer", width=width, language=language))
    page, number = hands.page, f"E-{width}"
    page.goto(address)
    hands.type(re.compile("^(Organisation number|Relatienummer)"), number)
    hands.type(re.compile("^(Name|Naam)"), "Molenwiek Ener")
    told = page.locator("#known-told")
    expect(told).to_have_text(re.compile("[23] (known organisations look|bekende organisaties lijken)"))
    expect(told).to_have_attribute("role", "status")
    assert_accessible(page)
    assert_fits(page)
    pictured(page, f"entry-{width}")
    known = page.get_by_role("list", name=re.compile("Known organisations|Bekende organisaties"))
    expect(known.get_by_role("link", name="Molenwiek Energie Noord")).to_have_count(1)
    button = known.get_by_role("button", name=re.compile("(Fill in|Overnemen) Molenwiek Energie B.V."))
    for _step in range(8):  # back from the name, over the number, to what was pointed out
        page.keyboard.press("Shift+Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    hands.press("Enter")
    expect(page.locator("[name=kvk]")).to_have_value("71234567")
    expect(page.locator("[name=number]")).to_have_value(number)
    expect(page.locator("[name=name]")).to_have_value("Molenwiek Energie B.V.")
    expect(page.get_by_role("status").filter(has_text=re.compile("Filled in|Ingevuld"))).to_have_count(1)
    expect(page.locator("[name=kind]")).to_be_focused()  # what the register cannot say
    assert_accessible(page)
    assert_fits(page)
    pictured(page, f"filled-{width}")
    page.locator("[name=kind]").select_option("company")
    hands.choose(re.compile("^(Keep this record|Record bewaren)"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Molenwiek Energie B.V.")
    page.get_by_role("link", name=re.compile("This organisation in the trade register|Deze organisatie in het")).click()
    expect(page.locator("main")).to_contain_text("Wiekkracht")
    assert_accessible(page)
    assert_fits(page)
    pictured(page, f"organisation-{width}")


def test_without_scripts_a_button_says_whether_it_is_known(address, signed_in):
    hands = Hands(signed_in("enterer", width=NARROW, language="en", java_script_enabled=False))
    page = hands.page
    page.goto(address)
    page.locator("[name=name]").fill("Molenwiek Energie")
    page.get_by_role("button", name="See whether it is known").click()
    expect(page.get_by_role("button", name="Fill in Molenwiek Energie B.V.")).to_have_count(1)
    page.get_by_role("button", name="Fill in Molenwiek Energie B.V.").click()
    expect(page.locator("[name=kvk]")).to_have_value("71234567")


def test_an_entry_that_ended_says_what_became_of_it(address, site, signed_in):
    page = signed_in("enterer", width=NARROW, language="nl")
    page.goto(f"{site.url}/handelsregister/71234568/")
    expect(page.locator("main")).to_contain_text("opgegaan in KvK 71234567")
    page.get_by_role("link", name="Molenwiek Energie B.V.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Molenwiek Energie B.V.")
    pictured(page, "published-390")
