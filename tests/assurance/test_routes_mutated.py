"""Forgetting the check in any one address is noticed by the leak test: every page, export, report and API call.

All addresses forget at once, as each request is of one of them: so one crawl asks of each what it would of it alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from schakel.leaking import crawling, reading
from schakel.leaking.addresses import routes
from schakel.leaking.counting import counted
from schakel.leaking.crawling import Crawl
from schakel.leaking.marking import hidden_words, mark_words
from schakel.leaking.people import API, Viewer, system
from schakel.leaking.rules import Network
from schakel.leaking.world import Rows
from schakel.network.queries import party
from schakel.sharing.roles import WEB, database_role
from tests.sharing.leaking.crawling import signed_in, viewer
from tests.sharing.leaking.filling import write_words
from tests.sharing.leaking.mutating import as_another, without_walls
from tests.sharing.leaking.worlds import AGENCIES, OFFICE, OTHERS, enact, things
from tests.sharing.test_leaks_found import SAID

pytestmark = pytest.mark.django_db


# What of the network below shows something of a record. The others show none: they take only what is sent (405), lead
# on, are of signing in, of oneself or of help, or are of work that this network has none of (findings that wait,
# doubts, samples); `test_leaks.py` asks those too, as everybody.
SHOWING = {
    "/aanleveringen/<int:delivery_id>/",
    "/aanleveringen/<int:delivery_id>/gesprek/",
    "/aanleveringen/<int:delivery_id>/wijzigingen/",
    "/aanleveringen/jaar/<int:period>/",
    "/aanleveringen/jaar/<int:period>/<slug:slug>/",
    "/aanleveringen/jaar/<int:period>/certificeren/",
    "/api/v1/deliveries",
    "/bestanden/<int:file_id>/",
    "/cijfers/<slug:indicator_id>/lijst/",
    "/cijfers/verkennen/",
    "/cijfers/verkennen/weergaven/",
    "/cijfers/verkennen/weergaven/<int:pk>/",
    "/cijfers/verkennen/weergaven/<int:pk>/weg/",
    "/controle/",
    "/controle/bestanden/<int:year>/",
    "/gedeeld/<slug:kind>/",
    "/gedeeld/<slug:kind>/<int:record_id>/",
    "/inbox/",
    "/inzage/",
    "/logboek/",
    "/logboek/<int:line_id>/",
    "/logboek/bestand/<slug:form>/",
    "/mensen/",
    "/organisaties/<int:record_id>/",
    "/privacy/<int:request_id>/",
    "/records/<slug:kind>/<int:record_id>/",
    "/records/<slug:kind>/<int:record_id>/intrekken/",
    "/sleutels/",
    "/zoeken/",
    "/zoeken/snel/",
}
# A view that somebody keeps is shown to that person alone, whichever party they act for.
OF_ONE_PERSON = {route for route in SHOWING if route.startswith("/cijfers/verkennen/")}
ITS_OWN = "asks for what is of the acting party, of its inbox or in its mandates, and so would show no more"
GRANTS = "cards come from a function that applies the agreements itself, for whatever role"
HELD_BY_THEMSELVES = {
    **dict.fromkeys(OF_ONE_PERSON, "shown to the person who keeps it"),
    "/aanleveringen/jaar/<int:period>/": ITS_OWN,
    "/aanleveringen/jaar/<int:period>/<slug:slug>/": ITS_OWN,
    "/aanleveringen/jaar/<int:period>/certificeren/": ITS_OWN,
    "/controle/": ITS_OWN,
    "/controle/bestanden/<int:year>/": ITS_OWN,
    "/gedeeld/<slug:kind>/": GRANTS,
    "/gedeeld/<slug:kind>/<int:record_id>/": GRANTS,
    "/inbox/": ITS_OWN,
    "/privacy/<int:request_id>/": ITS_OWN,
    "/records/<slug:kind>/<int:record_id>/intrekken/": ITS_OWN,
}


@dataclass(frozen=True)
class Filled:
    """A network, and by party the marks in what people wrote that are not for it."""

    network: Network
    hidden: dict[str, dict[str, str]]

    def crawl(self, *names: str) -> Crawl:
        """Some addresses of every route as people of these parties."""
        return crawling.crawl(self.network, people(*names), at_most=4, more_hidden=self.hidden)


def made() -> Filled:
    """Something to show on as many pages as there are."""
    network = enact(things(), SAID)
    write_words()
    network = replace(network, mandates=reading.mandates())  # one of every agency by now
    world = Rows(reading.network())
    written = mark_words(world, each=50)
    parties = (*AGENCIES, *OTHERS, OFFICE, "")
    return Filled(network, {slug: hidden_words(world, written, slug) for slug in parties})


def people(*names: str) -> Iterator[Viewer]:
    """A steward and an administrator of each agency, the one with a key as well; of others the one there is."""
    for name in names:
        yield viewer(name)
        if name in AGENCIES:
            clients = {"": signed_in(name, "party-administrator"), API: system(party(name).pk)}
            yield Viewer(name, "party-administrator", "agency", clients)


@pytest.fixture(scope="module")
def filled(around) -> Iterator[Filled]:
    found = made()
    with counted():
        yield found


@pytest.fixture(scope="module")
def shown(filled) -> Crawl:
    """As the walls are: which addresses show something of a record to somebody who may see it."""
    with database_role(WEB):  # what is made for a whole file is made before the walls of its first test
        return filled.crawl("bom", "rom-nederland", OFFICE)


def forgetting(filled: Filled, shown: Crawl, *names: str) -> Crawl:
    """More addresses of the routes that show something, as people of these parties."""
    only = re.compile("^(" + "|".join(re.escape(route) for route in sorted(shown.showing)) + ")$")
    return crawling.crawl(filled.network, people(*names), at_most=12, only=only, more_hidden=filled.hidden)


def test_as_the_walls_are_nothing_leaks(shown):
    assert [line for line in shown.wrong if "leaks" in line] == []
    assert {route for route, _viewer in shown.met} == set(routes())


def test_the_routes_that_show_something_are_those(shown):
    assert shown.showing == SHOWING


def test_an_address_that_forgets_who_asks_is_noticed(filled, shown, monkeypatch):
    leaking: set[str] = set()
    for another in ("bom", "rom-nederland", OFFICE):
        with monkeypatch.context() as patched:
            as_another(patched, another)
            leaking |= forgetting(filled, shown, "nom", "oost-nl").leaking
    assert shown.showing - leaking == OF_ONE_PERSON


def test_an_address_that_answers_without_walls_is_noticed(filled, shown, monkeypatch):
    with monkeypatch.context() as patched:
        without_walls(patched)
        leaking = forgetting(filled, shown, "nom", "oost-nl", "rom-nederland", OFFICE).leaking
    assert shown.showing - leaking == HELD_BY_THEMSELVES.keys()
