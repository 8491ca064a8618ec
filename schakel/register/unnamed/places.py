"""Where each organisation is while those without names are placed: a label for what is one.

Invariant: a label under which something stands in the ledger stays; what is new goes to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

KIND = "organisation"


@dataclass(frozen=True, slots=True)
class Why:
    """By what a record is where it is: rule, evidence, by rule or model, score in thousandths of a bit."""

    rule: str
    evidence: str = ""
    by: str = "rule"
    score: int | None = 0


class Places:
    """Labels of organisations.

    ``unnamed``: records without a name. ``named``: labels that hold a record with a name. ``fixed``: labels that hold a
    record that stands in the ledger. ``why``: of each record without a name by what it is there.
    """

    def __init__(self, joined: pl.DataFrame, standing: pl.DataFrame, own: pl.DataFrame) -> None:
        """``joined``: as of `linking.JOINED`, of what has names. ``standing``: as of `linking.STANDING`.

        ``own``: id, owner, period, number and unnamed, of records without names and of what had the same number.
        """
        self._labels: dict[int, int] = {}
        self._moved: dict[int, int] = {}
        listed = standing.select("record_kind", "record", "identity").iter_rows()
        self._identity = {(kind, record): identity for kind, record, identity in listed}
        self.why: dict[int, Why] = {}
        self.unnamed = frozenset(own.filter("unnamed")["id"].to_list())
        self.named: set[int] = set(joined["cluster"].to_list())
        self.fixed: set[int] = set()
        self._next = max(self.named, default=0) + 1
        self._of_identity: dict[int, int] = {}
        self._put_named(joined)
        self._put_unnamed(own)

    def label(self, record: int) -> int:
        """Under which label ``record`` is now."""
        return self.end(self._labels[record])

    def knows(self, record: int) -> bool:
        """Whether ``record`` is one of an organisation that counts."""
        return record in self._labels

    def end(self, label: int) -> int:
        """Where what was under ``label`` is now."""
        while label in self._moved:
            label = self._moved[label]
        return label

    def say(self, record: int, why: Why) -> None:
        """Keep by what a record was placed, if nothing had placed it yet."""
        if self.why[record].rule == "alone":
            self.why[record] = why

    def join(self, records: Iterable[int]) -> tuple[int, list[int]]:
        """Put together what is new among ``records``, with what stands if anything does.

        Gives the label that is theirs now, and the labels of what stands apart from it and stays so.
        """
        labels = {self.label(record) for record in records}
        # With names first, then what stands, then the lowest.
        target = min(labels, key=lambda one: (one not in self.fixed, one not in self.named, one))
        for label in sorted(labels - {target}):
            if label not in self.fixed:
                self._moved[label] = target
                if label in self.named:
                    self.named.add(target)
        return target, sorted(label for label in labels - {target} if label in self.fixed)

    def _put_named(self, joined: pl.DataFrame) -> None:
        for kind, record, cluster in joined.select("record_kind", "record", "cluster").iter_rows():
            if kind == KIND:
                self._labels[record] = cluster
            if (kind, record) in self._identity:
                self._of_identity.setdefault(self._identity[kind, record], cluster)

    def _put_unnamed(self, own: pl.DataFrame) -> None:
        """Each where it stands; else with what its agency knew by the same number, the last year first; else alone."""
        last: dict[tuple[int, str], int] = {}
        new = []
        for record, owner, _period, number, unnamed in own.iter_rows():
            if unnamed and (KIND, record) in self._identity:
                label = self._of_identity.setdefault(self._identity[KIND, record], self._next)
                self._next = max(self._next, label + 1)
                self._labels[record], self.why[record] = label, Why("standing")
            elif unnamed:
                new.append((record, owner, number))
                continue
            if record in self._labels:
                last[owner, number] = self._labels[record]
        for record, owner, number in new:
            known = last.get((owner, number))
            self.why[record] = Why("alone") if known is None else Why("permanent", number)
            self._labels[record] = self._next if known is None else known
            if known is None:
                last[owner, number] = self._next
                self._next += 1
        self.fixed |= set(self._of_identity.values())
