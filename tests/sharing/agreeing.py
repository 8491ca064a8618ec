"""Agreements for tests: parties that share, each of which signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils import timezone

from schakel.network.queries import party
from schakel.sharing.agreements import Named, Opened, Said, draft, propose, sign
from schakel.sharing.models import Agreement, Depth, Standing
from tests.making import actor_for, as_owner

HOUR = dt.timedelta(hours=1)


def said(
    giver: str = "bom",
    to: Iterable[str] = ("nom",),
    *opened: Opened,
    mutual: bool = False,
    **other: Any,
) -> Said:
    """What an agreement says; it stands for an hour, unless said otherwise."""
    now = timezone.now()
    named = tuple(
        Named(
            party(slug).pk,
            gives=mutual or slug == giver,
            receives=mutual or slug != giver,
            contact=f"{slug}@example.org",
        )
        for slug in (giver, *to)
    )
    usual: dict[str, Any] = {
        "standing": Standing.OTHER,
        "title": f"{giver} deelt",
        "purpose": "samen optrekken",
        "legal_ground": "toestemming",
        "since": now - HOUR,
        "until": now + HOUR,
        "named": named,
        "opened": opened or (Opened("organisation", Depth.FULL),),
    }
    return Said(**usual | other)


def agreement(
    giver: str = "bom",
    to: Iterable[str] = ("nom",),
    *opened: Opened,
    signed_by: Iterable[str] | None = None,
    **other: Any,
) -> Agreement:
    """An agreement that ``giver`` drafted and proposed, signed by all it names or by ``signed_by``."""
    to = tuple(to)
    made = draft(actor=actor_for(giver), said=said(giver, to, *opened, **other))
    propose(actor=actor_for(giver), agreement_id=made.pk)
    for slug in (giver, *to) if signed_by is None else signed_by:
        sign(actor=actor_for(slug), agreement_id=made.pk, signed_as="directeur")
    return made


def move(made: Agreement, *, since: dt.timedelta, until: dt.timedelta) -> None:
    """Have an agreement begin and end so long from now, as time would; not even the owner may behind the walls."""
    now = timezone.now()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may wait for the table while its walls are changed
        cursor.execute("ALTER TABLE sharing_agreement NO FORCE ROW LEVEL SECURITY")
        cursor.execute(
            "UPDATE sharing_agreement SET since = %s, until = %s WHERE id = %s", [now + since, now + until, made.pk]
        )
        cursor.execute("ALTER TABLE sharing_agreement FORCE ROW LEVEL SECURITY")
