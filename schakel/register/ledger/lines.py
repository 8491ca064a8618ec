"""The words of the ledger: a record, a line of the log, and by what it was decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Record = tuple[str, int]  # record kind and id
Pair = tuple[Record, Record]  # the lower first; a register entry always second
Verb = Literal["born", "linked", "merged", "split", "moved", "redirected", "anchored", "let go"]
By = Literal["rule", "model", "person"]
ENTRY = "register_entry"


@dataclass(frozen=True, slots=True)
class Cause:
    """By what something was decided: a rule, a model's score, or people; and on what evidence.

    ``score``: thousandths of a bit. ``judgement`` and ``proposal``: ids of what people said or accepted.
    """

    by: By = "rule"
    rule: str = ""
    evidence: str = ""
    score: int | None = None
    judgement: int | None = None
    proposal: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log; `models.Decision` tells what each verb means.

    ``no``: its place in the log, 0 while it is not written; ``at``: when it was written.
    """

    verb: Verb
    identity: int
    record: Record | None = None
    other: int | None = None
    cause: Cause = Cause()
    no: int = 0
    at: dt.datetime | None = None


def pair(one: Record, other: Record) -> Pair:
    """The two in the order in which a pair is always named."""
    return (one, other) if (one[0] == ENTRY, one) < (other[0] == ENTRY, other) else (other, one)
