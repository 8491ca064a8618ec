"""Standing identities: what a new round of joining changes, and nothing more.

Invariants: an identity's number never changes meaning and is never used again; a standing record is
never taken out of its identity by a rerun; of two identities that turn out to be one the elder
stays, the younger redirects to it. So a round only gives birth, links and merges. Parting is a
person's decision, elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Record = tuple[str, int]  # record kind and id
Verb = Literal["born", "linked", "merged"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One line for the identity log.

    born: ``identity`` begins. linked: ``record`` is of ``identity``. merged: ``other``, the younger,
    from now on redirects to ``identity``. ``rule`` and ``evidence`` say why, as the joining gave them.
    """

    verb: Verb
    identity: int
    record: Record | None = None
    other: int | None = None
    rule: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The identities as they stand. Identities are numbered in the order of their birth.

    ``members``: record to the identity it was linked to. ``redirects``: younger to elder of every
    merge so far. ``last``: the highest number ever given, also to what no longer has members.
    """

    members: Mapping[Record, int] = field(default_factory=dict)
    redirects: Mapping[int, int] = field(default_factory=dict)
    last: int = 0

    def resolve(self, identity: int) -> int:
        """The identity that ``identity`` is now, at the end of its redirects."""
        return _resolve(self.redirects, identity)

    def after(self, decisions: Iterable[Decision]) -> Standing:
        """The identities once ``decisions`` are carried out."""
        members, redirects, last = dict(self.members), dict(self.redirects), self.last
        for decision in decisions:
            if decision.verb == "merged" and decision.other is not None:
                redirects[decision.other] = decision.identity
            elif decision.verb == "linked" and decision.record is not None:
                members[decision.record] = decision.identity
            last = max(last, decision.identity)
        return Standing(members, redirects, last)


@dataclass(frozen=True, slots=True)
class _Tie:
    record: Record
    rule: str
    evidence: str


def decide(clusters: pl.DataFrame, standing: Standing) -> list[Decision]:
    """What changes when ``clusters`` are held against what stands; nothing if they say nothing new.

    ``clusters``: record_kind, record, cluster, rule, evidence, one row a record; cluster numbers mean
    nothing beyond the frame, and the order of rows nothing at all. New identities are numbered
    from ``standing.last`` + 1, by their lowest record. Decisions come in an order in which they can
    be carried out: merges, then each birth before its links.
    """
    groups = _groups(clusters)
    redirects = dict(standing.redirects)
    merges = [merge for ties in groups for merge in _merges(ties, standing, redirects)]
    links: list[Decision] = []
    last = standing.last
    for ties in groups:
        home = _home(ties, standing, redirects)
        if home is None:
            last = home = last + 1
            links.append(Decision("born", home))
        links += [_linked(home, tie) for tie in ties if tie.record not in standing.members]
    return merges + links


def _groups(clusters: pl.DataFrame) -> list[list[_Tie]]:
    """The ties of each cluster in order of their records, clusters in order of their lowest."""
    groups: dict[int, list[_Tie]] = {}
    rows = clusters.sort("record_kind", "record").select("cluster", "record_kind", "record", "rule", "evidence")
    for cluster, kind, record, rule, evidence in rows.iter_rows():
        groups.setdefault(cluster, []).append(_Tie((kind, record), rule or "", evidence or ""))
    return list(groups.values())


def _merges(ties: list[_Tie], standing: Standing, redirects: dict[int, int]) -> Iterator[Decision]:
    """Merges of all identities in one cluster into their eldest; ``redirects`` learns them."""
    met: dict[int, _Tie] = {}
    for tie in ties:
        if tie.record in standing.members:
            met.setdefault(_resolve(redirects, standing.members[tie.record]), tie)
    elder = min(met, default=0)
    for younger in sorted(set(met) - {elder}):
        redirects[younger] = elder
        yield Decision("merged", elder, other=younger, rule=met[younger].rule, evidence=met[younger].evidence)


def _home(ties: list[_Tie], standing: Standing, redirects: Mapping[int, int]) -> int | None:
    known = [standing.members[tie.record] for tie in ties if tie.record in standing.members]
    return _resolve(redirects, known[0]) if known else None


def _linked(identity: int, tie: _Tie) -> Decision:
    return Decision("linked", identity, record=tie.record, rule=tie.rule, evidence=tie.evidence)


def _resolve(redirects: Mapping[int, int], identity: int) -> int:
    while identity in redirects:
        identity = redirects[identity]
    return identity
