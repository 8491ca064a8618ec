"""The leak test has teeth: a wall taken away, a page that forgets the walls: each is noticed.

Every policy and every address, one by one, in `tests/assurance`; here one of each sort.
"""

from __future__ import annotations

import re

import pytest

from schakel.leaking import reading
from schakel.leaking.probing import probe
from schakel.leaking.rules import Agreed, Clause, Network
from schakel.leaking.world import Rows

from .leaking.crawling import crawl, missing
from .leaking.mutating import mutated, without_walls
from .leaking.worlds import AGENCIES, OFFICE, OTHERS, enact, things

pytestmark = pytest.mark.django_db

# BOM shares its projects and cases with NOM in full. Oost NL shares with BOM its investments in one organisation, and
# which organisations it knows. An auditor has a mandate of Oost NL.
SAID = (
    (
        Agreed(
            frozenset({"bom"}),
            frozenset({"nom"}),
            (Clause("project", 3, "all"), Clause("foreign_case", 3, "all")),
            frozenset({"bom", "nom"}),
        ),
        Agreed(
            frozenset({"oost-nl"}),
            frozenset({"bom"}),
            (Clause("investment", 3, "organisations", ("R1",)), Clause("organisation", 1, "all")),
            frozenset({"bom", "oost-nl"}),
        ),
    ),
    frozenset({"oost-nl"}),
)
RECORDS = ("register_organisation", "innovate_innovationproject", "invest_investment", "search_searchentry")


@pytest.fixture(scope="module")
def network(around) -> Network:
    """A network in which every policy of a record lets somebody see something."""
    return enact(things(), SAID)


@pytest.fixture(scope="module")
def world(network) -> Rows:
    """Its rows, as the parties of it are asked for them."""
    made = Rows(reading.network())
    made.parties = {slug: kind for slug, kind in made.parties.items() if slug in (*AGENCIES, *OTHERS, OFFICE)}
    return made


def test_as_the_walls_are_nothing_is_wrong(network, world):
    assert list(probe(world)) == []
    assert missing(network) == []


def test_what_is_read_from_plain_rows_is_what_was_agreed(network):
    read = reading.network()
    for viewer in (*AGENCIES, *OTHERS, OFFICE, ""):
        assert read.marks(viewer) == network.marks(viewer), viewer


@pytest.mark.parametrize("table", RECORDS)
def test_a_table_without_its_wall_is_noticed(world, table):
    with mutated(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"):
        assert list(probe(world, [table]))


@pytest.mark.parametrize("policy", ["own", "agreed", "audited"])
def test_a_policy_that_is_dropped_is_noticed(world, policy):
    with mutated(f"DROP POLICY {policy} ON innovate_innovationproject"):
        assert list(probe(world, ["innovate_innovationproject"]))


@pytest.mark.parametrize("function", ["register", "innovate", "invest_investment", "internationalise_case"])
def test_cards_that_tell_everything_or_nothing_are_noticed(network, function):
    table = {
        "register": "register_organisation",
        "innovate": "innovate_innovationproject",
        "invest_investment": "invest_investment",
        "internationalise_case": "internationalise_foreigncase",
    }[function]
    with mutated(_cards(function, "false", table)):
        assert missing(network)


def _cards(function: str, which: str, table: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {function}_cards() RETURNS TABLE (id bigint, owner_id bigint, period smallint,"
        " depth integer, title text, said jsonb) LANGUAGE sql STABLE SECURITY DEFINER AS"
        f" $$ SELECT r.id, r.owner_id, r.period, 3, r.number, '{{}}'::jsonb FROM {table} r WHERE {which} $$"
    )


@pytest.mark.parametrize("route", ["/records/<slug:kind>/<int:record_id>/", "/logboek/"])
def test_a_page_that_forgets_the_walls_is_noticed(network, route, monkeypatch):
    without_walls(monkeypatch)
    assert crawl(network, at_most=8, only=re.compile(re.escape(route) + "$")).wrong
