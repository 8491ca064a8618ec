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
from tests.sharing.leaking.crawling import signed_in, viewer
from tests.sharing.leaking.filling import write_words
from tests.sharing.leaking.mutating import as_another, without_walls
from tests.sharing.leaking.worlds import AGENCIES, OFFICE, OTHERS, enact, things
from tests.sharing.test_leaks_found import SAID

pytestmark = pytest.mark.django_db


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
            leaking |= forgetting(filled, shown, *({"nom", "ministerie-ez"} - {another})).leaking
    assert shown.showing - leaking == set()


def test_an_address_that_answers_without_walls_is_noticed(filled, shown, monkeypatch):
    with monkeypatch.context() as patched:
        without_walls(patched)
        leaking = forgetting(filled, shown, "nom", "rom-nederland", OFFICE).leaking
    assert shown.showing - leaking == HELD_BY_THEMSELVES.keys()
