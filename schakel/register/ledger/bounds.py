"""How much what is doubtful can change: labels under which records count if all of it is one, and if none is.

Invariant: no label is given that people or valid numbers bar; so both the lowest and the highest count could be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schakel.register.ledger.clusters import Clusters, Marks
from schakel.register.ledger.lines import ENTRY, Pair, Record

Labels = Mapping[Record, tuple[int | None, int | None]]


@dataclass(frozen=True)
class Standing:
    """What is doubted: where records are now (``homes``), and which entry an identity is (``anchors``).

    ``must`` and ``cannot``: what people hold for one, and for two; ``marks``: the valid numbers that records bear;
    ``near``: pairs that hold together best.
    """

    homes: Mapping[Record, int]
    anchors: Mapping[int, int]
    must: Iterable[Pair]
    cannot: Iterable[Pair]
    marks: Mapping[Record, Marks]
    near: Sequence[Pair] = ()


def labels(doubtful: Sequence[Pair], now: Standing, *, above: int) -> Labels:
    """(if one, if apart) of each record that ``doubtful`` (the likeliest first) touches; None where it is its identity.

    Labels mean nothing but that records of one label are one; new ones are numbers above ``above``.
    """
    members: dict[int, list[Record]] = {}
    for record, home in sorted(now.homes.items()):
        members.setdefault(home, []).append(record)
    touched = {now.homes[record] for two in doubtful for record in two if record in now.homes}
    touched |= {home for home, entry in now.anchors.items() if (ENTRY, entry) in {two[1] for two in doubtful}}
    touched &= members.keys()
    one = _if_one(doubtful, now, {home: members[home] for home in touched})
    apart = _if_apart(doubtful, now, {home: members[home] for home in touched}, above)
    return {record: (one.get(record), apart.get(record)) for record in {*one, *apart}}


def _if_one(doubtful: Sequence[Pair], now: Standing, members: Mapping[int, list[Record]]) -> dict[Record, int]:
    """The lowest number of what would be one with a record, where that is more than its identity."""
    clusters = Clusters(apart=now.cannot, marks=now.marks)
    for home, records in members.items():
        for record in records[1:]:
            clusters.join(records[0], record)
        if home in now.anchors:
            clusters.join(records[0], (ENTRY, now.anchors[home]))
    for one, other in doubtful:
        clusters.join(one, other)
    homes: dict[Record, list[int]] = {}
    for home, records in members.items():
        homes.setdefault(clusters.find(records[0]), []).append(home)
    return {
        record: min(together)
        for together in homes.values()
        if len(together) > 1
        for home in together
        for record in members[home]
    }


def _if_apart(
    doubtful: Sequence[Pair], now: Standing, members: Mapping[int, list[Record]], above: int
) -> dict[Record, int]:
    """For records of an identity that would fall apart: a number for each part, the first part its own."""
    found: dict[Record, int] = {}
    clusters = Clusters(apart=[*now.cannot, *doubtful], marks=now.marks)
    for one, other in now.must:
        clusters.join(one, other)
    for home, records in members.items():
        if home in now.anchors:
            clusters.join(records[0], (ENTRY, now.anchors[home]))
        if clusters.fit(records):
            continue
        among = set(records)
        for one, other in now.near:
            if one in among and other in among:
                clusters.join(one, other)
        heads: list[Record] = []
        for record in records:
            if not any(clusters.join(head, record) for head in heads):
                heads.append(record)
        for head in heads[1:]:
            above += 1
            found |= {record: above for record in records if clusters.find(record) == clusters.find(head)}
    return found
