"""Numbers that belong to somebody else: a sister company's, or mistyped.

A number is doubtful when the register knows it under a name that the record does not bear, or when
the record's own name and place name another entry. A doubtful number neither joins nor parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import polars as pl

from schakel.register.joining import candidates
from schakel.register.joining.evidence import Statement, Verdict, judge, judge_sole, statements

WEAK = ("like-name", "sole-name")  # too weak to set a number aside


@dataclass(slots=True)
class Held:
    """A record's statement held against the entries of the register that it may be about."""

    said: Statement
    entries: list[Statement] = field(default_factory=list)
    fitting: dict[int, Verdict] = field(default_factory=dict)

    def judge(self) -> None:
        """Find which entries fit the statement as it now is; an entry of a name borne once only if no other fits."""
        verdicts = ((entry.id, judge(self.said, entry)) for entry in self.entries)
        self.fitting = {id_: verdict for id_, verdict in verdicts if verdict}

    def clear(self) -> None:
        """Set aside the numbers that the register speaks against."""
        kvk = "" if self._against("kvk") else self.said.kvk
        rsin = "" if self._against("rsin") else self.said.rsin
        if (kvk, rsin) != (self.said.kvk, self.said.rsin):
            self.said = replace(self.said, kvk=kvk, rsin=rsin)
            self.judge()

    def _against(self, number: str) -> bool:
        """Whether another entry fits better than the bearers of the number, or its bearers do not fit at all."""
        if not getattr(self.said, number):
            return False
        bearers = {e.id for e in self.entries if getattr(e, number) == getattr(self.said, number)}
        numbered = {e.id for e in self.entries if getattr(e, number)}
        best = min((v.rank for id_, v in self.fitting.items() if id_ in bearers), default=None)
        others = [v for id_, v in self.fitting.items() if id_ in numbered - bearers and v.rule not in WEAK]
        if best is None:
            return bool(bearers or others)
        return any(other.rank < best for other in others)


def against_register(said: pl.DataFrame, listed: pl.DataFrame) -> dict[int, Held]:
    """Each statement of ``said`` by id, held against the entries in ``listed``, without its doubtful numbers."""
    pairs, sole = candidates.pairs(said, listed), candidates.sole(said, listed)
    wanted = pl.concat([pairs["b"], sole["b"]]).unique()
    entries = statements(listed.filter(pl.col("id").is_in(wanted.implode())))
    held = {id_: Held(statement) for id_, statement in statements(said).items()}
    for a, b in pairs.iter_rows():
        held[a].entries.append(entries[b])
    for one in held.values():
        one.judge()
        one.clear()
    _add_sole(held, entries, sole)
    return held


def _add_sole(held: dict[int, Held], entries: dict[int, Statement], sole: pl.DataFrame) -> None:
    for a, b in sole.iter_rows():
        if not held[a].fitting and (verdict := judge_sole(held[a].said, entries[b])):
            held[a].entries.append(entries[b])
            held[a].fitting[b] = verdict
