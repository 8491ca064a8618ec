"""Nothing is seen that was not agreed, and all that was: on every page, as everybody, in networks made at random."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.leaking.addresses import routes
from schakel.leaking.counting import counted
from schakel.leaking.crawling import Crawl
from schakel.leaking.rules import Agreed, Thing
from tests.examples import shown_by

from .leaking.crawling import KINDS_OF_VIEWER, crawl, missing
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
def _counts(there) -> Iterator[None]:
    """The counting process over what they have, for figures and the lists behind them."""
    with counted():
        yield


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


NETWORKS = 200  # at random in `make assure`, whatever other properties are shown by


@settings(max_examples=shown_by(2, assured_by=NETWORKS), **SLOW)
@given(said=agreed(), turn=st.integers(0, 10_000))
def test_no_leak_and_no_wrongful_refusal(there, said, turn):
    done = looked_at(there, said, turn=turn, only=RECORDS)
    assert not done.wrong, "\n".join(done.wrong[:20])
