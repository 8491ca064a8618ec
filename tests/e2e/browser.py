"""A real browser for tests: Debian's Chromium by way of Playwright, with axe for accessibility.

The run's own ``conftest.py`` takes its fixtures over, once, as a process can drive one browser only: ``page_at(390)``
gives a page of that width; ``language="en"`` asks for English.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VENDOR = Path(__file__).resolve().parent.parent / "vendor"
NORM = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDE, NARROW, REFLOW = 1280, 390, 320
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run of a worker."""
    # Playwright's event loop lives in this thread, and Django would take our own queries for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    where = next(path for name in NAMES if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=where, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_at(browser: Browser) -> Iterator[OpenPage]:
    """``page_at(width, language="nl", **context)``: a fresh page without anybody's cookies.

    The test fails where a page asked for something that could not be loaded or a script failed.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(width: int, *, language: str = "nl", **options: Any) -> Page:
        view = {"width": width, "height": 900}
        context = browser.new_context(viewport=view, locale=f"{language}-{language.upper()}", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("requestfailed", lambda request: faults.extend(_lost(request)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


def _lost(request: Request) -> list[str]:
    """What could not be loaded; what the browser itself gave up, as one went on to another page, is no fault."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"not loaded: {request.url}"]


def assert_accessible(page: Page, within: str = "html") -> None:
    """No findings of axe by WCAG 2.2 A and AA and its best practices; each finding is named with its place.

    ``within`` (a CSS selector) keeps to a part: an opened list is not judged by what lies half behind it.
    """
    page.evaluate(_axe())
    asked = "([part, tags]) => axe.run(part, {runOnly: tags, resultTypes: ['violations']})"
    result = page.evaluate(asked, [within, list(NORM)])
    found = [_said(violation, node) for violation in result["violations"] for node in violation["nodes"]]
    assert not found, f"{page.url}\n" + "\n".join(found)


def assert_fits(page: Page) -> None:
    """Nothing sticks out sideways, and no word is broken off: the page never scrolls in two directions."""
    sizes = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert sizes[0] <= sizes[1], f"{page.url} is {sizes[0]} wide in {sizes[1]}"


def assert_good_at(page: Page, *widths: int) -> None:
    """At each width no findings of axe, and nothing sticks out; a page is loaded once and then made wider or narrower.

    Ends at the width that the page had.
    """
    before = page.viewport_size
    assert before is not None
    for width in widths:
        page.set_viewport_size({"width": width, "height": before["height"]})
        assert_accessible(page)
        assert_fits(page)
    page.set_viewport_size(before)


def _axe() -> str:
    manifest = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    version = next(entry["version"] for entry in manifest if entry["package"] == "axe-core")
    return (VENDOR / f"axe-core@{version}" / "axe.min.js").read_text(encoding="utf-8")


def _said(violation: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{violation['id']} at {node['target']}: {node['failureSummary']}"
