"""The leak test has teeth: a wall taken away, a policy dropped, a page that forgets the walls: each is noticed."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from schakel.sharing.middleware import ActingPartyMiddleware
from tests.making import as_owner

from .leaking.crawling import crawl, missing
from .leaking.probing import DELIVERED, LOG, TABLES, mutated, probe
from .leaking.rules import Agreed, Clause, Network
from .leaking.worlds import enact, things

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


@pytest.fixture(scope="module")
def network(around) -> Network:
    """A network in which every policy of a record lets somebody see something."""
    return enact(things(), SAID)


def policies() -> list[tuple[str, str]]:
    """The policies by which parties read the tables that the network fills."""
    records = [table for table in TABLES if table not in LOG]
    found = [(table, name) for table in records for name in ("own", "agreed", "audited")]
    found += [(table, name) for table in LOG for name in ("own", "audited")]
    found += [("trail_entry", name) for name in ("concerned", "audited_concerned", "of_the_network")]
    never_shared = {(table, "agreed") for table in DELIVERED}
    return [pair for pair in found if pair not in never_shared and pair != ("search_searchentry", "audited")]


def test_as_the_walls_are_nothing_is_wrong(network):
    assert probe(network) == []
    assert missing(network) == []


def test_those_are_the_policies_there_are():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname FROM pg_policies WHERE cmd IN ('ALL', 'SELECT') AND permissive = 'PERMISSIVE'"
            " AND tablename = ANY (%s) AND NOT policyname = ANY (%s)",
            [list(TABLES), ["migrates", "sees_all", "for_all", "keeps_for_all", "audited_network"]],
        )
        assert set(cursor.fetchall()) == set(policies())


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_its_wall_is_noticed(network, table):
    with mutated(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"):
        assert probe(network)


@pytest.mark.parametrize(("table", "policy"), policies())
def test_a_policy_that_is_dropped_is_noticed(network, table, policy):
    with mutated(f"DROP POLICY {policy} ON {table}"):
        assert probe(network)


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


ROUTES = (
    "/records/<slug:kind>/<int:record_id>/",
    "/organisaties/<int:record_id>/",
    "/logboek/",
    "/logboek/<int:line_id>/",
    "/logboek/bestand/<slug:form>/",
)


@pytest.mark.parametrize("route", ROUTES)
def test_a_page_that_forgets_the_walls_is_noticed(network, route, monkeypatch):
    behind = ActingPartyMiddleware._answer
    here = re.compile(re.sub(r"<[^>]+>", "[^/]+", route))

    def without_walls(self, request, actor, **asked):
        if not here.fullmatch(request.path):
            return behind(self, request, actor, **asked)
        with as_owner():
            return behind(self, request, actor, **asked)

    monkeypatch.setattr(ActingPartyMiddleware, "_answer", without_walls)
    assert crawl(network, at_most=8, only=re.compile(re.escape(route) + "$")).wrong
