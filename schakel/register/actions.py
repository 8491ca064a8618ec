"""The verbs of the register: link, which is done by the linker over everybody's records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
from django.db import connection, transaction

from schakel.intake.actions import stored_finding
from schakel.intake.models import DeliveryFinding
from schakel.register.linking import Joinable, joinables, rows
from schakel.register.models import Decision, Identity, IdentityMember
from schakel.register.standing import decide
from schakel.trail.actions import note
from schakel.trail.actors import Actor

LINKER = Actor(party=None, process="linker")
_LOCK = 7207002
_STANDING = {
    "member": pl.Int64,
    "record_kind": pl.String,
    "record": pl.Int64,
    "identity": pl.Int64,
    "leading": pl.Boolean,
}


@dataclass(frozen=True, slots=True)
class Linked:
    """What a round of joining did to one sort of thing."""

    thing: str
    born: int
    linked: int
    merged: int


@transaction.atomic
def link(*, on_thing: Callable[[str], None] = lambda _thing: None) -> list[Linked]:
    """Join all records that stand, with the linker's rights; returns what changed, thing by thing.

    Identities that stand keep their numbers: a second round over the same records changes nothing.
    ``on_thing`` is told which thing is next.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    done = []
    for joinable in joinables():
        on_thing(joinable.thing)
        done.append(_link_thing(joinable))
    _retell()
    note(actor=LINKER, verb="linked", kind="identity", **{d.thing: [d.born, d.linked, d.merged] for d in done})
    return done
