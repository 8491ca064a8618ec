"""From scored pairs to answers: people first, then numbers with a name, then what fits best.

Links are rows of a frame until one is followed: of most pairs nothing else is asked.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import polars as pl

from schakel.register.matching import matched
from schakel.register.matching.clustering import (
    ENTRY,
    MODEL,
    MOST,
    NUMBER,
    PERMANENT,
    PERSON,
    STANDING,
    Clusters,
    Marks,
    one_slip_apart,
)
from schakel.register.matching.doubting import doubtful, evidence_of, families, merges, numbers_of_sisters
from schakel.register.matching.matched import Matched
from schakel.register.matching.model import Model
from schakel.register.matching.names import AGREES, ALIKE


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that grouping looks at.

    ``about``, ``listed``: statements of records and entries. ``entries``: a record's best entries (a,
    b the entry, score the odds, levels, place_among). ``pairs``: of records (a, b, score, levels).
    ``mistyped``: whether two KvK numbers in ``about`` may be one.
    """

    about: pl.DataFrame
    listed: pl.DataFrame
    entries: pl.DataFrame
    pairs: pl.DataFrame
    judged: pl.DataFrame
    standing: pl.DataFrame
    mistyped: Callable[[str, str], bool] = one_slip_apart


@dataclass(frozen=True, slots=True)
class Why:
    """For what reason pairs are held for the same: columns of a `Link`."""

    tier: pl.Expr
    rule: pl.Expr
    score: pl.Expr = field(default_factory=lambda: pl.lit(0))
    evidence: pl.Expr = field(default_factory=lambda: pl.lit(""))


@dataclass(slots=True)
class Ground:
    """The nodes of the clusters: records by their number, entries above them."""

    first: int  # number of the node of the first entry
    node_of: Mapping[int, int]  # entry to node
    identity_of: Mapping[int, int] = field(default_factory=dict)


def group(evidence: Evidence, model: Model) -> Matched:
    """The answers that follow from ``evidence``; nothing in them depends on the order of its rows."""
    with _without_rings():
        return _grouped(evidence, model)


