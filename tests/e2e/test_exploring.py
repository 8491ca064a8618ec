"""Cross and cut in a real browser: by keyboard, on a phone, on paper; kept, shared, opened by others, taken along."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_accessible, assert_fits
from tests.e2e.hands import Hands
from tests.e2e.site import Site

BY_AGENCY = "i=innovation_projects&rijen=agency&kolommen=year&van=2022&tot=2023"
NAME = "Projecten per ROM, twee jaar"


def _shown(page: Page, row: str) -> list[str]:
    """A row of the first table as it is read: its numbers without footnotes."""
    cells = page.locator("table.explore__table").first.locator("tbody tr", has=page.get_by_role("rowheader", name=row))
    return [text.split("\n")[0].strip() for text in cells.first.locator("td").all_inner_texts()]


def test_a_question_is_asked_by_keyboard_alone(site: Site, signed_in: Callable[..., Page]) -> None:
    page = signed_in("steward", width=WIDE)
    page.goto(f"{site.url}/cijfers/verkennen/")
    assert_accessible(page)
    hands = Hands(page)
    hands.tick(re.compile("^Innovatieprojecten$"))
    hands.to("Rijen")
    page.keyboard.type("Provincie")
    hands.choose(re.compile("^Toon$"))
    page.wait_for_url("**/cijfers/verkennen/?*rijen=province*")
    table = page.get_by_role("table", name="Innovatieprojecten")
    expect(table.get_by_role("columnheader", name="Provincie")).to_be_visible()
    expect(table.get_by_role("rowheader", name="Totaal")).to_be_visible()
    assert_accessible(page)
    hands.choose(re.compile("^voetnoot 1$"))
    assert page.evaluate("document.querySelector('li:target') !== null")


def test_it_works_without_javascript_on_a_phone_and_leads_to_the_records(
    site: Site, signed_in: Callable[..., Page]
) -> None:
    page = signed_in("steward", width=NARROW, java_script_enabled=False)
    page.goto(f"{site.url}/cijfers/verkennen/?{BY_AGENCY}")
    page.get_by_role("button", name="Toon").click()
    table = page.locator("table.explore__table").first
    expect(table.locator("tbody tr").nth(1)).to_be_visible()
    table.locator("tbody tr", has_text="Totaal").locator("a.nl-link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Innovatieprojecten")


def test_a_kept_view_that_is_shared_is_asked_anew_by_who_opens_it(site: Site, signed_in: Callable[..., Page]) -> None:
    secretary = signed_in("secretariat", width=WIDE)
    secretary.goto(f"{site.url}/cijfers/verkennen/?{BY_AGENCY}")
    assert all(number.isdigit() for number in _shown(secretary, "BOM"))
    secretary.get_by_label("Naam").fill(NAME)
    secretary.get_by_label("Delen met iedereen").check()
    secretary.get_by_role("button", name="Bewaren").click()
    expect(secretary.get_by_text("is bewaard")).to_be_visible()
    ministry = signed_in("ministry", width=WIDE)
    ministry.goto(f"{site.url}/cijfers/verkennen/weergaven/")
    assert_accessible(ministry)
    ministry.get_by_role("link", name=NAME).click()
    ministry.wait_for_url("**/cijfers/verkennen/?*")
    assert _shown(ministry, "BOM") == ["niet getoond", "niet getoond"]
    assert not any(number.isdigit() for number in ministry.locator("table.explore__table td").all_inner_texts())
    expect(ministry.get_by_text("De eigen cijfers van een ROM ziet alleen die ROM zelf")).to_be_visible()
    assert_accessible(ministry)


def test_a_view_is_removed_after_it_is_asked_twice(site: Site, signed_in: Callable[..., Page]) -> None:
    page = signed_in("reader", width=NARROW)
    page.goto(f"{site.url}/cijfers/verkennen/?{BY_AGENCY}")
    page.get_by_label("Naam").fill("Even kijken")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("is bewaard")).to_be_visible()
    page.goto(f"{site.url}/cijfers/verkennen/weergaven/")
    assert_fits(page)
    page.get_by_role("link", name="Wijzigen of verwijderen").click()
    assert_accessible(page)
    page.get_by_role("link", name="Deze weergave verwijderen").click()
    assert_accessible(page)
    page.get_by_role("button", name="Verwijderen").click()
    expect(page.locator(".messages")).to_contain_text("is verwijderd")


def test_what_is_taken_along_is_what_is_read(site: Site, signed_in: Callable[..., Page], tmp_path: Path) -> None:
    page = signed_in("secretariat", width=WIDE, accept_downloads=True)
    page.goto(f"{site.url}/cijfers/verkennen/?{BY_AGENCY}")
    read = _shown(page, "Totaal")
    with page.expect_download() as download:
        page.get_by_role("link", name="xlsx").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    lines = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    total = next(line for line in lines if str(line[0]).startswith("Totaal"))
    assert [str(value) for value in total[1 : len(read) + 1]] == read


def test_wide_tables_scroll_by_themselves_and_paper_has_no_form(site: Site, signed_in: Callable[..., Page]) -> None:
    for width in (NARROW, REFLOW):
        page = signed_in("steward", width=width)
        page.goto(f"{site.url}/cijfers/verkennen/?i=companies_in_projects&rijen=province&kolommen=theme_kia")
        assert_fits(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Toon")).to_be_hidden()
    expect(page.get_by_role("heading", name="Voetnoten")).to_be_visible()
