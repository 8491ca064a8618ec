"""Writing the trail, and sealing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from schakel.trail.actors import Actor
from schakel.trail.models import Entry


def note(
    *,
    actor: Actor,
    verb: str,
    kind: str = "",
    objects: Iterable[int] = (),
    reason: str = "",
    **detail: Any,
) -> None:
    """Write down what ``actor`` did, in the running transaction.

    ``detail`` holds counts, codes and ids that JSON can carry; never names of people or secrets.
    """
    Entry.objects.bulk_create(
        [
            Entry(
                owner_id=actor.party,
                person_id=actor.person,
                process=actor.process,
                verb=verb,
                kind=kind,
                objects_ids=list(objects),
                reason=reason,
                detail=detail,
            )
        ]
    )


def seal(*, at_most: int = 10_000) -> int:
    """Chain the committed entries that have no seal yet; returns how many.

    Runs in the database (``trail_seal``), which lets one sealer in at a time and none read what it seals.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail_seal(%s)", [at_most])
        return int(cursor.fetchone()[0])
