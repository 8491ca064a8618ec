"""One site for all stories of a worker: two agencies have delivered two years on the command line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, StorageState, expect

from schakel.cli.locks import only_one
from tests.e2e.filling import PASSWORD, faulty
from tests.e2e.site import Site, fill, free_port, new_var, running
from tests.intake.delivering import MAPPING, write

# Other tests run beside these on the same cores, and what a page asks first is written first.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str, django_db_setup: None) -> Iterator[Site]:
    """A site with deliveries of BOM and Oost NL for 2022 and 2023, joined, and people of every role."""
    port = free_port()
    var = new_var(tmp_path_factory.mktemp("site"), f"e2e_{worker_id}", like=_filled(Path(os.environ["SCHAKEL_VAR"])))
    made = Site(f"http://127.0.0.1:{port}", var)
    with running(made, port, "web", "worker", "counter"):
        yield made


def _filled(of_run: Path) -> Site:
    """The site that those of all workers are copies of, filled once for the run: whoever comes second, waits."""
    folder = of_run / "e2e"
    with only_one(of_run / "e2e.lock"):
        if not (folder / "filled").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            _fill(Site("", new_var(folder, "e2e")), folder)
            (folder / "filled").touch()
    return Site("", folder / "var")


def _fill(site: Site, folder: Path) -> None:
    """Deliver on the command line as a steward would, and have the rest done in one process."""
    mapping = folder / "bom.toml"
    mapping.write_text(MAPPING.format(agency="bom"))
    done = site.django("deliver", "bom", "2023", str(write(folder / "sent", **faulty(2023))), "--mapping", str(mapping))
    assert done.returncode == 1, done.stderr  # accepted, with findings for a person
    assert "project" in done.stderr
    fill(site, "rest")
    site.leave()


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """The cookies of who has signed in, by name."""
    return {}


@pytest.fixture
def signed_in(site: Site, page_at: Callable[..., Page], sessions: dict[str, StorageState]) -> Callable[..., Page]:
    """``signed_in("steward", width=1280, language="nl")``: a page of somebody who has signed in.

    Whoever has signed in for an earlier story comes back with that session, until somebody signs out.
    """

    def opened(who: str, *, width: int = 1280, language: str = "nl", **options: object) -> Page:
        if who in sessions:
            page = page_at(width, language=language, storage_state=sessions[who], **options)
            page.goto(f"{site.url}/")
            if page.locator("form[action='/afmelden/']").count():
                return page
        page = page_at(width, language=language, **options)
        page.goto(f"{site.url}/aanmelden/")
        page.locator("input[name=username]").fill(f"{who}@example.org")
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(f"{site.url}/")
        sessions[who] = page.context.storage_state()
        return page

    return opened
