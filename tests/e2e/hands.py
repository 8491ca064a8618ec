"""Somebody at a keyboard, without a mouse: goes from control to control with Tab, as the page lets them.

Counts what they do, so that the way can be measured: presses of keys, acts (what a mouse would click), and time.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error as PageError
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as NotInTime

_FURTHEST = 400  # controls of one page
# What the focused control is called for who cannot see it: by its label, its aria-label or its own words.
_NAME = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return '';
  const by = e.getAttribute('aria-labelledby');
  const labelled = by ? by.split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ') : '';
  const label = e.labels && e.labels.length ? [...e.labels].map(l => l.textContent).join(' ') : '';
  const name = labelled || e.getAttribute('aria-label') || label || e.textContent || e.value || '';
  return name.replace(/\\s+/g, ' ').trim();
}"""


@dataclass
class Hands:
    """Hands on a keyboard, in front of ``page``."""

    page: Page
    keys: int = 0
    acts: int = 0
    begun: float = field(default_factory=time.monotonic)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key, once the page is there: before, no script would hear it."""
        self.page.wait_for_load_state()
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def to(self, name: str | re.Pattern[str]) -> None:
        """Go on with Tab to the control that is called ``name``; from the top where it is not further on."""
        wanted = name if isinstance(name, re.Pattern) else re.compile(re.escape(name))
        heard: list[str] = []
        for _ in range(_FURTHEST):
            self.press("Tab")
            heard.append(self._named())
            if wanted.search(heard[-1]):
                return
        raise AssertionError(f"no control called {name!r} on {self.page.url}; there are {list(dict.fromkeys(heard))}")

    def _named(self) -> str:
        try:
            return str(self.page.evaluate(_NAME))
        except PageError:  # the page was being loaded anew under our hands; what was reached is gone
            self.page.wait_for_load_state()
            return ""

    def choose(self, name: str | re.Pattern[str]) -> None:
        """Go to a link or button and press it."""
        self.to(name)
        self.press("Enter")
        self.acts += 1

    def tick(self, name: str | re.Pattern[str]) -> None:
        """Go to a tick box or radio button and press it."""
        self.to(name)
        self.press("Space")
        self.acts += 1

    def option(self, first: str | re.Pattern[str], name: str | re.Pattern[str]) -> None:
        """Go to the radio button that is chosen now, and on with the arrow to the one called ``name``."""
        self.to(first)
        wanted = name if isinstance(name, re.Pattern) else re.compile(re.escape(name))
        while not wanted.search(self._named()):
            self.press("ArrowDown")
            assert self.keys < 10_000, f"no option called {name!r}"
        self.acts += 1

    def type(self, name: str | re.Pattern[str], text: str) -> None:
        """Go to a field and write in it, in the place of what stands there."""
        self.to(name)
        self.press("Control+a")
        self.page.keyboard.type(text)
        self.keys += len(text)
        self.acts += 1

    def attach(self, name: str | re.Pattern[str], *files: Path) -> None:
        """Go to a field for files and choose ``files`` in the window that it opens."""
        self.to(name)
        # Either key opens the window; a browser without a screen drops one at times.
        for key in ("Enter", "Space", "Enter"):
            try:
                with self.page.expect_file_chooser(timeout=1500) as window:
                    self.press(key)
            except NotInTime:
                continue
            window.value.set_files(files)
            break
        else:
            raise AssertionError("no window opened")
        self.acts += 1

    def wait(self, text: str, seconds: float = 90) -> None:
        """Wait until the page says so."""
        expect(self.page.locator("main")).to_contain_text(text, timeout=seconds * 1000)

    def told(self) -> str:
        """How much of it there was."""
        minutes = (time.monotonic() - self.begun) / 60
        return f"{self.acts} acts, {self.keys} keys, {minutes:.1f} minutes"
