"""Who may see what, told once more: from the words of the agreements, apart from the SQL that enforces it.

An agreement opens something from a giver to a receiver while it has begun, every party that it names has signed, and
neither of the two has suspended or ended its part. How deep is the deepest of its clauses that reach the thing. With a
project, an investment or a case in full come the organisations in it, and with an investment its fund; of an investment
or a case the name is that of its organisation. What a party owns it sees whole, with the cells it came from; an auditor
sees so what a mandate names. Nobody else sees anything.

A mandate is for years: an auditor sees of a giver what is of those, and its whole audit log.

A line of the audit log is read by the party that did it and by the one whose it is about, by an auditor of either, and
where no party did it by the secretariat; from where it was done is for the party that did it, and its auditor.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

MARK = re.compile(r"q[0-9a-f]{12}(?:known|summary|full|cell|line|row)q")  # what every mark looks like, in small letters
KNOWN, SUMMARY, FULL = 1, 2, 3


@dataclass(frozen=True)
class Thing:
    """A record of the network, by what the rules ask of it; ``among``: the organisations in it, ``fund``: its fund."""

    kind: str
    owner: str
    number: str
    year: int
    id: int
    themes: frozenset[str] = frozenset()
    among: tuple[Thing, ...] = ()
    fund: Thing | None = None
    named_after: Thing | None = None

    def mark(self, depth: str) -> str:
        """A word that stands in it and nowhere else: in its name, its summary, the rest of it, or its cells."""
        return _mark(depth, self.kind, self.owner, self.number, self.year)

    @property
    def word(self) -> str:
        """A word beside the mark in its name, by which it can be searched without asking for the mark."""
        return f"z{digest(self.kind, self.owner, self.number, self.year)}z"

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.owner} ({self.year})"

    @property
    def key(self) -> str:
        """How a clause names it."""
        return self.number if self.kind == "organisation" else f"{self.year}/{self.number}"


@dataclass(frozen=True)
class Clause:
    """What an agreement opens."""

    kind: str
    depth: int
    reach: str
    things: tuple[str, ...] = ()

    def reaches(self, thing: Thing) -> bool:
        """Whether it is about ``thing``."""
        if thing.kind != self.kind:
            return False
        if self.reach == "themes":
            return bool(thing.themes & set(self.things))
        if self.reach == "organisations":
            return bool({one.number for one in thing.among} & set(self.things))
        return self.reach == "all" or thing.key in self.things


@dataclass
class Agreed:
    """An agreement as it stands; ``named``: parties to it that neither give nor receive."""

    givers: frozenset[str]
    receivers: frozenset[str]
    clauses: tuple[Clause, ...]
    signed: frozenset[str]
    stopped: frozenset[str] = frozenset()
    begun: bool = True
    named: frozenset[str] = frozenset()

    def opens(self, giver: str, viewer: str) -> bool:
        """Whether it stands between the two."""
        both = giver in self.givers and viewer in self.receivers and viewer != giver
        all_signed = self.givers | self.receivers | self.named <= self.signed
        return both and all_signed and self.begun and not {giver, viewer} & self.stopped

    def depth(self, thing: Thing, viewer: str) -> int:
        """How deep ``viewer`` sees ``thing`` under it; 0 for not at all."""
        if not self.opens(thing.owner, viewer):
            return 0
        return max((clause.depth for clause in self.clauses if clause.reaches(thing)), default=0)


@dataclass(frozen=True)
class Mandate:
    """That an auditor's office may look into what a party has of some years; ``secret``: valuations too."""

    auditor: str
    giver: str
    years: frozenset[int]
    secret: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the audit log: which party did it (empty for none), what of which other party it is about."""

    id: int
    owner: str
    concerns: str = ""

    @property
    def mark(self) -> str:
        """A word that stands in its reason and nowhere else."""
        return _mark("line", self.owner, self.concerns)

    def __str__(self) -> str:
        about = f" about {self.concerns}" if self.concerns else ""
        return f"line of the audit log of {self.owner or 'nobody'}{about}"


@dataclass
class Network:
    """All there is to see, and what was agreed; ``secretariat``: the party that reads what no party did."""

    things: tuple[Thing, ...]
    agreed: tuple[Agreed, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    lines: tuple[Line, ...] = ()
    secretariat: str = "rom-nederland"

    def reads(self, viewer: str, line: Line) -> bool:
        """Whether a line is one for ``viewer``."""
        if not line.owner:
            return self.secretariat in self.reach(viewer)
        return bool({line.owner, line.concerns} & self.reach(viewer))

    def reach(self, viewer: str) -> set[str]:
        """The parties as which ``viewer`` reads: itself, and those that let it look."""
        return {viewer} | {one.giver for one in self.mandates if one.auditor == viewer} if viewer else set()

    def depth(self, thing: Thing, viewer: str) -> int:
        """How deep ``viewer`` sees ``thing`` under agreements about its own kind."""
        return max((one.depth(thing, viewer) for one in self.agreed), default=0)

    def owns(self, viewer: str, thing: Thing) -> bool:
        """Whether it is its own, or a mandate lets it look as if it were."""
        return bool(viewer) and (thing.owner == viewer or self.audits(viewer, thing.owner, thing.year))

    def audits(self, viewer: str, owner: str, year: int | None = None, *, secret: bool = False) -> bool:
        """Whether a mandate lets ``viewer`` look into what ``owner`` has of a year (None: of whichever)."""
        return any(
            (one.auditor, one.giver) == (viewer, owner)
            and (year is None or year in one.years)
            and (one.secret or not secret)
            for one in self.mandates
        )

    def whole(self, viewer: str) -> set[Thing]:
        """What others share with ``viewer`` in full, with what comes along."""
        found = {thing for thing in self.things if self.depth(thing, viewer) == FULL}
        return found | {other for thing in found for other in (*thing.among, thing.fund) if other is not None}

    def marks(self, viewer: str) -> set[str]:
        """Every mark that may appear before ``viewer``."""
        told: set[str] = set()
        whole = self.whole(viewer)
        for thing in self.things:
            depth = self.depth(thing, viewer)
            if self.owns(viewer, thing):
                told |= _marks(thing, "known", "summary", "full", "cell")
            elif thing in whole:
                told |= _marks(thing, "known", "summary", "full")
            elif depth:
                told |= _marks(thing, "known", *(("summary",) if depth >= SUMMARY else ()))
            if depth and thing.named_after is not None:
                told |= _marks(thing.named_after, "known")
        return told

    def hidden(self, viewer: str) -> dict[str, str]:
        """Every mark that may not, and of what it is."""
        may = self.marks(viewer)
        every = {thing.mark(part): f"{part} of {thing}" for thing in self.things for part in PARTS}
        lines = {line.mark: str(line) for line in self.lines if not self.reads(viewer, line)}
        return {mark: what for mark, what in every.items() if mark not in may} | lines


PARTS = ("known", "summary", "full", "cell")


def _marks(thing: Thing, *depths: str) -> set[str]:
    return {thing.mark(depth) for depth in depths}


def _mark(part: str, *of: object) -> str:
    return f"q{digest(*of)}{part}q"


def digest(*of: object) -> str:
    """A short word for what is told, the same each time."""
    return hashlib.sha256("|".join(map(str, of)).encode()).hexdigest()[:12]
