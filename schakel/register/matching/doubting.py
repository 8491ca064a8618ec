"""What the engine is not sure of, why, and how much a person's word would teach."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import polars as pl

from schakel.register.matching import matched
from schakel.register.matching.clustering import ENTRY, Clusters, Link
from schakel.register.matching.frequencies import BIT
from schakel.register.matching.model import Model

UNSURE = 3 * BIT  # below the threshold by no more than this is worth asking
_WHY = {"number": "clashing-number", "unlike": "unlike-group"}


class Pair(NamedTuple):
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
    lead: int | None

    @property
    def near(self) -> bool:
        """Whether both are at one address or site."""
        return bare(self.place) in NEAR_PLACE or bare(self.web) in NEAR_WEB


NEAR_PLACE, NEAR_WEB = ("address", "postcode", "street"), ("same", "named")


def bare(level: str | None) -> str:
    """A level without what it says of the names beside it."""
    return (level or "").split("/")[0]


def evidence_of() -> pl.Expr:
    """The levels of a pair in short, for the log."""
    said = (
        pl.lit(f"{field} ") + pl.col(field).str.split("/").list.first()
        for field in ("number", "name", "place", "web", "form")
    )
    return pl.concat_str(*said, separator=", ", ignore_nulls=True)


def _paired(frame: pl.DataFrame) -> Iterator[Pair]:
    lead = frame if "lead" in frame.columns else frame.with_columns(lead=pl.lit(None, pl.Int64))
    return map(Pair._make, lead.select(Pair._fields).iter_rows())


def gain(score: int) -> int:
    """How much deciding a pair with ``score`` teaches: its uncertainty, in thousandths of a bit."""
    chance = 1 / (1 + 2 ** (-max(-40 * BIT, min(40 * BIT, score)) / BIT))
    return round(-BIT * sum(p * math.log2(p) for p in (chance, 1 - chance) if 0 < p < 1))


def reasons(pair: Pair) -> str:
    """Why a pair is doubtful: keys of `matched.REASONS`, parted by spaces."""
    place = bare(pair.place)
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
    return " ".join(found or ["little-said"])


def doubtful(
    clusters: Clusters, entries: pl.DataFrame, pairs: pl.DataFrame, node_of: Mapping[int, int], model: Model
) -> pl.DataFrame:
    """A frame of `matched.DOUBTFUL`: records with entries, then the best pair between each two clusters."""
    rows = [*_with_entries(clusters, entries, node_of, model), *_between_records(clusters, pairs, model)]
    told = pl.DataFrame(rows, matched.DOUBTFUL | {"reasons": pl.String}, orient="row")
    parted = told.with_columns(pl.col("reasons").str.split(" "))
    return parted.sort("gain", "a", "b", "entry", descending=[True, False, False, False])


def numbers_of_sisters(entries: pl.DataFrame) -> pl.Series:
    """Records whose number is that of a sister of the company they name: either may be meant."""
    return entries.filter((pl.col("number") == "same") & pl.col("sister"))["a"].unique()


Row = tuple[int, int | None, int | None, int, str, bool, int]


def _with_entries(clusters: Clusters, entries: pl.DataFrame, node_of: Mapping[int, int], model: Model) -> Iterator[Row]:
    sisters = set(numbers_of_sisters(entries))
    unsure = pl.col("score").is_between(-UNSURE, model.sure, closed="left") | pl.col("a").is_in(list(sisters))
    for pair in _paired(entries.filter((pl.col("place_among") == 1) & unsure)):
        told = "sister-number" if pair.a in sisters else reasons(pair)
        link = clusters.reasons.get(pair.a)
        if link is None or link.tier >= ENTRY:
            linked = clusters.find(pair.a) == clusters.find(node_of[pair.b])
            yield pair.a, None, pair.b, pair.score, told, linked, gain(pair.score)


def _between_records(clusters: Clusters, pairs: pl.DataFrame, model: Model) -> Iterator[Row]:
    asked: set[tuple[int, int]] = set()
    refused = {(link.one, link.other): why for link, why in clusters.refused}
    # Below this no pair joined anything, and none is asked.
    likely = pairs.filter(pl.col("score") >= model.join - UNSURE)
    placed = likely.with_columns(
        _roots(clusters, likely["a"]).alias("one"), _roots(clusters, likely["b"]).alias("other")
    )
    within = pl.col("one") == pl.col("other")
    told = placed.filter(pl.when(within).then(pl.col("score") < model.join + model.sure).otherwise(~pl.col("sister")))
    ordered = told.sort(-pl.col("score"), "a", "b")
    roots = ordered.select("one", "other").rows()
    for pair, (one, other) in zip(_paired(ordered), roots, strict=True):
        score = pair.score - model.join
        if one == other:
            if _only_by(clusters.reasons.get(pair.a), pair):
                yield pair.a, pair.b, None, pair.score, reasons(pair), True, gain(score)
            continue
        both = (one, other) if one < other else (other, one)
        why = refused.get((pair.a, pair.b), "")
        if why in ("entry", "owner", "parted", "identity") or both in asked:
            continue
        if len(clusters.held(one, "entry") | clusters.held(other, "entry")) > 1:
            continue
        asked.add(both)
        because = _WHY[why] if why in _WHY else reasons(pair)
        yield pair.a, pair.b, None, pair.score, because, False, gain(min(score, 0) if why else score)


def _roots(clusters: Clusters, nodes: pl.Series) -> pl.Series:
    """Of each node the one that stands for its cluster."""
    return pl.Series(clusters.roots(nodes.to_list()), dtype=pl.Int64)


def _only_by(link: Link | None, pair: Pair) -> bool:
    return link is not None and link.tier >= ENTRY and (link.one, link.other) == (pair.a, pair.b)


def families(clusters: Clusters, pairs: pl.DataFrame) -> pl.DataFrame:
    """A frame of `matched.FAMILIES`: two clusters with names of sisters at one address or site."""
    place, web = (pl.col(field).str.split("/").list.first() for field in ("place", "web"))
    near = place.is_in(NEAR_PLACE).fill_null(False) | web.is_in(NEAR_WEB).fill_null(False)
    sisters = pairs.filter(pl.col("sister") & near).sort("a", "b")
    found: dict[tuple[int, int], tuple[str, int]] = {}
    for a, b, evidence, score in sisters.select("a", "b", evidence_of(), "score").iter_rows():
        one, other = sorted((clusters.find(a), clusters.find(b)))
        if one != other:
            found.setdefault((one, other), (evidence, score))
    rows = [(*both, *told) for both, told in sorted(found.items())]
    return pl.DataFrame(rows, matched.FAMILIES, orient="row")


def merges(clusters: Clusters, links: pl.DataFrame) -> pl.DataFrame:
    """A frame of `matched.MERGES`: the best reason to hold two standing identities for one, never followed."""
    found: dict[tuple[int, int], Link] = {}
    for link, why in clusters.refused:
        if why == "identity":
            both = sorted(int(next(iter(clusters.held(node, "identity")))) for node in (link.one, link.other))
            found.setdefault((both[0], both[1]), link)
    rows = [(*both, link.one, link.other, link.score, link.at) for both, link in sorted(found.items())]
    names = ("identity_a", "identity_b", "record_a", "record_b", "score", "at")
    proposed = pl.DataFrame(rows, dict.fromkeys(names, pl.Int64), orient="row")
    told = links.select("at", "rule", "evidence")
    return proposed.join(told, on="at", how="left", maintain_order="left").select(*matched.MERGES)
