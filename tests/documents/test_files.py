"""Files come in pieces, in order, and are whole or not there; nobody else can read them."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.documents import actions
from schakel.documents.models import FilePart, StoredFile
from schakel.documents.queries import content_of
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db


@given(pieces=st.lists(st.binary(max_size=40), max_size=6))
def test_pieces_in_order_make_the_file(pieces):
    actor, whole = actor_for("bom"), b"".join(pieces)
    file = actions.begin(actor=actor, name="blad.xlsx", size=len(whole))
    for piece in pieces:
        if piece:
            file = actions.append(actor=actor, file_id=file.pk, offset=file.received, content=piece)
    with acts("bom"):
        assert content_of(file) == whole
    assert file.kept_at is not None
    assert file.digest == hashlib.sha256(whole).hexdigest()


@given(size=st.integers(2, 50), data=st.data())
def test_a_piece_out_of_step_changes_nothing_and_says_where_to_go_on(size, data):
    actor = actor_for("bom")
    file = actions.begin(actor=actor, name="blad.xlsx", size=size)
    first = data.draw(st.integers(1, size - 1))
    actions.append(actor=actor, file_id=file.pk, offset=0, content=b"x" * first)
    wrong = data.draw(st.integers(0, size).filter(lambda n: n != first))
    with pytest.raises(actions.OutOfStep) as told:
        actions.append(actor=actor, file_id=file.pk, offset=wrong, content=b"y")
    assert told.value.received == first
    with acts("bom"):
        assert content_of(file) == b"x" * first


def test_a_file_longer_than_was_said_is_refused():
    file = actions.begin(actor=actor_for("bom"), name="blad.xlsx", size=3)
    with pytest.raises(actions.FileRefused, match="3 bytes"):
        actions.append(actor=actor_for("bom"), file_id=file.pk, offset=0, content=b"four")


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\map\\passwd", "/passwd", "pass\x00wd"])
def test_a_name_is_no_path(name):
    assert actions.begin(actor=actor_for("bom"), name=name, size=1).name == "passwd"


@given(stem=st.text(min_size=1, max_size=400), ending=st.sampled_from(["", ".csv", ".xlsx"]))
def test_any_name_is_kept_as_one_that_a_disk_takes_with_its_ending(stem, ending):
    name = actions.clean_name(stem + ending)
    assert len(name.encode()) <= 255
    assert not set("/\\\0\n") & set(name)
    assert name.endswith(ending)


@pytest.mark.parametrize("name", ["", "..", "/", "\x00", "\n"])
def test_a_file_without_a_name_is_refused(name):
    with pytest.raises(actions.FileRefused):
        actions.begin(actor=actor_for("bom"), name=name, size=1)


def test_another_agency_can_neither_read_nor_go_on():
    file = actions.begin(actor=actor_for("bom"), name="blad.xlsx", size=4)
    actions.append(actor=actor_for("bom"), file_id=file.pk, offset=0, content=b"ab")
    with acts("oost-nl"):
        assert not StoredFile.objects.exists()
        assert not FilePart.objects.exists()
    with pytest.raises(StoredFile.DoesNotExist):
        actions.append(actor=actor_for("oost-nl"), file_id=file.pk, offset=2, content=b"cd")


def test_only_a_file_that_is_not_whole_can_be_discarded():
    actor = actor_for("bom")
    half = actions.begin(actor=actor, name="half.csv", size=4)
    whole = actions.keep(actor=actor, name="heel.csv", content=b"a;b")
    for file in (half, whole):
        actions.discard(actor=actor, file_id=file.pk)
    with acts("bom"):
        assert list(StoredFile.objects.values_list("name", flat=True)) == ["heel.csv"]
