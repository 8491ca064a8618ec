"""The whole way of a delivery, by somebody who has never seen it, at a keyboard; a year later; and on a phone.

How much it took stands in the test's log (``pytest -rP``).
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, assert_accessible, assert_fits
from tests.e2e.hands import Hands
from tests.e2e.site import Site, fill
from tests.e2e.workbook import RENAMED, workbook

log = logging.getLogger(__name__)
FIRST, NEXT = 2021, 2022  # before the year that the other stories look at
SHEETS = ("Klanten", "Innovatie", "Financieringen")


@pytest.fixture
def newcomer(site: Site) -> str:
    """A data steward of an agency that has never delivered; each time another agency."""
    return fill(site, "newcomer").split()[-1]


def _send(hands: Hands, site: Site, year: int, file: Path) -> None:
    hands.page.goto(f"{site.url}/aanleveringen/")
    hands.choose("New delivery")
    hands.to("Year")
    hands.page.keyboard.type(str(year))
    hands.attach(re.compile("^Files"), file)
    hands.choose("Send files")
    expect(hands.page.get_by_role("button", name="Ready: check these files")).to_be_visible(timeout=60_000)
    hands.choose("Ready: check these files")
    expect(hands.page.locator(".badge", has_text="checked").first).to_be_visible(timeout=120_000)
    expect(hands.page.locator("#working")).to_have_count(0, timeout=60_000)


def _settle(hands: Hands) -> None:
    hands.choose("Use this mapping")
    expect(hands.page.locator(".messages")).to_contain_text("mapping", timeout=60_000)
    expect(hands.page.locator("#working")).to_have_count(0, timeout=120_000)


def _open(hands: Hands, sheet: str) -> None:
    """Open a table on the mapping page, where it is not open yet."""
    look = re.compile(f"^Look.*{sheet}")
    button = hands.page.get_by_role("button", name=look)
    if button.count():
        hands.choose(look)
        expect(button).to_have_count(0)


def _go(hands: Hands, step: str) -> None:
    """Go on to a step of the delivery, by its link among the steps."""
    hands.choose(re.compile(f"^{step}$"))
    expect(hands.page.locator("[aria-current=step]")).to_have_text(step)


def _accept(hands: Hands, *, faulty: bool) -> None:
    _go(hands, "Difference")
    if faulty:
        hands.tick(re.compile("rows? in error"))
        hands.choose("Accept without these rows")
    else:
        hands.choose("Accept all")
    expect(hands.page.locator("#working")).to_have_count(0, timeout=120_000)
    hands.wait("Accepted")


def _first_year(hands: Hands, site: Site, folder: Path) -> None:
    _send(hands, site, FIRST, workbook(folder / "Export klanten en projecten.xlsx", FIRST))
    _go(hands, "Mapping")
    for sheet in SHEETS:
        hands.tick(re.compile(f"All right.*{sheet}"))
    _settle(hands)
    _mend(hands)
    _accept(hands, faulty=True)


def _mend(hands: Hands) -> None:
    """Thirty faults of ten kinds: three amounts are mended at once, a date by itself, and three phases may stay."""
    _go(hands, "Findings")
    hands.choose("Needed, but 'not known'")
    hands.choose(re.compile("Mend all 3 .*n\\.b\\."))
    hands.type(re.compile("^What it should say"), "150000")
    hands.press("Enter")
    _done(hands, "3 cells")
    _go(hands, "Findings")
    hands.choose("Date that does not exist")
    hands.choose(re.compile("Innovatie!C6$"))
    hands.type(re.compile("^What it should say"), f"13-12-{FIRST}")
    hands.press("Enter")
    _done(hands, "mended")
    _go(hands, "Findings")
    hands.choose("Unknown value")
    hands.choose(re.compile("Financieringen!E10$"))
    hands.option("only this place", "all that this check finds")
    hands.type("Why it may stay", "Our funds have stages of their own.")
    hands.choose(re.compile("^Let it stand$"))
    _done(hands, "may stay")


def _done(hands: Hands, text: str) -> None:
    """What was done is said, and the checks have looked again."""
    expect(hands.page.locator(".messages")).to_contain_text(text)
    expect(hands.page.locator("main")).not_to_contain_text("being checked", timeout=120_000)


def test_a_first_delivery_and_the_next_year_at_the_keyboard(site, signed_in, newcomer, tmp_path, caplog):
    caplog.set_level(logging.INFO, logger=__name__)
    page: Page = signed_in(newcomer, language="en")
    hands = Hands(page)
    _first_year(hands, site, tmp_path)
    log.info("a first delivery: %s", hands.told())
    later = Hands(page)
    _send(later, site, NEXT, workbook(tmp_path / "Export.xlsx", NEXT, faulty=False, renamed=True))
    _go(later, "Mapping")
    for sheet in SHEETS:
        _open(later, sheet)
    asked = page.locator(".field-row:visible", has_text="Last time it came from")
    assert {one.inner_text().split("“")[1].split("”")[0] for one in asked.all()} == set(RENAMED), page.content()
    for sheet in SHEETS:
        later.tick(re.compile(f"All right.*{sheet}"))
    _settle(later)
    _accept(later, faulty=False)
    log.info("the next year: %s", later.told())
    assert later.acts < hands.acts
    _on_a_phone(site, signed_in, newcomer)


def _on_a_phone(site: Site, signed_in, who: str) -> None:
    page: Page = signed_in(who, width=NARROW, language="en")
    for path in ("/aanleveringen/", f"/aanleveringen/jaar/{NEXT}/", f"/aanleveringen/jaar/{NEXT}/certificeren/"):
        page.goto(site.url + path)
        assert_accessible(page)
        assert_fits(page)
