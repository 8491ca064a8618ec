"""Two signatures: a steward certifies, nothing changes, the secretariat counts or returns; and any of it comes back."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.documents.models import FilePart, StoredFile
from schakel.documents.queries import content_of, write_to
from schakel.figures.extracting import data_position
from schakel.inbox import queries as inbox
from schakel.intake import actions, checks, gates, rechecking, snapshots
from schakel.intake.actions import DeliveryRefused
from schakel.intake.models import (
    Certification,
    Delivery,
    DeliveryStand,
    DeliveryState,
    Origin,
    Override,
    Verdict,
    VerdictKind,
)
from schakel.intake.records import RecordState
from schakel.intake.snapshots import SnapshotDamaged
from schakel.intake.writing import record_table
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.roles import COUNTER, WORKER, database_role
from tests.intake.collecting import STATEMENT, certified, of, opened, secretary, send, steward, write
from tests.intake.delivering import TABLES

pytestmark = pytest.mark.django_db

SECRETARIAT = "rom-nederland"
FAULTY = TABLES["projecten"] + "P2;Slimme kas;01-05-2023;-5,00;R9;\n"


def sign(period=2023, slug="bom", actor=None):
    return actions.certify(actor=actor or of(slug), period=period, statement=STATEMENT)


def withdraw(reason="a project was forgotten", period=2023):
    return actions.withdraw_certification(actor=of("bom"), period=period, reason=reason)


def position() -> str:
    """Where the data stands, as the counting process asks whether to count anew."""
    with database_role(COUNTER):
        return data_position()


def everything(slug="bom", period=2023):
    """Each row of records and overrides, every column, as PostgreSQL writes it."""
    with acting(of(slug)):
        owner = party(slug).pk
        return {kept.part: snapshots.frame_of(kept, owner, period).rows(named=True) for kept in snapshots.kept_tables()}


def waiting(person, slug):
    with acting(of(slug)):
        return [item.title_nl for item in inbox.waiting(person.pk, party(slug).pk)]


# Signing.


def test_a_steward_signs_and_the_secretariat_is_told(tmp_path):
    secretary_, _ = secretary()
    _, anna = steward()
    opened()
    made = certified(tmp_path / "sent", anna)
    assert (made.version, made.statement, made.certified_by_id) == (1, STATEMENT, anna.person)
    assert made.checks_version == checks.checks_version()
    assert made.summary["kinds"]["project"]["standing"] == 1
    assert made.summary["coverage"] == {"expected": 4, "accepted": 4}
    assert "BOM heeft 2023 gecertificeerd: accepteer of geef terug" in waiting(secretary_, SECRETARIAT)
    with acting(of(SECRETARIAT)):
        assert Certification.objects.get().summary == made.summary


def test_the_secretariat_reads_the_signature_and_not_what_was_signed(tmp_path):
    certified(tmp_path / "sent", of("bom"))
    with acting(of(SECRETARIAT)):
        assert Certification.objects.filter(owner=party("bom")).exists()
        assert not StoredFile.objects.exists()
        assert not FilePart.objects.exists()
        assert Certification.objects.update(statement="We were wrong about everything.") == 0
    with acting(of("oost-nl")):
        assert not Certification.objects.exists()


def test_no_other_party_signs_for_bom(tmp_path):
    send("bom", write(tmp_path / "sent"))
    with pytest.raises(DeliveryRefused):
        sign(slug="oost-nl")
    with pytest.raises(ProgrammingError, match="row-level security"), acting(of(SECRETARIAT)):
        Certification.objects.create(
            owner=party("bom"), period=2023, version=1, statement="x", checks_version="x", snapshot_id=1
        )


def test_nothing_is_signed_while_an_expected_kind_is_missing_without_an_exception(tmp_path):
    opened(only=("organisation", "project", "project_participant", "investment", "fund"))
    send("bom", write(tmp_path / "sent"))
    with pytest.raises(DeliveryRefused, match=r"(?i)fonds|fund"):
        sign()
    actions.make_exception(actor=of(SECRETARIAT), agency=party("bom"), period=2023, kind="fund", reason="has none")
    made = sign()
    assert made.summary["exempt"]["fund"] == "has none"


def test_nothing_is_signed_while_nothing_was_accepted(tmp_path):
    send("bom", write(tmp_path / "sent"), accept=False)
    with pytest.raises(DeliveryRefused):
        sign()


@pytest.mark.parametrize(
    "busy",
    [
        {"state": DeliveryState.ACCEPTING},
        {"state": DeliveryState.RECEIVED, "progress": {"step": "waiting"}},
        {"state": DeliveryState.CHECKED, "progress": {"step": "comparing"}},
    ],
)
def test_nothing_is_signed_while_a_delivery_is_being_worked_on(tmp_path, busy):
    send("bom", write(tmp_path / "sent"))
    with acting(of("bom")):
        other = Delivery.objects.create(owner=party("bom"), period=2023, content_digest="x", **busy)
    with pytest.raises(DeliveryRefused, match=str(other.pk)):
        sign()
    with acting(of("bom")):
        Delivery.objects.filter(pk=other.pk).update(
            state=DeliveryState.CHECKED, progress={"error": "the disk was full"}
        )
    assert sign()


def test_nothing_is_signed_while_what_vanished_is_unsettled(tmp_path):
    send("bom", write(tmp_path / "one"))
    send("bom", write(tmp_path / "two", investeringen=TABLES["investeringen"].replace("I1", "I2")))
    with pytest.raises(DeliveryRefused):
        sign()
    actions.settle_vanished(actor=of("bom"), period=2023, withdraw=True, reason="sold")
    assert sign()


def test_newer_checks_are_run_first_and_what_was_accepted_stays_as_it_is(tmp_path):
    done = send("bom", write(tmp_path / "sent", projecten=FAULTY))
    with acting(of("bom")):
        Delivery.objects.update(checks_version="older")
    with pytest.raises(DeliveryRefused):
        sign()
    before = everything()
    assert actions.ask_recheck(actor=of("bom"), period=2023) == 1
    assert actions.ask_recheck(actor=of("bom"), period=2023) == 0  # it waits already
    with pytest.raises(DeliveryRefused):
        sign()
    with database_role(WORKER):
        rechecking.recheck_in_background(actor=of("bom"), delivery_id=done.delivery.pk)
    assert everything() == before
    with acting(of("bom")):
        found = Delivery.objects.get()
        assert (found.state, found.checks_version, found.progress) == ("accepted", checks.checks_version(), {})
        assert DeliveryStand.objects.get(kind="project").errors
    assert sign()


# While it stands.


def test_nothing_changes_while_a_certification_stands(tmp_path):
    certified(tmp_path / "sent", of("bom"))
    before = everything()
    checked = send("bom", write(tmp_path / "more", projecten=TABLES["projecten"].replace("wijk", "stad")), accept=False)
    for act in (
        lambda: actions.accept(actor=of("bom"), delivery=checked.delivery, examination=checked.examination),
        lambda: actions.ask_acceptance(actor=of("bom"), delivery=checked.delivery),
        lambda: actions.settle_vanished(actor=of("bom"), period=2023, withdraw=True, reason="gone"),
        lambda: actions.ask_recheck(actor=of("bom"), period=2023),
        sign,
    ):
        with pytest.raises(DeliveryRefused):
            act()
    assert everything() == before
    with pytest.raises(DeliveryRefused):
        withdraw(reason="  ")
    withdraw()
    assert actions.accept(actor=of("bom"), delivery=checked.delivery, examination=checked.examination)
    assert sign().version == 2


def test_another_year_and_another_agency_go_on(tmp_path):
    certified(tmp_path / "sent", of("bom"))
    later = {name: text.replace("2023", "2024") for name, text in TABLES.items()}
    assert send("bom", write(tmp_path / "later", **later), period=2024).written
    assert send("oost-nl", write(tmp_path / "other")).written


def test_a_certification_of_a_closed_year_is_not_withdrawn(tmp_path):
    opened()
    certified(tmp_path / "sent", of("bom"))
    actions.close_year(actor=of(SECRETARIAT), period=2023)
    with pytest.raises(DeliveryRefused, match="ROM-Nederland"):
        withdraw()


# The second signature.


def test_the_secretariat_counts_the_year_and_the_steward_hears_it(tmp_path):
    sara, secretary_ = secretary()
    anna, actor = steward()
    made = certified(tmp_path / "sent", actor)
    actions.accept_year(actor=secretary_, certification=made)
    assert not [said for said in waiting(sara, SECRETARIAT) if "BOM" in said]
    with acting(of("bom")):
        assert Verdict.objects.get().verdict == VerdictKind.ACCEPTED
        assert [item.title_nl for item in inbox.told(anna.pk, party("bom").pk)] == [
            "Het secretariaat accepteerde 2023 voor de telling"
        ]


def test_a_returned_year_can_be_changed_and_is_signed_anew(tmp_path):
    sara, secretary_ = secretary()
    anna, actor = steward()
    made = certified(tmp_path / "sent", actor)
    with pytest.raises(DeliveryRefused):
        actions.return_year(actor=secretary_, certification=made, reason="")
    actions.return_year(actor=secretary_, certification=made, reason="two funds are missing")
    assert "Het secretariaat gaf 2023 terug: two funds are missing" in waiting(anna, "bom")
    with pytest.raises(DeliveryRefused):
        actions.accept_year(actor=secretary_, certification=made)
    assert send("bom", write(tmp_path / "more", projecten=TABLES["projecten"].replace("wijk", "stad"))).written
    again = sign(actor=actor)
    assert again.version == 2
    assert waiting(anna, "bom") == []
    with acting(of("bom")):
        assert "two funds are missing" in Certification.objects.get(pk=made.pk).withdrawn_because
    assert [said for said in waiting(sara, SECRETARIAT) if "BOM" in said]


def test_a_withdrawal_takes_the_question_from_the_secretariat_and_tells_it_where_it_had_counted(tmp_path):
    sara, secretary_ = secretary()
    _anna, actor = steward()
    made = certified(tmp_path / "sent", actor)
    withdraw()
    assert not [said for said in waiting(sara, SECRETARIAT) if "BOM" in said]
    with pytest.raises(DeliveryRefused):
        actions.accept_year(actor=secretary_, certification=made)
    actions.accept_year(actor=secretary_, certification=sign(actor=actor))
    withdraw()
    assert [said for said in waiting(sara, SECRETARIAT) if "ingetrokken" in said]


@pytest.mark.parametrize("slug", ["bom", "oost-nl", "provincie-utrecht"])
def test_nobody_but_the_secretariat_judges(tmp_path, slug):
    made = certified(tmp_path / "sent", of("bom"))
    with pytest.raises(DeliveryRefused):
        actions.accept_year(actor=of(slug), certification=made)
    with pytest.raises(ProgrammingError, match="row-level security"), acting(of(slug)):
        Verdict.objects.create(owner=party("bom"), certification=made, verdict="accepted")


# What was signed, kept and brought back.


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


@given(st.data())
@settings(max_examples=8)
def test_a_copy_of_which_a_byte_is_changed_is_not_used(data):
    folder = Path(tempfile.mkdtemp())
    try:
        with transaction.atomic():
            made = certified(folder / "sent", of("bom"))
            with acting(of("bom")):
                content = bytearray(content_of(made.snapshot))
            transaction.set_rollback(True)
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
        path = folder / "changed.zip"
        path.write_bytes(content)
        try:
            found = snapshots.read_snapshot(path, owner=party("bom").pk, period=2023)
        except SnapshotDamaged:
            return
        path.write_bytes(bytes(content[:at]) + bytes([content[at]]) + bytes(content[at + 1 :]))
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
@settings(max_examples=6)
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


def test_two_who_sign_at_once_make_one_certification(tmp_path):
    certified(tmp_path / "sent", of("bom"))
    with pytest.raises(DeliveryRefused):
        sign()
    with acting(of("bom")):
        assert Certification.objects.count() == 1
        assert gates.standing_certification(owner=party("bom").pk, period=2023) is not None


def test_a_signature_takes_its_turn_behind_an_acceptance(tmp_path):
    """Signing takes the lock that accepting takes, so that neither looks at the other half done."""
    certified(tmp_path / "sent", of("bom"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = 2023 AND granted",
            [party("bom").pk],
        )
        assert cursor.fetchone()[0] == 1


def test_signing_counting_and_taking_back_leave_every_figure_as_it_is(tmp_path):
    _, secretary_ = secretary()
    _, anna = steward()
    opened()
    made = certified(tmp_path / "sent", anna)
    stood = position()
    actions.accept_year(actor=secretary_, certification=made)
    withdraw()
    assert position() == stood
    send("bom", write(tmp_path / "more", projecten=TABLES["projecten"].replace("250.000", "300.000")))
    assert position() != stood
