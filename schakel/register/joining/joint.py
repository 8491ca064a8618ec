"""Things that agencies do together and each deliver: one thing, told more than once.

Invariants: within one year an agency tells each thing once, so two of its records of one year are two things, however
alike they look, unless people say otherwise. What people hold for two is never one, by whatever way round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from schakel.register.joining.groups import Groups, Link

RESULT = {"record": pl.Int64, "cluster": pl.Int64, "rule": pl.String, "evidence": pl.String}
LINKS = {"a": pl.Int64, "b": pl.Int64, "rule": pl.String, "evidence": pl.String}
DOUBTFUL: dict[str, type[pl.DataType] | pl.DataType] = {
    "a": pl.Int64,
    "b": pl.Int64,
    "reasons": pl.List(pl.String),
    "gain": pl.Int64,
}
PERSON = "person"  # the rule of what people hold for one
Row = Mapping[str, Any]
Reason = tuple[str, str]  # rule and evidence
Near = tuple[tuple[str, ...], int]  # codes of why two may yet be one, and what an answer teaches (thousandths of a bit)
Blocks = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """What people said of pairs of records: of which that they are one, of which that they are two."""

    same: frozenset[tuple[int, int]] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Rules:
    """What makes two records of a sort of thing one.

    Records that share all columns of one of ``blocks`` are compared by ``reason``; ``names`` are its rules, the best
    first. Columns in ``marks`` may not differ within a cluster. ``near``: for a pair without a reason, why it may yet
    be one, also of those that share only one of ``wider``.
    """

    names: Sequence[str]
    blocks: Blocks
    reason: Callable[[Row, Row], Reason | None]
    marks: Sequence[str] = ()
    wider: Blocks = ()
    near: Callable[[Row, Row], Near | None] | None = None


@dataclass(frozen=True)
class Compared:
    """``clusters``: [record, cluster, rule, evidence], by record. ``links``: [a, b, rule, evidence], the best first.
    ``doubtful``: [a, b, reasons, gain], what teaches most first."""

    clusters: pl.DataFrame
    links: pl.DataFrame
    doubtful: pl.DataFrame


def compare(records: pl.DataFrame, rules: Rules, judged: Judged = Judged()) -> Compared:
    """Which of ``records`` (record, owner, year and what the rules read) are one, why, and which may yet be."""
    by_record = {row["record"]: row for row in records.sort("record").iter_rows(named=True)}
    links = list(_links(records, rules, by_record))
    groups = Groups({record: _marks(row, rules.marks) for record, row in by_record.items()}, apart=judged.apart)
    said = [Link(-1, a, b, PERSON, "", ("own ",)) for a, b in judged.same if a in by_record and b in by_record]
    groups.join([*said, *links])
    rows = []
    for record in by_record:
        why = groups.reasons.get(record)
        rows.append((record, groups.find(record), *((why.rule, why.evidence) if why else ("alone", ""))))
    return Compared(
        pl.DataFrame(rows, RESULT, orient="row"),
        pl.DataFrame([(x.one, x.other, x.rule, x.evidence) for x in sorted(links)], LINKS, orient="row"),
        pl.DataFrame(_in_doubt(records, rules, by_record, groups), DOUBTFUL, orient="row"),
    )


def named(a: Row, b: Row) -> bool:
    """Whether one of two records says that it is done together with the other's owner."""
    return b["owner"] in (a["together_with"] or ()) or a["owner"] in (b["together_with"] or ())


def _links(records: pl.DataFrame, rules: Rules, by_record: Mapping[int, Row]) -> Iterator[Link]:
    for a, b in _pairs(records, rules.blocks).iter_rows():
        if found := rules.reason(by_record[a], by_record[b]):
            yield Link(rules.names.index(found[0]), a, b, *found)


def _in_doubt(
    records: pl.DataFrame, rules: Rules, by_record: Mapping[int, Row], groups: Groups
) -> list[tuple[int, int, list[str], int]]:
    """Pairs of groups that may yet be one, each by the pair of which an answer teaches most."""
    found: list[tuple[int, int, int, tuple[str, ...]]] = []
    if rules.near is not None:
        for a, b in _pairs(records, [*rules.blocks, *rules.wider]).iter_rows():
            if not groups.may_join(a, b):
                continue
            if near := rules.near(by_record[a], by_record[b]):
                found.append((-near[1], a, b, near[0]))
    seen: set[tuple[int, int]] = set()
    kept = []
    for gain, a, b, codes in sorted(found):
        one, other = sorted((groups.find(a), groups.find(b)))
        if (one, other) not in seen:
            seen.add((one, other))
            kept.append((a, b, list(codes), -gain))
    return kept


def _pairs(records: pl.DataFrame, blocks: Blocks) -> pl.DataFrame:
    none = pl.DataFrame(schema={"a": pl.Int64, "b": pl.Int64})
    return pl.concat([none, *(_sharing(records, block) for block in blocks)]).unique().sort("a", "b")


def _sharing(records: pl.DataFrame, block: Sequence[str]) -> pl.DataFrame:
    said = records.select("record", *block).drop_nulls()
    both = said.join(said, on=list(block)).filter(pl.col("record") < pl.col("record_right"))
    return both.select(a="record", b="record_right")


def _marks(row: Row, marks: Iterable[str]) -> dict[str, Any]:
    own = {f"own {row['owner']} {row['year']}": row["record"]}
    return own | {mark: row[mark] for mark in marks if row[mark]}
