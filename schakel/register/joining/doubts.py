"""Numbers that belong to somebody else: a sister company's, or mistyped.

A number is doubtful when the register knows it under a name that the record does not bear, or when
the record's own name and place name another entry. A doubtful number neither joins nor parts.
"""

from __future__ import annotations

import polars as pl

from schakel.register.joining import candidates
from schakel.register.joining.evidence import Statement, Verdict, judge, judge_sole, statements

WEAK = ("like-name", "sole-name")  # too weak to set a number aside
Verdicts = dict[int, dict[int, Verdict]]


def resolve(said: pl.DataFrame, listed: pl.DataFrame, known: dict[int, Statement]) -> tuple[pl.DataFrame, Verdicts]:
    """``said`` without its doubtful numbers, and for each statement the verdicts about register entries."""
    own = statements(said)
    verdicts = _verdicts(own, known, candidates.pairs(said, listed))
    _add_sole(verdicts, own, known, candidates.sole(said, listed))
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


def _add_sole(verdicts: Verdicts, own: dict[int, Statement], known: dict[int, Statement], pairs: pl.DataFrame) -> None:
    for a, b in pairs.iter_rows():
        if a not in verdicts and (verdict := judge_sole(own[a], known[b])):
            verdicts[a] = {b: verdict}


def _doubtful(number: str, own: dict[int, Statement], known: dict[int, Statement], verdicts: Verdicts) -> set[int]:
    bearers: dict[str, set[int]] = {}
    for entry in known.values():
        if held := getattr(entry, number):
            bearers.setdefault(held, set()).add(entry.id)
    numbered = set().union(*bearers.values())
    return {
        one.id
        for one in own.values()
        if (held := getattr(one, number))
        and _contradicted(verdicts.get(one.id, {}), bearers.get(held, set()), numbered)
    }


def _contradicted(about: dict[int, Verdict], bearers: set[int], numbered: set[int]) -> bool:
    """Whether the register speaks against a number that ``bearers`` bear: it fits another entry better, or no bearer."""
    fitting = min((v.rank for entry, v in about.items() if entry in bearers), default=None)
    others = [v for entry, v in about.items() if entry in numbered - bearers and v.rule not in WEAK]
    if fitting is None:
        return bool(bearers or others)
    return any(other.rank < fitting for other in others)
