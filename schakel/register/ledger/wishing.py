"""What a joining would merge or part of what stands: done at once where a rule may, else proposed to people.

Invariant: what is proposed follows from what stands after the round, so a second round proposes the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schakel.register.ledger.answers import Answer, Link, by_cluster, elder, sides
from schakel.register.ledger.clusters import Clusters
from schakel.register.ledger.gathering import Gathered, Heard
from schakel.register.ledger.lines import Cause, Record, pair
from schakel.register.ledger.state import State

Sides = tuple[tuple[Record, ...], tuple[Record, ...]]
_APART = Cause("rule", "apart")


@dataclass(frozen=True, slots=True)
class Wish:
    """A merge or a split of what stands, over the records ``one`` and ``other``: proposed, or done at once.

    ``identity`` and ``other_identity``: the elder and the younger of a merge; the one to be split, and None.
    ``sides``: the records of both sides, for the effect on figures.
    """

    verb: str  # merge or split
    one: Record
    other: Record
    identity: int
    other_identity: int | None
    cause: Cause
    at_once: bool
    sides: Sides


def merge_at_once(
    asked: Sequence[Answer], state: State, heard: Heard, found: Gathered, links: Iterable[Link]
) -> list[Wish]:
    """Merge what stands over ``links``, whose rules may; gives what was merged."""
    clusters, done = found.clusters, []
    cluster = {answer.record: answer.cluster for answer in asked}
    for link in links:
        one, other = clusters.find(link.one), clusters.find(link.other)
        if one == other or not clusters.fit((one, other)) or (one, other) in _declined(heard, clusters):
            continue
        members = sides(asked, clusters.find)
        both = (members[one], members[other])
        # What is new has no place of its own yet: the merge is over what stands and it was put with, if anything.
        ends = [
            next(iter(elder((r for r in side if r not in found.late and cluster[r] == cluster[end]), state)), end)
            for side, end in zip(both, (link.one, link.other), strict=True)
        ]
        standing = [elder(side, state) for side in both]
        if all(standing):
            homes = sorted(state.home(side[0]) for side in standing)
            clusters.join(ends[0], ends[1], link.cause)
            done.append(Wish("merge", *pair(ends[0], ends[1]), homes[0], homes[1], link.cause, True, both))
    return done


def merges_wished(
    asked: Sequence[Answer], after: State, heard: Heard, clusters: Clusters, links: Sequence[Link], *, anew: bool
) -> list[Wish]:
    """Merges to propose: over ``links``, and where the joining starts ``anew`` of all that its clusters span."""
    declined, members = _declined(heard, clusters), sides(asked, clusters.find)
    wishes: dict[tuple[Record, Record], Wish] = {}
    for link in [*links, *(_spanning(asked, after, clusters) if anew else ())]:
        one, other = sorted((clusters.find(link.one), clusters.find(link.other)))
        if one == other or (one, other) in wishes or (one, other) in declined or not clusters.fit((one, other)):
            continue
        homes = sorted((after.home(link.one), after.home(link.other)))
        both = (members[clusters.find(link.one)], members[clusters.find(link.other)])
        two = pair(link.one, link.other)
        wishes[one, other] = Wish(
            "merge", *two, homes[0], homes[1], link.cause, False, both if two[0] == link.one else both[::-1]
        )
    return list(wishes.values())


def splits_wished(asked: Sequence[Answer], after: State, heard: Heard, clusters: Clusters) -> list[Wish]:
    """Splits to propose: of what the joining puts apart, and no person holds together."""
    within: dict[Record, dict[int, list[Record]]] = {}
    for answer in asked:
        within.setdefault(clusters.find(answer.record), {}).setdefault(answer.cluster, []).append(answer.record)
    several = [parts for parts in within.values() if len(parts) > 1]
    tied = Clusters()
    for one, other, _cause in clusters.joins if several else ():
        tied.join(one, other)
    return [wish for parts in several for wish in _splits(list(parts.values()), after, heard, tied)]


def _splits(parts: Sequence[Sequence[Record]], after: State, heard: Heard, tied: Clusters) -> list[Wish]:
    """The splits of one identity into ``parts``, but for those that are ``tied``."""
    for members in parts:
        for record in members[1:]:
            tied.join(members[0], record)
    found: dict[Record, list[Record]] = {}
    for record in elder((record for members in parts for record in members), after):
        found.setdefault(tied.find(record), []).append(record)
    (kept, *parting) = found.values()
    return [
        Wish("split", *pair(kept[0], side[0]), after.home(kept[0]), None, _APART, False, (tuple(kept), tuple(side)))
        for side in parting
        if pair(kept[0], side[0]) not in heard.declined
    ]


def _spanning(asked: Sequence[Answer], after: State, clusters: Clusters) -> list[Link]:
    """Of each cluster of the joining that spans several identities, the eldest with each of the others."""
    links = []
    for members in by_cluster(asked).values():
        causes = {answer.record: answer.cause for answer in members}
        heads: dict[Record, Record] = {}
        for record in elder(causes, after):
            heads.setdefault(clusters.find(record), record)
        first, *others = heads.values()
        links += [Link(first, record, causes[record]) for record in others]
    return links


def _declined(heard: Heard, clusters: Clusters) -> set[tuple[Record, Record]]:
    """Clusters that people want not to be merged by a proposal, both ways round."""
    return {
        (clusters.find(a), clusters.find(b)) for one, other in heard.declined for a, b in ((one, other), (other, one))
    }
