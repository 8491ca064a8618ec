"""Cells are mended on top of the file: what was sent stays, each edit can be undone, and nobody overwrites another."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django import app

from schakel.documents.queries import content_of
from schakel.innovate.models import InnovationProject
from schakel.intake import actions, delivering, jobs
from schakel.intake.actions import DeliveryRefused, StaleEdit
from schakel.intake.actions.queueing import queue_examination
from schakel.intake.keeping import load_tables
from schakel.intake.mending.applying import cell_after, mended
from schakel.intake.mending.places import Place
from schakel.intake.mending.typed import typed, written
from schakel.intake.models import Delivery, DeliveryFinding, Edit
from schakel.intake.tables import CELL_TYPE, Table
from schakel.network.models import Person
from schakel.network.queries import party, roles_of
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actors import Actor
from schakel.trail.models import Entry
from tests.intake.delivering import send, write
from tests.intake.mending import PROJECTS, START, VOLUME, caretaker, faulty, person, reader, steward, volume
from tests.intake.people import signed_in
from tests.making import actor_for, acts, give_role

pytestmark = pytest.mark.django_db


def checked_again(delivery: Delivery, slug: str = "bom") -> Delivery:
    """The delivery after the worker did what was asked."""
    with database_role(WORKER):
        delivering.examine_in_background(actor=actor_for(slug), delivery_id=delivery.pk)
    with acts(slug):
        delivery.refresh_from_db()
    return delivery


def waiting_jobs(delivery: Delivery) -> int:
    lock = f"intake.examine:{delivery.pk}"
    return len(list(app.job_manager.list_jobs(queueing_lock=lock, status="todo")))


def cells(delivery: Delivery, table: str = "projecten", column: str = "D") -> list[str | None]:
    """A column as the checks see it, without the header; the owner acts."""
    now = mended(load_tables(delivery), delivery.edits.filter(undone_at=None))
    return next(t for t in now if t.name == table).frame[column].to_list()[1:]


def test_a_steward_mends_a_cell_and_the_checks_see_it(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    with acts("bom"):
        assert DeliveryFinding.objects.filter(cell="projecten!C3").exists()
    edit = actions.edit_cell(actor=sanne, delivery=delivery, place=START, before="31-02-2023", after="28-2-2023")
    assert (edit.after, edit.after_type, edit.cells) == ("2023-02-28", "date", 1)
    with acts("bom"):
        delivery.refresh_from_db()
        assert delivery.progress == {"step": "waiting"}
        assert Entry.objects.filter(verb="edited", person_id=sanne.person).exists()
    checked_again(delivery)
    with acts("bom"):
        assert delivery.progress == {}
        assert not DeliveryFinding.objects.filter(cell="projecten!C3").exists()


def test_all_alike_are_mended_at_once_and_undone_at_once(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    edit = actions.edit_alike(actor=sanne, delivery=delivery, place=VOLUME, before="n.b.", after="")
    with acts("bom"):
        assert edit.cells == 3
        assert cells(delivery) == [None, None, None, "90.000,00"]
    actions.undo_edit(actor=sanne, edit=edit)
    with acts("bom"):
        assert cells(delivery) == ["n.b.", "n.b.", "n.b.", "90.000,00"]
    actions.redo_edit(actor=sanne, edit=edit)
    with acts("bom"):
        assert cells(delivery) == [None, None, None, "90.000,00"]


def test_mending_all_alike_leaves_a_header_that_says_the_same(tmp_path):
    delivery = faulty(tmp_path, relaties="Nr;Naam;KvK;Postcode;Soort\nR1;Naam;;4818CL;bedrijf\n")
    place = Place("relaties.csv", "relaties", "B")
    edit = actions.edit_alike(actor=steward(), delivery=delivery, place=place, before="Naam", after="Zonneveld")
    assert edit.cells == 1
    with acts("bom"):
        (table,) = [t for t in mended(load_tables(delivery), [edit]) if t.name == "relaties"]
    assert table.frame["B"].to_list() == ["Naam", "Zonneveld"]


def test_the_senders_file_and_the_tables_as_read_stay_as_they_are(tmp_path):
    delivery = faulty(tmp_path)
    actions.edit_alike(actor=steward(), delivery=delivery, place=VOLUME, before="n.b.", after="12,5")
    with acts("bom"):
        file = delivery.files.select_related("stored").get(name="projecten.csv")
        assert content_of(file.stored).decode() == PROJECTS
        (table,) = [t for t in load_tables(delivery) if t.name == "projecten"]
        assert table.frame["D"].to_list()[1:] == ["n.b.", "n.b.", "n.b.", "90.000,00"]


def test_an_amount_is_an_amount_whatever_sign_stands_before_its_cents(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    for row, said in ((2, "1.250,50"), (3, "1250.50"), (4, "€ 1250,5")):
        actions.edit_cell(actor=sanne, delivery=delivery, place=volume(row), before="n.b.", after=said)
    with database_role(WORKER):
        examination = delivering.examine_delivery(actor=actor_for("bom"), delivery=delivery, party=party("bom"))
    projects = next(rows for rows in examination.rows if rows.kind == "project")
    assert projects.frame["volume"].to_list()[:3] == [125050] * 3


def test_two_people_do_not_overwrite_each_other(tmp_path):
    delivery, sanne, tom = faulty(tmp_path), steward(), steward(name="tom")
    actions.edit_cell(actor=sanne, delivery=delivery, place=volume(2), before="n.b.", after="10")
    with pytest.raises(StaleEdit, match=rf"{person(sanne).name}.*10"):
        actions.edit_cell(actor=tom, delivery=delivery, place=volume(2), before="n.b.", after="20")
    actions.edit_alike(actor=tom, delivery=delivery, place=VOLUME, before="n.b.", after="30")
    with acts("bom"):
        assert cells(delivery) == ["10", "30", "30", "90.000,00"]
    with pytest.raises(StaleEdit, match=person(tom).name):
        actions.edit_alike(actor=sanne, delivery=delivery, place=VOLUME, before="n.b.", after="")


def test_what_changes_nothing_is_refused(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    with pytest.raises(DeliveryRefused):
        actions.edit_cell(actor=sanne, delivery=delivery, place=volume(2), before="n.b.", after=" n.b. ")
    with pytest.raises(DeliveryRefused):
        actions.edit_alike(actor=sanne, delivery=delivery, place=VOLUME, before="n.b.", after="n.b.")
    nowhere = Place("projecten.csv", "projecten", "ZZ", 2)
    with pytest.raises(DeliveryRefused):
        actions.edit_cell(actor=sanne, delivery=delivery, place=nowhere, before="", after="x")


def test_an_accepted_delivery_is_not_mended(tmp_path):
    done = send("bom", write(tmp_path / "d"))
    with pytest.raises(DeliveryRefused):
        actions.edit_cell(actor=steward(), delivery=done.delivery, place=volume(2), before="250.000,00", after="1")


def test_a_reader_looks_and_a_caretaker_mends_their_kind(tmp_path):
    delivery = faulty(tmp_path)
    wrong = caretaker("organisation", name="wim")
    for actor in (reader(), wrong):
        with pytest.raises(PermissionDenied):
            actions.edit_cell(actor=actor, delivery=delivery, place=volume(2), before="n.b.", after="1")
    carla = caretaker("project")
    edit = actions.edit_cell(actor=carla, delivery=delivery, place=volume(2), before="n.b.", after="1")
    with pytest.raises(PermissionDenied):
        actions.undo_edit(actor=wrong, edit=edit)
    assert actions.undo_edit(actor=carla, edit=edit).undone_at


def test_who_is_a_steward_too_and_acts_as_reader_neither_mends_nor_accepts(tmp_path):
    delivery = faulty(tmp_path)
    sanne = signed_in("bom", "steward", name="sanne")
    give_role(
        email="sanne@bom.example",
        name="Sanne",
        party=party("bom"),
        role="reader",
        password="a-long-enough-word",
    )
    roles = {role.role: role for role in roles_of(Person.objects.get(email="sanne@bom.example"))}
    with acts("bom"):
        wrong = DeliveryFinding.objects.get(delivery=delivery, cell="projecten!C3").pk
    sanne.post("/namens/", {"role": roles["reader"].pk})
    at = f"/aanleveringen/{delivery.pk}/"
    sent = {"cell-before": "31-02-2023", "cell-after": "28-2-2023"}
    assert sanne.post(f"{at}bevindingen/{wrong}/herstellen/", sent).status_code == 403
    assert sanne.post(f"{at}accepteren/").status_code == 403
    with acts("bom"):
        assert not Edit.objects.exists()
        delivery.refresh_from_db()
    assert delivery.state == "checked"
    as_reader = Actor(party=party("bom").pk, person=roles["reader"].person_id, role="reader")
    with pytest.raises(PermissionDenied):
        actions.edit_cell(actor=as_reader, delivery=delivery, place=START, before="31-02-2023", after="28-2-2023")


def test_another_agency_neither_sees_nor_mends(tmp_path):
    delivery = faulty(tmp_path)
    edit = actions.edit_cell(actor=steward(), delivery=delivery, place=volume(2), before="n.b.", after="1")
    stranger = steward("oost-nl")
    with pytest.raises(Delivery.DoesNotExist):
        actions.edit_cell(actor=stranger, delivery=delivery, place=volume(3), before="n.b.", after="1")
    with pytest.raises(Delivery.DoesNotExist):
        actions.undo_edit(actor=stranger, edit=edit)
    with acts("oost-nl"):
        assert not Edit.objects.exists()


def test_several_edits_queue_one_examination_and_a_running_one_is_followed_by_another(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    for row in (2, 3):
        actions.edit_cell(actor=sanne, delivery=delivery, place=volume(row), before="n.b.", after="1")
    assert waiting_jobs(delivery) == 1
    (job,) = app.job_manager.list_jobs(queueing_lock=f"intake.examine:{delivery.pk}")
    with pytest.MonkeyPatch.context() as patched, database_role(WORKER):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job.id])
        keep = actions.keep_examination

        def while_it_runs(**words: object) -> None:
            actions.edit_cell(actor=sanne, delivery=delivery, place=volume(4), before="n.b.", after="1")
            keep(**words)  # type: ignore[arg-type]

        patched.setattr(actions, "keep_examination", while_it_runs)
        delivering.examine_in_background(actor=actor_for("bom"), delivery_id=delivery.pk)
    assert waiting_jobs(delivery) == 1
    with acts("bom"):
        delivery.refresh_from_db()
        assert delivery.progress == {"step": "waiting"}
    assert checked_again(delivery).progress == {}


def test_an_examination_that_fails_is_tried_again_and_at_last_fails(tmp_path, monkeypatch):
    delivery = faulty(tmp_path)

    def fail(**_words: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(delivering, "examine_in_background", fail)
    words = {"delivery_id": delivery.pk, "party": delivery.owner_id, "person": None}
    jobs.examine.func(**words)
    assert waiting_jobs(delivery) == 1
    assert queue_examination(actor=actor_for("bom"), delivery_id=delivery.pk) is False
    with pytest.raises(RuntimeError):
        jobs.examine.func(**words, attempt=2)


def test_a_finding_that_is_found_again_stays_the_same_finding(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    with acts("bom"):
        before = set(DeliveryFinding.objects.filter(delivery=delivery).exclude(row=3).values_list("pk", flat=True))
    actions.edit_cell(actor=sanne, delivery=delivery, place=START, before="31-02-2023", after="28-02-2023")
    checked_again(delivery)
    with acts("bom"):
        assert before <= set(DeliveryFinding.objects.filter(delivery=delivery).values_list("pk", flat=True))


def test_the_next_delivery_takes_edits_along_and_says_from_where(tmp_path):
    first, sanne = faulty(tmp_path), steward()
    whole = actions.edit_alike(actor=sanne, delivery=first, place=VOLUME, before="n.b.", after="", carry=True)
    actions.edit_cell(actor=sanne, delivery=first, place=START, before="31-02-2023", after="28-02-2023")
    turned = "Titel;Project;Omvang;Start;Penvoerder;Samen met\nWaterstof;P1;n.b.;01-03-2024;R1;\nKas;P2;5,00;;R1;\n"
    second = send("bom", write(tmp_path / "next", projecten=turned), period=2024, accept=False).delivery
    with acts("bom"):
        (taken,) = second.edits.all()
        assert (taken.column, taken.row, taken.below, taken.cells, taken.carried_from) == ("C", None, 1, 1, whole)
        assert cells(second, column="C") == [None, "5,00"]
    actions.undo_edit(actor=sanne, edit=taken)
    third = send("bom", write(tmp_path / "third", projecten=turned + "X;P3;n.b.;;R1;\n"), period=2025, accept=False)
    with acts("bom"):
        assert not third.delivery.edits.exists()  # undone in the second, so not taken any further


def test_a_single_empty_cell_is_not_taken_along(tmp_path):
    delivery = faulty(tmp_path)
    place = Place("relaties.csv", "relaties", "C", 3)
    with pytest.raises(DeliveryRefused, match=r"leeg|lege|empty"):
        actions.edit_cell(actor=steward(), delivery=delivery, place=place, before="", after="12345678", carry=True)


def test_what_was_mended_is_what_is_accepted(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    actions.edit_cell(actor=sanne, delivery=delivery, place=volume(2), before="n.b.", after="1.250,50")
    checked_again(delivery)
    with database_role(WORKER):
        examination = delivering.examine_delivery(actor=actor_for("bom"), delivery=delivery, party=party("bom"))
        actions.accept(actor=actor_for("bom"), delivery=delivery, examination=examination)
    with acts("bom"):
        assert str(InnovationProject.objects.get(number="P1").volume) == "1250.50"


VALUE = st.sampled_from(["", "a", "b", "c"])
EDIT = st.tuples(st.sampled_from("AB"), st.none() | st.integers(1, 4), st.integers(0, 2), VALUE, VALUE)
ROWS = st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=4)


def _table(rows: list[tuple[str, str]]) -> Table:
    columns: dict[str, pl.Series] = {"row": pl.Series(range(1, len(rows) + 1), dtype=pl.UInt32)}
    for at, letter in enumerate("AB"):
        columns[letter] = pl.Series([row[at] or None for row in rows], dtype=pl.String)
        columns[f"{letter}.type"] = pl.Series(["text" if row[at] else "empty" for row in rows], dtype=CELL_TYPE)
    return Table("f.csv", "t", "csv", pl.DataFrame(columns))


def _edits(said: list[tuple[str, int | None, int, str, str]]) -> list[Edit]:
    return [
        Edit(file="f.csv", table="t", column=c, row=row, below=below, before=before, after=after)
        for c, row, below, before, after in said
    ]


def _plain(table: Table) -> list[tuple[object, ...]]:
    return table.frame.rows()


@given(rows=ROWS, said=st.lists(EDIT, max_size=5), undone=st.integers(0, 4))
def test_undoing_any_edit_gives_the_tables_as_if_it_had_never_been(rows, said, undone):
    table, edits = _table(rows), _edits(said)
    sent = _plain(table)
    for at, edit in enumerate(edits):
        edit.undone_at = "now" if at == undone else None
    (with_undone,) = mended([table], [edit for edit in edits if edit.undone_at is None])
    (without,) = mended([table], _edits(said[:undone] + said[undone + 1 :]))
    assert _plain(with_undone) == _plain(without)
    assert _plain(table) == sent  # what was read stays as it was


@given(rows=ROWS, said=st.lists(EDIT, max_size=5))
def test_edits_count_in_their_order_and_touch_only_what_says_their_before(rows, said):
    """Beside a plain walk over each cell, one edit after the other."""
    table, edits = _table(rows), _edits(said)
    (found,) = mended([table], edits)
    for letter in "AB":
        for row, before, after in zip(table.frame["row"], table.frame[letter], found.frame[letter], strict=True):
            text = before or ""
            for edit in edits:
                aims = edit.column == letter and (edit.row == row if edit.row else row > edit.below)
                text = edit.after if aims and text == edit.before else text
            assert (after or "") == text
            assert cell_after(before or "", row, letter, edits)[0] == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False))
def test_a_number_that_is_shown_is_the_same_number_when_it_is_typed(value):
    text, kind = typed(f"{value:f}".replace(".", ","), "number")
    assert kind == "number"
    assert float(text) == float(value)
    assert typed(written(text, "number"), "number") == (text, "number")


@given(st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2090, 1, 1)))
def test_a_date_is_a_date_however_a_dutch_person_types_it(day):
    for said in (day.strftime("%d-%m-%Y"), f"{day.day}/{day.month}/{day.year}", day.isoformat()):
        assert typed(said, "date") == (day.isoformat(), "date")
    assert typed(written(day.isoformat(), "date"), "date") == (day.isoformat(), "date")


@given(st.text(alphabet="0123456789.,-€ abn", max_size=12))
def test_whatever_is_typed_becomes_a_cell(said):
    for wanted in ("number", "date", "text"):
        text, kind = typed(said, wanted)
        assert kind in {wanted, "text", "empty"}
        assert (text == "") == (kind == "empty")
        assert typed(written(text, kind), wanted)[0] == text
