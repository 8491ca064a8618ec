"""Organisations without a name, joined with each other and with the others by codes alone.

Invariants: what has names is joined by its names, and codes change nothing of that. A record without a name stays with
the number that its agency knows it by, whatever key a round has. Two identities that stand are not merged by codes;
that is a link to propose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import product

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.register.keyed.linking import weighed
from schakel.register.linking import DOUBTFUL, JOINED, LINKS, OFFERED, Found, Known, rows
from schakel.register.matching.doubting import evidence_of
from schakel.register.matching.grouping import Evidence, group
from schakel.register.matching.matched import Matched
from schakel.register.matching.model import Model
from schakel.register.matching.names import AGREES
from schakel.register.unnamed.codes import Round, rounds
from schakel.register.unnamed.places import Places, Why

KIND = "organisation"
# Of each organisation that has no name those that its agency knew by the same number, too.
_OF_THEM = """
SELECT o.id, o.owner_id, o.period, o.number, o.name = '' FROM register_organisation o
WHERE o.state <> 'withdrawn' AND EXISTS (
    SELECT FROM register_organisation u
    WHERE u.owner_id = o.owner_id AND u.number = o.number AND u.name = '' AND u.state <> 'withdrawn'
) ORDER BY o.owner_id, o.number, o.period, o.id
"""
_COLUMNS = {"id": pl.Int64, "owner": pl.Int64, "period": pl.Int64, "number": pl.String, "unnamed": pl.Boolean}
# The engine's rules, as the log calls them where they went by codes.
BY_CODES = {"number-name": "codes-number-name", "register": "codes-register", "likeness": "codes-likeness"}


@dataclass(frozen=True, slots=True)
class _Answered:
    """What a round's codes say: the engine's answer, and the pairs that it weighed."""

    matched: Matched
    pairs: pl.DataFrame


def with_unnamed(database: BaseDatabaseWrapper, known: Known, found: Found) -> Found:
    """``found`` of the organisations that have names, with those that have none; it is the same where all have."""
    own = rows(database, _OF_THEM, _COLUMNS)
    if own.is_empty():
        return found
    places = Places(found.joined, known.standing, own)
    links, doubtful, versions = [], [], [found.version]
    for each in rounds(database):
        answered = _answered(each, places, known)
        versions.append(_version(answered.matched.model))
        links += list(_placed(answered, places))
        doubtful.append(_doubtful(answered.matched, places.unnamed))
    return replace(
        found,
        joined=_joined(found.joined, places, own),
        merges=pl.concat([found.merges, _links(links)]) if found.merges is not None else _links(links),
        doubtful=pl.concat([found.doubtful, *doubtful]),
        version="+".join(versions[:1] + versions[-1:]) if len(versions) > 1 else found.version,
    )


def _answered(each: Round, places: Places, known: Known) -> _Answered:
    """Hold the codes of a round against each other. What has a name stands where its name put it."""
    records = each.records
    evidence, model = weighed(records, each.entries)
    unnamed = pl.col("a").is_in(list(places.unnamed)) | pl.col("b").is_in(list(places.unnamed))
    labels = [(record, places.label(record)) for record in records["id"]]
    named = [(record, label) for record, label in labels if label in places.named]
    evidence = replace(
        evidence,
        pairs=evidence.pairs.filter(unnamed),
        judged=_judged(labels, places, known, evidence),
        standing=pl.DataFrame(named, evidence.standing.schema, orient="row"),
    )
    return _Answered(group(evidence, model), evidence.pairs)


def _judged(labels: list[tuple[int, int]], places: Places, known: Known, evidence: Evidence) -> pl.DataFrame:
    """What must hold: what people keep apart, with all that is one with it; and what is one without names stays so."""
    of_label: dict[int, list[int]] = {}
    for record, label in labels:
        of_label.setdefault(label, []).append(record)
    unnamed = (records for label, records in of_label.items() if label not in places.named)
    said: list[tuple[int, int, None, bool]] = [
        (records[0], record, None, True) for records in unnamed for record in records[1:]
    ]
    for one, other in _parted(known, places):
        both = product(of_label.get(one, ()), of_label.get(other, ()))
        said += [(min(two), max(two), None, False) for two in both if one != other]
    return pl.DataFrame(said, evidence.judged.schema, orient="row")


def _parted(known: Known, places: Places) -> Iterator[tuple[int, int]]:
    """The labels that people keep apart."""
    of_kind = known.judged.filter((pl.col("kind_a") == KIND) & (pl.col("kind_b") == KIND) & ~pl.col("same"))
    for one, other in of_kind.select("record_a", "record_b").iter_rows():
        if places.knows(one) and places.knows(other):
            yield places.label(one), places.label(other)


def _placed(answered: _Answered, places: Places) -> Iterator[tuple[int, int, Why]]:
    """Put records without names where the codes say, cluster by cluster; gives what would merge what stands."""
    answers = answered.matched.answers
    for row in answers.iter_rows(named=True):
        if row["record"] in places.unnamed and row["rule"] in BY_CODES:
            by = "rule" if row["decided"] == "rule" else "model"
            places.say(row["record"], Why(BY_CODES[row["rule"]], row["evidence"], by, row["score"]))
    for (_cluster,), members in answers.group_by("cluster", maintain_order=True):
        records = members["record"].to_list()
        target, others = places.join(records)
        for other in others:
            sides = [[record for record in records if places.label(record) == label] for label in (target, other)]
            yield _best(answered.pairs, sides[0], sides[1])


def _best(pairs: pl.DataFrame, one: Collection[int], other: Collection[int]) -> tuple[int, int, Why]:
    """Of two sides the pair that is likest, and why; where the register alone puts them together, that."""
    a, b = pl.col("a"), pl.col("b")
    between = (a.is_in(list(one)) & b.is_in(list(other))) | (a.is_in(list(other)) & b.is_in(list(one)))
    found = pairs.filter(between).sort(-pl.col("score"), "a", "b").head(1).with_columns(evidence=evidence_of())
    if found.is_empty():
        return min(one), min(other), Why("codes-register", "", "model", None)
    row = found.row(0, named=True)
    certain = row["number"] == "same" and row["name"] in AGREES and not row["sister"]
    rule = "codes-number-name" if certain else "codes-likeness"
    return row["a"], row["b"], Why(rule, row["evidence"], "rule" if certain else "model", row["score"])


def _links(links: list[tuple[int, int, Why]]) -> pl.DataFrame:
    listed = [
        (KIND, min(one, other), KIND, max(one, other), why.rule, why.evidence, why.score) for one, other, why in links
    ]
    return pl.DataFrame(listed, LINKS, orient="row")


def _doubtful(matched: Matched, unnamed: Collection[int]) -> pl.DataFrame:
    """The pairs in doubt of which one has no name; of the others their names tell more."""
    pairs = matched.doubtful.filter(pl.col("b").is_not_null())
    told = pairs.filter(pl.col("a").is_in(list(unnamed)) | pl.col("b").is_in(list(unnamed)))
    kinds = pl.lit(KIND)
    reasons = pl.concat_list(pl.lit(["by-codes"]), "reasons")
    return told.with_columns(kind_a=kinds, record_a="a", kind_b=kinds, record_b="b", reasons=reasons).select(*DOUBTFUL)


def _joined(joined: pl.DataFrame, places: Places, own: pl.DataFrame) -> pl.DataFrame:
    """``joined`` with those without names; a new cluster of names that codes put with what stands is of that."""
    of_names = joined.with_columns(
        cluster=pl.Series([places.end(label) for label in joined["cluster"]], dtype=pl.Int64)
    )
    schema = JOINED | {name: OFFERED[name] for name in ("entry", "score", "by")}
    of_codes = [
        (KIND, record, owner, places.label(record), why.rule, why.evidence, None, why.score, why.by)
        for record, owner in own.filter("unnamed").select("id", "owner").iter_rows()
        for why in (places.why[record],)
    ]
    columns = [name for name in schema if name != "leading"]
    added = pl.DataFrame(of_codes, {name: schema[name] for name in columns}, orient="row")
    return pl.concat([of_names, added.select(of_names.columns)])


def _version(model: Model) -> str:
    return hashlib.sha256(model.to_json().encode()).hexdigest()[:10]