@contextmanager
def _without_rings() -> Iterator[None]:
    """Python does not look for rings: clusters are many small sets, none in a ring, and looking took a seventh of all.

    It is set aside for the whole process; of two threads that group at once the first to end sets it right.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def _grouped(evidence: Evidence, model: Model) -> Matched:
    entries = sorted(set(evidence.entries["b"]) | set(evidence.judged["entry"].drop_nulls()))
    last = evidence.about["id"].max()
    first = (last if isinstance(last, int) else 0) + 1
    ground = Ground(first, {entry: first + i for i, entry in enumerate(entries)}, _identities(evidence))
    clusters = Clusters(_marks(evidence, ground), _apart(evidence, ground), evidence.mistyped)
    links = _links(evidence, ground, model)
    pairs = evidence.pairs
    nodes = zip(pairs["a"].to_list(), pairs["b"].to_list(), strict=True)
    likeness = (pairs["score"] - model.join).clip(-MOST, MOST)
    ways = zip(*(links[column].to_list() for column in ("tier", "cost", "one", "other")), strict=True)
    clusters.follow(ways, dict(zip(nodes, likeness.to_list(), strict=True)))
    in_doubt = doubtful(clusters, evidence.entries, pairs, ground.node_of, model)
    return Matched(
        _answers(evidence, clusters, links, ground, model),
        in_doubt,
        families(clusters, pairs),
        merges(clusters, links),
        model,
    )


def _identities(evidence: Evidence) -> dict[int, int]:
    return dict(evidence.standing.select("record", "identity").iter_rows())


def _marks(evidence: Evidence, ground: Ground) -> dict[int, Marks]:
    """What each node holds that others may not differ in; a number that the register speaks against is nothing."""
    set_aside = set(evidence.entries.filter(_SPEAKS_AGAINST)["a"].to_list())
    marks: dict[int, Marks] = {}
    for id_, kvk, rsin, owner, number in evidence.about.select("id", "kvk", "rsin", "owner", "number").iter_rows():
        held = {} if id_ in set_aside else _numbers(kvk, rsin)
        if number:
            held[f"owner {owner}"] = {number}
        if id_ in ground.identity_of:
            held["identity"] = {str(ground.identity_of[id_])}
        if held:
            marks[id_] = held
    wanted = evidence.listed.select("id", "kvk", "rsin").filter(pl.col("id").is_in(list(ground.node_of)))
    for entry, kvk, rsin in wanted.iter_rows():
        marks[ground.node_of[entry]] = _numbers(kvk, rsin) | {"entry": {str(entry)}}
    return marks


def _numbers(kvk: str | None, rsin: str | None) -> Marks:
    held = {}
    if kvk:
        held["kvk"] = {kvk}
    if rsin:
        held["rsin"] = {rsin}
    return held


_FITS = (pl.col("place_among") == 1) & (pl.col("score") >= 0)
_SPEAKS_AGAINST = (
    pl.when(_FITS)
    .then(pl.col("number").is_in(["differ", "slip"]))
    .otherwise((pl.col("number") == "same") & (pl.col("score") < 0))
)


def _apart(evidence: Evidence, ground: Ground) -> Iterator[tuple[int, int]]:
    for a, b, entry in evidence.judged.filter(~pl.col("same")).select("a", "b", "entry").iter_rows():
        yield a, (b if entry is None else ground.node_of[entry])


def _links(evidence: Evidence, ground: Ground, model: Model) -> pl.DataFrame:
    """The columns of `Link` with rule and evidence: the best first, ties by node."""
    nodes = pl.DataFrame(list(ground.node_of.items()), {"entry": pl.Int64, "node": pl.Int64}, orient="row")
    found = pl.concat(
        [
            _by_people(evidence, nodes),
            _standing(evidence),
            _by_entries(evidence, nodes),
            _by_records(evidence, model),
        ]
    )
    ordered = found.sort("tier", "cost", "one", "other", maintain_order=True)
    return ordered.with_columns(at=pl.int_range(pl.len(), dtype=pl.Int64))


def _by_people(evidence: Evidence, nodes: pl.DataFrame) -> pl.DataFrame:
    said = evidence.judged.filter("same").join(nodes, on="entry", how="left", maintain_order="left")
    return _linking(said, Why(pl.lit(PERSON), pl.lit("person")), pl.coalesce("node", "b"))


def _standing(evidence: Evidence) -> pl.DataFrame:
    eldest = evidence.standing.select(a=pl.col("record").min().over("identity"), b="record")
    others = eldest.filter(pl.col("a") != pl.col("b"))
    return _linking(others, Why(pl.lit(STANDING), pl.lit("standing")), pl.col("b"))


def _by_entries(evidence: Evidence, nodes: pl.DataFrame) -> pl.DataFrame:
    best = evidence.entries.filter(_FITS).join(nodes, left_on="b", right_on="entry", maintain_order="left")
    return _linking(best, _rule(ENTRY, "register"), pl.col("node"))


def _by_records(evidence: Evidence, model: Model) -> pl.DataFrame:
    own = evidence.about.select("id", "own").drop_nulls()
    pairs = evidence.pairs.join(own, left_on="a", right_on="id", how="left", maintain_order="left")
    pairs = pairs.join(own, left_on="b", right_on="id", how="left", maintain_order="left", suffix="_b")
    alike = (pl.col("number") == "same").fill_null(False) | pl.col("name").is_in(ALIKE)
    permanent = ((pl.col("own") == pl.col("own_b")).fill_null(False) & alike).alias("stays")
    linking = pairs.with_columns(permanent).filter(pl.col("stays") | (pl.col("score") >= model.join))
    said, stays = _rule(MODEL, "likeness"), pl.when("stays")
    why = Why(
        stays.then(PERMANENT).otherwise(said.tier),
        stays.then(pl.lit("permanent")).otherwise(said.rule),
        said.score,
        stays.then("own").otherwise(said.evidence),
    )
    return _linking(linking, why, pl.col("b"))


def _rule(tier: int, otherwise: str) -> Why:
    certain = pl.when((pl.col("number") == "same").fill_null(False) & pl.col("name").is_in(AGREES) & ~pl.col("sister"))
    rule = certain.then(pl.lit("number-name")).otherwise(pl.lit(otherwise))
    return Why(certain.then(NUMBER).otherwise(tier), rule, pl.col("score"), evidence_of())


def _linking(pairs: pl.DataFrame, why: Why, other: pl.Expr) -> pl.DataFrame:
    return pairs.select(
        tier=why.tier.cast(pl.Int64),
        cost=-why.score.cast(pl.Int64),
        one=pl.min_horizontal("a", other),
        other=pl.max_horizontal("a", other),
        rule=why.rule,
        evidence=why.evidence,
    )


def _answers(evidence: Evidence, clusters: Clusters, links: pl.DataFrame, ground: Ground, model: Model) -> pl.DataFrame:
    records = evidence.about["id"].sort()
    anchors = {clusters.find(node): entry for entry, node in sorted(ground.node_of.items(), reverse=True)}
    roots = clusters.roots(records.to_list())
    ways = [link.at if (link := clusters.reasons.get(record)) else None for record in records.to_list()]
    told = pl.DataFrame(
        {"record": records, "cluster": roots, "entry": [anchors.get(root) for root in roots], "at": ways},
        {"record": pl.Int64, "cluster": pl.Int64, "entry": pl.Int64, "at": pl.Int64},
    ).join(links, on="at", how="left", maintain_order="left")
    # Held for an entry only because another record is: that record may be surely so, this one is not.
    borrowed = (pl.col("tier") == MODEL) & pl.col("entry").is_not_null()
    unsure = (pl.col("tier") >= ENTRY) & (-pl.col("cost") < model.sure)
    of_sister = pl.col("record").is_in(numbers_of_sisters(evidence.entries).implode())
    by_model = pl.when(borrowed.fill_null(False) | unsure.fill_null(False) | of_sister).then(pl.lit("doubt"))
    decided = (
        pl.when(pl.col("tier") == PERSON)
        .then(pl.lit("person"))
        .when(pl.col("tier") < ENTRY)
        .then(pl.lit("rule"))
        .otherwise(by_model.otherwise(pl.lit("model")))
    )
    return told.with_columns(
        decided=decided,
        rule=pl.col("rule").fill_null("alone"),
        score=(-pl.col("cost")).fill_null(0),
        evidence=pl.col("evidence").fill_null(""),
    ).select(*matched.ANSWERS)
