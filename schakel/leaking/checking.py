"""The leak test on a copy of a live network: marks put in, all asked as everybody, each answer held to the rules.

Only ever on a copy: it rewrites names and texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.test import override_settings

from schakel.leaking import reading
from schakel.leaking.counting import counted
from schakel.leaking.crawling import Asked, crawl, missing
from schakel.leaking.marking import hidden_words, mark_log, mark_things, mark_words
from schakel.leaking.people import viewers
from schakel.leaking.probing import probe
from schakel.leaking.world import Rows
from schakel.sharing.roles import WEB, database_role

# A test client comes by no name of a server and over no line, and signs in by no factor; files stand where they are.
_SETTINGS = {
    "ALLOWED_HOSTS": ["testserver"],
    "SECURE_SSL_REDIRECT": False,
    "SESSION_COOKIE_SECURE": False,
    "SECOND_FACTOR": False,
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


@dataclass(frozen=True)
class Sizes:
    """How much: ``things`` of each kind of each party, ``rows`` of each table, ``addresses`` of a route."""

    things: int = 4
    rows: int = 400
    addresses: int = 1


@dataclass(frozen=True)
class Looked:
    """What was looked at, and what was wrong."""

    tables: list[str]
    pages: list[str]
    refused: list[str]
    asked: list[Asked]
    marks: int

    @property
    def findings(self) -> list[str]:
        """Everything that is wrong: leaks of tables and pages, and wrongful refusals."""
        return [*self.tables, *self.pages, *self.refused]

    def by_viewer(self) -> Counter[str]:
        """How many addresses were asked as whom."""
        return Counter(one.viewer for one in self.asked)


def look(sizes: Sizes, *, say: Callable[[str], object]) -> Looked:
    """Look for leaks in the copy that this process is signed in to, as the owner of its tables. Tells how far it is."""
    say("reading what was agreed")
    whole = Rows(reading.network())
    say(f"tables: what each party reads of {len(whole.keys)}")
    tables = list(probe(whole, most=sizes.rows))
    network = reading.network(each=sizes.things)
    agencies = sorted({thing.owner for thing in network.things})
    say(f"marks in {len(network.things)} records, in what people wrote and in the audit log")
    mark_things(network.things)
    written = mark_words(whole, each=sizes.rows)
    network = mark_log(network, agencies)
    words = {slug: hidden_words(whole, written, slug) for slug in (*whole.parties, "")}
    with override_settings(**_SETTINGS), counted(), database_role(WEB):
        there = list(viewers())
        say(f"every address as each of {len(there)}")
        done = crawl(network, there, at_most=sizes.addresses, more_hidden=words)
        say("what must be shown")
        refused = missing(network, there, once=True)
    marks = 4 * len(network.things) + len(network.lines) + len(written)
    return Looked(tables, done.wrong, refused, done.asked, marks)
