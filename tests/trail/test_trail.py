"""Every act leaves a line that nobody can alter, and a broken chain shows."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from schakel.sharing.roles import WEB
from schakel.trail.actions import note, seal
from schakel.trail.models import Entry, Seal
from schakel.trail.queries import entries_about, first_broken_seal
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db


def test_an_act_is_noted_for_the_party_that_acts_and_read_by_it_alone():
    with acts("bom"):
        note(actor=actor_for("bom"), verb="accepted", kind="delivery", objects=[7], reason="year's end", rows=12)
        assert entries_about("delivery", 7).get().detail == {"rows": 12}
    with acts("nom"):
        assert not entries_about("delivery", 7).exists()


@pytest.mark.parametrize(
    "statement", ["UPDATE trail_entry SET verb = 'x'", "DELETE FROM trail_entry", "DELETE FROM trail_seal"]
)
def test_no_process_alters_or_removes_a_line(statement):
    with acts("bom"):
        note(actor=actor_for("bom"), verb="opened")
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_line_is_not_written_in_anothers_name():
    with acts("nom"), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        note(actor=actor_for("bom"), verb="accepted")


def test_lines_are_sealed_once_and_the_chain_is_whole():
    seal()
    with acts("bom"):
        for number in range(5):
            note(actor=actor_for("bom"), verb="opened", objects=[number])
    assert seal() == 5
    assert seal() == 0
    assert first_broken_seal() is None


def test_a_line_that_was_altered_by_an_administrator_breaks_the_chain():
    with acts("bom"):
        note(actor=actor_for("bom"), verb="opened")
        note(actor=actor_for("bom"), verb="accepted")
    seal()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("UPDATE trail_entry SET verb = 'refused' WHERE verb = 'accepted'")
        altered = Seal.objects.get(entry=Entry.objects.get(verb="refused"))
        cursor.execute(f"SET ROLE {WEB}")
    assert first_broken_seal() == altered.pk


def _accept_and_fail() -> None:
    note(actor=actor_for("bom"), verb="accepted")
    raise ZeroDivisionError


def test_what_was_undone_leaves_no_line():
    with acts("bom"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            _accept_and_fail()
        assert not Entry.objects.filter(verb="accepted").exists()
