"""The people and years of the stories about collecting: BOM's steward and reader, the secretariat, others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from schakel.intake import actions
from schakel.intake.models import Certification, CollectionYear
from schakel.network.models import Person
from schakel.network.queries import party
from schakel.trail.actors import Actor
from tests.inbox.people import acts_as, of, somebody
from tests.intake.delivering import send, write

OPENS, DUE = dt.date(2024, 1, 1), dt.date(2024, 3, 31)
DELIVERED = ("organisation", "project", "project_participant", "investment")
STATEMENT = "It is complete and right."

__all__ = ["acts_as", "of", "send", "somebody", "write"]


def secretary() -> tuple[Person, Actor]:
    """Somebody of the secretariat."""
    person = somebody("sara", "rom-nederland", "secretary")
    return person, acts_as(person, "rom-nederland")


def steward(slug: str = "bom") -> tuple[Person, Actor]:
    """A steward of an agency."""
    person = somebody(f"steward-{slug}", slug)
    return person, acts_as(person, slug)


def opened(
    period: int = 2023, *, only: tuple[str, ...] = DELIVERED, opens: dt.date = OPENS, due: dt.date = DUE
) -> CollectionYear:
    """A year that the secretariat opened; of BOM only ``only`` is expected."""
    actor = of("rom-nederland")
    year = actions.open_year(actor=actor, period=period, opens=opens, due=due)
    for kind in EVERY:
        if kind not in only:
            actions.make_exception(actor=actor, agency=party("bom"), period=period, kind=kind, reason="has none")
    return year


def every_kind() -> tuple[str, ...]:
    """The kinds that every agency is expected to deliver."""
    from schakel.intake import kinds

    return tuple(kind.name for kind in kinds.kinds() if kind.delivered_by == "agency" and not kind.optional)


EVERY = every_kind()


def certified(folder: Path, actor: Actor, period: int = 2023, **tables: str) -> Certification:
    """BOM delivers, and signs for it."""
    send("bom", write(folder, **tables), period=period)
    return actions.certify(actor=actor, period=period, statement=STATEMENT)
