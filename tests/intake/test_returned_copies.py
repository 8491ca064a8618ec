"""Of each file that comes back with its findings the newest marked copy is kept, and none before it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schakel.documents import actions as documents
from schakel.documents.models import StoredFile
from schakel.documents.queries import content_of
from schakel.intake import actions
from schakel.intake.delivering import examine_in_background
from schakel.intake.handing_back import return_in_background
from schakel.intake.models import Delivery, ReturnedFile
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.models import Entry
from tests.intake.delivering import send, write
from tests.intake.people import signed_in
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db


def asked(delivery: Delivery) -> ReturnedFile:
    """What comes back of the list of organisations, once it was asked for and before it is made."""
    with database_role(WORKER):
        examine_in_background(actor=actor_for("bom"), delivery_id=delivery.pk)
    actions.ask_returned(actor=actor_for("bom"), delivery=delivery, language="nl")
    return kept(delivery)


def kept(delivery: Delivery) -> ReturnedFile:
    """What is kept of the list of organisations as it comes back."""
    with acts("bom"):
        found = ReturnedFile.objects.select_related("stored", "former")
        return found.get(file__delivery=delivery, file__name="relaties.csv")


def make(delivery: Delivery) -> ReturnedFile:
    """The worker has made what was asked for."""
    with database_role(WORKER):
        return_in_background(actor=actor_for("bom"), delivery_id=delivery.pk, language="nl")
    return kept(delivery)


def copies() -> set[int]:
    """The marked copies of the list of organisations that are stored."""
    with acts("bom"):
        return set(StoredFile.objects.filter(name="relaties met bevindingen.xlsx").values_list("pk", flat=True))


def delivered(tmp_path: Path) -> Delivery:
    return send("bom", write(tmp_path / "d"), accept=False).delivery


def test_a_new_copy_takes_the_place_of_the_former_and_the_trail_says_so(tmp_path):
    delivery = delivered(tmp_path)
    asked(delivery)
    first = make(delivery)
    again = asked(delivery)
    assert (again.stored_id, again.former_id) == (None, first.stored_id), "it is kept while the new one is made"
    assert copies() == {first.stored_id}
    second = make(delivery)
    assert copies() == {second.stored_id} != {first.stored_id}
    assert second.former_id is None
    with acts("bom"):
        discarded = Entry.objects.filter(verb="discarded", kind="file").values_list("objects_ids", flat=True)
        assert [first.stored_id] in list(discarded)


def test_a_copy_is_read_part_by_part_while_it_goes_out(tmp_path):
    delivery = delivered(tmp_path)
    waiting = asked(delivery)
    path = tmp_path / "large.xlsx"
    path.write_bytes(b"x" * (documents.PART + 7))
    actions.keep_returned(actor=actor_for("bom"), returned=waiting, name="relaties met bevindingen.xlsx", content=path)
    url = reverse("intake:returned-file", args=[delivery.pk, kept(delivery).pk])
    answer = signed_in("bom", "steward").get(url)
    assert answer.headers["Content-Length"] == str(documents.PART + 7)
    with CaptureQueriesContext(connection) as asked_for:
        assert [len(part) for part in answer.streaming_content] == [documents.PART, 7]
    assert sum("documents_filepart" in (query["sql"] or "") for query in asked_for) == 2, (
        "each part is read when it is due"
    )


def test_a_copy_that_cannot_be_made_leaves_the_former_one(tmp_path):
    delivery = delivered(tmp_path)
    asked(delivery)
    first = make(delivery)
    waiting = asked(delivery)
    actions.keep_returned(actor=actor_for("bom"), returned=waiting, problem="no room")
    after = kept(delivery)
    assert (after.problem, after.former_id) == ("no room", first.stored_id)
    third = asked(delivery)
    assert third.former_id == first.stored_id
    fourth = make(delivery)
    assert copies() == {fourth.stored_id} != {first.stored_id}


def test_a_copy_that_breaks_off_while_it_is_kept_changes_nothing(tmp_path):
    delivery = delivered(tmp_path)
    asked(delivery)
    first = make(delivery)
    waiting = asked(delivery)
    with pytest.raises(OSError, match="nowhere"):
        actions.keep_returned(
            actor=actor_for("bom"), returned=waiting, name="relaties met bevindingen.xlsx", content=tmp_path / "nowhere"
        )
    assert copies() == {first.stored_id}
    with acts("bom"):
        assert content_of(StoredFile.objects.get(pk=first.stored_id)).startswith(b"PK")


def test_two_jobs_for_the_same_copy_leave_one_and_no_problem_takes_its_place(tmp_path):
    delivery = delivered(tmp_path)
    waiting = asked(delivery)
    make(delivery)
    path = tmp_path / "again.xlsx"
    path.write_bytes(b"PK and more")
    name = "relaties met bevindingen.xlsx"
    actions.keep_returned(actor=actor_for("bom"), returned=waiting, name=name, content=path)
    assert copies() == {kept(delivery).stored_id}
    actions.keep_returned(actor=actor_for("bom"), returned=waiting, problem="too late")
    assert (kept(delivery).problem, copies()) == ("", {kept(delivery).stored_id})
