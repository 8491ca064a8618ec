"""What the engine is not sure of, why, and how much a person's word would teach."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from schakel.register.matching import matched
from schakel.register.matching.clustering import ENTRY, Clusters, Link
from schakel.register.matching.frequencies import BIT
from schakel.register.matching.model import Model

UNSURE = 3 * BIT  # below the threshold by no more than this is worth asking
_WHY = {"number": "clashing-number", "unlike": "unlike-group"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A scored pair: records ``a`` and ``b``, or a record and entry ``b``, with the level of each field."""

    a: int
    b: int
    score: int
    number: str | None
    name: str
    place: str | None
    web: str | None
    form: str | None
    sister: bool
    place_among: int = 1
    lead: int | None = None

    @property
    def evidence(self) -> str:
        """The levels in short, for the log."""
        said = (
            ("number", self.number),
            ("name", self.name),
            ("place", self.place),
            ("web", self.web),
            ("form", self.form),
        )
        return ", ".join(f"{field} {level.split('/')[0]}" for field, level in said if level)

    @property
    def near(self) -> bool:
        """Whether both are at one address or site."""
        return (self.place or "").split("/")[0] in ("address", "postcode", "street") or (self.web or "").split("/")[
            0
        ] in ("same", "named")


def gain(score: int) -> int:
    """How much deciding a pair with ``score`` teaches: its uncertainty, in thousandths of a bit."""
    chance = 1 / (1 + 2 ** (-max(-40 * BIT, min(40 * BIT, score)) / BIT))
    return round(-BIT * sum(p * math.log2(p) for p in (chance, 1 - chance) if 0 < p < 1))


def reasons(pair: Pair) -> list[str]:
    """Why a pair is doubtful, as keys of `matched.REASONS`."""
    place = (pair.place or "").split("/")[0]
    found = []
    if pair.number == "same" and (pair.sister or pair.name in ("other", "some", "initials")):
        found.append("sister-number")
    if pair.number in ("differ", "slip"):
        found.append("clashing-number")
    if pair.lead is not None and pair.lead < UNSURE:
        found.append("near-tie")
    if pair.name in ("same", "rare", "order", "typo") and place in ("away", "moved"):
        found.append("other-place")
    if pair.name in ("other", "some", "initials") and pair.near and not pair.sister:
        found.append("other-name")
    return found or ["little-said"]


def doubtful(
    clusters: Clusters, against: Iterable[Pair], pairs: Iterable[Pair], node_of: Mapping[int, int], model: Model
) -> pl.DataFrame:
    """A frame of `matched.DOUBTFUL`: records with entries, then the best pair between each two clusters."""
    rows = [*_with_entries(clusters, against, node_of, model), *_between_records(clusters, pairs, model)]
    return pl.DataFrame(rows, matched.DOUBTFUL, orient="row").sort(
        "gain", "a", "b", "entry", descending=[True, False, False, False]
    )


def numbers_of_sisters(against: Iterable[Pair]) -> set[int]:
    """Records whose number is that of a sister of the company they name: either may be meant."""
    return {pair.a for pair in against if pair.number == "same" and pair.sister}


Row = tuple[int, int | None, int | None, int, list[str], bool, int]


def _with_entries(
    clusters: Clusters, against: Iterable[Pair], node_of: Mapping[int, int], model: Model
) -> Iterator[Row]:
    known = list(against)
    sisters = numbers_of_sisters(known)
    for pair in known:
        if pair.place_among > 1:
            continue
        told = ["sister-number"] if pair.a in sisters else reasons(pair)
        link = clusters.reasons.get(pair.a)
        if (link is None or link.tier >= ENTRY) and (-UNSURE <= pair.score < model.sure or pair.a in sisters):
            linked = clusters.find(pair.a) == clusters.find(node_of[pair.b])
            yield pair.a, None, pair.b, pair.score, told, linked, gain(pair.score)


def _between_records(clusters: Clusters, pairs: Iterable[Pair], model: Model) -> Iterator[Row]:
    asked: set[tuple[int, int]] = set()
    refused = {(link.one, link.other): why for link, why in clusters.refused}
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b)):
        one, other = sorted((clusters.find(pair.a), clusters.find(pair.b)))
        score = pair.score - model.join
        if one == other:
            if _only_by(clusters.reasons.get(pair.a), pair) and score < model.sure:
                yield pair.a, pair.b, None, pair.score, reasons(pair), True, gain(score)
            continue
        why = refused.get((pair.a, pair.b), "")
        if score < -UNSURE or pair.sister or why in ("entry", "owner", "parted", "identity") or (one, other) in asked:
            continue
        if len(clusters.held(one, "entry") | clusters.held(other, "entry")) > 1:
            continue
        asked.add((one, other))
        told = [_WHY[why]] if why in _WHY else reasons(pair)
        yield pair.a, pair.b, None, pair.score, told, False, gain(min(score, 0) if why else score)


def _only_by(link: Link | None, pair: Pair) -> bool:
    return link is not None and link.tier >= ENTRY and (link.one, link.other) == (pair.a, pair.b)


def families(clusters: Clusters, pairs: Iterable[Pair]) -> pl.DataFrame:
    """A frame of `matched.FAMILIES`: two clusters with names of sisters at one address or site."""
    found: dict[tuple[int, int], tuple[str, int]] = {}
    for pair in pairs:
        one, other = sorted((clusters.find(pair.a), clusters.find(pair.b)))
        if pair.sister and pair.near and one != other:
            found.setdefault((one, other), (pair.evidence, pair.score))
    rows = [(*both, *told) for both, told in sorted(found.items())]
    return pl.DataFrame(rows, matched.FAMILIES, orient="row")


def merges(clusters: Clusters, identity_of: Mapping[int, int]) -> pl.DataFrame:
    """A frame of `matched.MERGES`: the best reason to hold two standing identities for one, never followed."""
    found: dict[tuple[int, int], Link] = {}
    for link, why in clusters.refused:
        if why == "identity":
            both = sorted(int(next(iter(clusters.held(node, "identity")))) for node in (link.one, link.other))
            found.setdefault((both[0], both[1]), link)
    rows = [(*both, link.one, link.other, link.rule, link.score, link.evidence) for both, link in sorted(found.items())]
    return pl.DataFrame(rows, matched.MERGES, orient="row")
