"""Linking, which is done by the linker over everybody's records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
from django.db import connection, transaction
from django.db.models import Max

from schakel.intake.actions import stored_finding
from schakel.intake.models import DeliveryFinding
from schakel.register.linking import Joinable, Told, joinables
from schakel.register.models import Decision, Identity, IdentityMember
from schakel.register.standing import Decision as Decided
from schakel.register.standing import Standing, decide
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.trail.models import Entry
from schakel.trail.queries import TELLING, acts_so_far

LINKER = Actor(party=None, process="linker")
_LOCK = 7207002


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
    acts = acts_so_far(*TELLING)
    done, told = [], []
    for joinable in joinables():
        on_thing(joinable.thing)
        done.append(_link_thing(joinable))
        told += list(joinable.tell(connection)) if joinable.tell else []
    _tell_anew(told)
    things = {d.thing: [d.born, d.linked, d.merged] for d in done}
    note(actor=LINKER, verb="linked", kind="identity", acts=acts, things=things)
    return done


def anything_to_link() -> bool:
    """Whether anything was accepted or withdrawn since the last round of joining."""
    last = Entry.objects.filter(verb="linked").order_by("-pk").values_list("detail__acts", flat=True).first()
    return acts_so_far(*TELLING) != last


def link_if_needed() -> None:
    """Join what is new, with the linker's rights, so that what is counted next counts each thing once."""
    if anything_to_link():
        link()


def _link_thing(joinable: Joinable) -> Linked:
    joined = joinable.join(connection)
    decided = decide(joined, _standing(joinable.thing))
    owners = {(kind, record): owner for kind, record, owner in joined.select("record_kind", "record", "owner").rows()}
    _carry_out(joinable.thing, decided, owners)
    _mark_leading(joinable.thing, joined)
    counts = {verb: sum(d.verb == verb for d in decided) for verb in ("born", "linked", "merged")}
    return Linked(joinable.thing, **counts)


def _standing(thing: str) -> Standing:
    members = IdentityMember.objects.filter(thing=thing).values_list("record_kind", "record_id", "identity_id")
    merged = Identity.objects.filter(thing=thing, redirects_to__isnull=False).values_list("pk", "redirects_to_id")
    last = Identity.objects.aggregate(last=Max("pk"))["last"] or 0  # one row of numbers for all things
    return Standing({(kind, record): identity for kind, record, identity in members}, dict(merged), last)


def _carry_out(thing: str, decided: list[Decided], owners: dict[tuple[str, int], int]) -> None:
    """Write decisions to the log, and what follows from them: identities, redirects and members."""
    Identity.objects.bulk_create(
        (Identity(pk=d.identity, thing=thing) for d in decided if d.verb == "born"), batch_size=5000
    )
    for merged in decided:
        if merged.verb != "merged" or merged.other is None:
            continue
        # What pointed at the younger points at the elder too: a redirect is always one step.
        Identity.objects.filter(pk=merged.other).update(redirects_to=merged.identity)
        Identity.objects.filter(redirects_to=merged.other).update(redirects_to=merged.identity)
    linked = [d for d in decided if d.record is not None]
    IdentityMember.objects.bulk_create(
        (
            IdentityMember(
                owner_id=owners[d.record],
                thing=thing,
                record_kind=d.record[0],
                record_id=d.record[1],
                identity_id=d.identity,
                rule=d.rule,
                evidence=d.evidence,
            )
            for d in linked
            if d.record is not None
        ),
        batch_size=5000,
    )
    Decision.objects.bulk_create((_logged(thing, d, owners) for d in decided), batch_size=5000)


def _logged(thing: str, decided: Decided, owners: dict[tuple[str, int], int]) -> Decision:
    kind, record = decided.record or ("", None)
    return Decision(
        thing=thing,
        verb=decided.verb,
        identity_id=decided.identity,
        other_id=decided.other,
        owner_id=None if decided.record is None else owners[decided.record],
        record_kind=kind,
        record_id=record,
        rule=decided.rule,
        evidence=decided.evidence,
    )


def _mark_leading(thing: str, joined: pl.DataFrame) -> None:
    """Bring up to date which record of each thing is the one whose statements count for the network."""
    for kind in joined["record_kind"].unique():
        of_kind = joined.filter(pl.col("record_kind") == kind)
        follow = of_kind.filter(~pl.col("leading"))["record"].to_list()
        members = IdentityMember.objects.filter(thing=thing, record_kind=kind)
        members.filter(record_id__in=follow, leading=True).update(leading=False)
        members.exclude(record_id__in=follow).filter(leading=False).update(leading=True)


def _tell_anew(told: list[Told]) -> None:
    """Put what this round has to say in the place of what the last one said."""
    DeliveryFinding.objects.filter(delivery__isnull=True).delete()
    DeliveryFinding.objects.bulk_create(
        (stored_finding(t.finding, owner_id=t.owner, period=t.period, delivery=None) for t in told), batch_size=2000
    )
