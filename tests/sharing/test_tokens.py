"""Keys for the API: shown once, good for what they say, and no longer once withdrawn."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schakel.sharing.models import Scope, Token
from schakel.sharing.roles import WORKER, database_role
from schakel.sharing.tokens import TokenRefused, bearer_of, make_token, withdraw_token
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db


@given(scopes=st.sets(st.sampled_from(Scope.values), min_size=1))
def test_a_key_opens_what_it_was_made_for(scopes):
    _token, text = make_token(actor=actor_for("bom"), name="CRM", scopes=scopes)
    bearer = bearer_of(text)
    assert (bearer.actor.party, bearer.scopes) == (actor_for("bom").party, scopes)


def test_the_key_itself_is_not_kept():
    _token, text = make_token(actor=actor_for("bom"), name="CRM", scopes=["read"])
    with acts("bom"):
        kept = Token.objects.values().get()
    assert text not in str(kept)


@given(text=st.text(max_size=60))
def test_a_guess_opens_nothing(text):
    make_token(actor=actor_for("bom"), name="CRM", scopes=["read"])
    with pytest.raises(TokenRefused, match="niet bekend"):
        bearer_of(text)


def test_a_withdrawn_key_opens_nothing_and_says_since_when():
    token, text = make_token(actor=actor_for("bom"), name="CRM", scopes=["read"])
    withdraw_token(actor=actor_for("bom"), token_id=token.pk)
    with pytest.raises(TokenRefused, match=f"ingetrokken op {timezone.now():%Y-%m-%d}"):
        bearer_of(text)


def test_an_expired_key_opens_nothing():
    token, text = make_token(actor=actor_for("bom"), name="CRM", scopes=["read"], days=1)
    with acts("bom"):
        Token.objects.filter(pk=token.pk).update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(TokenRefused, match="verlopen"):
        bearer_of(text)


def test_another_agency_neither_sees_nor_withdraws_it():
    token, _text = make_token(actor=actor_for("bom"), name="CRM", scopes=["read"])
    with acts("oost-nl"):
        assert not Token.objects.exists()
    with pytest.raises(Token.DoesNotExist):
        withdraw_token(actor=actor_for("oost-nl"), token_id=token.pk)


@pytest.mark.parametrize(
    "asked", [{"name": " "}, {"scopes": []}, {"scopes": ["everything"]}, {"days": 0}, {"days": 4000}]
)
def test_a_key_without_name_use_or_end_is_refused(asked):
    with pytest.raises(TokenRefused):
        make_token(actor=actor_for("bom"), **{"name": "CRM", "scopes": ["read"], "days": 30} | asked)


def test_only_the_web_process_may_ask_whose_a_key_is():
    with database_role(WORKER), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sharing_token_of('x')")
