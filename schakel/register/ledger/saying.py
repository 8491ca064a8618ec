"""What people said, and what of it holds.

Invariants: what somebody said holds over every later round until their own party takes it back. Only who owns one of
the two is listened to, and the network's identity steward, who goes before. Where two contradict each other, neither
holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schakel.register.ledger.clusters import Clusters
from schakel.register.ledger.lines import Cause, Pair, Record, pair

Holding = Mapping[Pair, Cause]
_SAID = Cause(by="person")


@dataclass(frozen=True, slots=True)
class Saying:
    """A line of what people said: a judgement, or the acceptance of a proposal (``cause`` tells which).

    ``owner``: for which party; ``owners``: of the two records, null for a register entry. ``agreed``: whether all of
    them took part in identity review then. ``takes_back`` and ``confirms``: an earlier line.
    """

    no: int
    owner: int
    a: Record
    b: Record
    verdict: str  # same, different, unsure; empty where it takes back
    owners: tuple[int | None, int | None]
    person: int | None = None
    steward: bool = False
    agreed: bool = False
    takes_back: int | None = None
    confirms: int | None = None
    cause: Cause = _SAID


@dataclass(frozen=True)
class Said:
    """What holds: pairs that are one, pairs that are not, and pairs over which people disagree.

    ``parted``: of those in dispute, the pairs that are kept apart meanwhile. ``undone``: pairs of which
    something was taken back, with by what.
    """

    must: Holding = field(default_factory=dict)
    cannot: Holding = field(default_factory=dict)
    disputed: Holding = field(default_factory=dict)
    parted: Holding = field(default_factory=dict)
    undone: Holding = field(default_factory=dict)

    @property
    def apart(self) -> Holding:
        """All pairs that are kept apart for now."""
        return {**self.parted, **self.cannot}


def standing_judgements(lines: Iterable[Saying], four_eyes: bool = False) -> Said:
    """What holds of all that was ever said. ``four_eyes``: only what a second person of the party confirmed.

    What was decided of a proposal waits for no second: its steward answers for it alone.

    People's pairs never contradict each other, not even roundabout: of a chain that would, the pair that was said last
    is disputed. A dispute over one pair keeps it apart.
    """
    said = sorted(lines, key=lambda line: line.no)
    by_no = {line.no: line for line in said}
    back = {line.takes_back: line for line in said if line.takes_back and _may_take_back(line, by_no)}
    live = [line for line in said if line.no not in back and not line.takes_back and _listened(line)]
    confirmed = {line.confirms for line in live if line.confirms in by_no and _confirms(line, by_no[line.confirms])}
    holding = [line for line in live if not four_eyes or line.no in confirmed or line.cause.proposal is not None]
    opinions = [line for line in holding if line.confirms is None]
    undone = {_pair(by_no[no]): _undoing(line) for no, line in back.items()}
    return _consistent(opinions, undone)


def _listened(line: Saying) -> bool:
    """Whether ``line`` is for its party to say: of its own records; between agencies only under the agreement."""
    owners = {owner for owner in line.owners if owner is not None}
    if owners == {line.owner}:
        return True
    return line.agreed and (line.steward or line.owner in owners)


def _may_take_back(line: Saying, by_no: Mapping[int, Saying]) -> bool:
    taken = by_no.get(line.takes_back or 0)
    return taken is not None and taken.owner == line.owner and taken.no < line.no


def _confirms(line: Saying, first: Saying) -> bool:
    """Whether another person of the same party said the same of the same two."""
    two = line.person is not None and first.person is not None and line.person != first.person
    return two and line.owner == first.owner and line.verdict == first.verdict and _pair(line) == _pair(first)


def _undoing(line: Saying) -> Cause:
    return Cause("person", "taken-back", judgement=line.cause.judgement, proposal=line.cause.proposal)


def _pair(line: Saying) -> Pair:
    return pair(line.a, line.b)


def _consistent(opinions: list[Saying], undone: Holding) -> Said:
    """The steward's words first, each pair's last word by each party; then what contradicts them falls away."""
    latest = {(_pair(line), line.owner, line.steward): line for line in opinions}
    words = sorted((line for line in latest.values() if line.verdict != "unsure"), key=lambda line: line.no)
    settled = {_pair(line) for line in words if line.steward}
    must: dict[Pair, Cause] = {}
    cannot: dict[Pair, Cause] = {}
    disputed: dict[Pair, Cause] = {}
    for tier in (
        [line for line in words if line.steward],
        [line for line in words if not line.steward and _pair(line) not in settled],
    ):
        verdicts: dict[Pair, set[str]] = {}
        for line in tier:
            verdicts.setdefault(_pair(line), set()).add(line.verdict)
        so_far = _clusters(must, cannot)
        for line in tier:
            if len(verdicts[_pair(line)]) > 1:
                disputed[_pair(line)] = line.cause
            elif line.verdict == "different" and so_far.find(line.a) != so_far.find(line.b):
                cannot.setdefault(_pair(line), line.cause)
        so_far = _clusters(must, cannot)
        for line in tier:
            if verdicts[_pair(line)] == {"same"}:
                held = must if so_far.join(line.a, line.b) else disputed
                held.setdefault(_pair(line), line.cause)
    whole = _clusters(must, cannot)
    parted = {two: cause for two, cause in disputed.items() if whole.find(two[0]) != whole.find(two[1])}
    return Said(must, cannot, disputed, parted, undone)


def _clusters(must: Holding, cannot: Holding) -> Clusters:
    clusters = Clusters(apart=cannot)
    for one, other in must:
        clusters.join(one, other)
    return clusters
