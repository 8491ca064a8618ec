"""Who stands in for whom during leave: no chains, nobody from elsewhere, and seen by none but the party."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from schakel.inbox import queries
from schakel.inbox.actions import DeputyRefused, choose_mail, end_deputy, put, set_deputy, tell
from schakel.inbox.models import Deputy, Preference
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.roles import WEB, database_role
from tests.inbox.people import TITLE, URL, acts_as, of, somebody
from tests.inbox.test_items import put_at, titles
from tests.inbox.test_mail import send_all

pytestmark = pytest.mark.django_db


def day(number):
    """A day counted from today."""
    return timezone.localdate() + dt.timedelta(days=number)


def stands_in(deputy, person, since=0, until=7, **values):
    return set_deputy(actor=acts_as(person, "bom"), deputy=deputy.pk, since=day(since), until=day(until), **values)


@pytest.fixture
def anna(db):
    return somebody("anna", "bom")


@pytest.fixture
def bert(db):
    return somebody("bert", "bom", "reader")


@pytest.fixture
def cor(db):
    return somebody("cor", "bom", "reader")


def test_a_deputy_sees_what_waits_for_the_person_and_for_their_role_from_the_first_day_to_the_last(anna, bert):
    put_at("bom", key="hers", role="", person=anna.pk)
    put_at("bom", key="of her role")
    stands_in(bert, anna, since=1, until=3)
    with acting(acts_as(bert, "bom")):
        seen = [queries.waiting(bert.pk, party("bom").pk, on=day(n)).count() for n in range(5)]
    assert seen == [0, 2, 2, 2, 0]
    assert len(titles(anna, "bom")) == 2


def test_what_was_only_told_is_not_for_a_deputy(anna, bert):
    stands_in(bert, anna)
    tell(actor=of("bom"), party=party("bom").pk, person=anna.pk, key="talk:7", title=TITLE, url=URL)
    assert TITLE.nl not in titles(bert, "bom", queries.told)


def test_mail_about_work_goes_to_the_deputy_by_the_deputy_s_own_wish(post, anna, bert):
    stands_in(bert, anna)
    put_at("bom", key="hers", role="", person=anna.pk)
    send_all()
    assert TITLE.nl in post.subjects("bert@example.org")
    assert TITLE.nl not in post.subjects("anna@example.org")
    choose_mail(actor=acts_as(bert, "bom"), mail="none", hour=8)
    put_at("bom", key="more", role="", person=anna.pk)
    send_all()
    assert post.subjects().count(TITLE.nl) == 1


def test_the_deputy_is_told_and_so_is_who_a_steward_arranges_it_for(anna, bert, cor):
    set_deputy(actor=acts_as(anna, "bom"), person=bert.pk, deputy=cor.pk, since=day(0), until=day(1))
    assert len(titles(bert, "bom", queries.told)) == len(titles(cor, "bom", queries.told)) == 1
    assert titles(anna, "bom", queries.told) == []


def test_a_reader_arranges_no_leave_of_a_colleague(anna, bert, cor):
    with pytest.raises(DeputyRefused):
        set_deputy(actor=acts_as(bert, "bom"), person=anna.pk, deputy=cor.pk, since=day(0), until=day(1))


def test_nobody_of_another_party_stands_in(anna):
    neighbour = somebody("dina", "oost-nl")
    with pytest.raises(DeputyRefused):
        stands_in(neighbour, anna)


@pytest.mark.parametrize(("since", "until"), [(3, 2), (-5, -1)])
def test_leave_ends_after_it_begins_and_not_in_the_past(anna, bert, since, until):
    with pytest.raises(DeputyRefused):
        stands_in(bert, anna, since=since, until=until)


def test_nobody_stands_in_for_themselves(anna):
    with pytest.raises(DeputyRefused):
        stands_in(anna, anna)


def test_who_is_away_stands_in_for_nobody_then(anna, bert, cor):
    stands_in(cor, bert, since=2, until=3)
    with pytest.raises(DeputyRefused, match="Bert"):
        stands_in(bert, anna, since=0, until=2)
    stands_in(bert, anna, since=0, until=1)


def test_who_stands_in_goes_on_leave_once_another_does(anna, bert, cor):
    first = stands_in(bert, anna)
    with pytest.raises(DeputyRefused, match="Anna"):
        stands_in(cor, bert)
    end_deputy(actor=acts_as(bert, "bom"), deputy=first)
    stands_in(cor, bert)


def test_one_is_away_once_at_a_time(anna, bert, cor):
    stands_in(bert, anna, since=0, until=2)
    with pytest.raises(DeputyRefused):
        stands_in(cor, anna, since=2, until=4)
    stands_in(cor, anna, since=3, until=4)


def test_an_end_keeps_the_days_that_were_and_a_colleague_cannot_end_it(anna, bert, cor):
    made = stands_in(bert, anna)
    with pytest.raises(DeputyRefused):
        end_deputy(actor=acts_as(cor, "bom"), deputy=made)
    with acting(of("bom")):
        Deputy.objects.filter(pk=made.pk).update(since=day(-3))
        made.refresh_from_db()
    end_deputy(actor=acts_as(anna, "bom"), deputy=made)
    with acting(of("bom")):
        assert list(Deputy.objects.values_list("since", "until")) == [(day(-3), day(-1))]


@pytest.mark.parametrize("slug", ["oost-nl", "rom-nederland", "provincie-utrecht"])
def test_no_other_party_sees_who_is_away_or_how_they_want_mail(anna, bert, slug):
    stands_in(bert, anna)
    choose_mail(actor=acts_as(anna, "bom"), mail="daily", hour=8)
    with acting(of(slug)):
        assert not Deputy.objects.exists()
        assert not Preference.objects.exists()


class NoChains(TestCase):
    """Whatever leave is asked for, in whatever order: on no day does anybody who is away stand in."""

    asked = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 6), st.integers(0, 6))

    @given(st.lists(asked, max_size=12))
    def test_on_every_day_work_waits_with_somebody_who_is_there(self, wishes):
        with database_role(WEB):
            people = [somebody(name, "bom") for name in ("anna", "bert", "cor", "dina")]
            for away, deputy, since, length in wishes:
                try:
                    stands_in(people[deputy], people[away], since=since, until=since + length)
                except DeputyRefused:
                    continue
            for number in range(13):
                self._check(day(number))

    def _check(self, on):
        with acting(of("bom")):
            pairs = list(queries.deputies_on(party("bom").pk, on).values_list("person_id", "deputy_id"))
        away = [person for person, _deputy in pairs]
        assert len(set(away)) == len(away)
        assert not set(away) & {deputy for _person, deputy in pairs}


def test_an_item_put_during_leave_is_put_once(anna, bert):
    stands_in(bert, anna)
    item = put(actor=of("bom"), party=party("bom").pk, key="k", title=TITLE, url=URL, role="steward")
    assert titles(bert, "bom") == [item.title_nl]


def test_to_end_leave_that_is_over_changes_nothing_of_it(anna, bert):
    made = stands_in(bert, anna, since=0, until=1)
    with acting(acts_as(anna, "bom")):
        Deputy.objects.filter(pk=made.pk).update(since=day(-9), until=day(-8))
        over = Deputy.objects.get(pk=made.pk)
    end_deputy(actor=acts_as(anna, "bom"), deputy=over)
    with acting(acts_as(anna, "bom")):
        assert Deputy.objects.get(pk=made.pk).until == day(-8)
