"""A network in miniature for the ledger: records delivered and changed, what people say, and rounds over it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from schakel.register.ledger.anchoring import anchor
from schakel.register.ledger.answers import Answer, Link
from schakel.register.ledger.clusters import Clusters
from schakel.register.ledger.deciding import Rules, decide
from schakel.register.ledger.gathering import Heard
from schakel.register.ledger.lines import Cause, Line, Pair, Record, pair
from schakel.register.ledger.saying import Said, Saying, standing_judgements
from schakel.register.ledger.state import State, replay
from schakel.register.ledger.wishing import Wish


def r(number: int) -> Record:
    return ("organisation", number)


def two(one: int, other: int) -> Pair:
    return pair(r(one), r(other))


@dataclass
class Story:
    """``delivered``: record to what it looks like (records alike are one, to the joining) and its number, if any."""

    delivered: dict[int, tuple[int, str]] = field(default_factory=dict)
    sayings: list[Saying] = field(default_factory=list)
    log: list[Line] = field(default_factory=list)
    state: State = field(default_factory=State)
    merged: dict[Pair, Cause] = field(default_factory=dict)
    declined: set[Pair] = field(default_factory=set)
    wishes: list[Wish] = field(default_factory=list)
    at_once: frozenset[str] = frozenset()

    @property
    def said(self) -> Said:
        return standing_judgements(self.sayings)

    def deliver(self, looks: Mapping[int, int], numbers: Mapping[int, str] | None = None) -> None:
        """Each record with what it looks like now."""
        for record, look in looks.items():
            self.delivered[record] = (look, (numbers or {}).get(record, ""))

    def say(self, one: int, other: int, verdict: str, *, owner: int = 1, steward: bool = False) -> int:
        """What party ``owner`` says of two records of parties 1 and 2; the number of the line."""
        a, b = two(one, other)
        no = len(self.sayings) + 1
        cause = Cause("person", "judged", judgement=no)
        self.sayings.append(Saying(no, owner, a, b, verdict, (1, 2), 1, steward, agreed=True, cause=cause))
        return no

    def take_back(self, no: int) -> None:
        taken = self.sayings[no - 1]
        line = len(self.sayings) + 1
        cause = Cause("person", "taken-back", judgement=line)
        self.sayings.append(replace(taken, no=line, verdict="", takes_back=no, cause=cause))

    def answers(self) -> list[Answer]:
        """What a joining that starts anew says: records that look alike are one, as far as their numbers let them."""
        clusters = Clusters(marks={r(n): {"kvk": kvk} for n, (_look, kvk) in self.delivered.items() if kvk})
        first: dict[int, list[Record]] = {}
        for number, (look, _kvk) in sorted(self.delivered.items()):
            heads = first.setdefault(look, [])
            if not any(clusters.join(head, r(number)) for head in heads):
                heads.append(r(number))
        return [
            Answer(r(n), clusters.find(r(n))[1], Cause("rule", "alike", str(look)), marks={"kvk": kvk} if kvk else {})
            for n, (look, kvk) in self.delivered.items()
        ]

    def links(self) -> list[Link]:
        """Records that look alike and bear one number: as sure as a rule can be."""
        alike = combinations(sorted(self.delivered.items()), 2)
        return [
            Link(r(one), r(other), Cause("rule", "number-name", said[1]))
            for (one, said), (other, its) in alike
            if said == its and said[1]
        ]

    def undo(self, two: Pair) -> None:
        """A person undoes what a rule merged."""
        del self.merged[two]
        self.declined.add(two)

    def round(self) -> list[Line]:
        """A round of joining; the lines that it wrote."""
        heard = Heard(self.said, self.merged, frozenset(self.declined))
        answers = self.answers()
        decided = decide(answers, self.state, heard, links=self.links(), rules=Rules(self.at_once))
        self.wishes = decided.wishes
        self.merged |= {(wish.one, wish.other): wish.cause for wish in decided.wishes if wish.at_once}
        for lapsed in decided.lapsed:
            del self.merged[lapsed]
        after = self.state.after(decided.lines)
        records = [answer.record for answer in answers]
        lines = [
            *decided.lines,
            *anchor(self.state, after, records, offered=None, said=heard.said, clusters=decided.clusters),
        ]
        placed = [replace(line, no=len(self.log) + at) for at, line in enumerate(lines, start=1)]
        self.log += placed
        self.state = self.state.after(placed)
        return placed

    def together(self) -> set[frozenset[int]]:
        """Which records are one now, by their numbers."""
        groups: dict[int, set[int]] = {}
        for record in self.delivered:
            groups.setdefault(self.state.home(r(record)), set()).add(record)
        return {frozenset(group) for group in groups.values()}

    def replayed(self) -> State:
        return replay(self.log)
