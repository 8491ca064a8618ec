"""Signing in as people do it: with a code, a recovery code, a passkey; and ending a session from elsewhere."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Page

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_accessible, assert_fits, assert_good_at
from tests.e2e.filling import PASSWORD
from tests.e2e.site import Site, free_port, new_var, running

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("asking")


@pytest.fixture
def site_var(site_folder: Path) -> Path:
    """Where the site keeps what stands outside its database."""
    return site_folder / "var"


@pytest.fixture(scope="module")
def asking(site_folder: Path, worker_id: str, django_db_setup: None) -> Iterator[Callable[[str], str]]:
    """A site that asks for a second factor, by the name that passkeys need; ``asking("anna")`` adds a steward."""
    port = free_port()
    site = Site(f"http://localhost:{port}", new_var(site_folder, f"asking_{worker_id}"))

    def steward(name: str) -> str:
        given = site.django("give_role", f"{name}@example.org", name.title(), "bom", "steward", "--password", PASSWORD)
        assert given.returncode == 0, given.stderr
        return site.url

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCHAKEL_SECOND_FACTOR", "1")
        with running(site, port, "web", "counter"):
            yield steward


def by_password(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/aanmelden/")
    page.locator("input[name=username]").fill(f"{name}@example.org")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


def code(secret: str, later: int = 0) -> str:
    """The code that an app shows now, or ``later`` half minutes from now: a code is good once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def set_up_app(page: Page) -> tuple[str, list[str]]:
    """From the page of one's own access; returns the app's secret and the recovery codes."""
    page.get_by_role("link", name="Een app instellen").click()
    assert_accessible(page)
    secret = page.locator("#app-secret").inner_text()
    page.get_by_label("Code die de app laat zien").fill(code(secret))
    page.get_by_role("button", name="De app instellen").click()
    page.get_by_role("heading", name="Herstelcodes").wait_for()
    assert_accessible(page)
    return secret, page.locator("#recovery-codes code").all_inner_texts()


def sign_out(page: Page) -> None:
    page.locator("form[action='/afmelden/'] button").click()
    page.wait_for_load_state()


def test_a_steward_sets_up_an_app_and_signs_in_with_it_from_then_on(asking: Callable[[str], str], page_at: OpenPage):
    url = asking("anna")
    page = page_at(WIDE)
    by_password(page, url, "anna")
    page.wait_for_url(f"{url}/toegang/")
    page.get_by_text("Stel eerst een tweede stap in").wait_for()
    assert_accessible(page)
    page.goto(f"{url}/aanleveringen/")
    assert page.url == f"{url}/toegang/"

    secret, recovery = set_up_app(page)
    page.goto(f"{url}/aanleveringen/")
    assert page.url == f"{url}/aanleveringen/"
    sign_out(page)

    by_password(page, url, "anna")
    page.wait_for_url(f"{url}/aanmelden/code/")
    assert_accessible(page)
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    page.get_by_text("Deze code of toegangssleutel is hier niet bekend.").first.wait_for()
    page.get_by_label("Code", exact=True).fill(code(secret, later=1))
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    page.wait_for_url(f"{url}/")

    phone = page_at(NARROW)
    by_password(phone, url, "anna")
    phone.wait_for_url(f"{url}/aanmelden/code/")
    assert_fits(phone)
    phone.get_by_label("Code", exact=True).fill(recovery[0])
    phone.get_by_role("button", name="Aanmelden", exact=True).click()
    phone.wait_for_url(f"{url}/")

    page.goto(f"{url}/toegang/sessies/")
    assert_accessible(page)
    assert page.locator("article").count() == 2
    page.get_by_role("button", name=re.compile("^Deze sessie beëindigen")).click()
    page.get_by_text("Die sessie is beëindigd.").wait_for()
    assert page.locator("article").count() == 1
    phone.goto(f"{url}/aanleveringen/")
    assert "/aanmelden/" in phone.url


def test_a_passkey_is_a_second_step_and_signs_in_alone(asking: Callable[[str], str], page_at: OpenPage):
    url = asking("piet")
    page = page_at(WIDE)
    authenticator = page.context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    kept = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": kept})
    by_password(page, url, "piet")
    page.wait_for_url(f"{url}/toegang/")
    page.get_by_role("link", name="Een toegangssleutel toevoegen").click()
    assert_accessible(page)
    page.get_by_label("Hoe u hem noemt").fill("Laptop")
    page.get_by_role("button", name="De toegangssleutel toevoegen").click()
    page.get_by_role("heading", name="Herstelcodes").wait_for()
    page.goto(f"{url}/toegang/")
    page.get_by_text("Laptop, sinds").wait_for()
    sign_out(page)

    by_password(page, url, "piet")
    page.wait_for_url(f"{url}/aanmelden/code/")
    page.get_by_role("button", name="Een toegangssleutel gebruiken").click()
    page.wait_for_url(f"{url}/")
    sign_out(page)

    page.goto(f"{url}/aanmelden/")
    page.get_by_role("button", name="Aanmelden met een toegangssleutel").click()
    page.wait_for_url(f"{url}/")
    page.goto(f"{url}/aanleveringen/")
    assert page.url == f"{url}/aanleveringen/"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_of_signing_in_are_accessible_and_fit(asking: Callable[[str], str], page_at: OpenPage, language: str):
    url = asking("joke")
    page = page_at(WIDE, language=language)
    for path in ("/aanmelden/", "/aanmelden/wachtwoord/", "/aanmelden/wachtwoord/MQ/made-up/"):
        page.goto(url + path)
        assert_good_at(page, WIDE, REFLOW)
    by_password(page, url, "joke")
    page.wait_for_url(f"{url}/toegang/")
    for path in ("/toegang/", "/toegang/app/", "/toegang/sleutel/", "/toegang/wachtwoord/"):
        page.goto(url + path)
        assert_good_at(page, WIDE, REFLOW)


def test_an_organisation_signs_in_its_own_people(asking: Callable[[str], str], page_at: OpenPage, site_var: Path):
    url = asking("klaas")
    person = User(sub="klaas", claims={"email": "klaas@example.org", "email_verified": True})
    with run_server_in_thread(user_claims=[person]) as server:
        (site_var / "secret").write_text("known to both")
        (site_var / "providers.toml").write_text(
            f"""
            [[provider]]
            id = "bom"
            name = "BOM"
            server = "http://localhost:{server.server_port}"
            client = "schakel"
            secret_file = "{site_var / "secret"}"
            party = "bom"
            domains = ["example.org"]
            """
        )
        page = page_at(WIDE)
        page.route("https://cdn.jsdelivr.net/**", lambda asked: asked.fulfill(body="", content_type="text/css"))
        page.goto(f"{url}/aanmelden/")
        assert_accessible(page)
        page.get_by_role("button", name="Aanmelden via BOM").click()
        page.wait_for_url(f"http://localhost:{server.server_port}/**")
        page.get_by_role("button", name="klaas").click()
        page.wait_for_url(f"{url}/toegang/")  # the second step is asked for all the same
        page.get_by_text("Stel eerst een tweede stap in").wait_for()
