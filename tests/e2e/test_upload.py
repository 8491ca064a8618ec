"""Sending files in a real browser: dropped, chosen, as a folder, by keyboard, and over a connection that breaks."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.browser import NARROW, assert_accessible, assert_fits
from tests.e2e.filling import PASSWORD
from tests.e2e.site import Site
from tests.intake.delivering import TABLES

LARGE = bytes(range(256)) * 4096 * 5  # 5 MB: three pieces
NEW = "/aanleveringen/nieuw/"
SENT = "[data-here] .sending__name"


@pytest.fixture
def bare_page(site: Site, browser: Browser) -> Iterator[Callable[[], Page]]:
    """``bare_page()``: a steward's page whose requests may fail, as they do when a connection breaks."""
    contexts = []

    def opened() -> Page:
        context = browser.new_context(locale="nl-NL")
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site.url}/aanmelden/?next={NEW}")
        page.locator("input[name=username]").fill("steward@example.org")
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(f"{site.url}{NEW}")
        return page

    yield opened
    for context in contexts:
        context.close()


def tables(folder: Path, mark: str) -> list[Path]:
    """Two files of a delivery that no other test has."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("relaties", "projecten"):
        (folder / f"{name}.csv").write_text(TABLES[name].replace("Zonneveld", f"Zonneveld {mark}"), encoding="utf-8")
    return sorted(folder.iterdir())


def on_delivery_page(page: Page) -> None:
    """All was sent, and the page of the delivery is there."""
    expect(page.get_by_role("button", name="Klaar: controleer deze bestanden")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-here] progress")).to_have_count(0, timeout=60_000)
    assert re.search(r"/aanleveringen/\d+/$", page.url)


def assert_sent(page: Page, *names: str) -> None:
    """The page says, now or in a while, that these files are there, and no other."""
    expect(page.locator(SENT)).to_have_text(names)


def test_two_files_are_sent_and_checked_while_one_looks_on(site, signed_in, tmp_path):
    page = signed_in("steward")
    page.goto(f"{site.url}/aanleveringen/")
    page.get_by_role("link", name="Nieuwe aanlevering").click()
    page.get_by_label("Bestanden", exact=True).set_input_files(tables(tmp_path / "two", "Twee"))
    page.get_by_role("button", name="Verstuur de bestanden").click()
    on_delivery_page(page)
    assert_sent(page, "projecten.csv", "relaties.csv")
    page.get_by_role("button", name="Klaar: controleer deze bestanden").click()
    expect(page.locator(".badge", has_text="gecontroleerd").first).to_be_visible(timeout=120_000)
    expect(page.locator("#working")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("stuurde alle bestanden")


def test_a_folder_is_sent_with_what_lies_in_it(site, signed_in, tmp_path):
    folder = tmp_path / "map"
    tables(folder, "Map")
    tables(folder / "oud", "Oud")
    (folder / ".verborgen").write_text("x")
    page = signed_in("steward")
    page.goto(f"{site.url}{NEW}")
    page.get_by_label("Of een hele map").set_input_files(folder)
    expect(page.locator("[data-list] li")).to_have_count(4)
    page.get_by_role("button", name="Verstuur de bestanden").click()
    on_delivery_page(page)
    names = page.locator(SENT).all_inner_texts()
    assert len(names) == 4
    assert {"projecten.csv", "relaties.csv"} <= set(names)
    assert sum(" - " in name for name in names) == 2


def test_files_can_be_dropped(site, signed_in):
    page = signed_in("steward")
    page.goto(f"{site.url}{NEW}")
    dropped = page.evaluate_handle(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["Nr;Naam\\nR9;Gevallen\\n"], "gesleept.csv"));
          return data;
        }"""
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    expect(page.locator("[data-list] li")).to_contain_text("gesleept.csv")
    page.get_by_role("button", name="Verstuur de bestanden").click()
    on_delivery_page(page)
    assert_sent(page, "gesleept.csv")


