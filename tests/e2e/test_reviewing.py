"""Pairs are judged one after another by keyboard alone, and by two people at once who never get the same one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_accessible, assert_fits
from tests.e2e.hands import Hands
from tests.e2e.site import Site, fill
from tests.register.doubtful import PAIRS

REVIEW = "/identiteit/nakijken/"
OWN = f"{REVIEW}?tussen=own"


@pytest.fixture(scope="module")
def reviewing(site: Site) -> Site:
    """The site with pairs that are doubtful, and people who judge them."""
    fill(site, "reviewing")
    return site


def sees(page: Page, name: str) -> None:
    expect(page.locator("table.compare")).to_contain_text(name)


def last(page: Page) -> Locator:
    return page.get_by_role("region", name="Your last answer")


def heard(page: Page) -> str:
    """The accessibility tree of the page's main part, as text."""
    return page.locator("main").aria_snapshot()


def test_two_people_judge_by_keyboard_alone_at_once_and_never_the_same_pair(reviewing: Site, signed_in) -> None:
    one = Hands(signed_in("reviewer", width=WIDE, language="en"))
    other = Hands(signed_in("reviewer-two", width=NARROW, language="en"))
    one.page.goto(reviewing.url + OWN)
    other.page.goto(reviewing.url + OWN)
    sees(one.page, PAIRS[0][0]["name"])
    sees(other.page, PAIRS[1][0]["name"])  # the first is held
    for hands in (one, other):
        expect(hands.page.locator("#judging")).to_be_focused()  # nothing to look for first
        assert_accessible(hands.page)
        assert_fits(hands.page)
    one.press("2")
    sees(one.page, PAIRS[2][0]["name"])
    expect(last(one.page)).to_contain_text("You said: not the same")
    expect(last(one.page)).to_contain_text("1.2 bits against it (version 2026-11)")
    other.press("1")
    sees(other.page, PAIRS[3][0]["name"])
    one.press("3")
    sees(one.page, PAIRS[4][0]["name"])
    one.press("0")  # on second thoughts
    sees(one.page, PAIRS[2][0]["name"])
    one.press("1")
    sees(one.page, PAIRS[4][0]["name"])
    one.press("4")  # later
    sees(one.page, PAIRS[5][0]["name"])
    other.press("2")
    sees(other.page, PAIRS[4][0]["name"])
    other.press("1")
    expect(other.page.get_by_role("heading", level=1)).to_have_text("Nothing is free for you just now")
    expect(other.page.locator("main")).to_contain_text("1 pair still waits, and somebody else is looking at it.")
    one.press("2")
    expect(one.page.get_by_role("heading", level=1)).to_have_text("Nothing waits for your answer")
    expect(one.page.get_by_role("progressbar")).to_have_attribute("value", "6")
    assert_accessible(one.page)


def test_keys_answer_nowhere_else_and_buttons_do_without_scripts(reviewing: Site, signed_in) -> None:
    hands = Hands(signed_in("reviewer", width=WIDE, language="en"))
    page = hands.page
    page.goto(reviewing.url + REVIEW)
    sees(page, "Zeeuws Licht B.V.")
    hands.to(re.compile("^Add why"))
    hands.press("Enter")
    hands.type(re.compile("^Why you think so"), "1 and 2 and 3")
    sees(page, "Zeeuws Licht B.V.")  # a digit in a field is a digit
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    hands.press("1")
    hands.press("Control+1")
    sees(page, "Zeeuws Licht B.V.")
    plain = Hands(signed_in("reviewer", width=NARROW, language="en", java_script_enabled=False))
    plain.page.goto(page.url)
    plain.choose(re.compile("^Cannot say"))
    expect(last(plain.page)).to_contain_text("You said: cannot say")
    plain.choose(re.compile("^Take back your last answer"))
    sees(plain.page, "Zeeuwslicht")


def test_who_hears_the_page_hears_what_differs_and_which_keys_there_are(reviewing: Site, signed_in) -> None:
    signed_in("reviewer", width=WIDE, language="en").goto(f"{reviewing.url}/identiteit/")  # lets go what was held
    page = signed_in("identity", width=WIDE, language="en")
    page.goto(reviewing.url + REVIEW)
    tree = heard(page)
    assert 'form "Is this one organisation?"' in tree
    assert re.search(r'rowheader "Name"\s+- cell "alike, differences marked"', tree)
    assert re.search(r'cell "Zeeuws Licht B.V."', tree)
    assert "only this card is shown" in tree
    same = page.get_by_role("button", name="The same", exact=True)
    expect(same).to_have_attribute("aria-keyshortcuts", "1")
    expect(page.locator(".judging__legend")).to_be_visible()


@pytest.mark.parametrize(("language", "width"), [("nl", NARROW), ("en", WIDE), ("nl", REFLOW)])
def test_every_page_of_reviewing_is_accessible_and_fits(reviewing: Site, signed_in, language, width) -> None:
    page = signed_in("reviewer", width=width, language=language)
    for path in (
        "/identiteit/",
        "/identiteit/?staat=all",
        REVIEW,
        "/identiteit/antwoorden/",
        "/identiteit/werkboek/",
        "/afspraken/identiteit/",
        "/afspraken/identiteit/beeindigen/",
    ):
        page.goto(reviewing.url + path)
        assert_accessible(page)
        assert_fits(page)


@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("nl", NARROW)])
def test_a_proposal_is_found_and_refused_without_a_reason(reviewing: Site, signed_in, language, width) -> None:
    hands = Hands(signed_in("reviewer", width=width, language=language))
    page = hands.page
    page.goto(f"{reviewing.url}/identiteit/voorstellen/")
    assert_accessible(page)
    assert_fits(page)
    hands.choose(re.compile("^(Are|Zijn) .*(one|één)"))
    expect(page).to_have_url(re.compile("/voorstellen/[0-9]+/"))
    assert_accessible(page)
    assert_fits(page)
    hands.choose(re.compile("^(Leave as it is|Laat het zoals)"))
    expect(page.get_by_text(re.compile("^(Say why|Zeg waarom)")).last).to_be_visible()
    assert_accessible(page)


def test_a_workbook_goes_out_and_comes_back(reviewing: Site, signed_in, tmp_path: Path) -> None:
    hands = Hands(signed_in("reviewer", width=WIDE, language="en"))
    page = hands.page
    page.goto(f"{reviewing.url}/identiteit/werkboek/")
    with page.expect_download() as download:
        hands.choose(re.compile("^Take the workbook"))
    file = tmp_path / "answers.xlsx"
    download.value.save_as(file)
    hands.attach(re.compile("^Workbook with your answers"), file)
    hands.choose(re.compile("^Take in these answers"))
    expect(page.get_by_role("status").last).to_contain_text("0 answers were taken.")
    assert_accessible(page)
