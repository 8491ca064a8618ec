"""A round of joining over one sort of thing: what is known, what the joining says, what the ledger makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.conf import settings
from django.db import connection

from schakel.register.doubting import Doubtful, Ground, keep_doubts
from schakel.register.hearing import first_entries, hear
from schakel.register.keeping import state_of, write
from schakel.register.ledger.anchoring import anchor
from schakel.register.ledger.answers import Answer, Link, neighbours
from schakel.register.ledger.bounds import Standing, labels
from schakel.register.ledger.deciding import Decided, Rules, decide
from schakel.register.ledger.gathering import Heard, gather
from schakel.register.ledger.lines import ENTRY, Cause, Line, Pair, Record, pair
from schakel.register.ledger.state import State
from schakel.register.linking import JOINED, JUDGED, LINKS, STANDING, Found, Joinable, Known, Says
from schakel.register.marking import keep_families, keep_labels, mark_leading
from schakel.register.models import IdentityMember
from schakel.register.moves import Moves, Place, Places, moves
from schakel.register.proposing import keep_proposals, with_proposals


@dataclass(frozen=True, slots=True)
class Linked:
    """What a round of joining did to one sort of thing: lines by verb, and how much waits for a person.

    ``before``: under what those records counted before that count otherwise now; ``new``: how many were linked for the
    first time, by owner.
    """

    thing: str
    verbs: Mapping[str, int]
    doubts: int
    proposed: int
    before: Moves = field(default_factory=dict)
    new: Mapping[int, int] = field(default_factory=dict)

    @property
    def born(self) -> int:
        """How many identities began."""
        return self.verbs.get("born", 0)

    @property
    def linked(self) -> int:
        """How many records were linked."""
        return self.verbs.get("linked", 0)

    @property
    def merged(self) -> int:
        """How many identities were merged into an elder one."""
        return self.verbs.get("merged", 0)


def link_thing(joinable: Joinable) -> Linked:
    """Do a round over one sort of thing, with the linker's rights; gives what it did."""
    return Round(joinable).run()


