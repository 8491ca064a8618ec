"""Somebody of another party looks at a record; its administrator finds who it was, and what became of the record."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, WIDE, assert_accessible, assert_fits
from tests.e2e.hands import Hands
from tests.e2e.site import fill


@pytest.fixture(scope="module", autouse=True)
def _shared(site):
    fill(site, "logbook")


def _read(page: Page, heading: str | re.Pattern[str]) -> None:
    """The page is there, and can be read at this width by anybody."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize(("width", "language"), [(WIDE, "nl"), (NARROW, "nl"), (WIDE, "en"), (NARROW, "en")])
def test_who_looked_is_found_by_keyboard_and_leads_to_the_record(site, signed_in, width, language):
    onlooker = signed_in("onlooker", width=width)
    onlooker.goto(f"{site.url}/gedeeld/project/?van=oost-nl")
    onlooker.get_by_role("row", name=re.compile("Sensoren in de stal.*2023")).get_by_role("link").click()
    expect(onlooker.locator("main")).to_contain_text("Oost NL deelt dit met u op grond van een afspraak")
    assert onlooker.goto(f"{site.url}/logboek/").status == 403

    keeper = signed_in("keeper", width=width, language=language)
    dutch = language == "nl"
    keeper.goto(f"{site.url}/logboek/")
    _read(keeper, "Logboek" if dutch else "Audit log")
    hands = Hands(keeper)
    hands.type(re.compile("^Wie" if dutch else "^Who"), "onno")
    hands.choose(re.compile("^Toon$" if dutch else "^Show$"))
    keeper.wait_for_url(re.compile("wie=onno"))
    table = keeper.locator("main table")
    expect(table).to_contain_text("Onno uit het Noorden, NOM")
    expect(table).to_contain_text("afspraak" if dutch else "agreement")
    _read(keeper, "Logboek" if dutch else "Audit log")
    table.locator("tbody th a").first.click()
    _read(keeper, "van het logboek" if dutch else "of the audit log")
    expect(keeper.locator("main")).to_contain_text("Onno uit het Noorden")

    keeper.goto(f"{site.url}/logboek/?wat=overrode&soort=project")
    table.locator("tbody td a").first.click()
    history = keeper.get_by_role("region", name="Geschiedenis" if dutch else "History")
    expect(history.locator("del")).to_contain_text("90.000" if dutch else "90,000")
    expect(history.locator("ins")).to_contain_text("95.000" if dutch else "95,000")
    expect(history).to_contain_text("Volgens de beschikking")
    expect(history).to_contain_text("Onno uit het Noorden, NOM")
    assert_accessible(keeper)
    assert_fits(keeper)

    keeper.goto(f"{site.url}/logboek/?wat=*look")
    with keeper.expect_download() as taken:
        keeper.get_by_role("link", name="csv").click()
    assert "Onno uit het Noorden" in taken.value.path().read_text(encoding="utf-8-sig")
