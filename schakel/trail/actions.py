"""Writing the trail, and sealing it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db import connection

from schakel import prepared
from schakel.trail.actors import Actor

_NOTED = """
INSERT INTO trail_entry (at, owner_id, person_id, process, verb, kind, objects_ids, reason, detail)
VALUES (now(), %s, %s, %s, %s, %s, %s::bigint[], %s, %s::jsonb)
"""


def note(
    *,
    actor: Actor,
    verb: str,
    kind: str = "",
    objects: Iterable[int] = (),
    reason: str = "",
    **detail: object,
) -> None:
    """Write down what ``actor`` did, in the running transaction.

    ``detail`` holds counts, codes and ids that JSON can carry; never names of people or secrets.
    """
    # Written without RETURNING: a line that belongs to no party may be written, and read by none.
    said = [actor.party, actor.person, actor.process, verb, kind, list(objects), reason, json.dumps(detail)]
    prepared.do(_NOTED, said)


def seal(*, at_most: int = 10_000) -> int:
    """Chain the committed entries that have no seal yet; returns how many.

    Runs in the database (``trail_seal``), which lets one sealer in at a time and none read what it seals.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail_seal(%s)", [at_most])
        return int(cursor.fetchone()[0])
