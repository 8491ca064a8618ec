"""A key is withdrawn while its system delivers: what was sent stays, and a new key goes on."""

from __future__ import annotations

import pytest

from schakel.sharing.tokens import withdraw_token
from tests.api.system import System
from tests.intake.going_wrong import CONTENT, YEAR, kept
from tests.making import actor_for

pytestmark = pytest.mark.django_db


def test_with_a_withdrawn_key_a_delivery_stops_and_with_a_new_one_it_goes_on():
    system = System()
    delivery = system.begin(YEAR)
    assert system.ask("PUT", f"/deliveries/{delivery}/files/een.csv", CONTENT)[0] == 201
    withdraw_token(actor=actor_for("bom"), token_id=system.token.pk)
    for method, path, body in (
        ("PUT", f"/deliveries/{delivery}/files/twee.csv", CONTENT),
        ("POST", f"/deliveries/{delivery}/submission", None),
        ("DELETE", f"/deliveries/{delivery}", None),
        ("POST", "/deliveries", {"year": YEAR}),
    ):
        status, problem = system.ask(method, path, body)
        assert (status, problem["status"]) == (401, 401)
        assert "ask your data steward for a new one" in problem["detail"]
    assert kept("een.csv") == CONTENT
    new = System()
    assert new.ask("PUT", f"/deliveries/{delivery}/files/twee.csv", CONTENT)[0] == 201
    assert new.ask("POST", f"/deliveries/{delivery}/submission")[0] == 202
    _status, told = new.ask("GET", f"/deliveries/{delivery}")
    assert [one["name"] for one in told["files"]] == ["een.csv", "twee.csv"]
