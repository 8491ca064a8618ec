"""Records gathered into clusters under constraints.

Invariant: no cluster holds two records that are kept apart, nor two different values of one mark, by whatever way round
they were gathered. What cannot be joined stays apart for good, as clusters only grow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schakel.register.ledger.lines import ENTRY, Cause, Pair, Record

Marks = Mapping[str, str]  # slot ("kvk") to value


class Clusters:
    """Records in clusters. ``apart``: pairs that are never together; ``marks``: what a record bears, by slot."""

    def __init__(self, *, apart: Iterable[Pair] = (), marks: Mapping[Record, Marks] | None = None) -> None:
        self._parent: dict[Record, Record] = {}
        self._barred: dict[Record, set[Record]] = {}
        self._marks = dict(marks or {})
        self.joins: list[tuple[Record, Record, Cause]] = []
        for one, other in apart:
            self._barred.setdefault(one, set()).add(other)
            self._barred.setdefault(other, set()).add(one)

    def find(self, record: Record) -> Record:
        """The record that stands for the cluster of ``record``."""
        parent = self._parent
        root = record
        while (above := parent.get(root, root)) != root:
            root = above
        while (above := parent.get(record, record)) != root:
            parent[record], record = root, above
        return root

    def join(self, one: Record, other: Record, cause: Cause | None = None) -> bool:
        """Bring two clusters together, if nothing keeps them apart; ``cause`` is remembered. Whether they are one."""
        a, b = self.find(one), self.find(other)
        if a != b:
            if not self.fit((a, b)):
                return False
            self._merge(a, b)
        if cause is not None:
            self.joins.append((one, other, cause))
        return True

    def fit(self, records: Iterable[Record]) -> bool:
        """Whether the clusters of ``records`` could all be one."""
        roots = list(dict.fromkeys(self.find(record) for record in records))
        if len(roots) == 1:
            return True
        borne: dict[str, str] = {}
        for root in roots:
            for slot, value in self._borne(root).items():
                if borne.setdefault(slot, value) != value:
                    return False
        among = set(roots)
        return not any(self.find(other) in among for root in roots for other in self._barred.get(root, ()))

    def barred(self, one: Record, other: Record) -> bool:
        """Whether a pair that is kept apart stands between the clusters of the two."""
        a, b = self.find(one), self.find(other)
        return any(self.find(record) == b for record in self._barred.get(a, ()))

    def _borne(self, root: Record) -> Marks:
        if root in self._marks:
            return self._marks[root]
        return {ENTRY: str(root[1])} if root[0] == ENTRY else {}

    def _merge(self, keep: Record, drop: Record) -> None:
        if marks := self._borne(drop):
            self._marks[keep] = {**self._borne(keep), **marks}
        if barred := self._barred.pop(drop, None):
            self._barred.setdefault(keep, set()).update(barred)
        self._parent[drop] = keep
