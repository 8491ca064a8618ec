"""Who signs a year sees their own figures of it as readers will, and what they saw is kept with the signature."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from schakel.figures.counting import extract_of
from schakel.figures.effects import counted_figures, own_figures
from schakel.figures.facts import facts
from schakel.figures.serving import CountingServer
from schakel.intake.effects import kept
from schakel.intake.models import Certification
from schakel.network.queries import party, secretariat
from tests.intake.collecting import opened, send, write
from tests.intake.people import signed_in
from tests.making import acts

pytestmark = pytest.mark.django_db
SIGN = "/aanleveringen/jaar/2023/certificeren/"
SIGNED = {"do": "sign", "agreed": "on"}


@pytest.fixture
def anna(tmp_path: Path) -> Client:
    """The steward of BOM, whose year was accepted."""
    opened()
    send("bom", write(tmp_path / "sent"))
    return signed_in("bom", "steward", name="anna", language="en")


@pytest.fixture
def counting(anna, tmp_path, settings) -> Iterator[None]:
    """The counting process is there, and has counted what was accepted."""
    with acts("bom"):
        extract = extract_of({fact.name: fact.read(connection) for fact in facts()})
    settings.COUNTING_SOCKET = tmp_path / "run" / "counting.sock"
    server = CountingServer(settings.COUNTING_SOCKET, lambda: extract)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()


def signed() -> Certification:
    with acts("bom"):
        return Certification.objects.get()


@pytest.mark.usefixtures("counting")
def test_the_counted_column_is_that_of_the_agencys_own_records(anna):
    with acts("bom") as owner:
        own = {figure.id: figure.value for figure in own_figures(owner.pk, 2023)}
    counted = {figure.id: figure.value for figure in counted_figures(party("bom"), 2023) or []}
    assert counted == own
    assert counted["invested_eur"] == Decimal(100_000)
    others = counted_figures(party("oost-nl"), 2023) or []
    assert {figure.value for figure in others} <= {None, Decimal(0)}
    assert counted_figures(secretariat(), 2023) == []


@pytest.mark.usefixtures("counting")
def test_figures_are_seen_before_signing_and_kept_as_they_were(anna, settings):
    page = anna.get(SIGN).content.decode()
    assert "Your own figures of 2023" in page
    assert "€\xa0100.000" in page or "€\xa0100,000" in page
    anna.post(SIGN, SIGNED)
    assert signed().summary["figures"] == kept(counted_figures(party("bom"), 2023))
    settings.COUNTING_SOCKET = settings.COUNTING_SOCKET.with_name("gone.sock")
    later = anna.get(SIGN).content.decode()
    assert "As they were counted when this was signed." in later
    assert "€\xa0100.000" in later or "€\xa0100,000" in later


def test_while_the_counting_process_is_away_one_is_told_and_can_sign(anna, settings, tmp_path):
    settings.COUNTING_SOCKET = tmp_path / "gone.sock"
    assert counted_figures(party("bom"), 2023) is None
    assert "cannot be counted just now" in anna.get(SIGN).content.decode()
    anna.post(SIGN, SIGNED)
    assert signed().summary["figures"] is None
    assert "could not be counted when this was signed" in anna.get(SIGN).content.decode()


@pytest.mark.usefixtures("counting")
def test_the_figures_of_an_agency_are_not_on_the_page_of_another(anna):
    other = signed_in("oost-nl", "steward", name="olga", language="en").get(SIGN).content.decode()
    assert "100.000" not in other
    assert "100,000" not in other
