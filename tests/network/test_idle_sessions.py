"""A session ends where nothing is done in it, and some hours after it began, whatever is done; and one is told why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schakel.network.sessions import BEGUN, SessionStore, ends_at
from schakel.network.signing import sessions
from tests.inbox.people import PASSWORD, somebody

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
IDLE = "omdat er 60 minuten niets is gedaan"
OVER = "omdat een sessie na 12 uur eindigt"


@pytest.fixture(autouse=True)
def _nothing_marked() -> Iterator[None]:
    """A process remembers for a minute that a session was used."""
    sessions._marked.clear()
    yield
    sessions._marked.clear()


@pytest.fixture
def anna(client: Client) -> Client:
    """Anna of BOM, who has just signed in and opened a page."""
    client.force_login(somebody("anna", "bom"))
    assert client.get("/inbox/").status_code == 200
    return client


def _row(client: Client) -> Session:
    return Session.objects.get(pk=client.cookies[settings.SESSION_COOKIE_NAME].value)


def _away(client: Client, **time: float) -> None:
    """As if so much time went by in which nothing was done."""
    row = _row(client)
    Session.objects.filter(pk=row.pk).update(expire_date=row.expire_date - dt.timedelta(**time))


def _began(client: Client, hours: float) -> None:
    """As if Anna signed in so many hours ago."""
    row = _row(client)
    store = SessionStore(row.pk)
    held = row.get_decoded() | {BEGUN: int((timezone.now() - dt.timedelta(hours=hours)).timestamp())}
    Session.objects.filter(pk=row.pk).update(session_data=store.encode(held))


def test_a_session_in_which_something_is_done_goes_on(anna: Client) -> None:
    for _ in range(3):
        _away(anna, minutes=59)
        sessions._marked.clear()
        assert anna.get("/inbox/").status_code == 200
    assert _row(anna).expire_date > timezone.now() + 59 * MINUTE


def test_who_was_away_for_an_hour_signs_in_anew_and_reads_why(anna: Client) -> None:
    _away(anna, minutes=60)
    led = anna.get("/inbox/")
    assert led.status_code == 302
    said = anna.get(led.url).content.decode()
    assert IDLE in said
    assert 'name="next" value="/inbox/"' in said


def test_a_page_that_asks_by_itself_keeps_no_session(anna: Client) -> None:
    ends = _row(anna).expire_date
    sessions._marked.clear()
    assert anna.get("/inbox/", headers={"hx-request": "true"}).status_code == 200
    assert _row(anna).expire_date == ends


def test_twelve_hours_after_it_began_it_ends_whatever_is_done(anna: Client) -> None:
    _began(anna, hours=11.9)
    sessions._marked.clear()
    assert anna.get("/inbox/").status_code == 200
    assert _row(anna).expire_date < timezone.now() + 7 * MINUTE
    _began(anna, hours=12)
    _away(anna, minutes=7)
    led = anna.get("/inbox/")
    assert OVER in anna.get(led.url).content.decode()


def test_who_opens_the_page_of_signing_in_itself_reads_why_too(anna: Client) -> None:
    _away(anna, minutes=61)
    assert IDLE in anna.get("/aanmelden/").content.decode()


def test_who_never_signed_in_is_told_nothing(client: Client) -> None:
    led = client.get("/inbox/")
    assert "einde" not in led.url
    said = client.get(led.url).content.decode()
    assert IDLE not in said
    assert OVER not in said


def test_who_signed_out_is_told_nothing(anna: Client) -> None:
    anna.post("/afmelden/")
    assert "einde" not in anna.get("/inbox/").url


def test_a_session_of_before_this_begins_now(anna: Client) -> None:
    row = _row(anna)
    held = {name: value for name, value in row.get_decoded().items() if name != BEGUN}
    far = timezone.now() + dt.timedelta(hours=11)
    Session.objects.filter(pk=row.pk).update(session_data=SessionStore(row.pk).encode(held), expire_date=far)
    sessions._marked.clear()
    assert anna.get("/inbox/").status_code == 200
    assert _row(anna).expire_date < timezone.now() + 61 * MINUTE


def test_sessions_that_ended_are_not_among_those_where_one_is_signed_in() -> None:
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.post("/aanmelden/", {"username": somebody("anna", "bom").email, "password": PASSWORD})
        assert browser.get("/inbox/").status_code == 200
    told = here.get(reverse("network:sessions")).content.decode()
    assert told.count('<article class="panel') == 2
    _away(elsewhere, minutes=61)
    told = here.get(reverse("network:sessions")).content.decode()
    assert told.count('<article class="panel') == 1


@given(st.integers(-(24 * 60), 60))
def test_it_never_ends_later_than_either_says(minutes_ago: int) -> None:
    begun = int((timezone.now() + minutes_ago * MINUTE).timestamp())
    ends = ends_at(begun)
    assert ends.timestamp() <= begun + settings.SESSION_COOKIE_AGE
    assert ends <= timezone.now() + dt.timedelta(seconds=settings.SESSION_IDLE)
