"""Nothing is seen that was not agreed, and all that was: on every page, as everybody, in networks made at random."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator

import pytest
from django.conf import settings as of_django
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.figures.closing.shelf import Shelf
from schakel.figures.counting import extract_of
from schakel.figures.extracting import read_facts
from schakel.figures.gate import Gate
from schakel.figures.serving import CountingServer
from schakel.sharing.roles import COUNTER, database_role
from tests.examples import shown_by
from tests.making import as_owner

from .leaking.crawling import KINDS_OF_VIEWER, Crawl, crawl, missing, routes
from .leaking.rules import Agreed, Thing
from .leaking.worlds import agreed, enact, things

pytestmark = pytest.mark.django_db

RECORDS = re.compile(
    r"^/(gedeeld|records|wij-delen|organisaties|zoeken|afspraken|inzage|cijfers/.*lijst|api/v1/deliver)"
)
SLOW = {"suppress_health_check": list(HealthCheck)}


@pytest.fixture(autouse=True)
def _quiet(caplog) -> None:
    """What is refused is refused thousands of times here."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture(scope="module")
def there(around) -> tuple[Thing, ...]:
    """What all agencies have; what was agreed differs."""
    return things()


@pytest.fixture(scope="module", autouse=True)
def counts(there, tmp_path_factory) -> Iterator[None]:
    """The counting process over what they have, for figures and the lists behind them."""
    with as_owner(), database_role(COUNTER):
        frames, meta = read_facts()
    extract = extract_of(frames, meta)
    path = tmp_path_factory.mktemp("counting") / "counting.sock"
    server = CountingServer(path, lambda: extract, Gate(list), Shelf())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    before, of_django.COUNTING_SOCKET = of_django.COUNTING_SOCKET, path
    yield
    of_django.COUNTING_SOCKET = before
    server.shutdown()
    server.server_close()
    thread.join()


def looked_at(there: tuple[Thing, ...], said: tuple[tuple[Agreed, ...], frozenset[str]], **asked: object) -> Crawl:
    """What is wrong with what everybody sees once this was agreed; afterwards nothing was."""
    with transaction.atomic():
        network = enact(there, said)
        done = crawl(network, **asked)
        done.wrong += missing(network)
        transaction.set_rollback(True)
    return done


met: list[Crawl] = []


@settings(max_examples=3, **SLOW)
@given(said=agreed(), turn=st.integers(0, 10_000))
def test_on_every_page_as_everybody(there, said, turn):
    done = looked_at(there, said, turn=turn)
    met.append(done)
    assert not done.wrong, "\n".join(done.wrong[:20])


def test_every_route_met_every_kind_of_viewer_three_times():
    if len(met) < 3:
        pytest.skip("asked apart from the test before")
    for route in routes():
        for viewer in KINDS_OF_VIEWER:
            assert sum(done.met[route, viewer] for done in met) >= 3, (route, viewer)


@settings(max_examples=shown_by(2, assured_by=200), **SLOW)
@given(said=agreed(), turn=st.integers(0, 10_000))
def test_no_leak_and_no_wrongful_refusal(there, said, turn):
    done = looked_at(there, said, turn=turn, only=RECORDS)
    assert not done.wrong, "\n".join(done.wrong[:20])
