"""The demonstration's auditor has mandates of two agencies and the secretariat for one year, given once."""

from __future__ import annotations

import pytest

from schakel.demo.auditing import AGENCIES, give_mandates, office
from schakel.figures.auditing.mandated import NETWORK, mandated
from schakel.trail.actors import Actor
from tests.making import acts, as_owner

pytestmark = pytest.mark.django_db


def test_the_mandates_are_given_once_and_cover_the_year():
    with as_owner():
        auditor = office(Actor(party=None, process="demonstration"))
    assert give_mandates(2023, auditor) == 3
    assert give_mandates(2023, auditor) == 0
    with acts(auditor.slug):
        found = mandated(auditor.pk)
    assert found.givers(2023) == (NETWORK, *AGENCIES)
    assert found.givers(2022) == ()
