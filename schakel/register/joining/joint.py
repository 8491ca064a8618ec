"""Things that agencies do together and each deliver: one thing, told more than once.

Invariant: within one year an agency tells each thing once, so two of its records of one year are
two things, however alike they look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from schakel.register.joining.groups import Groups, Link

RESULT = {"record": pl.Int64, "cluster": pl.Int64, "rule": pl.String, "evidence": pl.String}
Row = Mapping[str, Any]
Reason = tuple[str, str]  # rule and evidence


def join_joint(
    records: pl.DataFrame,
    blocks: Sequence[Sequence[str]],
    reason: Callable[[Row, Row], Reason | None],
    rules: Sequence[str],
    marks: Iterable[str] = (),
) -> pl.DataFrame:
    """[record, cluster, rule, evidence] of ``records`` (record, owner, year and what ``reason`` reads).

    Records that share all columns of one of ``blocks`` are compared by ``reason``; ``rules`` are its
    rules, the best first. Columns in ``marks`` may not differ within a cluster.
    """
    by_record = {row["record"]: row for row in records.sort("record").iter_rows(named=True)}
    links = []
    for a, b in _pairs(records, blocks).iter_rows():
        if found := reason(by_record[a], by_record[b]):
            links.append(Link(rules.index(found[0]), a, b, *found))
    groups = Groups({record: _marks(row, marks) for record, row in by_record.items()})
    groups.join(links)
    rows = []
    for record in by_record:
        why = groups.reasons.get(record)
        rows.append((record, groups.find(record), *((why.rule, why.evidence) if why else ("alone", ""))))
    return pl.DataFrame(rows, RESULT, orient="row")


def named(a: Row, b: Row) -> bool:
    """Whether one of two records says that it is done together with the other's owner."""
    return b["owner"] in (a["together_with"] or ()) or a["owner"] in (b["together_with"] or ())


def _pairs(records: pl.DataFrame, blocks: Sequence[Sequence[str]]) -> pl.DataFrame:
    none = pl.DataFrame(schema={"a": pl.Int64, "b": pl.Int64})
    return pl.concat([none, *(_sharing(records, block) for block in blocks)]).unique().sort("a", "b")


def _sharing(records: pl.DataFrame, block: Sequence[str]) -> pl.DataFrame:
    said = records.select("record", *block).drop_nulls()
    both = said.join(said, on=list(block)).filter(pl.col("record") < pl.col("record_right"))
    return both.select(a="record", b="record_right")


def _marks(row: Row, marks: Iterable[str]) -> dict[str, Any]:
    own = {f"{row['owner']} {row['year']}": row["record"]}
    return own | {mark: row[mark] for mark in marks if row[mark]}
