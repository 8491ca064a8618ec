"""Choosing another password, and getting a new one by mail."""

from __future__ import annotations

import re
import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client, override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from schakel.network.jobs import forget_tries, write_change_letter, write_password_letter
from schakel.network.models import Person, Role
from schakel.network.signing.letters import send_password_letter
from schakel.network.signing.pauses import ADDRESS, BROWSER, LETTERS
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.models import Entry
from tests.inbox.people import PASSWORD, somebody
from tests.making import as_owner

pytestmark = pytest.mark.django_db
CHANGE, ASK = "/toegang/wachtwoord/", "/aanmelden/wachtwoord/"
NEW = "a sentence that nobody else knows"
MAIL = override_settings(EMAIL_HOST="mail.example.org", SITE_URL="https://schakel.example.org")


@pytest.fixture
def reader() -> Person:
    return somebody("anna", "bom", Role.READER)


def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def signs_in(client: Client, person: Person, password: str = PASSWORD) -> int:
    return client.post("/aanmelden/", {"username": person.email, "password": password}).status_code


def changes(client: Client, old: str, new: str = NEW) -> int:
    said = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(CHANGE, said).status_code


def verbs(person: Person) -> list[str]:
    with as_owner():
        return list(Entry.objects.filter(person_id=person.pk).order_by("pk").values_list("verb", flat=True))


def test_a_new_password_signs_out_everywhere_else(reader: Person) -> None:
    here, there = browser(), browser()
    for client in (here, there):
        signs_in(client, reader)
    assert changes(here, "not mine") == 200
    assert changes(here, PASSWORD, "short") == 200
    assert changes(here, PASSWORD) == 302
    assert here.get("/inbox/").status_code == 200
    assert there.get("/inbox/").status_code == 302
    assert here.get("/toegang/sessies/").content.decode().count("this session") == 1
    assert "changed password" in verbs(reader)
    assert signs_in(browser(), reader) == 200
    assert signs_in(browser(), reader, NEW) == 302


def test_the_old_password_is_not_guessed_from_a_session_either(reader: Person) -> None:
    client = browser()
    signs_in(client, reader)
    answers = [changes(client, f"guess {number}") for number in range(BROWSER.free + 1)]
    assert answers == [200] * BROWSER.free + [429]
    assert changes(client, PASSWORD) == 429


def asked_for(client: Client, address: str) -> str:
    answer = client.post(ASK, {"email": address})
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", f"{answer.status_code} {answer.content.decode()}")


@MAIL
def test_asking_for_a_password_says_the_same_whoever_has_the_address(reader: Person) -> None:
    pages = [asked_for(browser(), address) for address in (reader.email, "nobody@example.org")]
    assert pages[0].replace(reader.email, "") == pages[1].replace("nobody@example.org", "")
    assert "If this address is known here" in pages[0]
    jobs = list(
        ProcrastinateJob.objects.filter(task_name="network.write_password_letter").values_list("args", flat=True)
    )
    assert jobs == [{"person": reader.pk}, {"person": 0}]
    assert mail.outbox == []  # nobody waits for the mail server, and so nobody can tell by the time


@MAIL
def test_letters_to_one_address_have_an_end(reader: Person) -> None:
    for address in (reader.email, "nobody@example.org"):
        answers = [browser().post(ASK, {"email": address}).status_code for _ in range(LETTERS.free + 1)]
        assert answers == [200] * LETTERS.free + [429]
    stopped = browser().post(ASK, {"email": reader.email.upper()}).content.decode()
    assert "You can ask again in 10 minutes." in stopped


def test_without_a_mail_server_the_page_says_whom_to_ask() -> None:
    assert "Ask its administrator" in browser().get(ASK).content.decode()
    assert not send_password_letter(1)


def letter(person: Person) -> str:
    """The path of the link in the letter that the worker sends."""
    mail.outbox.clear()
    with database_role(WORKER):
        write_password_letter(person=person.pk)
    (sent,) = mail.outbox
    assert sent.to == [person.email]
    return re.search(r"https://schakel\.example\.org(/\S+)", sent.body).group(1)


