"""One message a day in each one's morning hour, and reminders of what is due."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schakel.inbox import jobs
from schakel.inbox.actions import choose_mail, mark_seen, put, set_deputy, settle, tell
from schakel.inbox.digests import write_digests
from schakel.inbox.models import Item
from schakel.inbox.reminders import must_remind, write_reminders
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.roles import WORKER, database_role
from schakel.words import Words
from tests.inbox.people import TITLE, URL, acts_as, of, somebody

pytestmark = pytest.mark.django_db


def daily(name="anna", slug="bom", hour=8, **values):
    person = somebody(name, slug, **values)
    choose_mail(actor=acts_as(person, slug), mail="daily", hour=hour)
    return person


def put_at(slug="bom", name="first", **values):
    words = {"key": name, "title": Words(name, f"{name} in English"), "url": URL, "role": "steward"} | values
    return put(actor=of(slug), party=party(slug).pk, **words)


def work():
    """What the worker does every minute and every ten minutes, with the worker's rights."""
    with database_role(WORKER):
        jobs.send_what_is_due(timestamp=0)
        jobs.write_letters(timestamp=0)


def plain(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_a_daily_message_comes_in_the_hour_that_one_chose_and_once_a_day(post, at):
    at("2026-03-01 12:00")
    daily(hour=8)
    put_at()
    for moment, arrived in (("02 07:50", 0), ("02 08:00", 1), ("02 08:10", 1), ("02 23:50", 1)):
        at(f"2026-03-{moment}")
        work()
        assert len(post.arrived) == arrived, moment


def test_the_hour_is_that_of_amsterdam_in_summer_and_in_winter(post):
    daily(hour=8)
    put_at()
    winter, summer = (dt.datetime(2030, month, 1, 6, 30, tzinfo=dt.UTC) for month in (1, 7))
    assert write_digests(party("bom").pk, winter) == 0  # half past seven
    assert write_digests(party("bom").pk, summer) == 1  # half past eight


def test_a_worker_that_was_away_in_the_morning_writes_later_that_day(post, at):
    at("2026-03-02 06:00")
    daily(hour=6)
    put_at()
    at("2026-03-02 17:00")
    work()
    assert len(post.arrived) == 1


def test_it_tells_what_is_new_or_due_within_three_days_and_no_more(post, at):
    at("2026-03-01 09:00")
    daily()
    put_at(name="old")
    put_at(name="old and far", due=dt.date(2026, 3, 6))
    put_at(name="old and soon", due=dt.date(2026, 3, 5))
    put_at(name="old and late", due=dt.date(2026, 2, 28))
    work()
    at("2026-03-01 12:00")
    put_at(name="fresh")
    at("2026-03-02 09:00")
    work()
    text = plain(post.arrived[-1][1])
    assert post.subjects()[-1] == "3 zaken bij ‘Mijn werk’"
    told = [name for name in ("old and late", "old and soon", "fresh") if f"- {name}\n" in text]
    assert told == ["old and late", "old and soon", "fresh"]
    assert "- old\n" not in text
    assert "far" not in text
    assert text.index("old and late") < text.index("old and soon") < text.index("fresh")


def test_where_there_is_nothing_to_say_nothing_is_sent(post, at):
    at("2026-03-01 09:00")
    daily()
    put_at()
    work()
    settle(actor=of("bom"), party=party("bom").pk, key="first")
    at("2026-03-02 09:00")
    work()
    assert len(post.arrived) == 1


def test_it_is_in_the_reader_s_language_and_has_links(post, at):
    at("2026-03-02 09:00")
    daily(language="en")
    put_at(due=dt.date(2026, 3, 1))
    work()
    ((_to, message),) = post.arrived
    assert message["Subject"] == "1 item in your inbox"
    assert "first in English" in plain(message)
    assert "https://schakel.example/aanleveringen/" in plain(message)


def test_what_one_was_told_and_did_not_read_is_in_it(post, at):
    at("2026-03-02 07:00")
    anna = daily()
    for key in ("read", "unread"):
        words = Words(key, key)
        item = tell(actor=of("bom"), party=party("bom").pk, person=anna.pk, key=key, title=words, url=URL)
        if key == "read":
            mark_seen(actor=acts_as(anna, "bom"), items=Item.objects.filter(pk=item.pk))
    at("2026-03-02 09:00")
    work()
    text = plain(post.arrived[0][1])
    assert "- unread\n" in text
    assert "- read\n" not in text


def test_who_is_away_hears_of_all_that_came_when_they_are_back(post, at):
    at("2026-03-01 09:00")
    anna, bert = daily("anna"), daily("bert", role="reader")
    set_deputy(actor=acts_as(anna, "bom"), deputy=bert.pk, since=dt.date(2026, 3, 1), until=dt.date(2026, 3, 3))
    at("2026-03-02 07:00")
    put_at()
    at("2026-03-02 09:00")
    work()
    assert [to for to, _message in post.arrived] == ["bert@example.org"]
    at("2026-03-04 09:00")
    work()
    assert [to for to, _message in post.arrived] == ["bert@example.org", "anna@example.org"]


def test_each_party_s_people_hear_of_their_own_inbox(post, at):
    at("2026-03-02 07:00")
    daily("anna", "bom")
    daily("dina", "oost-nl")
    put_at("bom", "ours")
    put_at("oost-nl", "theirs")
    at("2026-03-02 09:00")
    work()
    texts = {to: plain(message) for to, message in post.arrived}
    assert "ours" in texts["anna@example.org"]
    assert "theirs" not in texts["anna@example.org"]
    assert "theirs" in texts["dina@example.org"]


def test_reminders_come_a_week_and_a_day_before_on_the_day_and_three_days_after(post, at):
    at("2026-03-01 09:00")
    somebody("anna", "bom")
    put_at(due=dt.date(2026, 3, 20))
    work()
    reminded = []
    for number in range(2, 31):
        at(f"2026-03-{number:02} 08:00")
        before = len(post.arrived)
        work()
        work()
        reminded += [number] * (len(post.arrived) - before)
    assert reminded == [13, 19, 20, 23]
    assert post.subjects()[-1] == "Herinnering: first"


def test_no_reminder_comes_before_seven_or_of_what_is_done(post, at):
    at("2026-03-01 09:00")
    somebody("anna", "bom")
    put_at(due=dt.date(2026, 3, 20))
    put_at(name="second", due=dt.date(2026, 3, 20))
    work()
    settle(actor=of("bom"), party=party("bom").pk, key="second")
    at("2026-03-13 06:50")
    assert write_reminders(party("bom").pk) == 0
    at("2026-03-13 07:00")
    assert write_reminders(party("bom").pk) == 1


def test_all_that_is_due_comes_in_one_reminder(post, at):
    at("2026-03-01 09:00")
    somebody("anna", "bom")
    for name in ("first", "second"):
        put_at(name=name, due=dt.date(2026, 3, 20))
    work()
    at("2026-03-13 08:00")
    work()
    assert post.subjects()[2:] == ["Herinnering: 2 zaken met een datum"]


def test_who_has_a_daily_message_finds_the_reminder_there_and_gets_no_other(post, at):
    at("2026-03-01 09:00")
    daily()
    put_at(due=dt.date(2026, 3, 20))
    work()
    at("2026-03-13 09:00")
    work()
    assert len(post.arrived) == 2
    assert "- first\n" in plain(post.arrived[1][1])


def test_a_reminder_that_could_not_be_written_on_its_day_is_written_on_the_next(post, at):
    at("2026-03-01 09:00")
    somebody("anna", "bom")
    put_at(due=dt.date(2026, 3, 20))
    at("2026-03-15 08:00")
    work()
    at("2026-03-16 08:00")
    work()
    assert post.subjects() == [Words("first", "").nl, "Herinnering: first"]


DAYS = st.integers(-40, 40)


@given(due=DAYS, put_on=DAYS, worked=st.sets(DAYS))
def test_each_moment_is_reminded_of_once_on_whichever_days_the_worker_works(due, put_on, worked):
    today = timezone.localdate()
    day = {number: today + dt.timedelta(days=number) for number in range(-60, 61)}
    heard, reminded = day[put_on], []
    for number in sorted(worked):
        if number >= put_on and must_remind(due=day[due], heard=heard, today=day[number]):
            heard = day[number]
            reminded.append(number)
    moments = [due - 7, due - 1, due, due + 3]
    bounds = [put_on, *reminded]
    for before, after in zip(bounds, reminded, strict=False):
        assert any(before < moment <= after for moment in moments)
    last = max(worked, default=put_on)
    assert not any(bounds[-1] < moment <= last for moment in moments)


def test_acting_for_no_party_the_worker_would_remind_nobody(at):
    at("2026-03-01 09:00")
    somebody("anna", "bom")
    put_at(due=dt.date(2026, 3, 2))
    with database_role(WORKER):
        assert not Item.objects.exists()
    with acting(of("bom")):
        assert Item.objects.get().title_nl == "first"
    assert TITLE.nl != "first"
