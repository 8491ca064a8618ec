"""The model of the rules, by itself: what a mandate, a clause and an agreement open, in words of theirs."""

from __future__ import annotations

from dataclasses import replace

from schakel.leaking.kinds import KINDS
from schakel.leaking.rules import MARK, Agreed, Clause, Line, Mandate, Network, Thing
from schakel.sharing.shareable import shareables

ORGANISATION = Thing("organisation", "bom", "R1", 2023, 1)
PROJECT = Thing("project", "bom", "P1", 2023, 2, among=(ORGANISATION,))
AGREED = Agreed(frozenset({"bom"}), frozenset({"nom"}), (Clause("project", 3, "all"),), frozenset({"bom", "nom"}))


def seen(network: Network, viewer: str) -> set[str]:
    """Which parts of the project and its organisation somebody may find."""
    hidden = network.hidden(viewer)
    parts = ("known", "summary", "full", "cell")
    return {f"{one.kind} {part}" for one in network.things for part in parts if one.mark(part) not in hidden}


def test_every_kind_that_can_be_shared_carries_marks():
    shared = {one.kind for one in shareables()} - {"valuation"}  # a number, of a position; the look at tables has it
    assert shared == KINDS.keys() - {"fund"}  # which comes along with an investment


def test_what_is_in_a_project_comes_with_it_but_never_the_cells():
    network = Network((ORGANISATION, PROJECT), (AGREED,))
    assert seen(network, "nom") == {
        f"{kind} {part}" for kind in ("project", "organisation") for part in ("known", "summary", "full")
    }
    assert seen(network, "oost-nl") == set()


def test_a_party_to_it_that_has_not_signed_closes_it_for_all():
    network = Network((ORGANISATION, PROJECT), (replace(AGREED, named=frozenset({"rvo"})),))
    assert seen(network, "nom") == set()


def test_a_mandate_is_of_its_years_and_the_audit_log_of_all():
    line = Line(1, "bom")
    older = replace(PROJECT, year=2022, id=3)
    network = Network((PROJECT, older), mandates=(Mandate("office", "bom", frozenset({2023})),), lines=(line,))
    assert PROJECT.mark("cell") not in network.hidden("office")
    assert older.mark("known") in network.hidden("office")
    assert network.reads("office", line)
    assert not network.reads("nom", line)


def test_marks_look_as_marks_do_and_are_of_one_thing_and_part():
    marks = [one.mark(part) for one in (ORGANISATION, PROJECT) for part in ("known", "summary", "full", "cell")]
    assert len(set(marks)) == len(marks)
    assert all(MARK.fullmatch(mark) for mark in (*marks, Line(1, "bom", "nom").mark))
