"""OpenID Connect against a real provider: whom it signs in, and whom it never does."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st
from oidc_provider_mock import User, run_server_in_thread

from schakel.network.models import Person, Role
from schakel.network.signing.providers import Provider, ProviderError, declared, safe
from schakel.trail.models import Entry
from tests.inbox.people import somebody
from tests.making import as_owner

pytestmark = pytest.mark.django_db
Opened = Callable[..., Client]


def claims(address: str, **more: object) -> dict[str, object]:
    return {"email": address, "email_verified": True} | more


PEOPLE = {
    "anna": claims("anna@bom.example"),
    "capitals": claims("Anna@BOM.example"),
    "other": claims("piet@oost.example"),
    "stranger": claims("stranger@bom.example"),
    "unverified": claims("anna@bom.example", email_verified=False),
    "unsaid": {"email": "anna@bom.example"},
    "nameless": {"name": "Anna"},
    "inside": claims("anna@bom.example.evil.example"),
    "member": claims("guest@mail.example", organisation=["elsewhere", "bom.example"]),
    "no member": claims("guest@mail.example", organisation="oost.example"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A provider that signs in whoever is asked for."""
    users = [User(sub=name, claims=said) for name, said in PEOPLE.items()]
    with run_server_in_thread(user_claims=users) as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture
def opened(server: str, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """``opened(domains=[...])``: BOM's provider stands in the settings, as ``bom``; ``again`` writes another file."""
    secret = tmp_path / "secret"
    secret.write_text("known to both\n")
    path = tmp_path / "providers.toml"

    def write(**said: object) -> None:
        values = {"id": "bom", "name": "BOM", "server": server, "client": "schakel", "party": "bom"} | said
        lines = [f"{name} = {_toml(value)}" for name, value in ({"secret_file": str(secret)} | values).items()]
        path.write_text("\n".join(["[[provider]]", *lines]))

    with override_settings(PROVIDERS=path):
        yield write


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value).replace("'", '"')


def known(name: str, domain: str, *slugs: str, role: str = Role.READER) -> Person:
    person = None
    for slug in slugs:
        person = somebody(name, slug, role)
    assert person is not None
    with as_owner():
        person.email = f"{name}@{domain}"
        person.save()
    return person


def through(client: Client, sub: str, provider: str = "bom", follow: str = "/") -> str:
    """Sign in at the provider as ``sub``; returns where that leads here."""
    going = client.post(f"/aanmelden/bij/{provider}/", {"next": follow}).content.decode()
    address = html.unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', going).group(1))
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return str(client.get(f"{back.path}?{back.query}").headers["Location"])


def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def test_an_organisation_signs_in_its_own_people(opened: Callable[..., None]) -> None:
    anna = known("anna", "bom.example", "bom")
    opened(domains=["bom.example"])
    client = browser()
    assert "Sign in by BOM" in client.get("/aanmelden/").content.decode()
    assert through(client, "anna", follow="/inbox/") == "/inbox/"
    assert client.get("/inbox/").status_code == 200
    with as_owner():
        line = Entry.objects.get(verb="signed in")
        assert not SocialAccount.objects.exists()  # nothing is linked or kept
    assert (line.person_id, line.detail) == (anna.pk, {"by": ["openid_connect"]})
    assert through(browser(), "capitals") == "/"


@pytest.mark.parametrize("who", ["other", "stranger", "unverified", "unsaid", "nameless", "inside"])
def test_it_signs_in_nobody_else(opened: Callable[..., None], who: str) -> None:
    known("anna", "bom.example", "bom")
    known("piet", "oost.example", "oost-nl", "bom")  # of both, but the address is of another domain
    with as_owner():
        people = Person.objects.count()
    opened(domains=["bom.example"])
    client = browser()
    assert through(client, who) == "/aanmelden/"
    assert "did not sign you in" in client.get("/aanmelden/").content.decode()
    assert client.get("/inbox/").status_code == 302
    with as_owner():
        assert Person.objects.count() == people
        assert Entry.objects.get(verb="failed to sign in").detail == {"by": "openid_connect", "provider": "bom"}


def test_an_address_of_its_domain_at_another_party_is_not_its_own(opened: Callable[..., None]) -> None:
    known("anna", "bom.example", "oost-nl")
    opened(domains=["bom.example"])
    assert through(browser(), "anna") == "/aanmelden/"


def test_who_left_is_not_signed_in(opened: Callable[..., None]) -> None:
    anna = known("anna", "bom.example", "bom")
    with as_owner():
        Person.objects.filter(pk=anna.pk).update(is_active=False)
    opened(domains=["bom.example"])
    assert through(browser(), "anna") == "/aanmelden/"


def test_an_organisation_that_gives_out_its_addresses_need_not_say_that_they_are_verified(
    opened: Callable[..., None],
) -> None:
    known("anna", "bom.example", "bom")
    opened(domains=["bom.example"], verified=True)
    assert through(browser(), "unsaid") == "/"
    assert through(browser(), "unverified") == "/aanmelden/"


def test_a_claim_says_that_somebody_is_of_the_organisation(opened: Callable[..., None]) -> None:
    known("guest", "mail.example", "bom")
    opened(claim="organisation", values=["bom.example"])
    assert through(browser(), "member") == "/"
    assert through(browser(), "no member") == "/aanmelden/"
    assert through(browser(), "anna") == "/aanmelden/"


