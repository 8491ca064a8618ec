"""What a round of joining changes: lines for the log, and what it would change if people agreed.

Invariants: a number never changes meaning and is never used again. A merge keeps the elder; a split mints one new
number, and the part with the record that has been longest under the number keeps it. What stands is parted or merged
only by people, by what they accepted, or by a rule that may; all else is proposed. A second round changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from schakel.register.ledger.answers import Answer, Link, by_cluster, elder
from schakel.register.ledger.clusters import Clusters
from schakel.register.ledger.gathering import Gathered, Heard, gather
from schakel.register.ledger.lines import Line, Pair, Record
from schakel.register.ledger.numbering import Group, number
from schakel.register.ledger.state import State
from schakel.register.ledger.wishing import Wish, merge_at_once, merges_wished, splits_wished


@dataclass(frozen=True)
class Rules:
    """How a joining is to be followed.

    ``at_once``: rules that may merge what stands without a person. ``follows``: of a thing that is what its rule says,
    each round anew, with people's words before it. ``anew``: the joining starts from nothing each round; else it leaves
    alone what stands, and says apart what it would merge.
    """

    at_once: frozenset[str] = frozenset()
    follows: bool = False
    anew: bool = True


ANEW = Rules()


@dataclass
class Decided:
    """What a round decides: ``lines`` for the log and ``wishes``, done at once or proposed.

    ``clusters``: the records as they are gathered now. ``refused``: pairs that people hold for one and that their valid
    numbers part; ``lapsed``: merges of a rule that no longer says so.
    """

    lines: list[Line]
    wishes: list[Wish]
    clusters: Clusters
    refused: list[Pair]
    lapsed: list[Pair]


def decide(
    answers: Iterable[Answer], state: State, heard: Heard, *, links: Sequence[Link] = (), rules: Rules = ANEW
) -> Decided:
    """Hold the ``answers`` of a round against what stands and what people said.

    ``links``: direct reasons, the best first; of a joining that leaves alone what stands, those to merge it.
    """
    asked = sorted(answers, key=lambda answer: answer.record)
    lapsed = _lapsed(asked, heard) if rules.anew else []
    kept = State() if rules.follows else state
    found = gather(
        kept,
        replace(heard, merged={two: cause for two, cause in heard.merged.items() if two not in lapsed}),
        marks={answer.record: answer.marks for answer in asked if answer.marks},
        near=[(link.one, link.other) for link in links],
        alike={answer.record: answer.cluster for answer in asked},
    )
    _place_new(asked, kept, found, links)
    merging = [] if rules.follows else _merging(asked, links, rules)
    done = merge_at_once(asked, state, heard, found, [link for link in merging if link.cause.rule in rules.at_once])
    lines = number(_groups(asked, state, found), state, found.clusters, heard.said)
    after = state.after(lines)
    wishes = done + merges_wished(asked, after, heard, found.clusters, merging, anew=rules.anew and not rules.follows)
    if rules.anew and not rules.follows:
        wishes += splits_wished(asked, after, heard, found.clusters)
    apart = [two for two in heard.said.must if found.clusters.find(two[0]) != found.clusters.find(two[1])]
    return Decided(lines, wishes, found.clusters, apart, lapsed)


def _lapsed(asked: Sequence[Answer], heard: Heard) -> list[Pair]:
    """Merges that a rule was let do, of records that the joining does not put together any more."""
    cluster = {answer.record: answer.cluster for answer in asked} if heard.merged else {}
    return [two for two in heard.merged if all(r in cluster for r in two) and cluster[two[0]] != cluster[two[1]]]


def _merging(asked: Sequence[Answer], links: Sequence[Link], rules: Rules) -> Sequence[Link]:
    """The links that speak for merging what stands: of a joining anew only those that its clusters followed."""
    if not rules.anew:
        return links
    cluster = {answer.record: answer.cluster for answer in asked}
    return [
        link
        for link in links
        if link.one in cluster and cluster[link.one] == cluster.get(link.other, ~cluster[link.one])
    ]


def _place_new(asked: Sequence[Answer], state: State, found: Gathered, links: Sequence[Link]) -> None:
    """Put what is new, and what is asked about anew, with what it is linked to best; else with its cluster."""
    clusters, late = found.clusters, found.late
    standing = {clusters.find(a.record) for a in asked if a.record in state.seats and a.record not in late}
    cluster = {answer.record: answer.cluster for answer in asked}
    for link in links:
        ends = [link.one, link.other]
        if not all(end in cluster for end in ends) or cluster[link.one] != cluster[link.other]:
            continue
        # What stands, and what people put with it, is merged by nothing that is new.
        ends.sort(key=lambda end: clusters.find(end) not in standing)
        if clusters.find(ends[1]) not in standing:
            clusters.join(ends[0], ends[1])
    for members in by_cluster(asked).values():
        records = [answer.record for answer in members]
        heads = elder((record for record in records if record not in late), state)
        for record in records:
            if clusters.find(record) in standing:
                continue
            head = next((head for head in heads if clusters.join(head, record)), None)
            if head is None:
                heads.append(record)
    if late:
        _fall_back([answer.record for answer in asked if answer.record in state.seats], state, found)


def _fall_back(standing: Sequence[Record], state: State, found: Gathered) -> None:
    """A late record that the joining puts with nothing that stands stays where it was."""
    clusters, late = found.clusters, found.late
    eldest: dict[int, Record] = {}
    for record in elder((record for record in standing if record not in late), state):
        eldest.setdefault(state.home(record), record)
    placed = {clusters.find(record) for record in standing if record not in late}
    for record in elder(late, state):
        if clusters.find(record) not in placed and state.home(record) in eldest:
            clusters.join(eldest[state.home(record)], record)


def _groups(asked: Sequence[Answer], state: State, gathered: Gathered) -> list[Group]:
    """The records that are one now, in order of their lowest; with what is new in them cluster by cluster."""
    found: dict[Record, Group] = {}
    for answer in asked:
        group = found.setdefault(gathered.clusters.find(answer.record), Group())
        if answer.record in state.seats:
            group.standing.append(answer.record)
            group.causes[answer.record] = answer.cause
            if answer.record in gathered.late:
                group.late.add(answer.record)
            if answer.cause.by != "person":
                group.known.add(answer.cluster)
        else:
            # What only people hold to be of this thing gets a number of its own first, so that it can part again.
            said = answer.cause.by == "person"
            key = (-1 - len(group.new)) if said else answer.cluster
            group.new.setdefault(key, []).append((answer.record, answer.cause))
    for group in found.values():
        group.standing = sorted(elder(group.standing, state), key=group.late.__contains__)
    return list(found.values())
