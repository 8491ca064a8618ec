"""Somebody is erased from all that a party holds; what was counted, decided and done stands."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from schakel.documents.models import StoredFile
from schakel.intake.models import DeliveredFile
from schakel.network.queries import party
from schakel.privacy.actions import RequestRefused, decide, receive
from schakel.privacy.erased_list import listed
from schakel.privacy.models import Erasure, Mark, PersonalRequest
from schakel.register.models import IdentityMember, Organisation
from schakel.sharing.acting import acting
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actions import seal
from schakel.trail.exporting import sealed_lines, verify
from schakel.trail.models import Entry
from schakel.trail.queries import first_broken_seal
from tests.making import actor_for, acts, as_owner

from .people import MARKS, NAME, asked, boss, carried_out, deliver_about, erased, figures, holding, joined

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_list(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures" / "list.ndjson"


@pytest.fixture
def told(tmp_path):
    """Two agencies know the same sole trader, and what they delivered is joined."""
    for slug in ("bom", "nom"):
        deliver_about(slug, tmp_path)
    joined()
    with database_role(WORKER):
        seal()


def seats():
    with as_owner():
        return sorted(IdentityMember.objects.values_list("record_kind", "record_id", "identity", "leading"))


def test_a_name_is_nowhere_any_more_and_nobody_elses_is_touched(told):
    assert len(holding(NAME, owner="bom")) > 5
    others = holding(NAME, owner="nom")
    done = erased("bom")
    assert not [place for mark in MARKS for place in holding(mark, owner="bom")]
    assert set(holding(NAME, owner="nom")) == set(others)
    assert done.done["register_organisation"] == 1
    with acts("bom"):
        assert Organisation.objects.get(number="R1", owner__slug="bom").name == ""
        assert Organisation.objects.get(number="R2", owner__slug="bom").name == "AgroLoop B.V."


def test_every_figure_and_the_ledger_are_what_they_were(told, capsys):
    before, sat = figures(), seats()
    erased("bom")
    assert figures() == before
    assert seats() == sat
    with as_owner():
        call_command("replay")
    assert "0 differences" in capsys.readouterr().out
    joined()
    assert figures() == before
    assert seats() == sat


def test_the_chain_stands_and_says_which_line_was_altered_by_law(told):
    erased("bom")
    assert first_broken_seal() is None
    with database_role(WORKER):
        seal()
    assert first_broken_seal() is None
    lines = list(sealed_lines(lambda: acting(actor_for("bom"))))
    found = verify(lines)
    assert (found.broken, found.altered > 0) == (None, True)
    altered = next(line for line in lines if '"withdrew"' in line["line"])
    assert verify(line for line in lines if '"trail line"' not in line["line"]).broken == altered["seal"]


def test_a_line_that_is_altered_otherwise_is_broken_as_ever(told):
    erased("bom")
    with as_owner():
        line = Entry.objects.filter(verb="withdrew").order_by("pk").first()
        Entry.objects.filter(pk=line.pk).update(reason="iets anders")
        assert first_broken_seal() == line.seal.pk


def test_a_file_is_kept_without_the_person_and_the_trail_says_what_it_was(told):
    with acts("bom"):
        files = {file.pk: file.digest for file in StoredFile.objects.filter(owner__slug="bom")}
    erased("bom")
    with acts("bom") as agency:
        now = {file.pk: file.digest for file in StoredFile.objects.filter(owner=agency)}
        changed = {pk for pk in files if now[pk] != files[pk]}
        lines = Entry.objects.filter(kind="file", verb="erased", owner_id=agency.pk)
        assert {(line.objects_ids[0], line.detail["was"], line.detail["now"]) for line in lines} == {
            (pk, files[pk], now[pk]) for pk in changed
        }
        for file in DeliveredFile.objects.filter(owner=agency):
            assert (file.digest, file.size) == (file.stored.digest, file.stored.size)
        assert len(changed) >= 2


def test_what_is_left_of_it_says_nothing(told):
    done = erased("bom")
    (line,) = listed()
    with acts("bom"):
        assert Erasure.objects.get().digests == line.digests
        assert (done.state, done.asked_by, Mark.objects.count()) == ("done", "—", 0)
    kept = str(line).casefold()
    assert not any(mark.casefold() in kept for mark in MARKS)


def test_the_worker_rewrites_nothing_that_was_not_decided(told):
    made = asked("bom")
    with database_role(WORKER), acting(actor_for("bom")):
        record = Organisation.objects.filter(owner__slug="bom").first()
        line = Entry.objects.first()
        for request, table, pk in ((made.pk, "register_organisation", record.pk), (0, "trail_entry", line.pk)):
            with pytest.raises(Exception, match="not to be carried out"), transaction.atomic():
                _put(request, table, "name", pk)
    decide(actor=boss("bom"), request_id=made.pk, reason="geen grond")
    other = acting(actor_for("nom"))
    with database_role(WORKER), other, pytest.raises(Exception, match="not to be carried out"), transaction.atomic():
        _put(made.pk, "register_organisation", "name", record.pk)
    with as_owner():
        theirs = Organisation.objects.filter(owner__slug="nom").first()
    with database_role(WORKER), acting(actor_for("bom")):
        for table, column, pk, why in (
            ("register_organisation", "name", theirs.pk, "not of party"),
            ("register_organisation", "owner_id", record.pk, "is not rewritten"),
            ("trail_seal", "digest", 1, "is not rewritten"),
            ("privacy_personalrequest", "answer", made.pk, "is not rewritten"),
        ):
            with pytest.raises(Exception, match=why), transaction.atomic():
                _put(made.pk, table, column, pk)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), acting(actor_for("bom")):
        _put(made.pk, "register_organisation", "name", record.pk)


def _put(request, table, column, pk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_put(%s, %s, %s, %s, 'x')", [request, table, column, pk])


def test_it_is_done_once(told):
    made = erased("bom")
    assert carried_out(made).done_at == made.done_at
    assert len(list(listed())) == 1


@pytest.mark.parametrize("mark", ["Jan", "", "12"])
def test_what_would_find_others_is_refused(mark):
    with pytest.raises(RequestRefused):
        asked("bom", [mark])


def test_only_the_secretariat_sends_a_request_on_and_then_sees_no_more_than_how_it_stands(told):
    both = [party("bom"), party("nom")]
    said = {"asks": "access", "asked_by": "iemand", "asked_on": dt.date.today(), "marks": [NAME]}
    with pytest.raises(RequestRefused, match=r"secretariaat|secretariat"):
        receive(actor=boss("bom"), parties=both, **said)
    made = receive(actor=boss("rom-nederland"), parties=both, **said)
    assert [one.owner.slug for one in made] == ["bom", "nom"]
    with acts("rom-nederland"):
        assert PersonalRequest.objects.count() == 2
        assert not Organisation.objects.filter(number="R1").exists()
    with acts("bom"):
        assert [one.owner.slug for one in PersonalRequest.objects.all()] == ["bom"]
