"""A published year is revised: what is other and why is found by keyboard, by who makes figures and who reads them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import NARROW, REFLOW, assert_accessible, assert_fits
from tests.e2e.hands import Hands
from tests.e2e.revising import REASON, REVISED
from tests.e2e.site import Site, fill

PAGE = f"/cijfers/jaar/{REVISED}/"
SIDEWAYS = """[...document.querySelectorAll('.table-region')].filter(region => region.scrollWidth > region.clientWidth)
    .map(region => region.innerText)"""
COUNTED = 60_000  # the first who looks waits until each figure is counted for each cause


@pytest.fixture(scope="module")
def revised(site: Site) -> int:
    """A year that was published twice, and is nobody's but this story's."""
    fill(site, "revised")
    return REVISED


def test_what_is_other_in_a_revision_is_found_from_the_year_and_split_by_cause(site, signed_in, revised):
    page = signed_in("secretariat", language="en")
    hands = Hands(page)
    page.goto(site.url + PAGE)
    hands.choose("what is other in version 2")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Revision of {REVISED}, version 2", timeout=COUNTED)
    expect(page.get_by_text(REASON)).to_be_visible()
    row = page.get_by_role("table", name="the network").get_by_role("row", name="Amount invested")
    expect(row).to_contain_text("100,000")
    expect(row).to_contain_text("+")
    expect(row).to_contain_text("900,000")
    expect(page.get_by_role("table", name="How many records").get_by_role("row", name="Investment")).to_contain_text(
        "1"
    )
    assert_accessible(page)
    for width in (NARROW, REFLOW):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        assert_accessible(page)
        assert page.evaluate(SIDEWAYS) == []


def test_a_reader_reads_the_reason_and_not_what_one_organisation_did(site, signed_in, revised):
    page = signed_in("ministry", language="en")
    page.goto(f"{site.url}{PAGE}herziening/2/")
    expect(page.get_by_text(REASON)).to_be_visible()
    expect(page.get_by_text("900,000")).to_have_count(0)
    expect(page.get_by_role("heading", name="By agency")).to_have_count(0)
    assert_accessible(page)
