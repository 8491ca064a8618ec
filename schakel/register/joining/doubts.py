"""Numbers that belong to somebody else: a sister company's, or mistyped.

A number is doubtful when the register knows it under a name that the record does not bear, or when
the record's own name and place name another entry. A doubtful number neither joins nor parts.
"""

from __future__ import annotations

import polars as pl

from schakel.register.joining import candidates
from schakel.register.joining.evidence import Statement, Verdict, judge, statements

Verdicts = dict[int, dict[int, Verdict]]


def resolve(said: pl.DataFrame, listed: pl.DataFrame, known: dict[int, Statement]) -> tuple[pl.DataFrame, Verdicts]:
    """``said`` without its doubtful numbers, and for each statement the verdicts about register entries."""
    own = statements(said)
    verdicts = _verdicts(own, known, candidates.pairs(said, listed))
    cleared = said
    for number in ("kvk", "rsin"):
        doubtful = _doubtful(number, own, known, verdicts)
        cleared = cleared.with_columns(pl.when(~pl.col("id").is_in(list(doubtful))).then(pl.col(number)).alias(number))
    return cleared, verdicts


def _verdicts(own: dict[int, Statement], known: dict[int, Statement], pairs: pl.DataFrame) -> Verdicts:
    found: Verdicts = {}
    for a, b in pairs.iter_rows():
        if verdict := judge(own[a], known[b]):
            found.setdefault(a, {})[b] = verdict
    return found


def _doubtful(number: str, own: dict[int, Statement], known: dict[int, Statement], verdicts: Verdicts) -> set[int]:
    holders: dict[str, list[int]] = {}
    for entry in known.values():
        if held := getattr(entry, number):
            holders.setdefault(held, []).append(entry.id)
    return {
        one.id
        for one in own.values()
        if (held := getattr(one, number)) and _contradicted(held, holders, verdicts.get(one.id, {}), number, known)
    }


def _contradicted(
    held: str, holders: dict[str, list[int]], about: dict[int, Verdict], number: str, known: dict[int, Statement]
) -> bool:
    bearers = holders.get(held, [])
    if any(about[b].rule == "number-name" for b in bearers if b in about):
        return False
    if any(v.rule not in ("number", "number-name", "like-name") and getattr(known[b], number) for b, v in about.items() if b not in bearers):
        return True
    return bool(bearers) and not any(b in about for b in bearers)