@MAIL
def test_the_link_of_a_letter_gives_a_new_password_once(reader: Person) -> None:
    there, here = browser(), browser()
    signs_in(there, reader)
    path = letter(reader)
    assert mail.outbox[0].subject == "Een nieuw wachtwoord voor Schakel"  # in the language of the person
    form = here.get(path).headers["Location"]
    assert path.split("/")[-2] not in form  # the secret does not stay in the address
    assert here.post(form, {"new_password1": NEW, "new_password2": NEW}).headers["Location"] == "/aanmelden/"
    assert there.get("/inbox/").status_code == 302
    assert "too old" in browser().get(path).content.decode()
    assert signs_in(here, reader, NEW) == 302
    assert "chose a new password by letter" in verbs(reader)


@MAIL
def test_who_is_held_up_by_others_gets_in_by_a_letter(reader: Person) -> None:
    for _ in range(ADDRESS.free):
        signs_in(browser(), reader, "a guess")
    here = browser()
    assert signs_in(here, reader) == 429
    form = here.get(letter(reader)).headers["Location"]
    here.post(form, {"new_password1": NEW, "new_password2": NEW})
    assert signs_in(here, reader, NEW) == 302


@MAIL
def test_a_link_ends_after_an_hour(reader: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime as dt

    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    path = letter(reader)
    now = dt.datetime.fromtimestamp(time.time())
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: now + dt.timedelta(seconds=3602))
    assert "too old" in browser().get(path).content.decode()


@MAIL
def test_nobody_gets_no_letter(reader: Person) -> None:
    write_password_letter(person=0)
    with as_owner():
        Person.objects.update(is_active=False)
    write_password_letter(person=reader.pk)
    assert mail.outbox == []


@pytest.mark.parametrize("path", ["/aanmelden/wachtwoord/MQ/x-y/", "/aanmelden/wachtwoord/%00/set-password/"])
def test_a_link_that_somebody_made_up_opens_nothing(path: str) -> None:
    answer = browser().get(path)
    assert answer.status_code == 200
    assert "too old" in answer.content.decode()


def test_the_worker_forgets_tries(reader: Person) -> None:
    signs_in(browser(), reader, "a guess")
    with database_role(WORKER):
        forget_tries(timestamp=0)


def test_an_administrator_helps_who_lost_everything(reader: Person) -> None:
    client = browser()
    signs_in(client, reader)
    Authenticator.objects.create(user=reader, type="totp", data={"secret": "x"})
    out = StringIO()
    with as_owner():
        call_command("lost_factor", reader.email.upper(), stdout=out)
        with pytest.raises(CommandError, match="Nobody signs in with"):
            call_command("lost_factor", "nobody@example.org")
    assert "had 1" in out.getvalue()
    assert not Authenticator.objects.exists()
    assert client.get("/inbox/").status_code == 302


def told_by_mail() -> list[dict[str, int]]:
    return list(ProcrastinateJob.objects.filter(task_name="network.write_change_letter").values_list("args", flat=True))


@MAIL
def test_a_person_hears_by_mail_that_how_they_sign_in_was_changed(reader: Person) -> None:
    client = browser()
    signs_in(client, reader)
    assert told_by_mail() == []
    changes(client, PASSWORD)
    assert told_by_mail() == [{"person": reader.pk}]
    with database_role(WORKER):
        write_change_letter(person=reader.pk)
        write_change_letter(person=0)
    (sent,) = mail.outbox
    assert sent.to == [reader.email]
    assert "https://schakel.example.org/toegang/" in sent.body
    assert "bel uw beheerder" in sent.body


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("web", "INSERT INTO socialaccount_socialaccount (provider, uid) VALUES ('x', 'x')"),
        ("web", "SELECT FROM socialaccount_socialtoken"),
        ("web", "SELECT FROM account_emailaddress"),
        ("web", "UPDATE network_signintry SET at = now()"),
        ("worker", "SELECT FROM mfa_authenticator"),
        (
            "worker",
            "SELECT ip, user_agent FROM usersessions_usersession",
        ),  # when it was last used, for how long it is kept
        ("worker", "INSERT INTO network_signintry (counter, at) VALUES ('', now())"),
        ("counter", "SELECT FROM mfa_authenticator"),
        ("linker", "SELECT FROM mfa_authenticator"),
    ],
)
def test_processes_touch_no_more_of_signing_in_than_they_need(role: str, statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with database_role(f"schakel_{role}"), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
