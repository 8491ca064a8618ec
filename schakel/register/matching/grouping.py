"""From scored pairs to answers: people first, then numbers with a name, then what fits best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from schakel.register.matching import matched
from schakel.register.matching.clustering import ENTRY, MODEL, NUMBER, PERMANENT, PERSON, STANDING, Clusters, Link
from schakel.register.matching.comparing import ALIKE
from schakel.register.matching.doubting import Pair, doubtful, families, merges, numbers_of_sisters
from schakel.register.matching.matched import Matched
from schakel.register.matching.model import Model

AGREES = ("same", "rare", "order", "typo")


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that grouping looks at.

    ``about``, ``listed``: statements of records and entries. ``entries``: a record's best entries (a,
    b the entry, score the odds, levels, place_among). ``pairs``: of records (a, b, score, levels).
    """

    about: pl.DataFrame
    listed: pl.DataFrame
    entries: pl.DataFrame
    pairs: pl.DataFrame
    judged: pl.DataFrame
    standing: pl.DataFrame


@dataclass(slots=True)
class Ground:
    """The nodes of the clusters: records by their number, entries above them."""

    first: int  # number of the node of the first entry
    node_of: Mapping[int, int]  # entry to node
    identity_of: Mapping[int, int] = field(default_factory=dict)

    def entry(self, node: int, entries: list[int]) -> int:
        """The entry that ``node`` stands for."""
        return entries[node - self.first]


def group(evidence: Evidence, model: Model) -> Matched:
    """The answers that follow from ``evidence``; nothing in them depends on the order of its rows."""
    entries = sorted(set(evidence.entries["b"]) | set(evidence.judged["entry"].drop_nulls()))
    last = evidence.about["id"].max()
    first = (last if isinstance(last, int) else 0) + 1
    ground = Ground(first, {entry: first + i for i, entry in enumerate(entries)}, _identities(evidence))
    against = [Pair(*row) for row in evidence.entries.iter_rows()]
    pairs = [Pair(*row) for row in evidence.pairs.iter_rows()]
    clusters = Clusters(_marks(evidence, against, ground), _apart(evidence, ground))
    links = [
        *_by_people(evidence, ground),
        *_standing(evidence),
        *_by_entries(against, ground),
        *_by_records(pairs, evidence, model),
    ]
    clusters.follow(links, {(pair.a, pair.b): pair.score for pair in pairs}, model.join)
    in_doubt = doubtful(clusters, against, pairs, ground.node_of, model)
    return Matched(
        _answers(evidence, clusters, entries, first, model),
        in_doubt,
        families(clusters, pairs),
        merges(clusters, ground.identity_of),
        model,
    )


def _identities(evidence: Evidence) -> dict[int, int]:
    return dict(evidence.standing.select("record", "identity").iter_rows())


def _marks(evidence: Evidence, against: list[Pair], ground: Ground) -> dict[int, dict[str, str]]:
    """What each node holds that others may not differ in; a number that the register speaks against is nothing."""
    set_aside = {pair.a for pair in against if _speaks_against(pair)}
    marks: dict[int, dict[str, str]] = {}
    for id_, kvk, rsin, owner, number in evidence.about.select("id", "kvk", "rsin", "owner", "number").iter_rows():
        held = {} if id_ in set_aside else {slot: value for slot, value in (("kvk", kvk), ("rsin", rsin)) if value}
        if number:
            held[f"owner {owner}"] = number
        if id_ in ground.identity_of:
            held["identity"] = str(ground.identity_of[id_])
        if held:
            marks[id_] = held
    wanted = evidence.listed.filter(pl.col("id").is_in(list(ground.node_of)))
    for entry, kvk, rsin in wanted.select("id", "kvk", "rsin").iter_rows():
        said = {slot: value for slot, value in (("kvk", kvk), ("rsin", rsin)) if value}
        marks[ground.node_of[entry]] = said | {"entry": str(entry)}
    return marks


def _speaks_against(pair: Pair) -> bool:
    if pair.place_among == 1 and pair.score >= 0:
        return pair.number in ("differ", "slip")
    return pair.number == "same" and pair.score < 0


def _apart(evidence: Evidence, ground: Ground) -> Iterator[tuple[int, int]]:
    for a, b, entry in evidence.judged.filter(~pl.col("same")).select("a", "b", "entry").iter_rows():
        yield a, (b if entry is None else ground.node_of[entry])


def _by_people(evidence: Evidence, ground: Ground) -> Iterator[Link]:
    for a, b, entry in evidence.judged.filter("same").select("a", "b", "entry").iter_rows():
        yield _link(PERSON, 0, (a, b if entry is None else ground.node_of[entry]), "person", "")


def _standing(evidence: Evidence) -> Iterator[Link]:
    eldest = evidence.standing.with_columns(pl.col("record").min().over("identity").alias("first"))
    for first, record in eldest.filter(pl.col("first") != pl.col("record")).select("first", "record").iter_rows():
        yield _link(STANDING, 0, (first, record), "standing", "")


def _by_entries(against: list[Pair], ground: Ground) -> Iterator[Link]:
    for pair in against:
        if pair.place_among == 1 and pair.score >= 0:
            tier, rule = _rule(pair, ENTRY, "register")
            yield _link(tier, pair.score, (pair.a, ground.node_of[pair.b]), rule, pair.evidence)


def _by_records(pairs: list[Pair], evidence: Evidence, model: Model) -> Iterator[Link]:
    own = dict(evidence.about.filter(pl.col("own").is_not_null()).select("id", "own").iter_rows())
    for pair in pairs:
        permanent = own.get(pair.a)
        if permanent and permanent == own.get(pair.b) and (pair.number == "same" or pair.name in ALIKE):
            yield _link(PERMANENT, pair.score, (pair.a, pair.b), "permanent", permanent)
        elif pair.score >= model.join:
            tier, rule = _rule(pair, MODEL, "likeness")
            yield _link(tier, pair.score, (pair.a, pair.b), rule, pair.evidence)


def _rule(pair: Pair, tier: int, otherwise: str) -> tuple[int, str]:
    certain = pair.number == "same" and pair.name in AGREES and not pair.sister
    return (NUMBER, "number-name") if certain else (tier, otherwise)


def _link(tier: int, score: int, nodes: tuple[int, int], rule: str, evidence: str) -> Link:
    return Link(tier, -score, min(nodes), max(nodes), rule, evidence)


def _answers(evidence: Evidence, clusters: Clusters, entries: list[int], first: int, model: Model) -> pl.DataFrame:
    sisters = numbers_of_sisters(Pair(*row) for row in evidence.entries.iter_rows())
    rows = []
    for record in evidence.about["id"]:
        link = clusters.reasons.get(record)
        anchor = next((entries[node - first] for node in clusters.members(record) if node >= first), None)
        told = (link.rule, link.score, link.evidence) if link else ("alone", 0, "")
        decided = _decided(link, model)
        # Held for an entry only because another record is: that record may be surely so, this one is not.
        borrowed = link is not None and link.tier == MODEL and anchor is not None
        if decided == "model" and (record in sisters or borrowed):
            decided = "doubt"
        rows.append((record, clusters.find(record), anchor, decided, *told))
    return pl.DataFrame(rows, matched.ANSWERS, orient="row").sort("record")


def _decided(link: Link | None, model: Model) -> str:
    if link is None:
        return "model"
    if link.tier == PERSON:
        return "person"
    if link.tier < ENTRY:
        return "rule"
    return "model" if link.score >= model.sure else "doubt"
