"""An administrator asks whether the trail is as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from schakel.cli.commands.check import sealed
from schakel.sharing.roles import WEB
from schakel.trail.actions import note, seal
from schakel.trail.models import Entry, Seal
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db


@contextmanager
def as_owner() -> Iterator[None]:
    """With the rights of the owner of the database, whom no wall stops."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield
        cursor.execute(f"SET ROLE {WEB}")


def findings() -> list[str]:
    with as_owner():
        return list(sealed(connection.connection))


def three_acts() -> None:
    with acts("bom"):
        for verb in ("opened", "accepted", "withdrew"):
            note(actor=actor_for("bom"), verb=verb)


def altered(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_whole_trail_has_no_findings():
    three_acts()
    seal()
    assert findings() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_entry SET verb = 'refused' WHERE verb = 'accepted'",
        "UPDATE trail_entry SET at = at - interval '1 day' WHERE verb = 'accepted'",
        "UPDATE trail_seal SET digest = sha256('') WHERE id = (SELECT max(id) - 1 FROM trail_seal)",
    ],
)
def test_the_first_line_that_is_not_as_it_was_sealed_is_named(statement: str):
    three_acts()
    seal()
    with acts("bom"):
        line = Entry.objects.get(verb="accepted")
    altered(statement)
    (finding,) = findings()
    assert f"seal {Seal.objects.get(entry_id=line.pk).pk} does not follow from line {line.pk} of " in finding


def test_a_line_that_was_taken_out_with_its_seal_shows_at_the_next():
    three_acts()
    seal()
    with acts("bom"):
        taken, following = Entry.objects.get(verb="accepted"), Entry.objects.get(verb="withdrew")
    altered(f"DELETE FROM trail_seal WHERE entry_id = {taken.pk}")
    altered(f"DELETE FROM trail_entry WHERE id = {taken.pk}")
    (finding,) = findings()
    assert f"line {following.pk} of" in finding


def test_lines_that_nobody_seals_are_told_after_a_minute():
    seal()
    three_acts()
    assert findings() == []
    altered("UPDATE trail_entry SET at = at - interval '2 minutes' WHERE id NOT IN (SELECT entry_id FROM trail_seal)")
    assert findings() == ["3 lines of the trail wait longer than a minute for a seal; does the sealer run?"]
