"""The inbox with work in it: in both languages, on a wide and on a narrow page, and by keyboard."""

from __future__ import annotations

import re

import pytest

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_accessible, assert_fits, assert_good_at
from tests.e2e.site import fill

PATHS = ("/inbox/", "/inbox/?whose=mine&when=late", "/inbox/?show=told", "/inbox/?show=done", "/inbox/voorkeuren/")


@pytest.fixture
def work(site):
    """A steward with work that is late, that is new from the secretariat, that a person ticks off, and a mention."""
    fill(site, "inbox")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_inbox_with_work_in_it_is_accessible_and_fits(site, work, signed_in, language):
    page = signed_in("steward", language=language)
    for path in PATHS:
        page.goto(site.url + path)
        assert_good_at(page, WIDE, NARROW, REFLOW)


def test_by_keyboard_alone_one_ticks_off_an_item_and_the_header_counts_one_less(site, work, signed_in):
    page = signed_in("steward")
    page.goto(f"{site.url}/inbox/")
    before = int(page.locator(".acting .count").inner_text())
    page.get_by_role("button", name=re.compile("Afgedaan ?: Bel de penvoerder terug")).focus()
    page.keyboard.press("Enter")
    page.get_by_text("Afgedaan; het wacht op niemand meer.").wait_for()
    assert int(page.locator(".acting .count").inner_text()) == before - 1


def test_leave_is_arranged_on_a_phone(site, work, signed_in):
    page = signed_in("steward", width=NARROW)
    page.goto(f"{site.url}/inbox/voorkeuren/")
    page.get_by_label("Wie neemt waar").select_option(label="Colleague")
    day = page.get_by_label("Eerste dag afwezig").input_value()
    page.get_by_label("Laatste dag afwezig").fill(day)
    page.get_by_role("button", name="Waarneming regelen").click()
    page.get_by_text("neemt waar voor").first.wait_for()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Beëindigen").click()
    page.get_by_text("wacht dit werk weer").wait_for()
