"""Which number each group of records keeps, and the lines that say so."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schakel.register.ledger.clusters import Clusters
from schakel.register.ledger.lines import Cause, Line, Record
from schakel.register.ledger.saying import Said
from schakel.register.ledger.state import State

Edge = tuple[Record, Record, Cause]


@dataclass
class Group:
    """Records that are one now.

    ``standing``: those of which some number stands, the eldest first; ``causes``: why the joining puts them where it
    does; ``late``: those of them that were asked about anew, the last of all. ``new``: the others, by the cluster that
    put them here, with why; ``known``: the clusters of what stands. ``numbers``: those that the group keeps, the
    eldest first.
    """

    standing: list[Record] = field(default_factory=list)
    causes: dict[Record, Cause] = field(default_factory=dict)
    late: set[Record] = field(default_factory=set)
    new: dict[int, list[tuple[Record, Cause]]] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)
    numbers: list[int] = field(default_factory=list)


def number(groups: Sequence[Group], state: State, clusters: Clusters, said: Said) -> list[Line]:
    """The lines with which ``groups`` become what stands: merges, then splits with their moves, births and links."""
    return _Numbering(groups, state, clusters, said).lines()


class _Numbering:
    def __init__(self, groups: Sequence[Group], state: State, clusters: Clusters, said: Said) -> None:
        self.groups, self.state, self.clusters, self.said = groups, state, clusters, said
        self.keeps = _deal(groups, state)
        self.last = state.last
        self.edges: dict[Record, list[Edge]] = {}
        for one, other, cause in clusters.joins:
            self.edges.setdefault(clusters.find(one), []).append((one, other, cause))

    def lines(self) -> list[Line]:
        merges = [line for group in self.groups for line in self._merges(group)]
        return merges + [line for group in self.groups for line in self._rest(group)]

    def _mint(self) -> int:
        self.last += 1
        return self.last

    def _merges(self, group: Group) -> list[Line]:
        if len(group.numbers) < 2:
            return []
        causes = self._causes(group)
        keep = group.numbers[0]
        return [Line("merged", keep, other=other, cause=causes[other]) for other in group.numbers[1:]]

    def _rest(self, group: Group) -> list[Line]:
        lines = []
        if group.standing and not group.numbers:
            home = self.state.home(group.standing[0])
            group.numbers = [self._mint()]
            lines.append(Line("split", home, other=group.numbers[0], cause=self._parting(group, group.standing[0])))
        return lines + self._moves(group) + self._new(group)

    def _moves(self, group: Group) -> list[Line]:
        """Lines for records that were elsewhere, and that the old numbers they were held under lead here too."""
        lines: list[Line] = []
        led: set[int] = set()
        for record in group.standing:
            held, home = self.state.seats[record].held, self.state.home(record)
            if self.keeps[home] is group:
                continue
            cause = group.causes[record] if record in group.late else self._parting(group, record)
            if record in group.late:  # the joining puts it there anew
                lines.append(Line("linked", group.numbers[0], record, cause=cause))
            lines.append(Line("moved", group.numbers[0], record, other=held, cause=cause))
            if held != home and held not in led:
                led.add(held)
                lines.append(Line("redirected", group.numbers[0], other=held, cause=cause))
        return lines

    def _new(self, group: Group) -> list[Line]:
        """Lines for what is new: linked where its cluster stands, else born and then merged with what people say."""
        lines: list[Line] = []
        for cluster, ties in group.new.items():
            if group.numbers and cluster in group.known:
                lines += [Line("linked", group.numbers[0], record, cause=cause) for record, cause in ties]
                continue
            home = self._mint()
            lines.append(Line("born", home))
            lines += [Line("linked", home, record, cause=cause) for record, cause in ties]
            if group.numbers:
                lines.append(Line("merged", group.numbers[0], other=home, cause=self._joining(ties)))
            else:
                group.numbers = [home]
        return lines

    def _joining(self, ties: Sequence[tuple[Record, Cause]]) -> Cause:
        """By what new records are one with the rest of their group, with which the joining does not put them."""
        new = {record for record, _cause in ties}
        edges = self.edges.get(self.clusters.find(ties[0][0]), ())
        return next((cause for one, other, cause in edges if (one in new) != (other in new)), ties[0][1])

    def _causes(self, group: Group) -> dict[int, Cause]:
        """By what each number of the group came to the eldest: the first reason on the way there."""
        place = {record: self.state.home(record) for record in group.standing}
        ways: dict[object, list[tuple[object, Cause]]] = {}
        for one, other, cause in self._reasons(group):
            a, b = place.get(one, one), place.get(other, other)
            ways.setdefault(a, []).append((b, cause))
            ways.setdefault(b, []).append((a, cause))
        keep = group.numbers[0]
        found: dict[object, Cause] = {keep: Cause()}
        waiting: deque[object] = deque([keep])
        while waiting:
            for to, cause in ways.get(waiting.popleft(), ()):
                if to not in found:
                    found[to] = cause
                    waiting.append(to)
        first = {place[record]: group.causes[record] for record in reversed(group.standing)}
        return {other: found.get(other, first[other]) for other in group.numbers[1:]}

    def _reasons(self, group: Group) -> Iterable[Edge]:
        """What was joined for a reason of its own; before it what was taken back, which let it come together again."""
        within = set(group.standing)
        yield from (
            (one, other, cause)
            for (one, other), cause in self.said.undone.items()
            if one in within and other in within and cause.by == "person"
        )
        yield from self.edges.get(self.clusters.find(group.standing[0]), ())

    def _parting(self, group: Group, record: Record) -> Cause:
        """By what ``group`` came out of where ``record`` was: what people said or took back, or a rule."""
        here, there = set(group.standing), set(self.keeps[self.state.home(record)].standing)
        for holding in (self.said.cannot, self.said.parted, self.said.undone):
            for (one, other), cause in holding.items():
                if (one in here and other in there) or (one in there and other in here):
                    return cause
        fit = self.clusters.fit((record, next(iter(there))))
        return group.causes[record] if fit else Cause("rule", "clashing-numbers")


def _deal(groups: Sequence[Group], state: State) -> Mapping[int, Group]:
    """Give each number to the group with the record that has been longest under it; who keeps which."""
    since: dict[int, tuple[tuple[bool, int, int], Group]] = {}
    for group in groups:
        for record in group.standing:
            seat, home = state.seats[record], state.home(record)
            here = (record in group.late, seat.held, seat.no)
            if home not in since or here < since[home][0]:
                since[home] = (here, group)
    for home in sorted(since):
        since[home][1].numbers.append(home)
    return {home: group for home, (_here, group) in since.items()}