class Round:
    """A round over one sort of thing. ``accepted``: a proposal that is taken for accepted, to foresee what follows."""

    def __init__(self, joinable: Joinable, accepted: int | None = None) -> None:
        self.joinable, self.thing, self.accepted = joinable, joinable.thing, accepted
        self.state = state_of(self.thing)
        members = IdentityMember.objects.filter(thing=self.thing)
        rows = list(members.values_list("record_kind", "record_id", "owner_id", "leading"))
        self.owners: dict[Record, int] = {(kind, record): owner for kind, record, owner, _leading in rows}
        self.before: Places = {
            (kind, record): Place(self.state.home((kind, record)), leading) for kind, record, _owner, leading in rows
        }

    def run(self) -> Linked:
        """Do it, and tell what changed."""
        found = self.joinable.join(connection, self._known())
        answers, heard, decided = self._decide(found)
        proposals = keep_proposals(self.thing, decided.wishes, decided.lapsed, self.owners, self._says(decided))
        lines = with_proposals(decided.lines, decided.wishes, proposals)
        now = self._write(lines, answers, heard, decided, found)
        homes = {answer.record: now.home(answer.record) for answer in answers}
        leads = _leading(found, homes)
        mark_leading(self.thing, leads)
        doubts = self._doubt(found, answers, heard, decided, now)
        keep_families(found, self.owners)
        verbs: dict[str, int] = {}
        for line in lines:
            verbs[line.verb] = verbs.get(line.verb, 0) + 1
        proposed = sum(not wish.at_once for wish in decided.wishes)
        before = moves(self.thing, self.before, self._places(homes, leads), homes)
        return Linked(self.thing, verbs, doubts, proposed, before, self._new(lines))

    def foresee(self) -> Moves:
        """Where records would be. It writes the ledger, as other things may follow; the caller takes it back."""
        found = self.joinable.join(connection, self._known()) if self.joinable.anew else self._as_it_stands()
        answers, heard, decided = self._decide(found)
        now = self._write(decided.lines, answers, heard, decided, found)
        homes = {answer.record: now.home(answer.record) for answer in answers}
        return moves(self.thing, self._places(homes, _leading(found, homes)), self.before, homes)

    def _decide(self, found: Found) -> tuple[list[Answer], Heard, Decided]:
        answers = answers_of(found)
        self.owners |= _owners(found.joined)
        heard = self._hear()
        decided = decide(
            answers,
            self.state,
            heard,
            links=_links(found.links if found.merges is None else found.merges),
            rules=Rules(self.joinable.at_once, self.joinable.follows, anew=found.merges is None),
        )
        return answers, heard, decided

    def _as_it_stands(self) -> Found:
        """What a joining says that leaves alone what stands; of all else it was asked in the last round."""
        stands = self.state.seats
        rows = [(*record, self.owners[record], self.state.home(record), "", "", True) for record in stands]
        joined = pl.DataFrame(rows, JOINED, orient="row")
        return Found(joined, merges=pl.DataFrame(schema=LINKS))

    def _places(self, homes: Mapping[Record, int], leads: Mapping[Record, bool]) -> Places:
        """Where records are now; what is not asked who leads leads as before."""
        return {
            record: Place(home, leads.get(record, self.before[record].leading if record in self.before else True))
            for record, home in homes.items()
        }

    def _new(self, lines: list[Line]) -> Mapping[int, int]:
        """How many records were linked for the first time, by owner."""
        owners = [
            self.owners[line.record]
            for line in lines
            if line.verb == "linked" and line.record and line.record not in self.before
        ]
        return {owner: owners.count(owner) for owner in set(owners)}

    def _says(self, decided: Decided) -> Mapping[Record, Says]:
        """What a card says of the records that speak for what is wished."""
        records = {record for wish in decided.wishes for record in (wish.one, wish.other)}
        return self.joinable.cards(connection, records) if self.joinable.cards is not None and records else {}

    def _hear(self) -> Heard:
        four_eyes = getattr(settings, "FOUR_EYES", False)
        return hear(self.thing, self.owners, four_eyes=four_eyes, accepted=self.accepted)

    def _known(self) -> Known:
        """What stands after people's words are followed, without the records whose place is open."""
        heard = self._hear()
        gathered = gather(self.state, heard)
        loose = gathered.late | gathered.contested
        numbers: dict[Record, int] = {}
        rows = [
            (*record, numbers.setdefault(gathered.clusters.find(record), len(numbers)))
            for record in self.state.seats
            if record not in loose
        ]
        judged = [(*a, *b, True) for a, b in heard.said.must] + [(*a, *b, False) for a, b in heard.said.apart]
        return Known(pl.DataFrame(judged, JUDGED, orient="row"), pl.DataFrame(rows, STANDING, orient="row"))

    def _write(self, lines: list[Line], answers: list[Answer], heard: Heard, decided: Decided, found: Found) -> State:
        knows_entries = "entry" in found.joined.columns
        offered = {a.record: (a.entry, a.cause) for a in answers if a.entry} if knows_entries else None
        after = self.state.after(lines)
        records = [answer.record for answer in answers]
        lines += anchor(self.state, after, records, offered=offered, said=heard.said, clusters=decided.clusters)
        return write(self.thing, lines, self.state, owners=self.owners, version=found.version)

    def _doubt(self, found: Found, answers: list[Answer], heard: Heard, decided: Decided, now: State) -> int:
        """Write what is doubtful after this round, and under what records count until it is settled."""
        homes = {answer.record: now.home(answer.record) for answer in answers}
        said = heard.said
        standing = Standing(
            homes=homes,
            anchors={identity: anchored.entry for identity, anchored in now.anchors.items()},
            must=said.must,
            cannot=said.cannot,
            marks={answer.record: answer.marks for answer in answers if answer.marks},
            near=neighbours(answers),
        )
        unsure = {*said.disputed, *decided.refused}
        open_pairs = [one for one in _doubtful(found.doubtful, unsure) if _open(one, heard, decided, homes)]
        told = {one.two for one in open_pairs}
        open_pairs += [
            Doubtful(two, reasons=("clashing-numbers" if two in decided.refused else "disputed",), disputed=True)
            for two in sorted(unsure - told)
            if all(record[0] == ENTRY or record in homes for record in two)
        ]
        pairs = [one.two for one in open_pairs] + [
            (wish.one, wish.other) for wish in decided.wishes if not wish.at_once
        ]
        keep_labels(self.thing, labels(pairs, standing, above=now.last))
        entries = {a.record: a.entry for a in answers if a.entry}
        answered = {two for holding in (said.must, said.cannot) for two in holding if two[1][0] == ENTRY}
        ground = Ground(self.owners, homes, entries, answered)
        return keep_doubts(self.joinable, open_pairs, ground)


