"""A year is closed, approved and published at its hour, by keyboard; who may only read it sees nothing of it before."""

from __future__ import annotations

import datetime as dt
import re
import time
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, REFLOW, assert_accessible, assert_fits
from tests.e2e.hands import Hands
from tests.e2e.publishing import BOARD, EMBARGOED
from tests.e2e.site import Site, fill

DUTCH = ZoneInfo("Europe/Amsterdam")
PAGE = f"/cijfers/jaar/{EMBARGOED}/"
LATER = dt.timedelta(minutes=30)  # an hour that is not reached while it is looked that nothing is there yet
SOON = dt.timedelta(seconds=8)
FIGURES = (
    f"/?year={EMBARGOED}",
    f"/cijfers/innovation_projects/?year={EMBARGOED}",
    f"/cijfers/innovation_projects/lijst/?year={EMBARGOED}",
    PAGE,
)


@pytest.fixture(scope="module")
def delivered_year(site: Site) -> int:
    """A year that was accepted, and is nobody's but this story's."""
    fill(site, "embargoed")
    return EMBARGOED


def _close(hands: Hands, site: Site) -> None:
    """The secretariat orders the closing, which the page says is made once it is, and prepares the publication."""
    page = hands.page
    page.goto(site.url + PAGE)
    hands.choose(f"Close the figures of {EMBARGOED}")
    expect(page.get_by_role("table", name="Closings of")).to_contain_text("version 1", timeout=60_000)
    expect(page.get_by_role("button", name="Put these figures under embargo")).to_be_visible(timeout=120_000)
    hands.type("Remark with the figures", "NOM alone, as a trial")
    hands.choose("Put these figures under embargo")
    expect(page.locator(".messages")).to_contain_text("under embargo")
    assert_accessible(page)


def _approve(hands: Hands, site: Site) -> None:
    """The steward finds the question in the inbox and records what the board decided."""
    hands.page.goto(f"{site.url}/inbox/")
    hands.choose(f"The figures of {EMBARGOED} wait for {BOARD}")
    expect(hands.page.get_by_role("heading", level=1)).to_have_text(f"Standing of {EMBARGOED}")
    assert_accessible(hands.page)
    assert_fits(hands.page)
    hands.tick("It approves these figures")
    hands.type("Where it is written down", "minutes of the board, item 4")
    hands.choose(re.compile("^Record this decision"))
    expect(hands.page.locator(".messages")).to_contain_text("The decision is recorded")


def _set_hour(hands: Hands, ahead: dt.timedelta) -> dt.datetime:
    """The secretariat sets the hour, to the second; a visitor's clock is the server's here."""
    hands.page.reload()
    hands.to("Day and hour of publication")
    at = (dt.datetime.now(dt.UTC) + ahead).replace(microsecond=0)
    hands.page.locator(":focus").fill(f"{at.astimezone(DUTCH):%Y-%m-%dT%H:%M:%S}")
    hands.choose(re.compile("^Set the hour$"))
    expect(hands.page.locator(".messages")).to_contain_text("The hour of publication is set")
    return at


def _sees_nothing(page: Page, site: Site) -> None:
    """No page of the year, no link to it, and no number of it in what is sent."""
    for path in FIGURES:
        answer = page.goto(site.url + path)
        assert answer is not None
        assert answer.status == 404, path
        expect(page.locator("main")).to_contain_text(f"The figures of {EMBARGOED} are not published")
    page.goto(f"{site.url}/")
    expect(page.get_by_role("link", name=str(EMBARGOED), exact=True)).to_have_count(0)


def _embargo_is_said(page: Page, site: Site) -> None:
    """Makers read the closed figures, and on each page that they are not to be shared."""
    for path in FIGURES[:-1]:
        page.goto(f"{site.url}{path}&stand=embargo")
        expect(page.get_by_role("note").filter(has_text="Under embargo until")).to_be_visible()
        assert_accessible(page)
        assert_fits(page)


def _wait_for(hour: dt.datetime) -> None:
    time.sleep(max(0.0, (hour - dt.datetime.now(dt.UTC)).total_seconds()))


def test_a_publication_under_embargo_appears_at_its_hour(site, signed_in, delivered_year):
    secretary = Hands(signed_in("secretariat", language="en"))
    steward = Hands(signed_in("steward", width=NARROW, language="en"))
    ministry: Page = signed_in("ministry", language="en")
    _sees_nothing(ministry, site)
    _close(secretary, site)
    _sees_nothing(ministry, site)
    _approve(steward, site)
    _set_hour(secretary, LATER)
    _sees_nothing(ministry, site)
    _embargo_is_said(steward.page, site)
    _wait_for(_set_hour(secretary, SOON))
    _it_is_there(Hands(ministry), site)
    _reads_it_on_a_phone(signed_in("province", width=NARROW, language="en"), site)


def _it_is_there(hands: Hands, site: Site) -> None:
    """The reader reloads, and finds the year among the others, and its figures, by keyboard."""
    hands.page.reload()
    hands.choose(re.compile(f"^{EMBARGOED}$"))
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text(str(EMBARGOED))
    expect(hands.page.locator("main")).to_contain_text("Version 1, published on")
    assert_accessible(hands.page)
    hands.choose(f"Standing of {EMBARGOED}")
    expect(hands.page.locator("main")).to_contain_text("These figures were approved and are frozen")
    assert_accessible(hands.page)


def _reads_it_on_a_phone(page: Page, site: Site) -> None:
    for path in FIGURES:
        answer = page.goto(site.url + path)
        assert answer is not None
        assert answer.status == 200
        assert_accessible(page)
        assert_fits(page)


def test_the_page_of_a_year_and_of_bodies_flow_at_320_pixels(site, signed_in):
    page = signed_in("secretariat", width=REFLOW)
    for path in ("/cijfers/jaar/2023/", "/cijfers/organen/"):
        page.goto(site.url + path)
        assert_fits(page)