def half_sent(page: Page, file: Path) -> str:
    """Send ``file`` until its second piece, at which the connection breaks for good; the delivery's address."""
    passed: list[str] = []

    def cut(route: Route) -> None:
        if route.request.method == "PATCH":
            passed.append(route.request.headers["upload-offset"])
        if passed and passed[-1] != "0":
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/bestanden/**", cut)
    page.get_by_label("Bestanden", exact=True).set_input_files(file)
    page.get_by_role("button", name="Verstuur de bestanden").click()
    expect(page.locator(".sending__problem:visible")).to_contain_text("De verbinding is weg", timeout=60_000)
    return page.url


def test_a_browser_closed_in_the_middle_of_sending_goes_on_where_it_was(site, signed_in, bare_page, tmp_path):
    file = tmp_path / "groot.csv"
    file.write_bytes(LARGE)
    broken = bare_page()
    url = half_sent(broken, file)
    broken.context.close()  # the whole browser, with whoever was signed in there
    page = signed_in("steward")
    page.goto(f"{site.url}{NEW}")
    page.get_by_role("link", name=f"ga verder met aanlevering {url.split('/')[-2]}").click()
    expect(page.locator("[data-here]")).to_contain_text("Kies hieronder hetzelfde bestand opnieuw")
    assert_accessible(page)
    pieces: list[str] = []
    page.on("request", lambda asked: pieces.append(asked.headers.get("upload-offset", "")))
    page.get_by_label("Bestanden", exact=True).set_input_files(file)
    on_delivery_page(page)
    offsets = [int(piece) for piece in pieces if piece]
    assert offsets[0] == 2 * 1024 * 1024
    with page.expect_download() as download:
        page.get_by_role("link", name="groot.csv").click()
    assert hashlib.sha256(download.value.path().read_bytes()).digest() == hashlib.sha256(LARGE).digest()


def test_another_file_of_the_same_name_and_size_is_not_glued_to_the_half(site, signed_in, bare_page, tmp_path):
    file = tmp_path / "groot.csv"
    file.write_bytes(LARGE)
    broken = bare_page()
    url = half_sent(broken, file)
    broken.close()
    changed = b"\xff" + LARGE[1:]
    file.write_bytes(changed)
    page = signed_in("steward")
    page.goto(url)
    page.get_by_label("Bestanden", exact=True).set_input_files(file)
    on_delivery_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="groot.csv").click()
    assert download.value.path().read_bytes() == changed


def test_a_full_disk_is_told_beside_the_file_and_one_goes_on_later(site, signed_in, tmp_path):
    page = signed_in("steward", width=NARROW)
    page.goto(f"{site.url}{NEW}")
    full = json.dumps({"title": "Vol", "status": 507, "detail": "De schijf is vol. Ga later verder."})

    def refuse(route: Route) -> None:
        if route.request.method == "PATCH":
            route.fulfill(status=507, content_type="application/problem+json", body=full)
        else:
            route.continue_()

    page.route("**/bestanden/**", refuse)
    page.get_by_label("Bestanden", exact=True).set_input_files(tables(tmp_path / "full", "Vol"))
    page.get_by_role("button", name="Verstuur de bestanden").click()
    expect(page.locator(".sending__problem:visible")).to_have_text(["De schijf is vol. Ga later verder."] * 2)
    assert_accessible(page)
    assert_fits(page)
    page.unroute("**/bestanden/**")
    for name in ("projecten.csv", "relaties.csv"):
        page.get_by_role("button", name=f"Verdergaan: {name}").click()
    on_delivery_page(page)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element that is called ``name`` has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const at = document.activeElement; return at.labels?.[0]?.innerText ?? at.innerText ?? ''; }"
        )
        if name in focused:
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_files_are_sent_by_keyboard_alone(site, signed_in, tmp_path):
    page = signed_in("steward")
    page.goto(f"{site.url}{NEW}")
    tab_to(page, "Jaar")
    tab_to(page, "Bestanden")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(tables(tmp_path / "keys", "Toets"))
    tab_to(page, "Verstuur de bestanden")
    page.keyboard.press("Enter")
    on_delivery_page(page)
    tab_to(page, "Klaar: controleer deze bestanden")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("stuurde alle bestanden")


def test_without_javascript_files_are_sent_and_checked_all_the_same(site, signed_in, tmp_path):
    page = signed_in("steward", java_script_enabled=False)
    page.goto(f"{site.url}{NEW}")
    page.get_by_label("Bestanden", exact=True).set_input_files(tables(tmp_path / "plain", "Zonder"))
    page.get_by_role("button", name="Verstuur de bestanden").click()
    assert_sent(page, "projecten.csv", "relaties.csv")
    page.get_by_role("button", name="Klaar: controleer deze bestanden").click()
    expect(page.locator("main")).to_contain_text("stuurde alle bestanden")


def test_nothing_chosen_is_told(site, signed_in):
    page = signed_in("steward")
    page.goto(f"{site.url}{NEW}")
    page.get_by_role("button", name="Verstuur de bestanden").click()
    expect(page.get_by_role("status").filter(has_text="Kies ten minste één bestand")).to_be_visible()
    expect(page).to_have_url(f"{site.url}{NEW}")
