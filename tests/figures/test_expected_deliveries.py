"""Who is expected to deliver what, as coverage counts it: by what the secretariat expects, else by what others did."""

from __future__ import annotations

import pytest
from django.db import connection

from schakel.figures.lists import DELIVERY
from schakel.intake import actions
from schakel.network.queries import members_in, party
from schakel.sharing.roles import COUNTER, database_role
from tests.intake.collecting import DELIVERED, EVERY, of, opened, send, write

pytestmark = pytest.mark.django_db


def counted():
    """(agency, kind) to state."""
    with database_role(COUNTER):
        frame = DELIVERY.read(connection)
    return {(row["agency"], row["kind"]): row["state"] for row in frame.iter_rows(named=True)}


def test_without_the_secretariat_every_member_is_expected_to_deliver_what_anybody_did(tmp_path):
    send("bom", write(tmp_path / "sent"))
    found = counted()
    assert set(found) == {(agency.slug, kind) for agency in members_in(2023) for kind in DELIVERED}
    assert {key for key, state in found.items() if state == "delivered"} == {("bom", kind) for kind in DELIVERED}


def test_in_a_year_that_is_collected_what_is_expected_counts_and_no_exception(tmp_path):
    opened(only=("project", "fund"))
    actions.make_exception(actor=of("rom-nederland"), agency=party("liof"), period=2023, kind="fund", reason="has none")
    send("bom", write(tmp_path / "sent"))
    found = counted()
    assert found["bom", "fund"] == "expected"
    assert ("bom", "staff") not in found
    assert ("liof", "fund") not in found
    assert {kind for slug, kind in found if slug == "oost-nl"} == set(EVERY)
    assert {key for key, state in found.items() if state == "delivered"} == {("bom", kind) for kind in DELIVERED}


def test_a_year_of_which_nothing_came_yet_has_no_figures(tmp_path):
    opened()
    assert counted() == {}
