"""Which register entry each identity is, and the lines that say so when that changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from schakel.register.ledger.clusters import Clusters
from schakel.register.ledger.lines import ENTRY, Cause, Line, Record
from schakel.register.ledger.saying import Said
from schakel.register.ledger.state import Anchored, State

Offered = Mapping[Record, tuple[int, Cause]]


def anchor(
    before: State, after: State, records: Iterable[Record], *, offered: Offered | None, said: Said, clusters: Clusters
) -> list[Line]:
    """Lines that bring the anchors to what people say, else to what the joining offers for most records.

    ``before`` and ``after``: the state before and after the round's other lines. ``offered``: the entry of each record;
    None where the joining knows of no entries: then what is anchored stays. An identity never becomes an entry that
    somebody said one of its records is not.
    """
    members: dict[int, list[Record]] = {}
    for record in sorted(records):
        members.setdefault(after.home(record), []).append(record)
    wanted = _by_people(after, said)
    lines = []
    for identity, anchored in _standing(before, after, members).items():
        if identity in wanted or identity not in members:
            continue
        kept = None if anchored and anchored.cause.by == "person" else anchored  # they took it back
        now = kept if offered is None else _offered(members[identity], offered, anchored)
        if now and not clusters.barred(members[identity][0], (ENTRY, now.entry)):
            wanted[identity] = now
    for identity in sorted({*before.anchors, *wanted}):
        old, new = before.anchors.get(identity), wanted.get(identity)
        gone = identity in after.ways or identity in members
        if old and gone and (new is None or new.entry != old.entry):
            lines.append(Line("let go", identity, (ENTRY, old.entry), cause=new.cause if new else Cause()))
        if new and (old is None or new.entry != old.entry):
            lines.append(Line("anchored", identity, (ENTRY, new.entry), cause=new.cause))
    return lines


def _standing(before: State, after: State, members: Mapping[int, Sequence[Record]]) -> dict[int, Anchored | None]:
    """Each identity with what it, or else a number that leads to it, was anchored to."""
    found: dict[int, Anchored | None] = dict.fromkeys(members)
    for identity in sorted(before.anchors):
        home = after.resolve(identity)
        if home in found and (home == identity or found[home] is None):
            found[home] = before.anchors[identity]
    return found


def _by_people(after: State, said: Said) -> dict[int, Anchored]:
    return {
        after.home(record): Anchored(other[1], cause)
        for (record, other), cause in said.must.items()
        if other[0] == ENTRY and record in after.seats
    }


def _offered(records: Sequence[Record], offered: Offered, standing: Anchored | None) -> Anchored | None:
    """The entry that most of the records are; of two with as many the one that it was, else the lowest."""
    counted = Counter(offered[record][0] for record in records if record in offered)
    if not counted:
        return None
    was = standing.entry if standing else None
    entry = min(counted, key=lambda one: (-counted[one], one != was, one))
    if standing and entry == was:
        return standing
    return Anchored(entry, next(offered[r][1] for r in records if r in offered and offered[r][0] == entry))
