"""The second factor: who must have one, how it is set up and used, and what becomes of other sessions."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from schakel.network.models import Person, Role
from schakel.network.signing import sessions
from schakel.network.signing.adapters import FactorAdapter
from schakel.network.signing.middleware import OPEN
from schakel.network.signing.pauses import BROWSER
from schakel.trail.models import Entry
from tests.inbox.people import PASSWORD, somebody
from tests.making import as_owner
from tests.sharing.mandates import OFFICE, office

pytestmark = pytest.mark.django_db
ACCESS, APP, SECOND = "/toegang/", "/toegang/app/", "/aanmelden/code/"


@pytest.fixture(autouse=True)
def _asked() -> object:
    with override_settings(SECOND_FACTOR=True):
        yield


@pytest.fixture(autouse=True)
def _half_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sign-in of a test is half a minute after the one before, as a code is good once."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", Clock())


class Clock:
    """A clock that a test turns."""

    late = 0.0

    def time(self) -> float:
        return time.time() + Clock.late


@pytest.fixture
def anna() -> Person:
    Clock.late = 0
    return somebody("anna", "bom")


def browser() -> Client:
    return Client(headers={"accept-language": "en", "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})


def signs_in(client: Client, person: Person) -> str:
    """Give address and password; returns where that leads."""
    return str(client.post("/aanmelden/", {"username": person.email, "password": PASSWORD}).headers["Location"])


def code(secret: str) -> str:
    Clock.late += 30
    return format_hotp_value(hotp_value(secret, int(Clock().time()) // 30))


def sets_up(client: Client) -> str:
    """Set up an app; returns its secret."""
    page = client.get(APP).content.decode()
    secret = re.search(r'id="app-secret">([A-Z2-7]+)<', page).group(1)
    assert client.post(APP, {"code": code(secret)}).headers["Location"] == "/toegang/herstelcodes/"
    return secret


def verbs(person: Person) -> list[tuple[str, dict[str, object]]]:
    with as_owner():
        return list(Entry.objects.filter(person_id=person.pk).order_by("pk").values_list("verb", "detail"))


def test_who_can_see_confidential_records_opens_nothing_before_there_is_a_second_factor(anna: Person) -> None:
    client = browser()
    assert signs_in(client, anna) == "/"
    for address in ("/", "/aanleveringen/", "/inbox/", "/zoeken/?q=x", "/toegang/sessies/", "/toegang/herstelcodes/"):
        assert client.get(address).headers["Location"] == ACCESS, address
    assert client.post("/namens/", {"role": "1"}).headers["Location"] == ACCESS
    page = client.get(ACCESS).content.decode()
    assert "First set up a second step" in page
    assert "BOM" not in page  # nor do they act for a party yet
    sets_up(client)
    assert client.get("/inbox/").status_code == 200


def test_the_walls_themselves_are_closed_until_then(anna: Person) -> None:
    from django.test import RequestFactory

    from schakel.network.backends import PersonBackend
    from schakel.sharing.middleware import role_of_session

    request = RequestFactory().get("/")
    request.user = PersonBackend().get_user(anna.pk)
    request.session = {}
    assert role_of_session(request) is None
    with override_settings(SECOND_FACTOR=False):
        assert role_of_session(request) is not None


HELD_AT = {Role.SECRETARY: "rom-nederland", Role.IDENTITY_STEWARD: "rom-nederland", Role.AUDITOR: OFFICE}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMINISTRATOR])
def test_every_role_with_records_to_see_asks_for_it(role: Role) -> None:
    office()
    person = somebody("piet", HELD_AT.get(role, "bom"), role)
    client = browser()
    signs_in(client, person)
    assert client.get("/inbox/").headers["Location"] == ACCESS


def test_who_administers_the_system_needs_one_to_open_its_work() -> None:
    client = browser()
    signs_in(client, somebody("piet", "rom-nederland", Role.SYSTEM_ADMINISTRATOR))
    assert client.get("/beheer/taken/").headers["Location"] == ACCESS


def test_a_reader_of_a_party_without_records_may_do_without_unless_they_hold_another_role_too() -> None:
    reader = somebody("lezer", "ministerie-ez", Role.READER)
    client = browser()
    signs_in(client, reader)
    assert client.get("/inbox/").status_code == 200
    somebody("lezer", "oost-nl", Role.STEWARD)
    assert client.get("/inbox/").headers["Location"] == ACCESS


def test_pages_that_open_without_are_few_and_each_is_there() -> None:
    from tests.web.test_helping import names

    assert set(names()) >= OPEN
    assert len(OPEN) == 12


def test_with_an_app_a_password_is_half_of_it(anna: Person) -> None:
    secret = sets_up_and_leaves(anna)
    client = browser()
    assert signs_in(client, anna) == SECOND
    assert client.get("/inbox/").status_code == 302  # not signed in yet
    page = client.get(SECOND).content.decode()
    assert "Second step of signing in" in page
    assert "This code or passkey is not known here." in client.post(SECOND, {"code": "000000"}).content.decode()
    assert client.post(SECOND, {"code": code(secret)}).headers["Location"] == "/"
    assert client.get("/inbox/").status_code == 200
    told = verbs(anna)
    assert ("signed in", {"by": ["password", "totp"]}) in told
    assert ("failed to prove who they are", {}) in told
    assert ("added a factor", {"factor": "totp"}) in told


def sets_up_and_leaves(person: Person) -> str:
    client = browser()
    signs_in(client, person)
    secret = sets_up(client)
    client.post("/afmelden/")
    return secret


def test_a_code_signs_in_once_whichever_process_is_asked(anna: Person) -> None:
    from django.core.cache import cache

    secret = sets_up_and_leaves(anna)
    given = code(secret)
    first, second = browser(), browser()
    for client in (first, second):
        signs_in(client, anna)
    assert first.post(SECOND, {"code": given}).status_code == 302
    cache.clear()  # another process has a cache of its own
    again = second.post(SECOND, {"code": given})
    assert again.status_code == 200
    assert second.get("/inbox/").status_code == 302


def test_who_guesses_codes_is_stopped_and_the_person_is_not(anna: Person) -> None:
    own = browser()
    signs_in(own, anna)
    secret = sets_up(own)
    own.post("/afmelden/")
    guesser = browser()
    signs_in(guesser, anna)  # they know the password
    answers = [guesser.post(SECOND, {"code": f"{number:06}"}).status_code for number in range(7)]
    assert answers == [200] * 5 + [429] * 2
    signs_in(own, anna)
    assert own.post(SECOND, {"code": code(secret)}).status_code == 302


def test_a_recovery_code_signs_in_once(anna: Person) -> None:
    client = browser()
    signs_in(client, anna)
    sets_up(client)
    page = client.get("/toegang/herstelcodes/").content.decode()
    codes = re.findall(r'class="key">(\d{8})<', page)
    assert len(codes) == len(set(codes)) == 10
    client.post("/afmelden/")
    signs_in(client, anna)
    assert client.post(SECOND, {"code": codes[3]}).status_code == 302
    assert ("signed in", {"by": ["password", "recovery_codes"]}) in verbs(anna)
    assert codes[3] not in client.get("/toegang/herstelcodes/").content.decode()
    client.post("/afmelden/")
    signs_in(client, anna)
    assert client.post(SECOND, {"code": codes[3]}).status_code == 200


def test_new_recovery_codes_replace_the_old(anna: Person) -> None:
    client = browser()
    signs_in(client, anna)
    sets_up(client)
    before = re.findall(r'class="key">(\d{8})<', client.get("/toegang/herstelcodes/").content.decode())
    assert "The 10 codes that are left" in client.get("/toegang/herstelcodes/nieuw/").content.decode()
    assert client.post("/toegang/herstelcodes/nieuw/").status_code == 302
    after = re.findall(r'class="key">(\d{8})<', client.get("/toegang/herstelcodes/").content.decode())
    assert len(after) == 10
    assert set(before).isdisjoint(after)


def test_secrets_are_kept_under_a_key_that_the_database_does_not_have(anna: Person) -> None:
    secret = sets_up_and_leaves(anna)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert FactorAdapter().decrypt(kept) == secret
    with override_settings(FACTOR_KEY="a new key, the old one"):
        assert FactorAdapter().encrypt("x") != "x"
    from django.conf import settings

    with override_settings(FACTOR_KEY=f"new,{settings.FACTOR_KEY}"):
        assert FactorAdapter().decrypt(kept) == secret


def test_taking_the_last_factor_away_leads_to_setting_up_another(anna: Person) -> None:
    client = browser()
    signs_in(client, anna)
    sets_up(client)
    assert "another at once" in client.get("/toegang/app/weg/").content.decode()
    assert client.post("/toegang/app/weg/").headers["Location"] == ACCESS
    assert Authenticator.objects.count() == 0  # recovery codes without a factor neither
    assert client.get("/inbox/").headers["Location"] == ACCESS
    assert ("removed a factor", {"factor": "totp"}) in verbs(anna)


def test_who_signed_in_long_ago_says_again_who_they_are_before_changing_how_they_sign_in(anna: Person) -> None:
    client = browser()
    signs_in(client, anna)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    asked = client.get(APP).headers["Location"]
    assert asked == "/aanmelden/opnieuw/?next=%2Ftoegang%2Fapp%2F"
    assert client.post(asked, {"password": "wrong"}).status_code == 200
    assert client.post(asked, {"password": PASSWORD}).headers["Location"] == APP
    assert client.get(APP).status_code == 200


def test_asking_again_is_counted_too(anna: Person) -> None:
    client = browser()
    signs_in(client, anna)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answers = [client.post("/aanmelden/opnieuw/", {"password": "wrong"}).status_code for _ in range(BROWSER.free + 1)]
    assert answers == [200] * BROWSER.free + [429]


def test_setting_up_a_factor_ends_other_sessions(anna: Person) -> None:
    one, other = browser(), browser()
    signs_in(one, anna)
    signs_in(other, anna)
    sets_up(other)
    assert one.get(ACCESS).headers["Location"].startswith("/aanmelden/")
    assert other.get("/inbox/").status_code == 200
    assert ("ended sessions", {"sessions": 1}) in verbs(anna)


def test_a_person_sees_their_sessions_and_ends_one() -> None:
    reader, else_ = (somebody(name, "ministerie-ez", Role.READER) for name in ("lezer", "piet"))
    here, there, others = browser(), Client(headers={"user-agent": "Mozilla (iPhone) Safari/600"}), browser()
    for client, person in ((here, reader), (there, reader), (others, else_)):
        signs_in(client, person)
    page = here.get("/toegang/sessies/").content.decode()
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert page.count("End this session") == 1
    number = UserSession.objects.get(session_key=there.session.session_key).pk
    of_another = UserSession.objects.get(session_key=others.session.session_key).pk
    assert here.post(f"/toegang/sessies/{of_another}/").status_code == 404
    assert here.post(f"/toegang/sessies/{number}/").status_code == 302
    assert there.get("/inbox/").status_code == 302
    assert others.get("/inbox/").status_code == 200
    assert here.get("/inbox/").status_code == 200
    signs_in(there, reader)
    assert here.post("/toegang/sessies/anders/").status_code == 302
    assert there.get("/inbox/").status_code == 302
    assert [line for line in verbs(reader) if line[0] == "ended sessions"] == [("ended sessions", {"sessions": 1})] * 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18 Safari/605", "Safari on macOS"),
        ("curl/8", "an unknown browser"),
        ("", "an unknown browser"),
    ],
)
def test_devices_in_words(said: str, words: str) -> None:
    from django.utils.translation import override

    with override("en"):
        assert sessions.device(said) == words


def test_a_session_is_marked_as_seen_once_in_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser()
    signs_in(client, somebody("lezer", "ministerie-ez", Role.READER))
    UserSession.objects.update(last_seen_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    sessions._marked.clear()
    client.get("/inbox/")
    assert UserSession.objects.get().last_seen_at.year > 2026 or UserSession.objects.get().last_seen_at.month > 1
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/inbox/")
    assert not [query for query in asked if "usersession" in (query["sql"] or "")]


def test_the_second_factor_is_read_with_the_person_and_their_roles(anna: Person) -> None:
    from schakel.network.backends import PersonBackend

    with CaptureQueriesContext(connection) as asked:
        person = PersonBackend().get_user(anna.pk)
    assert len(asked) == 1
    assert person is not None
    assert not person.has_factor
    sets_up_and_leaves(anna)
    again = PersonBackend().get_user(anna.pk)
    assert again is not None
    assert again.has_factor


def test_somebody_who_left_is_not_let_in_by_their_code_either(anna: Person) -> None:
    secret = sets_up_and_leaves(anna)
    client = browser()
    signs_in(client, anna)
    with as_owner():
        Person.objects.filter(pk=anna.pk).update(is_active=False)
    client.post(SECOND, {"code": code(secret)})
    assert client.get("/inbox/").status_code == 302


def test_a_page_asks_the_database_no_more_for_it(anna: Person) -> None:
    client = browser()
    signs_in(client, anna)
    sets_up(client)
    asked = []
    for needed in (True, False):
        with override_settings(SECOND_FACTOR=needed):
            client.get("/inbox/")
            with CaptureQueriesContext(connection) as page:
                assert client.get("/inbox/").status_code == 200
            asked.append(len(page))
    assert asked[0] == asked[1]
