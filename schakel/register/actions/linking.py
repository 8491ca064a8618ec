"""Linking, which is done by the linker over everybody's records."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Count, QuerySet

from schakel.intake.actions import stored_finding
from schakel.intake.models import DeliveryFinding
from schakel.register.linking import Told, joinables
from schakel.register.models import Judgement, ModelChoice, Ruling
from schakel.register.rounds import Linked, link_thing
from schakel.register.tellings import tell_round
from schakel.sharing.models import IdentityReview
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.trail.models import Entry
from schakel.trail.queries import TELLING, acts_so_far

__all__ = ["LINKER", "LOCK", "Linked", "anything_to_link", "last_round", "link", "link_if_needed"]
LINKER = Actor(party=None, process="linker")
LOCK = 7207002


@transaction.atomic
def link(*, on_thing: Callable[[str], None] = lambda _thing: None) -> list[Linked]:
    """Join all records that stand, with the linker's rights; returns what changed, thing by thing.

    Identities that stand keep their numbers: a second round over the same records and judgements changes nothing.
    ``on_thing`` is told which thing is next.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    acts, said = acts_so_far(*TELLING), _said_so_far()
    done, told = [], []
    for joinable in joinables():
        on_thing(joinable.thing)
        done.append(link_thing(joinable))
        told += list(joinable.tell(connection)) if joinable.tell else []
    _tell_anew(told)
    tell_round(done)
    things = {d.thing: [d.born, d.linked, d.merged] for d in done}
    note(actor=LINKER, verb="linked", kind="identity", acts=acts, said=said, things=things)
    return done


def anything_to_link() -> bool:
    """Whether anything was accepted or withdrawn, or said of identity, since the last round of joining."""
    last = _rounds().values_list("detail", flat=True).first() or {}
    # Of a round before people could say anything, nothing is on record but what was accepted.
    return (acts_so_far(*TELLING), _said_so_far()) != (last.get("acts"), last.get("said", [0, 0, 0, 0, 0]))


def link_if_needed() -> bool:
    """Join what is new, with the linker's rights, so that what is counted next counts each thing once.

    Whether there was anything to join.
    """
    needed = anything_to_link()
    if needed:
        link()
    return needed


def last_round() -> int:
    """The line of the trail of the last round; 0 before there was any."""
    return _rounds().values_list("pk", flat=True).first() or 0


def _rounds() -> QuerySet[Entry]:
    return Entry.objects.filter(verb="linked").order_by("-pk")


def _said_so_far() -> list[int]:
    """How much people said: judgements, rulings, agreements begun and ended, models chosen; only ever added to."""
    reviews = IdentityReview.objects.aggregate(begun=Count("pk"), ended=Count("ended_at"))
    said = [Judgement.objects.count(), Ruling.objects.count(), reviews["begun"], reviews["ended"]]
    return [*said, ModelChoice.objects.count()]


def _tell_anew(told: list[Told]) -> None:
    """Put what this round has to say in the place of what the last one said."""
    DeliveryFinding.objects.filter(delivery__isnull=True).delete()
    DeliveryFinding.objects.bulk_create(
        (stored_finding(t.finding, owner_id=t.owner, period=t.period, delivery=None) for t in told), batch_size=2000
    )
