"""A year is read and signed on a phone, without a mouse: the steward certifies, the secretariat counts, all is undone.

How much it took stands in the test's log (``pytest -rP``).
"""

from __future__ import annotations

import logging
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import NARROW, assert_accessible, assert_fits
from tests.e2e.filling import SIGNED
from tests.e2e.hands import Hands
from tests.e2e.site import Site, fill

log = logging.getLogger(__name__)
REASON = "A project of our own was forgotten."


@pytest.fixture(scope="module")
def accepted_year(site: Site) -> int:
    """A year of NOM of which all was accepted and nothing signed."""
    fill(site, "signing")
    return SIGNED


def _read(hands: Hands, heading: str) -> None:
    """The page is there, and can be read at this width by anybody."""
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text(heading)
    assert_accessible(hands.page)
    assert_fits(hands.page)


def _said(hands: Hands, text: str) -> None:
    """What was done is said above the page."""
    expect(hands.page.locator(".messages")).to_contain_text(text, timeout=60_000)


def _go(hands: Hands, place: str) -> None:
    """To a part of Schakel by the menu, which is folded at this width."""
    hands.to("Skip to the content")
    hands.choose(re.compile("^Menu$"))
    hands.choose(re.compile(f"^{place}"))


def _certify(hands: Hands, year: int) -> None:
    """From the first page to the year, through what is to be read there, to the signature."""
    _go(hands, "Deliveries")
    _read(hands, "Deliveries")
    hands.choose("What is expected, year by year")
    _read(hands, "deliveries for 2023")
    hands.choose(re.compile(f"^{year}$"))
    _read(hands, f"deliveries for {year}")
    hands.choose("All steps of all lists")
    _read(hands, f"deliveries for {year}")
    hands.choose("To certifying")
    _read(hands, f"Certify {year} for NOM")
    _refused_unticked(hands, year)
    hands.choose("I have read this and sign for it.")  # in what the page says is wrong; it leads to the tick box
    expect(hands.page.get_by_role("checkbox")).to_be_focused()
    hands.press("Space")
    hands.choose(re.compile(f"^Certify {year}$"))
    _said(hands, "You have certified this year.")
    _read(hands, f"Certify {year} for NOM")


def _refused_unticked(hands: Hands, year: int) -> None:
    """Without the tick nothing is signed, and the page says what is missing."""
    hands.choose(re.compile(f"^Certify {year}$"))
    hands.wait("Tick this to sign.")
    expect(hands.page.get_by_role("alert")).to_be_focused()  # from here Tab leads on to what is wrong
    _read(hands, f"Certify {year} for NOM")


def _count(hands: Hands, year: int) -> None:
    """The secretariat finds it in its inbox, reads counts and findings, and accepts."""
    hands.choose(re.compile("^My work"))
    _read(hands, "My work")
    hands.choose(re.compile(f"^NOM certified {year}"))
    _read(hands, f"NOM, {year}")
    hands.choose("Accept for counting")
    _said(hands, "The year is accepted for counting.")
    expect(hands.page.get_by_role("button", name="Accept for counting")).to_have_count(0)
    _read(hands, f"NOM, {year}")


def _withdraw(hands: Hands, year: int) -> None:
    """The steward reads that it was accepted, and takes the signature back with a reason."""
    hands.page.reload()
    hands.wait("The secretariat accepted this year for counting")
    _read(hands, f"Certify {year} for NOM")
    hands.choose(re.compile("^Withdraw the certification$"))
    hands.choose(re.compile("^Withdraw$"))
    expect(hands.page.get_by_role("alert")).to_be_focused()
    _read(hands, f"Certify {year} for NOM")
    hands.press("Tab")
    hands.press("Enter")  # what is wrong leads to its field
    expect(hands.page.get_by_label(re.compile("^Why"))).to_be_focused()
    hands.press("Shift+Tab")
    hands.type(re.compile("^Why"), REASON)
    hands.choose(re.compile("^Withdraw$"))
    _said(hands, "The certification is withdrawn")
    hands.wait(REASON)
    _read(hands, f"Certify {year} for NOM")


def test_a_year_is_certified_counted_and_withdrawn_on_a_phone(site, signed_in, accepted_year, caplog):
    caplog.set_level(logging.INFO, logger=__name__)
    steward = Hands(signed_in("signer", width=NARROW, language="en"))
    _certify(steward, accepted_year)
    log.info("reading and certifying: %s", steward.told())
    secretary = Hands(signed_in("secretariat", width=NARROW, language="en"))
    _count(secretary, accepted_year)
    log.info("reading and accepting for counting: %s", secretary.told())
    later = Hands(steward.page)
    _withdraw(later, accepted_year)
    log.info("withdrawing: %s", later.told())
