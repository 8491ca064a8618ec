"""Who administers the system sees no records: no page of records opens, and the database has none for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from schakel.register.models import Organisation
from schakel.sharing.acting import acting
from schakel.sharing.middleware import acting_in
from tests.intake.people import signed_in
from tests.making import acts, give_role, organisation, party

pytestmark = pytest.mark.django_db

# What opens for everybody who has signed in, and what a system administrator administers; all else holds records.
# (The desk checks files of whoever sends them, signed in or not, and keeps nothing.)
OPEN = {
    "cli:jobs",
    "inbox-mail",
    "intake:desk",
    "people:accept",
    "people:mine",
    "privacy:ask-erasure",  # one's own account: everybody's
    "privacy:mine",
    "privacy:take-along",
}
SIGNING_IN = ("network:", "account_", "mfa_", "openid_connect_")
OPEN_ROOMS = ("web:", "cli:live", "cli:ready", "cli:metrics", *SIGNING_IN)
VALUES = {"int": 1, "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address of people with its name; numbers and words in it made up."""
    for entry in (resolver or get_resolver("schakel.urls")).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace and entry.namespace.startswith("api"):
                continue  # for keys, which no session opens
            yield from routes(entry, f"{before}{entry.namespace}:" if entry.namespace else before)
        elif isinstance(entry, URLPattern) and entry.name:
            given = {name: _value(converter) for name, converter in entry.pattern.converters.items()}
            yield before + entry.name, reverse(before + entry.name, kwargs=given)


def _value(converter: object) -> object:
    known = type(converter).__name__.removesuffix("Converter").casefold()
    return VALUES["str" if known == "string" else known]


def is_open(name: str) -> bool:
    return name in OPEN or name.startswith(OPEN_ROOMS)


@pytest.fixture
def administrator() -> Client:
    """A system administrator of the network."""
    return signed_in("rom-nederland", "system-administrator")


def test_every_page_with_records_refuses(administrator):
    pages = dict(routes())
    assert len(pages) > 100
    wrong = {}
    for name, path in pages.items():
        if is_open(name):
            continue
        answers = {administrator.get(path).status_code, administrator.post(path).status_code}
        if 403 not in answers or not answers <= {403, 405}:
            wrong[name] = answers
    assert wrong == {}


def test_what_a_system_administrator_administers_opens(administrator):
    for path in ("/beheer/post/", "/beheer/taken/"):
        assert administrator.get(path).status_code == 200
        assert administrator.post(path).status_code == 302


def test_the_navigation_leads_to_no_records(administrator):
    page = administrator.get("/beheer/taken/").content.decode()
    assert "/beheer/post/" in page
    for path in ("/aanleveringen/", "/inbox/", 'role="search"', "/verkennen/"):
        assert path not in page


def test_the_database_shows_a_system_administrator_nothing():
    held = give_role(
        email="a@example.org", name="A", party=party("rom-nederland"), role="system-administrator", password="x"
    )
    with acts("rom-nederland") as network:
        organisation(network)
        assert Organisation.objects.count() == 1
    actor = acting_in(held)
    assert (actor.party, actor.person) == (None, held.person_id)
    with acting(actor):
        assert Organisation.objects.count() == 0


def test_a_reader_of_the_secretariat_still_opens_what_the_administrator_does_not(administrator):
    reader = signed_in("rom-nederland", "reader")
    assert (reader.get("/inbox/").status_code, administrator.get("/inbox/").status_code) == (200, 403)
