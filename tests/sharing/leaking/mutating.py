"""Walls that are taken away for as long as a test looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace

import pytest
from django.db import connection, transaction

from schakel.network.queries import party
from schakel.sharing.middleware import ActingPartyMiddleware
from tests.making import as_owner


@contextmanager
def mutated(*statements: str) -> Iterator[None]:
    """With the walls changed by ``statements``, as the owner of the tables could; afterwards as they were."""
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for statement in statements:
                cursor.execute(statement)
        yield
        transaction.set_rollback(True)


def without_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every address answers with the rights of the owner of the tables, whom no policy holds back."""
    behind = ActingPartyMiddleware._answer

    def answer(self, request, actor, **asked):
        with as_owner():
            return behind(self, request, actor, **asked)

    monkeypatch.setattr(ActingPartyMiddleware, "_answer", answer)


def as_another(monkeypatch: pytest.MonkeyPatch, slug: str) -> None:
    """Every address forgets who asks, and answers whoever has a role, or a key, as somebody of one party."""
    behind = ActingPartyMiddleware._answer
    another = party(slug)

    def answer(self, request, actor, **asked):
        if actor.party is not None:
            request.actor = actor = replace(actor, party=another.pk)
            if held := copy(getattr(request, "role_held", None)):
                held.party = another
                request.role_held = held
        return behind(self, request, actor, **asked)

    monkeypatch.setattr(ActingPartyMiddleware, "_answer", answer)
