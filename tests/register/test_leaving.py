"""Doubts that somebody was looking at wait for other reviewers once they have left."""

from __future__ import annotations

import pytest

from schakel.network.models import Person
from schakel.network.queries import party
from schakel.register.actions.leasing import lease
from schakel.sharing.people.leaving import leave
from tests.register.reviewing import own_pair, steward
from tests.sharing.people.characters import administrator, of

pytestmark = pytest.mark.django_db


def test_a_doubt_that_they_held_is_free_at_once():
    doubt, one, other = own_pair(), steward(name="one"), steward(name="other")
    assert lease(actor=one, doubt=doubt)
    assert not lease(actor=other, doubt=doubt)
    leaver = Person.objects.get(pk=one.person)
    left = leave(actor=of(administrator()), person=leaver, at=party("bom"), to=None)
    assert [(lies.name.en, lies.count) for lies in left.handed] == [("doubts they were looking at", 1)]
    assert lease(actor=other, doubt=doubt)
