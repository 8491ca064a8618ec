"""From closing to publication: who may do what, who is asked, who hears of it, and what cannot be undone (trap 13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.figures.actions.bodies import add_body, end_body
from schakel.figures.actions.publishing import (
    PublicationRefused,
    prepare_publication,
    record_approval,
    set_hour,
    withdraw,
)
from schakel.figures.extracting import data_position
from schakel.figures.models import Approval, BodyKind, Closing, ClosingState, Publication
from schakel.figures.vintages import certified_of, readable_years, state_of_year, vintage_of
from schakel.inbox.models import Item
from schakel.network.queries import party
from schakel.sharing.roles import COUNTER, database_role
from schakel.trail.models import Entry
from tests.making import actor_for, acts

from .publishing import REMARK, SECRETARIAT, YEAR, approve, body, closed, in_an_hour, prepared, publish, secretary

pytestmark = pytest.mark.django_db
READERS = ("ministerie-ez", "provincie-utrecht")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def seen_by(slug: str, period: int = YEAR, stand: str = ""):
    """What somebody of a party reads of a year."""
    with acts(slug) as reader:
        return vintage_of(reader, period, stand)


def waiting(slug: str) -> list[str]:
    with acts(slug) as owner:
        return list(Item.objects.filter(owner=owner, done_at=None).order_by("pk").values_list("title_en", flat=True))


def test_readers_see_nothing_until_every_body_approved_and_the_hour_came() -> None:
    first, second = body(), body("nom")
    held = prepared()
    set_hour(actor=secretary(), publication=held, at=timezone.now())
    approve(held, first)
    assert [seen_by(slug) for slug in READERS] == [None, None]
    assert seen_by("bom").state == "embargoed"
    approve(held, second, slug="nom")
    for slug in (*READERS, "bom", SECRETARIAT):
        found = seen_by(slug)
        assert (found.state, found.closing, found.public) == ("published", held.closing_id, True)
    with acts("ministerie-ez") as reader:
        assert readable_years(reader) == [YEAR]


def test_before_its_hour_only_makers_read_it_and_only_when_they_ask() -> None:
    held = prepared()
    set_hour(actor=secretary(), publication=held, at=in_an_hour())
    assert seen_by("bom").live
    assert seen_by("bom", stand="embargo").closing == held.closing_id
    for stand in ("", "embargo", "nu", "1"):
        assert seen_by("ministerie-ez", stand=stand) is None


@pytest.mark.parametrize("slug", ["bom", *READERS])
def test_nobody_but_the_secretariat_prepares_sets_hours_calls_off_or_keeps_bodies(slug: str) -> None:
    made = closed()
    with pytest.raises(PublicationRefused, match="secretariat"):
        prepare_publication(actor=actor_for(slug), closing=made, remark=REMARK)
    held = prepare_publication(actor=secretary(), closing=made, remark=REMARK)
    with pytest.raises(PublicationRefused, match="secretariat"):
        set_hour(actor=actor_for(slug), publication=held, at=in_an_hour())
    with pytest.raises(PublicationRefused, match="secretariat"):
        withdraw(actor=actor_for(slug), publication=held, reason="why not")
    kind, bom = BodyKind.OTHER, party("bom")
    with pytest.raises(PublicationRefused, match="secretariat"):
        add_body(actor=actor_for(slug), owner=bom, name="Raad", kind=kind, first_period=YEAR)


def test_the_database_refuses_what_another_party_writes_past_the_acts() -> None:
    held, ours = prepared(), body()
    for slug in ("nom", *READERS):
        with pytest.raises(ProgrammingError), transaction.atomic(), acts(slug) as other:
            Publication.objects.create(owner=other, closing=closed(2022), period=2022, publish_at=timezone.now())
        with acts(slug):
            assert not Publication.objects.filter(pk=held.pk).update(publish_at=timezone.now())
        with pytest.raises(ProgrammingError), transaction.atomic(), acts(slug):
            Approval.objects.create(
                owner=party("bom"), publication=held, body=ours, approved=True, decided_on=timezone.localdate()
            )


def test_what_another_party_says_for_a_body_does_not_count() -> None:
    ours = body()
    held = prepared()
    with acts("nom") as other:
        Approval.objects.create(
            owner=other, publication=held, body=ours, approved=True, decided_on=timezone.localdate(), reference="x"
        )
    set_hour(actor=secretary(), publication=held, at=timezone.now())
    assert seen_by("ministerie-ez") is None


def test_an_agency_records_for_its_own_body_alone() -> None:
    theirs = body("nom")
    held = prepared()
    with pytest.raises(PublicationRefused, match="whose body it is"):
        approve(held, theirs, slug="bom")
    with pytest.raises(PublicationRefused, match="whose body it is"):
        approve(held, theirs, slug=SECRETARIAT)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"decided_on": dt.date(2100, 1, 1)}, "still to come"),
        ({"decided_on": dt.date(2020, 1, 1)}, "not closed yet"),
        ({"reference": "  "}, "written down"),
        ({"approved": False}, "why the body refused"),
    ],
)
def test_a_decision_has_its_day_its_place_and_a_refusal_its_reason(changed: dict[str, object], said: str) -> None:
    ours = body()
    sound = {"approved": True, "decided_on": timezone.localdate(), "reference": "minutes"}
    with pytest.raises(PublicationRefused, match=said):
        record_approval(actor=actor_for("bom"), publication=prepared(), body=ours, **(sound | changed))


def test_who_must_approve_is_asked_and_the_secretariat_hears_when_all_have() -> None:
    first, second = body(), body("nom")
    held = prepared()
    asked = f"The figures of {YEAR} wait for Raad van commissarissen: record the decision"
    assert waiting("bom") == waiting("nom") == [asked]
    approve(held, first)
    assert (waiting("bom"), waiting(SECRETARIAT)) == ([], [])
    approve(held, second, slug="nom")
    assert waiting(SECRETARIAT) == [f"All bodies approved the figures of {YEAR}: set the hour of publication"]
    set_hour(actor=secretary(), publication=held, at=in_an_hour())
    assert waiting(SECRETARIAT) == []


def test_a_refusal_holds_the_figures_and_is_told_until_the_body_approves_after_all() -> None:
    ours = body()
    held = prepared()
    set_hour(actor=secretary(), publication=held, at=timezone.now())
    approve(held, ours, approved=False)
    assert seen_by("ministerie-ez") is None
    assert waiting(SECRETARIAT) == [f"Raad van commissarissen (BOM) refuses the figures of {YEAR}"]
    approve(held, ours, approved=False)
    assert len(waiting(SECRETARIAT)) == 1
    approve(held, ours)
    assert waiting(SECRETARIAT) == []
    assert seen_by("ministerie-ez").state == "published"


def test_a_publication_is_called_off_with_a_reason_and_can_be_taken_up_again() -> None:
    first, second = body(), body("nom")
    held = prepared()
    approve(held, first)
    with pytest.raises(PublicationRefused, match="why"):
        withdraw(actor=secretary(), publication=held, reason=" ")
    withdraw(actor=secretary(), publication=held, reason="a member asked for time")
    assert waiting("nom") == []
    with pytest.raises(PublicationRefused, match="called off"):
        approve(held, second, slug="nom")
    again = prepare_publication(actor=secretary(), closing=held.closing, remark=REMARK)
    assert (again.pk, again.publish_at) == (held.pk, None)
    assert (waiting("bom"), len(waiting("nom"))) == ([], 1)
    approve(again, second, slug="nom")
    set_hour(actor=secretary(), publication=again, at=timezone.now())
    assert seen_by("ministerie-ez").public


def test_what_is_published_is_not_moved_called_off_or_refused() -> None:
    ours = body()
    held = prepared()
    approve(held, ours)
    set_hour(actor=secretary(), publication=held, at=timezone.now())
    for act in (
        lambda: set_hour(actor=secretary(), publication=held, at=in_an_hour()),
        lambda: withdraw(actor=secretary(), publication=held, reason="too late"),
        lambda: approve(held, ours, approved=False),
        lambda: body("nom", first=YEAR),
        lambda: end_body(actor=secretary(), body=ours, last_period=YEAR - 1),
    ):
        with pytest.raises(PublicationRefused):
            act()
    assert seen_by("ministerie-ez").closing == held.closing_id


def test_an_hour_that_is_past_is_refused_and_this_minute_is_now() -> None:
    held = prepared()
    with pytest.raises(PublicationRefused, match="past"):
        set_hour(actor=secretary(), publication=held, at=timezone.now() - dt.timedelta(hours=1))
    before = timezone.now()
    set_hour(actor=secretary(), publication=held, at=before - dt.timedelta(seconds=30))
    assert Publication.objects.get(pk=held.pk).publish_at >= before


def test_a_revision_is_published_beside_the_old_version_which_stays() -> None:  # trap 8
    first = publish()
    second = prepared(version=2)
    assert seen_by("ministerie-ez").version == 1
    assert seen_by("bom").pending.version == 2
    set_hour(actor=secretary(), publication=second, at=timezone.now())
    found = seen_by("ministerie-ez")
    assert (found.version, found.state) == (2, "revised")
    old = seen_by("ministerie-ez", stand="1")
    assert (old.closing, old.superseded) == (first.closing_id, True)
    with acts("bom"):
        assert state_of_year(YEAR) == "revised"


def test_one_closing_of_a_year_is_under_embargo_at_a_time_and_the_newest_is_published() -> None:
    first = prepared()
    later = closed(version=2)
    with pytest.raises(PublicationRefused, match="under embargo"):
        prepare_publication(actor=secretary(), closing=later, remark=REMARK)
    withdraw(actor=secretary(), publication=first, reason="a later one is there")
    with pytest.raises(PublicationRefused, match="later closing"):
        prepare_publication(actor=secretary(), closing=first.closing, remark=REMARK)
    assert prepare_publication(actor=secretary(), closing=later, remark=REMARK).closing_id == later.pk


def test_a_closing_that_is_not_made_or_not_signed_for_is_not_published() -> None:
    with acts(SECRETARIAT) as owner:
        ordered = Closing.objects.create(owner=owner, period=2020, version=1, state=ClosingState.ORDERED)
    with pytest.raises(PublicationRefused, match="not made"):
        prepare_publication(actor=secretary(), closing=ordered, remark=REMARK)
    with pytest.raises(PublicationRefused, match="0 of 9 agencies certified"):
        prepare_publication(actor=secretary(), closing=closed())


def test_a_body_added_under_embargo_is_waited_for_and_one_that_is_waited_for_does_not_end() -> None:
    held = prepared()
    set_hour(actor=secretary(), publication=held, at=in_an_hour())
    ours = body(first=YEAR)
    assert len(waiting("bom")) == 1
    with pytest.raises(PublicationRefused, match="wait for this body"):
        end_body(actor=secretary(), body=ours, last_period=YEAR - 1)
    assert end_body(actor=secretary(), body=ours, last_period=YEAR).last_period == YEAR
    set_hour(actor=secretary(), publication=held, at=timezone.now())
    assert seen_by("ministerie-ez") is None


def test_a_body_approves_the_years_it_is_there_for() -> None:
    late = body(first=2024)
    held = publish()
    assert seen_by("ministerie-ez").closing == held.closing_id
    with pytest.raises(PublicationRefused, match="published"):
        approve(held, late)
    with pytest.raises(PublicationRefused, match="need not approve"):
        approve(prepared(2022), late)


def test_no_act_of_publishing_has_the_extract_made_anew() -> None:
    with database_role(COUNTER):
        before = data_position()
    ours = body()
    held = prepared()
    approve(held, ours, approved=False)
    withdraw(actor=secretary(), publication=held, reason="they refused")
    prepare_publication(actor=secretary(), closing=held.closing, remark=REMARK)
    approve(held, ours)
    set_hour(actor=secretary(), publication=held, at=timezone.now())
    with database_role(COUNTER):
        assert data_position() == before
    with acts(SECRETARIAT):
        verbs = Entry.objects.filter(kind="publication").order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["prepared", "called off", "took up", "set the hour"]
    with acts("bom"):
        assert list(Entry.objects.filter(kind="publication").values_list("verb", flat=True)) == ["refused", "approved"]


def test_how_many_certified_is_a_number_for_makers_and_nothing_for_others() -> None:
    for slug, members in (("bom", 9), (SECRETARIAT, 9), ("ministerie-ez", 9)):
        with acts(slug):
            assert certified_of(YEAR) == (0, members)


ACTS = st.lists(st.sampled_from(("hour", "later", "off", "up", "bom+", "bom-", "nom+", "nom-")), max_size=12)


@given(done=ACTS)
@settings(max_examples=25)
def test_whatever_is_done_readers_see_it_only_after_the_last_word_of_all_was_yes(done: list[str]) -> None:
    sid = transaction.savepoint()
    try:
        _story(done)
    finally:
        transaction.savepoint_rollback(sid)


def _story(done: list[str]) -> None:
    bodies = {"bom": body(), "nom": body("nom")}
    held = prepared()
    said: dict[str, bool] = {}
    hour, off, opened = False, False, False
    for act in done:
        slug = act[:-1]
        try:
            if act in ("hour", "later"):
                at = timezone.now() if act == "hour" else in_an_hour()
                set_hour(actor=secretary(), publication=held, at=at)
                hour = act == "hour"
            elif act == "off":
                withdraw(actor=secretary(), publication=held, reason="later")
                hour, off = False, True
            elif act == "up":
                prepare_publication(actor=secretary(), closing=held.closing, remark=REMARK)
                off = False
            else:
                approve(held, bodies[slug], slug=slug, approved=act.endswith("+"))
                said[slug] = act.endswith("+")
        except PublicationRefused:
            assert opened or off or act == "up"
        opened = opened or (hour and not off and all(said.get(each) for each in bodies))
        assert (seen_by("ministerie-ez") is not None) is opened
