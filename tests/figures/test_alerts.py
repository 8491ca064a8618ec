"""Hearing of publications: who asked is told once of each, when it opens and not before, also of revisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from schakel.figures import alerting, jobs
from schakel.figures.actions.alerts import AlertRefused, ask_to_hear, hear_no_more, tell_of_publication
from schakel.figures.actions.publishing import withdraw
from schakel.figures.models import Alert, AlertTold
from schakel.inbox.models import Item, Letter
from schakel.network.models import RoleHeld
from schakel.network.queries import party
from schakel.sharing.roles import WEB, WORKER, database_role
from schakel.words import Words
from tests.inbox.people import acts_as, somebody
from tests.intake.people import signed_in
from tests.making import acts, as_owner
from tests.sharing.mandates import OFFICE, office

from .publishing import approve, body, in_an_hour, prepared, publish, secretary, set_hour

PAGE = "/cijfers/meldingen/"
PROVINCE = "provincie-utrecht"
NEWS = (Words("nl", "en"), Words("", ""), "/")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def ask(name: str = "saskia", slug: str = PROVINCE, **what: str) -> Alert:
    return ask_to_hear(actor=acts_as(somebody(name, slug, "reader"), slug), **what)


def look(now: dt.datetime | None = None) -> int:
    with database_role(WORKER):
        return alerting.tell_all(now=now)


def told(slug: str = PROVINCE) -> list[tuple[str, str, str]]:
    with acts(slug) as owner:
        found = Item.objects.filter(owner=owner, key__startswith="figures:published").order_by("pk")
        return [(item.title_en, item.body_en, item.url) for item in found]


pytestmark = pytest.mark.django_db
OF_UTRECHT = ("The figures of 2023 are published", "You asked for this: Utrecht.", "/?year=2023&voor=provincie-ut")


def test_when_my_provinces_figures_are_published_i_hear_of_it_once() -> None:
    ask(province="UT")
    assert look() == 0
    publish(2023)
    assert look() == 1
    assert look() == 0
    assert told() == [OF_UTRECHT]
    with acts(PROVINCE):
        assert Letter.objects.count() == 1


def test_not_before_its_hour_and_not_before_all_approved() -> None:
    ask(province="UT")
    ours, held = body(), prepared()
    set_hour(actor=secretary(), publication=held, at=in_an_hour())
    assert look() == 0
    later = timezone.now() + dt.timedelta(hours=2)
    assert look(later) == 0
    approve(held, ours)
    assert look() == 0
    assert look(later) == 1
    assert look(later) == 0


def test_of_a_revision_one_hears_again_and_of_one_called_off_never() -> None:
    ask(indicator="invested_eur")
    publish(2023)
    look()
    off = prepared(2023, 2)
    set_hour(actor=secretary(), publication=off, at=in_an_hour())
    withdraw(actor=secretary(), publication=off, reason="a mistake")
    assert look(timezone.now() + dt.timedelta(days=1)) == 0
    publish(2023, 3)
    assert look() == 1
    assert [title for title, _body, _url in told()] == [
        "The figures of 2023 are published",
        "The figures of 2023 are revised",
    ]
    assert told()[0][2] == "/cijfers/invested_eur/?year=2023"


def test_of_what_was_published_before_one_asked_one_hears_nothing() -> None:
    publish(2022)
    ask()
    assert look() == 0
    publish(2023)
    assert look() == 1


def test_who_asked_for_several_hears_it_in_one_message() -> None:
    ask(province="UT")
    ask(indicator="invested_eur", province="UT")
    publish(2023)
    assert look() == 1
    ((_title, said, _url),) = told()
    assert said == "You asked for this: Utrecht; Amount invested, Utrecht."
    with acts(PROVINCE):
        assert AlertTold.objects.count() == 2


def test_each_hears_of_their_own_and_colleagues_of_theirs() -> None:
    ask("saskia", province="UT")
    ask("jan", province="UT")
    ask("bram", "bom")
    publish(2023)
    assert look() == 3
    assert (len(told()), len(told("bom"))) == (2, 1)
    assert told("bom")[0][1] == "You asked for this: all figures."


def test_who_has_left_hears_nothing() -> None:
    made = ask(province="UT")
    with as_owner():
        RoleHeld.objects.filter(person=made.person_id).delete()
    publish(2023)
    assert look() == 0


def test_asked_twice_is_asked_once_and_only_who_asked_ends_it() -> None:
    first, again = ask(province="UT"), ask(province="UT")
    assert first == again
    other = acts_as(somebody("jan", PROVINCE, "reader"), PROVINCE)
    with pytest.raises(AlertRefused, match="Only who asked"):
        hear_no_more(actor=other, alert=first)
    hear_no_more(actor=acts_as(somebody("saskia", PROVINCE, "reader"), PROVINCE), alert=first)
    publish(2023)
    assert look() == 0


@pytest.mark.parametrize("what", [{"indicator": "happiness"}, {"province": "XX"}])
def test_of_what_is_not_there_nobody_is_told(what: dict[str, str]) -> None:
    with pytest.raises(AlertRefused, match="There is no such"):
        ask(**what)


def test_the_job_may_run_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    ask(province="UT")
    publish(2023)
    with database_role(WORKER):
        jobs.tell_of_publications(timestamp=0)
        jobs.tell_of_publications(timestamp=60)
    assert told() == [OF_UTRECHT]


def test_another_party_cannot_have_somebodys_alert_told() -> None:
    made = ask(province="UT")
    held = publish(2023)
    with acts("bom"):
        assert not Alert.objects.filter(pk=made.pk).exists()
    assert look() == 1
    with acts(PROVINCE):
        assert AlertTold.objects.get().publication_id == held.pk


def test_two_that_looked_at_the_same_moment_tell_once() -> None:
    """Both saw that it was not told yet; who comes second finds that it is."""
    made, held = ask(province="UT"), publish(2023)
    actor = acts_as(made.person, PROVINCE)
    with database_role(WORKER):
        done = [
            tell_of_publication(actor=actor, publication=held.pk, person=made.person_id, alerts=[made], news=NEWS)
            for _each in range(2)
        ]
    assert done == [True, False]
    with acts(PROVINCE):
        assert AlertTold.objects.filter(alert=made).count() == Item.objects.count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            AlertTold.objects.create(owner=party(PROVINCE), alert=made, publication=held)


def test_it_is_asked_and_ended_on_the_page() -> None:
    page = signed_in(PROVINCE, "reader", language="en")
    assert "You have not asked to hear of anything yet." in page.get(PAGE).content.decode()
    assert 'value="UT" selected' in page.get(PAGE).content.decode()
    done = page.post(PAGE, {"do": "ask", "indicator": "invested_eur", "next": "/cijfers/invested_eur/?year=2023"})
    assert done.url == "/cijfers/invested_eur/?year=2023"
    assert page.post(PAGE, {"do": "ask", "next": "https://elsewhere.example/"}).url == PAGE
    assert page.post(PAGE, {"do": "ask", "indicator": "happiness"}).status_code == 422
    assert "Amount invested" in page.get(PAGE).content.decode()
    with acts(PROVINCE):
        held = Alert.objects.get(indicator="invested_eur")
    assert signed_in("bom", "steward").post(PAGE, {"do": "end", "alert": held.pk}).status_code == 404
    page.post(PAGE, {"do": "end", "alert": held.pk})
    with acts(PROVINCE):
        assert [alert.indicator for alert in Alert.objects.all()] == [""]


def test_an_auditor_is_refused_and_offered_no_alert() -> None:
    office()
    auditor = signed_in(OFFICE, "auditor", language="en")
    refused = auditor.post(PAGE, {"do": "ask", "indicator": "innovation_projects", "province": ""})
    assert refused.status_code == 422
    assert "An auditor is told of no publications" in refused.content.decode()
    with acts(OFFICE):
        assert not Alert.objects.exists()


class Telling(TestCase):
    """Whatever is published when, and however often it is looked at: each is told of what opened after they asked."""

    @settings(max_examples=25)
    @given(st.lists(st.sampled_from(["publish", "ask", "look", "look later", "in an hour"]), max_size=8))
    def test_once_each(self, steps: list[str]) -> None:
        with database_role(WEB), override("en"):
            expected, years, asked, waiting = set[int](), iter(range(2010, 2020)), False, set[int]()
            for step in steps:
                if step == "ask":
                    ask()
                    asked = True
                elif step == "publish":
                    year = next(years)
                    publish(year)
                    expected |= {year} if asked else set()
                elif step == "in an hour":
                    year = next(years)
                    set_hour(actor=secretary(), publication=prepared(year), at=in_an_hour())
                    waiting.add(year)
                elif step == "look later":
                    look(timezone.now() + dt.timedelta(hours=2))
                    expected |= waiting if asked else set()
                else:
                    look()
            look()
            titles = [title for title, _body, _url in told()]
            assert sorted(titles) == sorted(f"The figures of {year} are published" for year in expected)
