"""By keyboard alone, on a phone: a target that is first stated wrongly, a comment that travels, and an alert."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browser import NARROW, assert_accessible, assert_fits
from tests.e2e.hands import Hands
from tests.e2e.site import Site

SAID = "Two letters came late; next year they count."


def _read(hands: Hands, heading: str) -> None:
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text(heading)
    assert_accessible(hands.page)
    assert_fits(hands.page)


def _pick(hands: Hands, name: str, option: str) -> None:
    """Choose an option of a list by typing how it begins, as a keyboard does."""
    hands.to(re.compile(f"^{name}"))
    hands.page.keyboard.type(option)
    hands.acts += 1


def _fill(hands: Hands, counts: str) -> None:
    _pick(hands, "Indicator", "Companies invested in")
    hands.type(re.compile("^Year of the target"), "2023")
    hands.type(re.compile("^Target"), "60")
    _pick(hands, "What is counted", counts)
    hands.tick(re.compile("^What comes about in the year"))
    hands.type(re.compile("^Baseline"), "40")
    hands.type(re.compile("^Year of the baseline"), "2022")
    hands.type(re.compile("^Where it is written down"), "annual plan 2023, page 4")
    hands.choose(re.compile("^Set this target$"))


def test_from_40_to_60_by_keyboard(site: Site, signed_in) -> None:
    hands = Hands(signed_in("secretariat", width=NARROW, language="en"))
    hands.page.goto(f"{site.url}/cijfers/doelen/")
    _read(hands, "Targets")
    hands.choose(re.compile("^Set a target$"))
    _read(hands, "Set a target")
    _fill(hands, "transactions")
    hands.wait("counts companies, and the target is stated in transactions")
    _read(hands, "Set a target")
    _pick(hands, "What is counted", "companies")
    hands.choose(re.compile("^Set this target$"))
    hands.wait("Companies invested in")
    hands.choose(re.compile("^Companies invested in"))
    _read(hands, "Target: Companies invested in, 2023")
    hands.wait("40 in 2022")
    expect(hands.page.get_by_role("progressbar")).to_have_count(1)


def test_what_is_said_of_a_figure_is_read_by_another_and_heard_of(site: Site, signed_in) -> None:
    steward = Hands(signed_in("steward", width=NARROW, language="en"))
    steward.page.goto(f"{site.url}/cijfers/invested_eur/?year=2023")
    steward.choose(re.compile("^Say something about this figure"))
    _read(steward, "Comments on Amount invested, 2023")
    steward.type(re.compile("^Your comment"), SAID)
    steward.option(re.compile("^Only your own organisation"), re.compile("^Everybody who may read"))
    steward.choose(re.compile("^Say it$"))
    steward.wait(SAID)
    ministry = Hands(signed_in("ministry", width=NARROW, language="en"))
    ministry.page.goto(f"{site.url}/cijfers/invested_eur/?year=2023")
    ministry.wait(SAID)
    ministry.choose(re.compile("^Tell me when they are published"))
    ministry.wait("You hear of it when these figures are published or revised.")
    ministry.page.goto(f"{site.url}/cijfers/meldingen/")
    ministry.wait("Amount invested")
    _read(ministry, "Alerts of publication")
