"""The session of a person: whose it is, in which roles, and that one which has ended opens nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from schakel.network.backends import PersonBackend
from schakel.network.models import Person
from schakel.network.queries import roles_of
from schakel.network.sessions import SessionStore
from tests.inbox.people import somebody
from tests.making import as_owner

pytestmark = pytest.mark.django_db


def test_a_page_knows_the_person_of_its_session_and_the_party_that_they_act_for(client: Client) -> None:
    client.force_login(somebody("anna", "bom"))
    said = client.get("/inbox/").content.decode()
    assert "anna" in said.casefold()
    assert "BOM" in said


def test_a_session_that_has_ended_opens_nothing_and_gets_another_key(client: Client) -> None:
    client.force_login(somebody("anna", "bom"))
    key = client.session.session_key
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    assert client.get("/inbox/").status_code == 302
    ended = SessionStore(key)
    assert ended.load() == {}
    assert ended.session_key is None


def test_a_session_holds_what_was_written_in_it() -> None:
    written = SessionStore()
    written["role_held"] = 7
    written.create()
    assert SessionStore(written.session_key)["role_held"] == 7


def test_somebody_who_may_no_longer_sign_in_is_nobody(client: Client) -> None:
    person = somebody("anna", "bom")
    client.force_login(person)
    assert client.get("/inbox/").status_code == 200
    with as_owner():
        Person.objects.filter(pk=person.pk).update(is_active=False)
    assert PersonBackend().get_user(person.pk) is None
    assert client.get("/inbox/").status_code == 302


def test_somebody_without_a_role_is_known_and_may_read_nothing(client: Client) -> None:
    with as_owner():
        person = Person.objects.create(email="nieuw@example.org", name="Nieuw")
    found = PersonBackend().get_user(person.pk)
    assert found == person
    assert found.roles_held == []
    client.force_login(person)
    assert client.get("/inbox/").status_code == 403


def test_roles_are_those_of_the_moment_that_they_are_asked(client: Client) -> None:
    person = somebody("anna", "bom")
    client.force_login(person)
    assert client.get("/inbox/").status_code == 200
    with as_owner():
        person.roles.all().delete()
    assert client.get("/inbox/").status_code == 403
    assert PersonBackend().get_user(0) is None


def test_the_roles_of_a_session_are_those_of_the_register_of_people(client: Client) -> None:
    for slug, role in (("oost-nl", "reader"), ("bom", "steward"), ("bom", "reader"), ("rom-nederland", "secretary")):
        person = somebody("anna", slug, role)
    found = PersonBackend().get_user(person.pk)
    assert found is not None
    told = [(held.pk, held.role, held.party, held.party.also_written) for held in found.roles_held or []]
    assert told == [(held.pk, held.role, held.party, held.party.also_written) for held in roles_of(person.pk)]
    assert len(told) == 4
    assert {id(held.person) for held in found.roles_held or []} == {id(found)}
