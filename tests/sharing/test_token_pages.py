"""A data steward makes keys for the agency's own systems; the key is seen once."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from schakel.network.models import Person
from schakel.network.queries import party
from schakel.sharing.models import Token
from schakel.sharing.tokens import TokenRefused, bearer_of, make_token
from tests.making import actor_for, acts, give_role

pytestmark = pytest.mark.django_db


ASKED = {"name": "CRM", "scopes": ["read", "deliver"], "days": 30}


def _once(client: Client) -> str:
    """What the form on the page holds, that makes it count once."""
    found = re.search(r'name="once" value="([^"]+)"', client.get("/sleutels/").content.decode())
    assert found is not None
    return found[1]


def _signed_in(slug: str, role: str) -> Client:
    held = give_role(
        email=f"{role}@{slug}.example",
        name=role,
        party=party(slug),
        role=role,
        password="x" * 14,
    )
    client = Client()
    client.force_login(Person.objects.get(pk=held.person_id))
    return client


def test_a_steward_makes_a_key_sees_it_once_and_withdraws_it():
    client = _signed_in("bom", "steward")
    answer = client.post("/sleutels/", ASKED | {"once": _once(client)})
    key = re.search(r"schakel_[\w-]{40,}", answer.content.decode())
    assert key is not None
    assert bearer_of(key[0]).scopes == {"read", "deliver"}
    assert key[0] not in client.get("/sleutels/").content.decode()
    with acts("bom"):
        token = Token.objects.get()
    assert client.post(f"/sleutels/{token.pk}/intrekken/").status_code == 302
    with pytest.raises(TokenRefused):
        bearer_of(key[0])


def test_who_loads_the_answer_anew_makes_no_second_key():
    client = _signed_in("bom", "steward")
    sent = ASKED | {"once": _once(client)}
    assert client.post("/sleutels/", sent).status_code == 200
    again = client.post("/sleutels/", sent)
    assert (again.status_code, again.headers["Location"]) == (302, "/sleutels/")
    assert "schakel_" not in client.get("/sleutels/").content.decode()
    with acts("bom"):
        assert Token.objects.count() == 1


def test_a_form_that_nobody_was_given_makes_no_key():
    assert _signed_in("bom", "steward").post("/sleutels/", ASKED | {"once": "made-up"}).status_code == 302
    with acts("bom"):
        assert not Token.objects.exists()


def test_a_form_without_use_says_so_next_to_the_field():
    answer = _signed_in("bom", "steward").post("/sleutels/", {"name": "CRM", "days": 30})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_reader_makes_none():
    assert _signed_in("bom", "reader").get("/sleutels/").status_code == 403


def test_another_agencys_key_is_neither_shown_nor_withdrawn():
    token, text = make_token(actor=actor_for("bom"), name="CRM van Brabant", scopes=["read"])
    client = _signed_in("oost-nl", "steward")
    assert "CRM van Brabant" not in client.get("/sleutels/").content.decode()
    assert client.post(f"/sleutels/{token.pk}/intrekken/").status_code == 404
    assert bearer_of(text).name == "CRM van Brabant"
