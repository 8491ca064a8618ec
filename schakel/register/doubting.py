"""What is doubtful, written for those who may know of it; and the cards that a reviewer sees.

No oracle: of two agencies' records a doubt is written only while both take part in identity review. Else each owner is
asked only whether its own record is the register entry that it most likely is. How much hangs on a doubt is counted
over the records of its own two parties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.utils import timezone

from schakel.register.ledger.lines import ENTRY, Pair, Record
from schakel.register.linking import Joinable, Says
from schakel.register.models import Card, Doubt
from schakel.sharing.models import IdentityReview

_KEPT = ("owner_a_id", "owner_b_id", "score", "reasons", "gain", "weight", "together", "disputed", "settled_at")
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A pair that is not sure: how likely, why in doubt, what an answer teaches, and whether people contradict."""

    two: Pair
    score: int | None = None
    reasons: tuple[str, ...] = ()
    gain: int = 0
    disputed: bool = False


@dataclass(frozen=True)
class Ground:
    """What is to be known of records to write doubts: whose they are, where they are now, and their likely entry."""

    owners: Mapping[Record, int]
    homes: Mapping[Record, int]
    entries: Mapping[Record, int]
    answered: Collection[Pair]  # pairs with an entry of which somebody said yes or no


def keep_doubts(joinable: Joinable, doubtful: Sequence[Doubtful], ground: Ground) -> int:
    """Put the doubts of this round in the place of the last one's; those that stay keep their number and since when."""
    wanted = {one.two: one for one in _told(doubtful, ground)}
    sizes = Counter((home, ground.owners[record]) for record, home in ground.homes.items() if record in ground.owners)
    before = {
        ((one.kind_a, one.record_a), (one.kind_b, one.record_b)): one
        for one in Doubt.objects.filter(thing=joinable.thing)
    }
    now = timezone.now()
    for two, row in before.items():
        if two not in wanted and row.settled_at is None:
            row.settled_at = now
            Doubt.objects.filter(pk=row.pk).update(settled_at=now)
    rows = {two: _row(joinable.thing, one, ground, sizes, before.get(two)) for two, one in wanted.items()}
    Doubt.objects.bulk_create((row for two, row in rows.items() if two not in before), batch_size=_BATCH)
    Doubt.objects.bulk_update((row for two, row in rows.items() if two in before), _KEPT, batch_size=_BATCH)
    _deal_cards(joinable, rows)
    return len(rows)


def _told(doubtful: Iterable[Doubtful], ground: Ground) -> Iterator[Doubtful]:
    """The doubts that may be written: between agencies under their agreement, else of each record with its entry."""
    reviewing = set(IdentityReview.objects.filter(ended_at=None).values_list("owner_id", flat=True))
    asked: set[Pair] = set()
    for one in doubtful:
        a, b = one.two
        owners = {ground.owners[record] for record in (a, b) if record[0] != ENTRY}
        if len(owners) == 1 or owners <= reviewing:
            if one.two not in asked:
                asked.add(one.two)
                yield one
            continue
        for record in (a, b):
            entry = ground.entries.get(record)
            two = (record, (ENTRY, entry or 0))
            if entry and two not in asked and two not in ground.answered:
                asked.add(two)
                yield replace(one, two=two, score=None, reasons=(), disputed=False)


def _row(thing: str, one: Doubtful, ground: Ground, sizes: Mapping[tuple[int, int], int], row: Doubt | None) -> Doubt:
    (kind_a, record_a), (kind_b, record_b) = a, b = one.two
    row = row or Doubt(thing=thing, kind_a=kind_a, record_a=record_a, kind_b=kind_b, record_b=record_b)
    row.owner_a_id, row.owner_b_id = ground.owners[a], ground.owners.get(b)
    row.score, row.reasons, row.gain, row.disputed = one.score, list(one.reasons), one.gain, one.disputed
    parties = {row.owner_a_id, row.owner_b_id} - {None}
    homes = {ground.homes[record] for record in (a, b) if record in ground.homes}
    row.weight = sum(sizes.get((home, owner or 0), 0) for home in homes for owner in parties)
    entry = ground.entries.get(a) == record_b
    row.together = entry if kind_b == ENTRY else ground.homes[a] == ground.homes[b]
    row.settled_at = None
    return row


def _deal_cards(joinable: Joinable, rows: Mapping[Pair, Doubt]) -> None:
    """A card for each side that is a record; what an entry says is published and needs none."""
    Card.objects.filter(doubt__thing=joinable.thing).delete()
    if joinable.cards is None or not rows:
        return
    records = {record for two in rows for record in two if record[0] != ENTRY}
    says = joinable.cards(connection, records)
    Card.objects.bulk_create((card for row in rows.values() for card in _cards(row, says)), batch_size=_BATCH)


def _cards(row: Doubt, says: Mapping[Record, Says]) -> Iterator[Card]:
    sides: list[tuple[Record, int, int | None]] = [((row.kind_a, row.record_a), row.owner_a_id, row.owner_b_id)]
    if row.owner_b_id is not None:
        sides.append(((row.kind_b, row.record_b), row.owner_b_id, row.owner_a_id))
    for record, owner, other in sides:
        if record in says:
            yield Card(
                doubt=row,
                owner_id=owner,
                other_id=other,
                record_kind=record[0],
                record_id=record[1],
                says=dict(says[record]),
            )
