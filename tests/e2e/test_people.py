"""Somebody is invited by mail, comes in, gets a role, and leaves: driven in a browser, with the mail that goes out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_accessible, assert_fits, assert_good_at
from tests.e2e.filling import PASSWORD
from tests.e2e.site import Site, fill, free_port, new_var, running
from tests.inbox.mailbox import Post, post_office

ADDRESS, OWN = "noor@example.org", "een zin van Noor alleen"
_SECONDS = 90


@dataclass(frozen=True)
class House:
    """A site whose worker sends its mail to a server of the test."""

    site: Site
    post: Post


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, worker_id: str, django_db_setup: None) -> Iterator[House]:
    """A site of its own, as mail of other stories goes nowhere."""
    port = free_port()
    made = Site(f"http://127.0.0.1:{port}", new_var(tmp_path_factory.mktemp("people"), f"people_{worker_id}"))
    fill(made, "people")
    with post_office() as post, pytest.MonkeyPatch.context() as environ:
        for name, value in (("HOST", "127.0.0.1"), ("PORT", str(post.port)), ("TLS", "none")):
            environ.setenv(f"SCHAKEL_SMTP_{name}", value)
        environ.setenv("SCHAKEL_SITE_URL", made.url)
        with running(made, port, "web", "worker", "counter"):
            yield House(made, post)


def signs_in(page: Page, house: House, who: str, password: str = PASSWORD) -> None:
    page.goto(f"{house.site.url}/aanmelden/")
    page.locator("input[name=username]").fill(who)
    page.locator("input[type=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{house.site.url}/")


def link_for(house: House, address: str, mails: int = 1) -> str:
    """What the last mail to an address leads to, once so many have come."""
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        here = [message for to, message in house.post.arrived if to == address]
        if len(here) >= mails:
            text = here[-1].get_body(("plain",)).get_content()
            return re.search(r"http\S+/uitnodiging/\S+/", text).group(0)
        time.sleep(0.3)
    raise AssertionError(f"no mail came for {address}")


def chooses_a_password(page: Page, said: str) -> None:
    for field in page.locator("input[type=password]").all():
        field.fill(said)
    page.get_by_role("button", name="Neem de uitnodiging aan").click()


def test_invited_accepted_a_role_and_gone(house: House, page_at: Callable[..., Page]) -> None:
    boss, noor = page_at(WIDE), page_at(NARROW)
    signs_in(boss, house, "beheer@example.org")
    boss.get_by_role("link", name="Mensen").first.click()
    boss.get_by_role("link", name="Iemand uitnodigen voor BOM").click()
    boss.get_by_label("Naam").fill("Noor")
    boss.get_by_label("E-mailadres").fill(ADDRESS)
    boss.get_by_label("Lezer").check()
    boss.get_by_role("button", name="Stuur de uitnodiging").click()
    expect(boss.locator("main")).to_contain_text(ADDRESS)

    link = link_for(house, ADDRESS)
    noor.goto(link)
    expect(noor.locator("main")).to_contain_text("BOM nodigt")
    assert_accessible(noor)
    assert_fits(noor)
    chooses_a_password(noor, "kort")
    expect(noor.locator("main")).to_contain_text("te kort")
    chooses_a_password(noor, OWN)
    noor.wait_for_url(f"{house.site.url}/aanmelden/")
    noor.goto(link)  # which works once
    expect(noor.locator("h1")).to_have_text("Deze link opent niets")
    assert_accessible(noor)
    signs_in(noor, house, ADDRESS, OWN)
    expect(noor.locator(".acting__party")).to_have_text("BOM")
    assert noor.goto(f"{house.site.url}/sleutels/").status == 403

    boss.goto(f"{house.site.url}/mensen/")
    boss.get_by_role("link", name="Noor").click()
    boss.get_by_label("Rol", exact=True).select_option("steward")
    boss.get_by_role("button", name="Geef deze rol").click()
    expect(boss.locator("body")).to_contain_text("Noor heeft nu de rol datasteward")
    noor.goto(f"{house.site.url}/mijn-rollen/")
    chosen = noor.get_by_role("button", name=re.compile("Werk in deze rol ?: BOM, datasteward"))
    chosen.click()
    expect(chosen).to_have_count(0)
    assert noor.goto(f"{house.site.url}/sleutels/").status == 200

    fill(house.site, "work-for-noor")
    boss.get_by_role("link", name="Noor vertrekt").click()
    expect(boss.locator("main")).to_contain_text("werk in de inbox: 1")
    boss.get_by_label("Wie het open werk overneemt").select_option(label="Bert")
    boss.get_by_role("button", name="Sluit Noor af").click()
    expect(boss.locator("body")).to_contain_text("Overgedragen aan Bert: werk in de inbox (1).")
    noor.goto(f"{house.site.url}/sleutels/")
    noor.wait_for_url(re.compile("/aanmelden/"))
    bert = page_at(WIDE)
    signs_in(bert, house, "bert@example.org")
    bert.goto(f"{house.site.url}/inbox/")
    expect(bert.locator("main")).to_contain_text("Bel de penvoerder terug")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_of_people_are_accessible_and_fit(house: House, page_at: Callable[..., Page], language):
    page = page_at(WIDE, language=language)
    signs_in(page, house, "beheer@example.org")
    page.goto(f"{house.site.url}/mensen/")
    links = page.locator("main table a").all()
    person = links[0].get_attribute("href")
    number = person.rstrip("/").rpartition("/")[2]
    for path in ("/mensen/", "/mensen/bom/uitnodigen/", person, f"/mensen/{number}/vertrek/", "/mijn-rollen/"):
        page.goto(house.site.url + path)
        assert_good_at(page, WIDE, NARROW, REFLOW)
