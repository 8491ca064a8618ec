"""Dropping any one policy is noticed by the look at tables: every policy of every table with row security.

The policies come from the catalogue. What is not noticed is named here with the reason why nobody reads more or less
without it, and a policy that comes to be one of those makes the test fail.
"""

from __future__ import annotations

import pytest

from schakel.leaking import reading
from schakel.leaking.probing import probe
from schakel.leaking.world import Rows
from tests.sharing.leaking.filling import fill
from tests.sharing.leaking.mutating import mutated

pytestmark = pytest.mark.django_db

ASKING = {"bom", "nom", "oost-nl", "rom-nederland", "accountant", "ministerie-ez"}
# Reading the same rows is let through by another policy; these are there to write.
PUBLISHED = "every party reads all rows (`published`)"
OF_THE_AGREEMENT = "who sees the agreement sees who and what is in it (`named`)"
COVERED = {
    ("figures_approval", "own"): PUBLISHED,
    ("figures_approvingbody", "keeps"): PUBLISHED,
    ("figures_approvingbody", "own"): PUBLISHED,
    ("figures_closing", "keeps"): PUBLISHED,
    ("figures_closing", "own"): PUBLISHED,
    ("figures_marketround", "own"): PUBLISHED,
    ("figures_publication", "keeps"): PUBLISHED,
    ("figures_publication", "own"): PUBLISHED,
    ("intake_collectionyear", "keeps"): PUBLISHED,
    ("intake_collectionyear", "own"): PUBLISHED,
    ("intake_deliveryfinding", "tells"): "the linker reads all findings (`sees_all`)",
    ("register_keyedround", "keeps"): PUBLISHED,
    ("register_keyedround", "own"): PUBLISHED,
    ("register_knownkeys", "keeps"): "the worker reads what the acting party owns (`own`)",
    ("register_registerentry", "own"): PUBLISHED,
    ("sharing_clause", "drafts"): OF_THE_AGREEMENT,
    ("sharing_identityreview", "own"): PUBLISHED,
    ("sharing_signatory", "drafts"): OF_THE_AGREEMENT,
    ("sharing_signatory", "own"): OF_THE_AGREEMENT,
}
# Of every table: the owner of the tables is a member of the roles that read all, and the linker is one of those.
COVERED_EVERYWHERE = {"migrates", "joins"}
# Policies of writing: they let nobody read a row. What they hold is held by the tests of what each is for.
WRITING = {
    *("begins_as_draft", "draft_alone", "draft_goes", "ended_once", "expired", "gives", "invites", "names_unsigned"),
    *("no_auditor", "of_its_people", "of_what_is_seen", "sender_changes", "sends", "signs_itself", "stays", "takes"),
    *("takes_away", "to_auditors", "withdrawn_once", "writes"),
}


# Without its wall a table reads the same: all rows are for all, or the processes of people may not ask it at all.
NOT_ASKED = "web and worker have no right to read it"
OPEN = {
    **{table: PUBLISHED for (table, _policy), why in COVERED.items() if why == PUBLISHED},
    "register_joininground": NOT_ASKED,
    "register_proposalmoves": NOT_ASKED,
}


@pytest.fixture(scope="module")
def world(around) -> Rows:
    """Something of several parties in every table."""
    fill()
    made = Rows(reading.network())
    made.parties = {slug: kind for slug, kind in made.parties.items() if slug in ASKING}
    return made


def policies(*, of_reading: bool) -> list[tuple[str, str]]:
    """The policies of the database: table and name."""
    found = reading.rows("SELECT tablename, policyname, cmd FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2")
    return [(row["tablename"], row["policyname"]) for row in found if (row["cmd"] in ("ALL", "SELECT")) is of_reading]


def test_as_the_walls_are_nothing_is_wrong(world):
    assert list(probe(world)) == []
    assert all(world.sample(table, None) for table in world.keys), "an empty table shows nothing"


def test_a_policy_of_reading_that_is_dropped_is_noticed(world):
    unnoticed = set()
    for table, policy in policies(of_reading=True):
        if policy not in COVERED_EVERYWHERE:
            with mutated(f"DROP POLICY {policy} ON {table}"):
                if next(probe(world, [table]), None) is None:
                    unnoticed.add((table, policy))
    assert unnoticed == COVERED.keys()


def test_every_table_with_an_owner_is_asked(world):
    owned = reading.rows(
        "SELECT DISTINCT attrelid::regclass::text AS name FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
        " WHERE attname = 'owner_id' AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
    )
    assert {row["name"] for row in owned} <= world.keys.keys()


def test_a_wall_that_is_taken_away_is_noticed(world):
    unnoticed = set()
    for table in world.keys:
        with mutated(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"):
            if next(probe(world, [table]), None) is None:
                unnoticed.add(table)
    assert unnoticed == OPEN.keys()


def test_policies_of_writing_are_those(world):
    assert {policy for _table, policy in policies(of_reading=False)} == WRITING
