"""Comments on figures: who reads them and from when, what may be shared, and that they travel with the figure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from schakel.figures import comments
from schakel.figures.actions.comments import CommentRefused, comment, withdraw_comment
from schakel.figures.actions.publishing import withdraw
from schakel.figures.models import FigureComment, Publication
from schakel.figures.vintages import NotPublishedError, editions
from schakel.inbox.models import Item
from schakel.sharing.roles import WEB, database_role
from schakel.trail.actors import Actor
from tests.inbox.people import acts_as, somebody
from tests.intake.people import signed_in
from tests.making import acts

from .counting_here import closed_over, counting, deliveries, projects
from .publishing import SECRETARIAT, approve, body, in_an_hour, prepared, publish, secretary, set_hour

pytestmark = pytest.mark.django_db
PROJECTS = "innovation_projects"
PAGE = f"/cijfers/{PROJECTS}/opmerkingen/?year=2023"
READERS = ("ministerie-ez", "provincie-utrecht")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def facts() -> dict[str, list]:
    found = projects(2023, "bom", 1, 30) + projects(2023, "nom", 101, 22, province="GR")
    found += projects(2023, "nom", 201, 1, province="FR")
    return {"project": found, "delivery": deliveries(2023)}


@pytest.fixture
def live(tmp_path: Path, settings) -> Iterator[None]:
    with counting(tmp_path, facts()) as socket:
        settings.COUNTING_SOCKET = socket
        yield


def who(slug: str = "bom", name: str = "") -> Actor:
    roles = {SECRETARIAT: "secretary", "bom": "steward", "nom": "steward"}
    return acts_as(somebody(name or slug, slug, roles.get(slug, "reader")), slug)


def say(slug: str = "bom", text: str = "A late letter is missing.", **said: object) -> FigureComment:
    return comment(actor=who(slug), indicator=PROJECTS, period=2023, text=text, **{"shared": True} | said)


def seen_by(slug: str, cut: dict[str, str] | None = None) -> list[str]:
    with acts(slug) as reader:
        return [shown.comment.text for shown in comments.of_figure(reader, PROJECTS, 2023, cut)]


def rows_of(slug: str) -> int:
    """What the database itself gives a party, past the questions."""
    with acts(slug):
        return FigureComment.objects.count()


def test_what_is_for_ones_own_is_read_by_colleagues_alone() -> None:
    say(shared=False)
    assert seen_by("bom") == ["A late letter is missing."]
    for slug in ("nom", SECRETARIAT, *READERS):
        assert seen_by(slug) == []
        assert rows_of(slug) == 0


def test_what_makers_share_of_figures_under_embargo_readers_get_when_they_open() -> None:
    ours = body()
    held = prepared()
    say(text="Counted twice in the south.", stand="embargo")
    set_hour(actor=secretary(), publication=held, at=timezone.now())
    for slug in ("nom", SECRETARIAT):
        assert seen_by(slug) == ["Counted twice in the south."]
    for slug in READERS:  # its hour has come, and the body did not approve
        assert seen_by(slug) == []
    approve(held, ours)
    for slug in READERS:
        assert seen_by(slug) == ["Counted twice in the south."]


def test_before_the_hour_the_database_itself_gives_readers_nothing() -> None:
    held = prepared()
    say(stand="embargo")
    set_hour(actor=secretary(), publication=held, at=in_an_hour())
    assert [rows_of(slug) for slug in READERS] == [0, 0]
    assert rows_of("nom") == 1


def test_what_is_said_of_a_revision_waits_for_the_revision() -> None:
    publish(2023)
    say(text="Of the first.")
    second = prepared(2023, 2)
    say(text="It will be twelve more.", stand="embargo")
    assert seen_by("ministerie-ez") == ["Of the first."]
    assert seen_by("nom") == ["Of the first.", "It will be twelve more."]
    set_hour(actor=secretary(), publication=second, at=timezone.now())
    assert seen_by("ministerie-ez") == ["Of the first.", "It will be twelve more."]


def test_what_was_said_of_figures_as_counted_then_comes_with_the_first_closing_after_it() -> None:
    say(text="Two letters are late.")
    assert seen_by("ministerie-ez") == []
    held = publish(2023)
    assert seen_by("ministerie-ez") == ["Two letters are late."]
    say(text="Counted anew there are more.", stand="nu")
    assert seen_by("ministerie-ez") == ["Two letters are late."]
    with acts("bom"):
        assert FigureComment.objects.filter(closing_id=held.closing_id).count() == 0


def test_a_publication_that_is_called_off_opens_nothing() -> None:
    held = prepared()
    say(stand="embargo")
    set_hour(actor=secretary(), publication=held, at=in_an_hour())
    withdraw(actor=secretary(), publication=held, reason="a mistake")
    assert [seen_by(slug) for slug in READERS] == [[], []]


def test_a_reader_says_something_of_what_is_published_only() -> None:
    with pytest.raises(NotPublishedError):
        say("ministerie-ez")
    publish(2023)
    say("ministerie-ez", text="What happened here?")
    assert seen_by("provincie-utrecht") == seen_by("bom") == ["What happened here?"]


def test_of_an_agencys_own_column_only_who_reads_it_says_or_reads_something() -> None:
    with pytest.raises(CommentRefused, match="own figure"):
        say("nom", cut={"agency": "bom"})
    say(text="Ours are late.", cut={"agency": "bom"})
    publish(2023)
    assert seen_by("bom") == seen_by(SECRETARIAT) == ["Ours are late."]
    for slug in ("nom", *READERS):
        assert seen_by(slug) == []


def test_a_comment_is_of_one_part_of_a_figure(live) -> None:
    say(text="Of all.")
    say(text="Of Brabant.", cut={"province": "NB"})
    assert seen_by("bom") == ["Of all.", "Of Brabant."]
    assert seen_by("bom", {}) == ["Of all."]
    assert seen_by("bom", {"province": "NB"}) == ["Of Brabant."]
    with pytest.raises(CommentRefused, match="not split that way"):
        say(cut={"kind": "fair"})


def test_what_is_withheld_from_others_is_not_shared_in_words(live) -> None:
    """Trap 17."""
    with pytest.raises(CommentRefused, match="too few"):
        say(SECRETARIAT, cut={"province": "FR"}, text="That one project is NOM's.")
    say(SECRETARIAT, cut={"province": "FR"}, shared=False)
    assert seen_by("nom") == []


def test_who_wrote_it_takes_it_back_and_nobody_else() -> None:
    made = say()
    for actor in (who("bom", "colleague"), who("nom")):
        with pytest.raises(CommentRefused, match="Only who wrote"):
            withdraw_comment(actor=actor, comment=made)
    for _again in range(2):
        withdraw_comment(actor=who(), comment=made)
    assert seen_by("bom") == seen_by("nom") == []
    assert rows_of("nom") == 0


@pytest.mark.parametrize("changed", [{"text": "x"}, {"shared": True}, {"cut": {}}, {"closing": None}])
def test_the_database_lets_nobody_alter_what_was_said(changed: dict[str, object]) -> None:
    made = say(shared=False)
    with pytest.raises(ProgrammingError), transaction.atomic(), acts("bom"):
        FigureComment.objects.filter(pk=made.pk).update(**changed)


def test_who_is_mentioned_hears_of_it_once_and_only_colleagues_do() -> None:
    jan, piet = somebody("jan", "bom"), somebody("piet", "nom")
    made = comment(
        actor=who(), indicator=PROJECTS, period=2023, text="@jan and @piet, look", shared=True, mentioned=[piet.pk]
    )
    with acts("bom"):
        told = Item.objects.get(key=f"figures:comment:{made.pk}")
    assert (told.person_id, told.url) == (jan.pk, f"/cijfers/{PROJECTS}/?year=2023#opmerking-{made.pk}")
    assert told.title_en == "Bom mentions you at the figure Innovation projects, 2023"
    with acts("nom"):
        assert not Item.objects.filter(person=piet).exists()


def test_comments_travel_in_an_export_for_who_may_read_them() -> None:
    say(text="Shared.")
    say(text="Ours.", shared=False)
    with acts("nom") as reader:
        (row,) = comments.exported(reader, PROJECTS, 2023)
    assert (row["text"], row["by"], row["about"]) == ("Shared.", "BOM", {})
    with acts("bom") as reader:
        assert [each.comment.text for each in comments.of_year(reader, 2023)[PROJECTS]] == ["Shared.", "Ours."]


def test_it_is_said_and_taken_back_on_the_page(tmp_path: Path, settings) -> None:
    held = publish(2023)
    with counting(tmp_path, facts(), editions=editions(), closings={held.closing_id: closed_over(facts())}) as socket:
        settings.COUNTING_SOCKET = socket
        page = signed_in("bom", "reader", language="en")
        assert "Nobody has said anything" in said(page.get(PAGE))
        assert page.post(PAGE, {"text": "", "shared": "own"}).status_code == 422
        done = page.post(PAGE, {"text": "It is right.", "shared": "shared", "part": "province:NB"}, follow=True)
        assert "Your comment is there." in done.content.decode()
        reader = said(signed_in("ministerie-ez", "reader", language="en").get(PAGE))
        assert "It is right." in reader
        assert "Noord-Brabant" in reader
        with acts("bom"):
            made = FigureComment.objects.get()
        way = f"/cijfers/opmerkingen/{made.pk}/intrekken/"
        assert signed_in("nom", "reader").post(way).status_code == 404
        page.post(way)
        assert "It is right." not in said(page.get(PAGE))


def test_a_reader_has_no_page_of_comments_on_what_is_not_published(live) -> None:
    say(text="Twelve more.")
    answer = signed_in("ministerie-ez", "reader", language="en").get(PAGE)
    assert "Twelve more." not in answer.content.decode()


def said(answer) -> str:
    main = re.search(r"<main.*</main>", answer.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", main.group() if main else "").replace("\xa0", " ").split())


STEPS = ("say", "say of the embargo", "prepare", "open", "later", "call off")


class Waiting(TestCase):
    """Whatever is said, published, called off or revised: a reader gets what is open, and never before."""

    @settings(max_examples=30)
    @given(st.lists(st.sampled_from(STEPS), max_size=10))
    def test_a_reader_reads_only_what_is_said_of_what_is_open(self, steps: list[str]) -> None:
        with database_role(WEB), transaction.atomic():
            told = Told(who())
            for number, step in enumerate(steps):
                told.take(step, str(number))
                assert sorted(seen_by("ministerie-ez")) == sorted(told.readable())
                assert sorted(seen_by("nom")) == sorted(told.said)
            transaction.set_rollback(True)


class Told:
    """What happened, kept by hand: of which version each comment is, or from which on where it is of none."""

    def __init__(self, author: Actor) -> None:
        self.author, self.version, self.opened = author, 0, set[int]()
        self.pending: Publication | None = None
        self.said: dict[str, tuple[bool, int]] = {}

    def take(self, step: str, text: str) -> None:
        if step.startswith("say"):
            embargoed = step != "say" and self.pending is not None
            stand = "embargo" if embargoed else "nu"
            comment(actor=self.author, indicator=PROJECTS, period=2023, text=text, shared=True, stand=stand)
            self.said[text] = (embargoed, self.version if embargoed else self.version + 1)
        elif step == "prepare" and self.pending is None:
            self.version += 1
            self.pending = prepared(2023, self.version)
        elif step != "prepare" and self.pending is not None:
            self._move(self.pending, step)

    def _move(self, pending: Publication, step: str) -> None:
        if step == "call off":
            withdraw(actor=secretary(), publication=pending, reason="so")
            self.pending = None
            return
        later = dt.timedelta(days=1) if step == "later" else dt.timedelta()
        set_hour(actor=secretary(), publication=pending, at=timezone.now() + later)
        if step == "open":
            self.opened.add(self.version)
            self.pending = None

    def readable(self) -> list[str]:
        return [
            text
            for text, (exactly, version) in self.said.items()
            if (version in self.opened if exactly else any(each >= version for each in self.opened))
        ]