def test_two_providers_stand_beside_each_other(opened: Callable[..., None], server: str) -> None:
    from django.conf import settings

    known("anna", "bom.example", "bom")
    known("piet", "oost.example", "oost-nl")
    opened(domains=["bom.example"])
    first = settings.PROVIDERS.read_text()
    opened(id="oost", name="Oost NL", domains=["oost.example"], party="oost-nl")
    settings.PROVIDERS.write_text(f"{first}\n{settings.PROVIDERS.read_text()}")
    assert through(browser(), "anna", "bom") == "/"
    assert through(browser(), "other", "oost") == "/"
    assert through(browser(), "other", "bom") == "/aanmelden/"
    assert through(browser(), "anna", "oost") == "/aanmelden/"


def test_the_second_step_is_asked_for_all_the_same(opened: Callable[..., None]) -> None:
    known("anna", "bom.example", "bom", role=Role.STEWARD)
    opened(domains=["bom.example"])
    client = browser()
    through(client, "anna")
    with override_settings(SECOND_FACTOR=True):
        assert client.get("/inbox/").headers["Location"] == "/toegang/"


def test_an_answer_that_nobody_here_asked_for_signs_in_nobody(opened: Callable[..., None]) -> None:
    known("anna", "bom.example", "bom")
    opened(domains=["bom.example"])
    own, victim = browser(), browser()
    going = own.post("/aanmelden/bij/bom/").content.decode()
    address = html.unescape(re.search(r'content="0; url=([^"]+)"', going).group(1))
    back = urlsplit(requests.post(address, data={"sub": "anna"}, allow_redirects=False, timeout=10).headers["Location"])
    assert victim.get(f"{back.path}?{back.query}").headers["Location"] == "/aanmelden/"
    assert victim.get("/inbox/").status_code == 302


def test_who_changes_their_mind_is_back_at_signing_in(opened: Callable[..., None]) -> None:
    opened(domains=["bom.example"])
    client = browser()
    client.post("/aanmelden/bij/bom/")
    assert client.get("/aanmelden/bij/bom/terug/?error=access_denied").headers["Location"] == "/aanmelden/"


def test_a_provider_that_does_not_answer_holds_up_nobody(opened: Callable[..., None]) -> None:
    opened(domains=["bom.example"], server="http://localhost:1")
    client = browser()
    assert client.post("/aanmelden/bij/bom/").headers["Location"] == "/aanmelden/"
    assert "does not answer as it should" in client.get("/aanmelden/").content.decode()
    opened(domains=["bom.example"], secret_file="/nowhere/secret")
    assert client.post("/aanmelden/bij/bom/").headers["Location"] == "/aanmelden/"


def test_there_is_no_other_provider_and_no_other_way(opened: Callable[..., None]) -> None:
    opened(domains=["bom.example"])
    client = browser()
    assert client.post("/aanmelden/bij/nobody/").status_code == 404
    assert client.get("/aanmelden/bij/bom/").status_code == 405
    assert client.get("/aanmelden/bij/nobody/terug/").status_code == 404


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"domains": ["x.example"], "server": "http://login.example"}, "must be reached by https"),
        ({}, "say which domains"),
        ({"claim": "organisation"}, "a claim goes with the values"),
        ({"claim": "organisation", "values": ["x"], "verified": True}, "only within domains"),
        ({"domains": ["x.example"], "party": ""}, "party is missing"),
        ({"domains": ["x.example"], "tenant": "x"}, "tenant is not known here"),
    ],
)
def test_a_provider_that_could_sign_in_others_is_refused(
    opened: Callable[..., None], said: dict[str, object], why: str
) -> None:
    from django.conf import settings

    opened(**said)
    with pytest.raises(ProviderError, match=why):
        declared(settings.PROVIDERS)
    page = browser().get("/aanmelden/")  # and passwords go on working
    assert page.status_code == 200
    assert "Sign in by" not in page.content.decode()


def test_a_file_that_is_not_toml_says_where(tmp_path: Path) -> None:
    path = tmp_path / "providers.toml"
    assert declared(path) == []
    path.write_text("[[provider]\n")
    with pytest.raises(ProviderError, match=r"providers\.toml"):
        declared(path)


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://login.example/x", True),
        ("http://localhost:8080", True),
        ("http://login.example", False),
        ("http://localhost.evil.example", False),
        ("javascript:alert(1)", False),
        ("//login.example", False),
        ("", False),
    ],
)
def test_what_is_safe(address: str, is_safe: bool) -> None:
    assert safe(address) is is_safe


@given(
    st.sampled_from(["bom.example", "oost.example", "bom.example.evil", "mail.bom.example", "BOM.example", ""]),
    st.sampled_from([True, False, None, "true", "false", 1, "yes"]),
    st.booleans(),
)
def test_no_claims_sign_in_an_address_of_another_domain(domain: str, verified: object, trusted: bool) -> None:
    """A model of the rule, written apart: the domain is its own, and somebody says that the address is verified."""
    provider = Provider("x", "X", "https://x", "c", Path("/s"), "bom", frozenset({"bom.example"}), trusted)
    address = f"anna@{domain}"
    may = domain.lower() == "bom.example" and (
        verified is True or verified in ("true", 1) or (verified is None and trusted)
    )
    said = {"email": address, "email_verified": verified}
    assert (provider._is_own(address.lower()) and provider._is_verified(said)) is bool(may)
