"""Mandates for tests: an auditor's office, and what parties let it see."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.utils import timezone

from schakel.network.actions import add_party
from schakel.network.models import Party
from schakel.sharing.mandates import give_mandate
from schakel.sharing.models import Mandate
from schakel.trail.actors import Actor
from tests.making import actor_for, as_owner

OFFICE = "accountant"
HOUR = dt.timedelta(hours=1)


def office(slug: str = OFFICE) -> Party:
    """An auditor's office."""
    with as_owner():
        return add_party(actor=Actor(party=None, process="test"), slug=slug, kind="auditor", name=f"Kantoor {slug}")


def mandate(by: str = "bom", to: str = OFFICE, *, years: tuple[int, ...] = (2023,), **said: Any) -> Mandate:
    """A mandate of a party that stands for an hour, unless said otherwise."""
    now = timezone.now()
    usual = {"since": now - HOUR, "until": now + HOUR, "purpose": "controle jaarcijfers", "signed_as": "directeur"}
    return give_mandate(actor=actor_for(by), auditor=office(to), years=years, **usual | said)


def move(given: Mandate, *, since: dt.timedelta, until: dt.timedelta) -> None:
    """Have a mandate begin and end so long from now, as time would; nobody but the owner of the tables can."""
    now = timezone.now()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sharing_mandate SET since = %s, until = %s WHERE id = %s", [now + since, now + until, given.pk]
        )
