"""Somebody asks to be erased, and is: driven in a browser, with the worker that does it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_good_at
from tests.e2e.filling import PASSWORD
from tests.e2e.site import Site, fill, free_port, new_var, running

NAME = "Jantje van der Wal"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str, django_db_setup: None) -> Iterator[Site]:
    """A site of its own, where BOM knows a sole trader."""
    port = free_port()
    made = Site(f"http://127.0.0.1:{port}", new_var(tmp_path_factory.mktemp("privacy"), f"privacy_{worker_id}"))
    for what in ("people", "sole-trader"):
        fill(made, what)
    with running(made, port, "web", "worker", "counter"):
        yield made


def signs_in(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/aanmelden/")
    page.locator("input[name=username]").fill("beheer@example.org")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{site.url}/")


def asks(page: Page, site: Site, who: str = NAME) -> None:
    page.goto(f"{site.url}/privacy/")
    page.get_by_label("Wat er gevraagd wordt").select_option("erasure")
    page.get_by_label("Wie het vraagt").fill("J. van der Wal, per brief")
    page.get_by_label("Waarmee deze persoon gevonden wordt").fill(who)
    page.get_by_role("button", name="Opschrijven").click()
    expect(page.locator("h1")).to_contain_text("Verzoek")


def test_a_person_asks_is_known_and_is_erased(site: Site, page_at: Callable[..., Page]) -> None:
    page = page_at(WIDE)
    signs_in(page, site)
    page.get_by_role("link", name="Persoonsgegevens").first.click()
    asks(page, site)
    page.get_by_label("Hoe u hebt vastgesteld wie dit vraagt").fill("paspoort gezien, 3 maart")
    page.get_by_role("button", name="Deze persoon is het").click()
    expect(page.locator("main")).to_contain_text("register_organisation")
    expect(page.locator("main")).to_contain_text("Kastanjelaan 12")
    _pictured(page, "held")
    page.get_by_label("Waarom niets u weerhoudt van wissen").fill("geen hulp meer gegeven, geen bewaarplicht")
    page.get_by_role("button", name="Deze persoon wissen").click()
    for _again in range(60):
        if page.get_by_role("heading", name="Wat er gewist is").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("main")).to_contain_text("register_organisation: 1")
    expect(page.locator("main")).not_to_contain_text(NAME)
    _pictured(page, "done")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_are_accessible_and_fit(site: Site, page_at: Callable[..., Page], language: str) -> None:
    page = page_at(WIDE, language=language)
    signs_in(page, site)
    for path in ("privacy/", "privacy/1/", "privacy/bewaren/", "privacy/register/", "mijn-gegevens/"):
        page.goto(f"{site.url}/{path}")
        for width in (WIDE, NARROW, REFLOW):
            assert_good_at(page, width)
            _pictured(page, f"{path.strip('/').replace('/', '-')}-{language}", width)


def _pictured(page: Page, name: str, width: int = WIDE) -> None:
    """A picture to look at, where somebody named a folder for them."""
    if folder := os.environ.get("SCHAKEL_PICTURES"):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
