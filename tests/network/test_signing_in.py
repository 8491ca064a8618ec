"""Signing in: what stops who guesses, and that it never stops the person in their own browser."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.network.models import Person, SignInTry
from schakel.network.signing import browsers
from schakel.network.signing.browsers import Browser, network_of
from schakel.network.signing.counters import Counter, Stopped, Taken, count, digest, folded, forget, once
from schakel.network.signing.pauses import ADDRESS, DAY, NETWORK
from schakel.trail.models import Entry
from tests.inbox.people import PASSWORD, somebody
from tests.making import as_owner

pytestmark = pytest.mark.django_db
SIGN_IN = "/aanmelden/"


def tries(client: Client, address: str, password: str = "wrong", **more: str) -> int:
    return client.post(SIGN_IN, {"username": address, "password": password}, **more).status_code


def lines(verb: str) -> int:
    with as_owner():
        return Entry.objects.filter(verb=verb).count()


@pytest.fixture
def anna() -> Person:
    return somebody("anna", "bom")


def test_who_guesses_is_stopped_and_is_told_what_to_do(anna: Person) -> None:
    guesser = Client(headers={"accept-language": "en"})
    assert [tries(guesser, anna.email) for _ in range(ADDRESS.free)] == [200] * ADDRESS.free
    stopped = guesser.post(SIGN_IN, {"username": anna.email, "password": PASSWORD})
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["Retry-After"]) <= 60
    said = stopped.content.decode()
    assert "The next try is taken in 1 minute." in said
    assert "in a browser that you used before" in said
    dutch = Client(headers={"accept-language": "nl"}).post(SIGN_IN, {"username": anna.email, "password": "x"})
    assert "Een volgende poging kan over 1 minuut." in dutch.content.decode()


def test_the_person_signs_in_from_their_own_browser_whatever_others_do(anna: Person) -> None:
    own = Client()
    assert tries(own, anna.email, PASSWORD) == 302
    own.post("/afmelden/")
    for _ in range(ADDRESS.free + 2):
        tries(Client(), anna.email)
    assert tries(Client(), anna.email, PASSWORD) == 429
    assert tries(own, anna.email, PASSWORD) == 302


def test_a_browser_of_another_person_is_unknown_to_this_one(anna: Person) -> None:
    piet = somebody("piet", "bom")
    his = Client()
    assert tries(his, piet.email, PASSWORD) == 302
    his.post("/afmelden/")
    for _ in range(ADDRESS.free):
        tries(his, anna.email)
    assert tries(his, anna.email) == 429
    assert tries(his, piet.email, PASSWORD) == 302  # and his own tries are his own


def test_a_known_browser_has_an_end_too_and_stops_nobody_else(anna: Person) -> None:
    stolen, own = Client(), Client()
    for client in (stolen, own):
        assert tries(client, anna.email, PASSWORD) == 302
        client.post("/afmelden/")
    answers = [tries(stolen, anna.email) for _ in range(11)]
    assert answers == [200] * 10 + [429]
    assert tries(own, anna.email, PASSWORD) == 302


def test_a_cookie_that_somebody_wrote_in_makes_no_browser_known(anna: Person) -> None:
    own = Client()
    tries(own, anna.email, PASSWORD)
    name = "schakel-browser"
    value = own.cookies[name].value
    forged = Client()
    for text in (value[:-1] + ("A" if value[-1] != "A" else "B"), "", "x", "[]"):
        forged.cookies[name] = text
        request = RequestFactory().get(SIGN_IN)
        request.COOKIES[name] = text
        assert browsers.browser_of(request) is None
        assert [one.kind for one in browsers.counters_for(request, anna.email)] == ["address", "network"]


def test_an_address_that_nobody_has_gets_the_same_answers(anna: Person) -> None:
    known, unknown = Client(), Client()
    seen = [(tries(known, anna.email), tries(unknown, "nobody@example.org")) for _ in range(ADDRESS.free + 1)]
    assert all(one == other for one, other in seen)
    assert seen[-1] == (429, 429)


def test_an_address_that_nobody_has_costs_as_much_work(anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    real = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *words: hashed.append("once") or real(*words))
    works = []
    for address in (anna.email, "nobody@example.org"):
        hashed.clear()
        tries(Client(), address)
        works.append(len(hashed))
    assert works == [1, 1]


def test_a_network_that_tries_many_addresses_is_stopped_and_others_are_not(anna: Person) -> None:
    for number in range(NETWORK.free):
        request = RequestFactory().get(SIGN_IN, REMOTE_ADDR=f"192.0.2.{number}")
        assert isinstance(count(browsers.counters_for(request, f"p{number}@example.org")), Taken)
    assert tries(Client(), anna.email, PASSWORD, REMOTE_ADDR="192.0.2.250") == 429
    assert tries(Client(), anna.email, PASSWORD, REMOTE_ADDR="198.51.100.1") == 302


def test_who_signs_in_used_no_tries(anna: Person) -> None:
    for _ in range(ADDRESS.free + 3):
        assert tries(Client(), anna.email, PASSWORD) == 302
    assert SignInTry.objects.count() == 0


def test_refusals_stand_in_the_trail_once_a_stop_and_tell_nothing_of_whom(anna: Person) -> None:
    for _ in range(ADDRESS.free + 5):
        tries(Client(), anna.email)
    assert lines("failed to sign in") == ADDRESS.free
    assert lines("held off signing in") == 1
    with as_owner():
        line = Entry.objects.get(verb="held off signing in")
    assert (line.owner_id, line.person_id, line.objects_ids, line.detail) == (None, None, [], {"by": "address"})


def test_the_table_tells_no_address_and_no_network(anna: Person) -> None:
    tries(Client(), anna.email, REMOTE_ADDR="203.0.113.9")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM network_signintry t")
        told = cursor.fetchone()[0]
    for secret in (anna.email, anna.email.encode().hex(), "203.0.113", b"203.0.113".hex()):
        assert secret not in told


def test_a_try_counts_though_the_request_ends_in_an_error(anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("something else is broken")

    monkeypatch.setattr("schakel.network.backends.PersonBackend.authenticate", fails, raising=False)
    client = Client(raise_request_exception=False)
    answers = [tries(client, anna.email) for _ in range(ADDRESS.free + 1)]
    assert answers == [500] * ADDRESS.free + [429]


def test_every_way_the_database_knows_an_address_by_is_one_counter() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT chr(one), chr(other) FROM generate_series(1, 65535) one JOIN generate_series(1, 65535) other"
            " ON one < other AND one NOT BETWEEN 55296 AND 57343 AND other NOT BETWEEN 55296 AND 57343"
            " AND upper(chr(one)) = upper(chr(other))"
        )
        alike = cursor.fetchall()
    assert len(alike) > 500
    assert [pair for pair in alike if folded(f"x{pair[0]}@y") != folded(f"x{pair[1]}@y")] == []


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.77", "192.0.2.0"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_the_network_of_a_request(address: str, network: str) -> None:
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_behind_a_proxy_its_word_counts_and_not_the_visitors() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "9.9.9.9, 192.0.2.1"})
    assert network_of(request) == "127.0.0.0"
    with override_settings(PROXIES=1):
        assert network_of(request) == "192.0.2.0"
    with override_settings(PROXIES=1):
        assert network_of(RequestFactory().get("/", REMOTE_ADDR="192.0.2.9")) == "192.0.2.0"


def test_a_code_is_good_once_within_its_time() -> None:
    minute = dt.timedelta(minutes=1)
    assert once("code", "7", "123456", within=minute)
    assert not once("code", "7", "123456", within=minute)
    assert once("code", "8", "123456", within=minute)
    SignInTry.objects.all().delete()
    assert once("code", "7", "123456", within=minute)


def test_tries_of_more_than_a_day_ago_are_forgotten() -> None:
    now = timezone.now()
    counter = Counter("address", digest("address", "x"), ADDRESS)
    count([counter], at=now - DAY - dt.timedelta(minutes=1))
    count([counter], at=now)
    assert forget(before=now - DAY) == 1
    assert SignInTry.objects.count() == 1


@given(st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_others_do_the_person_gets_in_and_guessing_has_its_bound(data: st.DataObject) -> None:
    """Others knock when, from where and as whom they like; the person's own browser never waits for them."""
    SignInTry.objects.all().delete()
    address, now = "anna@example.org", timezone.now()
    own = RequestFactory().get(SIGN_IN, REMOTE_ADDR="192.0.2.1")
    known = Browser("number", (browsers._mark(address),))
    looked_at: list[dt.datetime] = []
    for gap, host, ways, comes in data.draw(
        st.lists(
            st.tuples(st.integers(0, 5 * 3600), st.integers(0, 3), st.sampled_from(["anna", "ANNA"]), st.booleans()),
            min_size=30,
            max_size=60,
        )
    ):
        now += dt.timedelta(seconds=gap)
        other = RequestFactory().get(SIGN_IN, REMOTE_ADDR=f"192.0.{host}.1")
        if isinstance(count(browsers.counters_for(other, f"{ways}@example.org"), at=now), Taken):
            looked_at.append(now)
        if comes:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(browsers, "browser_of", lambda _request: known)
                outcome = count(browsers.counters_for(own, address), at=now)
            assert isinstance(outcome, Taken)
            outcome.was_right()
    for first in looked_at:
        assert sum(first <= moment <= first + DAY for moment in looked_at) <= ADDRESS.bound


def test_tries_at_the_same_moment_are_counted_one_by_one() -> None:
    """Threads have connections of their own, outside this test's transaction; so they take away what they wrote."""
    counter = Counter("address", digest("address", "at once"), ADDRESS)
    outcomes: list[Taken | Stopped] = []

    def in_threads(*works: Callable[[], object]) -> None:
        def done(work: Callable[[], object]) -> None:
            work()
            connections.close_all()

        threads = [threading.Thread(target=done, args=[work]) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    in_threads(*[lambda: outcomes.append(count([counter]))] * 12)
    in_threads(SignInTry.objects.all().delete, Entry.objects.filter(verb="held off signing in").delete)
    assert sum(isinstance(outcome, Taken) for outcome in outcomes) == ADDRESS.free
    assert len(outcomes) == 12