def answers_of(found: Found) -> list[Answer]:
    """A room's joining as the ledger reads it; entries of several years are known by the first."""
    frame = found.joined.sort("record_kind", "record")
    firsts = first_entries(frame["entry"].drop_nulls().unique().to_list()) if "entry" in frame.columns else {}
    return [
        Answer(
            (row["record_kind"], row["record"]),
            row["cluster"],
            Cause(row.get("by") or "rule", row["rule"] or "", row["evidence"] or "", row.get("score")),
            firsts.get(row["entry"], row["entry"]) if row.get("entry") is not None else None,
            dict(mark.split("=", 1) for mark in row.get("marks") or ()),
        )
        for row in frame.iter_rows(named=True)
    ]


def _owners(joined: pl.DataFrame) -> dict[Record, int]:
    return {(kind, record): owner for kind, record, owner in joined.select("record_kind", "record", "owner").rows()}


def _two(row: Mapping[str, Any]) -> Pair:
    return pair((row["kind_a"], row["record_a"]), (row["kind_b"], row["record_b"]))


def _links(frame: pl.DataFrame) -> list[Link]:
    return [
        Link(*_two(row), Cause("rule" if row["score"] is None else "model", row["rule"], row["evidence"], row["score"]))
        for row in frame.iter_rows(named=True)
    ]


def _doubtful(frame: pl.DataFrame, disputed: set[Pair]) -> Iterator[Doubtful]:
    """The pairs in doubt, the likeliest first; each once, entries known by their first row."""
    entries = frame.filter(pl.col("kind_b") == ENTRY)["record_b"].unique().to_list()
    firsts = first_entries(entries)
    seen: set[Pair] = set()
    ordered = frame.sort("score", "kind_a", "record_a", "kind_b", "record_b", descending=[True, *[False] * 4])
    for row in ordered.iter_rows(named=True):
        one, other = _two(row)
        two = (one, (ENTRY, firsts.get(other[1], other[1]))) if other[0] == ENTRY else (one, other)
        if two not in seen:
            seen.add(two)
            yield Doubtful(two, row["score"], tuple(row["reasons"] or ()), row["gain"] or 0, two in disputed)


def _open(one: Doubtful, heard: Heard, decided: Decided, homes: Mapping[Record, int]) -> bool:
    """Whether it is still to be asked: the records count, and nobody said it of them, be it roundabout."""
    if not all(record[0] == ENTRY or record in homes for record in one.two):
        return False
    if one.disputed:
        return True
    barred = any(decided.clusters.barred(*sides) for sides in (one.two, one.two[::-1]))
    return not barred and one.two not in heard.said.must


def _leading(found: Found, homes: Mapping[Record, int]) -> Mapping[Record, bool]:
    """Whether each record is the one of its thing whose statements count; empty where every record leads."""
    if found.lead is None:
        return {}
    rows = [(*record, home) for record, home in homes.items()]
    schema = {"record_kind": pl.String, "record": pl.Int64, "cluster": pl.Int64}
    leads = found.lead(pl.DataFrame(rows, schema, orient="row"))
    return {(kind, record): leading for kind, record, leading in leads.iter_rows()}
