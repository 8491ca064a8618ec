"""Writing the trail, and sealing it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from django.db import connection

from schakel import prepared
from schakel.trail.actors import Actor
from schakel.trail.whence import marked, whence

_NOTED = """
INSERT INTO trail_entry
    (at, owner_id, person_id, process, verb, kind, objects_ids, reason, detail, channel, concerns_id, under, origin)
VALUES (now(), %s, %s, %s, %s, %s, %s::bigint[], %s, %s::jsonb, %s, %s, %s, %s)
"""
# One statement for both, so that an address costs no way to the database more.
_APART = "INSERT INTO trail_origin (mark, salt, address, at, owner_id, person_id) VALUES (%s, %s, %s, now(), %s, %s)"
_NOTED_FROM = " ".join(("WITH line AS (", _NOTED, ")", _APART))


def note(
    *,
    actor: Actor,
    verb: str,
    kind: str = "",
    objects: Iterable[int] = (),
    reason: str = "",
    concerns: int | None = None,
    under: str = "",
    **detail: object,
) -> None:
    """Write down what ``actor`` did, in the running transaction, and from where (see ``whence``).

    ``concerns``: another party whose records or people it is about, that reads the line too; ``under``: the agreement
    or mandate that let it happen ("agreement 12"). ``detail`` holds counts, codes and ids that JSON can carry; never
    names of people or secrets.
    """
    # Written without RETURNING: a line that belongs to no party may be written, and read by none.
    said = [actor.party, actor.person, actor.process, verb, kind, list(objects), reason, json.dumps(detail)]
    place = whence()
    place.verbs.append(verb)
    where = [place.channel.value, concerns, under]
    if not place.address:
        prepared.do(_NOTED, [*said, *where, ""])
        return
    origin = marked(place.address)
    whose = concerns if actor.party is None else actor.party  # who signs in does so for no party: theirs reads it
    apart = [origin.mark, origin.salt, origin.address, whose, actor.person]
    prepared.do(_NOTED_FROM, [*said, *where, origin.mark, *apart])


def forget_origins(*, before: dt.datetime | None = None, person: int | None = None) -> int:
    """Take away from where it was done, of lines before a moment, of what a person did, or both; returns how many.

    The lines stay, and the chain proves the same: they hold a mark of the address and not the address. For the worker
    and the owner of the database. Raises ValueError where neither is named.
    """
    if before is None and person is None:
        raise ValueError("say before when, or of whom")
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail_forget_origins(%s::timestamptz, %s::bigint)", [before, person])
        return int(cursor.fetchone()[0])


def seal(*, at_most: int = 10_000) -> int:
    """Chain the committed entries that have no seal yet; returns how many.

    Runs in the database (``trail_seal``), which lets one sealer in at a time and none read what it seals.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail_seal(%s)", [at_most])
        return int(cursor.fetchone()[0])
