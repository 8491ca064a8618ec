"""What was certified is kept as it was signed, and brought back whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.documents.queries import content_of, write_to
from schakel.intake import actions, snapshots
from schakel.intake.actions import DeliveryRefused
from schakel.intake.models import (
    DeliveryState,
    Origin,
    Override,
)
from schakel.intake.records import RecordState
from schakel.intake.snapshots import SnapshotDamaged
from schakel.intake.writing import record_table
from schakel.network.queries import party
from schakel.sharing.acting import acting
from tests.examples import shown_by
from tests.intake.certifying import SECRETARIAT, everything, sign, withdraw
from tests.intake.collecting import certified, of, send, write
from tests.intake.delivering import TABLES

pytestmark = pytest.mark.django_db


def test_the_copy_holds_each_table_with_its_digest_and_nobody_elses_rows(tmp_path):
    send("oost-nl", write(tmp_path / "other"))
    made = certified(tmp_path / "sent", of("bom"))
    with acting(of("bom")):
        path = tmp_path / "copy.zip"
        write_to(made.snapshot, path)
    parts = snapshots.read_snapshot(path, owner=party("bom").pk, period=2023)
    held = {name: rows for name, rows in everything().items() if rows}
    assert {name: frame.rows(named=True) for name, frame in parts.items()} == held
    with zipfile.ZipFile(path) as packed:
        assert set(packed.namelist()) == {*held, snapshots.MANIFEST}


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
@settings(max_examples=shown_by(4, assured_by=8))
def test_a_copy_of_which_a_byte_is_changed_is_not_used(how_far, change):
    folder = Path(tempfile.mkdtemp())
    try:
        with transaction.atomic():
            made = certified(folder / "sent", of("bom"))
            with acting(of("bom")):
                content = bytearray(content_of(made.snapshot))
            transaction.set_rollback(True)
        content[int(how_far * len(content))] ^= change  # a copy is not always of the same length
        path = folder / "changed.zip"
        path.write_bytes(content)
        try:
            found = snapshots.read_snapshot(path, owner=party("bom").pk, period=2023)
        except SnapshotDamaged:
            return
        assert found  # the byte was of the packing alone: what is in it is whole
    finally:
        shutil.rmtree(folder)


def test_a_copy_of_another_year_is_not_used(tmp_path):
    made = certified(tmp_path / "sent", of("bom"))
    path = tmp_path / "copy.zip"
    with acting(of("bom")):
        write_to(made.snapshot, path)
    for owner, period in ((party("bom").pk, 2024), (party("oost-nl").pk, 2023)):
        with pytest.raises(SnapshotDamaged):
            snapshots.read_snapshot(path, owner=owner, period=period)


def test_what_was_certified_comes_back_as_a_delivery_of_its_own(tmp_path):
    made = certified(tmp_path / "sent", of("bom"))
    before = everything()
    withdraw()
    changed = TABLES["projecten"].replace("wijk", "stad") + "P7;Nieuw;01-05-2023;5,00;R1;\n"
    send("bom", write(tmp_path / "more", projecten=changed))
    back = actions.restore_certified(actor=of("bom"), certification=made)
    assert (back.origin, back.state, back.period) == (Origin.RESTORED, DeliveryState.ACCEPTED, 2023)
    after = everything()
    projects = record_table("project").model
    with acting(of("bom")):
        added = projects._default_manager.get(number="P7")
        assert added.state == RecordState.WITHDRAWN
        assert back.files.get().digest == made.snapshot.digest
    part = f"{projects._meta.db_table}.parquet"
    after[part] = [row for row in after[part] if row["number"] != "P7"]
    assert after == before
    assert sign().version == 2


def test_bringing_back_is_for_the_agency_itself_while_nothing_stands(tmp_path):
    made = certified(tmp_path / "sent", of("bom"))
    for slug in ("bom", "oost-nl", SECRETARIAT):
        with pytest.raises(DeliveryRefused):
            actions.restore_certified(actor=of(slug), certification=made)


def test_after_bringing_back_the_same_files_can_be_delivered_again(tmp_path):
    made = certified(tmp_path / "sent", of("bom"))
    withdraw()
    changed = write(tmp_path / "more", projecten=TABLES["projecten"].replace("wijk", "stad"))
    send("bom", changed)
    actions.restore_certified(actor=of("bom"), certification=made)
    again = send("bom", changed)
    assert not again.known
    assert [written.changed for written in again.written if written.kind == "project"] == [1]


def test_an_override_made_since_ends_and_one_of_then_holds_again(tmp_path):
    send("bom", write(tmp_path / "sent"))
    one = {"owner": party("bom"), "kind": "project", "period": 2023, "number": "P1", "reason": "as the letter says"}
    with acting(of("bom")):
        of_then = Override.objects.create(**one, field="title", delivered="Waterstof in de wijk", value="Waterstof")
    made = sign()
    withdraw()
    with acting(of("bom")):
        Override.objects.filter(pk=of_then.pk).update(ended_because="the source agrees", ended_at="2026-01-01T00:00Z")
        since = Override.objects.create(**one, field="volume", delivered="250000.00", value="1.00")
    actions.restore_certified(actor=of("bom"), certification=made)
    with acting(of("bom")):
        assert Override.objects.get(pk=of_then.pk).ended_at is None
        assert Override.objects.get(pk=since.pk).ended_at is not None


NUMBERS = st.sampled_from(["P1", "P2", "P3"])
TITLES = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters=';"\r\n'), min_size=1, max_size=12
)
PROJECTS = st.dictionaries(NUMBERS, st.tuples(TITLES, st.integers(1, 99_999)), min_size=1)
CHANGES = st.lists(st.one_of(PROJECTS, st.sampled_from(["settle", "keep"])), min_size=1, max_size=2)


def sent_projects(folder, at, projects):
    """Deliver these projects as the whole of BOM's year."""
    lines = "".join(
        f"{number};{title};01-03-2023;{volume},00;R1;\n" for number, (title, volume) in sorted(projects.items())
    )
    table = "Project;Titel;Start;Omvang;Penvoerder;Samen met\n" + lines
    partners = "Project;Nr;Rol\n" + "".join(f"{number};R1;penvoerder\n" for number in sorted(projects))
    send("bom", write(folder / f"sent{at}", projecten=table, deelnemers=partners))


def settled(keep):
    actions.settle_vanished(actor=of("bom"), period=2023, withdraw=not keep, reason="as the project office says")


@given(PROJECTS, CHANGES, CHANGES)
@settings(max_examples=shown_by(3, assured_by=6))
def test_certified_changed_and_brought_back_is_equal_in_values_states_and_sources(first, since, before):
    folder = Path(tempfile.mkdtemp())
    try:
        with transaction.atomic():
            for at, projects in enumerate([*before, first]):
                settled(projects == "keep") if isinstance(projects, str) else sent_projects(folder, f"a{at}", projects)
            settled(keep=True)
            made = sign()
            kept = everything()
            withdraw()
            for at, change in enumerate(since):
                settled(change == "keep") if isinstance(change, str) else sent_projects(folder, f"b{at}", change)
            actions.restore_certified(actor=of("bom"), certification=made)
            again = everything()
            for name, rows in kept.items():
                known = {row["id"] for row in rows}
                assert [row for row in again[name] if row["id"] in known] == rows
                others = [row for row in again[name] if row["id"] not in known]
                assert all(row["state"] == RecordState.WITHDRAWN for row in others)
            transaction.set_rollback(True)
    finally:
        shutil.rmtree(folder)
