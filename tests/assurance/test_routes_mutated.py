"""Forgetting the check in any one address is noticed by the leak test: every page, export, report and API call."""

from __future__ import annotations

import pytest

from schakel.leaking import crawling, reading
from schakel.leaking.crawling import Crawl
from schakel.leaking.marking import hidden_words, mark_words
from schakel.leaking.people import API, Viewer, system
from schakel.leaking.rules import Network
from schakel.leaking.world import Rows
from schakel.network.queries import party
from tests.sharing.leaking.crawling import signed_in, viewer
from tests.sharing.leaking.filling import write_words
from tests.sharing.leaking.worlds import AGENCIES, OFFICE, OTHERS, enact, things
from tests.sharing.test_leaks_found import SAID

pytestmark = pytest.mark.django_db

Hidden = dict[str, dict[str, str]]


def made() -> tuple[Network, Hidden]:
    """A network with something to show on as many pages as there are; and what of what was written is for whom."""
    network = enact(things(), SAID)
    write_words()
    world = Rows(reading.network())
    written = mark_words(world, each=50)
    return network, {slug: hidden_words(world, written, slug) for slug in (*AGENCIES, *OTHERS, OFFICE, "")}


def people(*names: str) -> list[Viewer]:
    """A steward and an administrator of each; the administrator with a key as well."""
    found = []
    for name in names:
        found.append(viewer(name))
        if name in AGENCIES:
            clients = {"": signed_in(name, "party-administrator"), API: system(party(name).pk)}
            found.append(Viewer(name, "party-administrator", "agency", clients))
    return found


def baseline(network: Network, hidden: Hidden) -> Crawl:
    """As the walls are: what shows a mark to somebody who may see it."""
    return crawling.crawl(network, people("bom", "rom-nederland", OFFICE), at_most=4, more_hidden=hidden)


def forgetful(network: Network, hidden: Hidden) -> Crawl:
    """The same addresses as somebody else."""
    return crawling.crawl(network, people("nom", "ministerie-ez"), at_most=4, more_hidden=hidden)
