"""Mending in a real browser, by keyboard alone: open a group, mend all alike, see it checked again, undo it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_good_at
from tests.e2e.site import Site, fill

CHECK = "Ingevuld met 'niet bekend'"
MINUTE = 60_000


@pytest.fixture
def checked(site: Site) -> str:
    """The address of a delivery that was checked and is not accepted: three volumes 'n.b.'."""
    number = fill(site, "checked").split()[-1]
    return f"{site.url}/aanleveringen/{number}/"


def _follow(page: Page, name: str) -> None:
    """Go on by keyboard: to the link or button with this name, and Enter."""
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.focus()
    page.keyboard.press("Enter")


def test_a_steward_mends_all_alike_and_undoes_it_by_keyboard(checked, signed_in):
    page = signed_in("mender")
    page.goto(f"{checked}bevindingen/")
    _follow(page, CHECK)
    _follow(page, "Herstel alle 3 × n.b.")
    expect(page.locator("mark").first).to_have_text("n.b.")
    page.get_by_label("Wat er moet staan").last.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1.250,50")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("3 cellen zijn hersteld")
    expect(page.get_by_role("link", name="Laat zien wat de controles nu vinden")).to_be_visible(timeout=MINUTE)
    _follow(page, "Laat zien wat de controles nu vinden")
    expect(page.locator("main")).to_contain_text("Hiervan staat niets meer open")
    _follow(page, "Wijzigingen")
    expect(page.locator(".changes")).to_contain_text("1250,5")
    _follow(page, "Ongedaan maken")
    expect(page.locator(".changes")).to_contain_text("ongedaan gemaakt door Mender")
    expect(page.get_by_role("link", name="Laat zien wat de controles nu vinden")).to_be_visible(timeout=MINUTE)
    page.goto(f"{checked}bevindingen/")
    expect(page.locator(".group", has_text=CHECK)).to_contain_text("3×")


def test_the_forms_at_a_finding_are_accessible_and_fit(checked, signed_in):
    page = signed_in("mender")
    for check in ("", "?check=cell.placeholder"):
        page.goto(f"{checked}bevindingen/{check}")
        assert_good_at(page, WIDE, NARROW, REFLOW)
    page.locator("a.finding__place").first.click()
    expect(page.get_by_role("heading", name="Herstel deze cel")).to_be_visible()
    assert_good_at(page, WIDE, NARROW, REFLOW)
    for path in ("wijzigingen/", "gesprek/"):
        page.goto(checked + path)
        assert_good_at(page, WIDE, NARROW, REFLOW)


def test_the_column_of_a_finding_is_in_view_in_a_wide_sheet(checked, signed_in):
    page = signed_in("mender", width=REFLOW)
    page.goto(f"{checked}bevindingen/?check=cell.placeholder")
    page.locator("a.finding__place").first.click()
    expect(page.locator("#cel")).to_be_visible()
    cell, region = page.locator("#cel").bounding_box(), page.locator("[data-neighbours]").bounding_box()
    assert region["x"] <= cell["x"] <= region["x"] + region["width"]


def test_it_works_without_javascript(checked, signed_in):
    page = signed_in("mender", java_script_enabled=False)
    page.goto(f"{checked}bevindingen/?check=cell.placeholder")
    page.locator("a.finding__place").first.click()
    page.get_by_label("alleen deze plaats").check()
    page.get_by_label("Waarom het mag blijven staan").fill("Volgt in maart.")
    page.get_by_role("button", name="Laat het staan").click()
    expect(page.locator(".messages")).to_contain_text("Dit mag blijven staan")
    expect(page.locator("main")).to_contain_text("1 mag blijven staan")
