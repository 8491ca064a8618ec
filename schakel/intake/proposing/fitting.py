"""Fitting tables to kinds: for each table and kind the best columns for its fields, and how good that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schakel.intake.proposing.assignment import assign
from schakel.intake.proposing.columns import Column
from schakel.intake.proposing.evidence import Evidence, header_evidence, value_evidence
from schakel.intake.proposing.folding import fold
from schakel.intake.proposing.headers import alike, read
from schakel.intake.proposing.meanings import KindMeaning, Meaning
from schakel.intake.proposing.references import Target, Targets, pointed_at, reference_evidence
from schakel.intake.tables import Table
from schakel.words import Words

REQUIRED = 1.2  # evidence lent to a required field: it must be somewhere
CEILING = 6.0  # what one field can add to the fit of a table
MISSING = -2.5  # a required field that is nowhere
UNEXPLAINED = -0.5  # a filled column that no field asks for
NAMED = 6.0  # the table is called after the kind
LEFT = 1.5  # evidence of being the only column left
OUT_OF_THE_QUESTION = -3.2  # the score from which a column may be what is left
ENOUGH = 1.0  # the fit from which a table is taken for a kind
ROUNDS = 4


@dataclass(frozen=True, eq=False)
class Sheet:
    """A source table as looked at: its header row, columns, rows that are no records, titles above it."""

    table: Table
    header_row: int
    columns: tuple[Column, ...]
    skip: tuple[str, ...]
    title: str


@dataclass(eq=False)
class Fit:
    """A table read as a kind: which column for which field, the evidence for each, and how good all of it is."""

    sheet: Sheet
    kind: KindMeaning
    fields: list[tuple[Meaning, Column, Evidence]]
    named: Evidence
    score: float

    def column(self, name: str) -> Column | None:
        """The column that holds the field called ``name``."""
        return next((column for meaning, column, _ in self.fields if meaning.field.name == name), None)

    def sure(self) -> float:
        """How sure it is that the table holds records of the kind: by its fields, and by its name."""
        weights = [evidence.sure() for _, _, evidence in self.fields] + [self.named.sure()] * 2
        return sum(weights) / len(weights)


@dataclass(eq=False)
class Fitting:
    """Tables, kinds and the evidence between them; what does not change between rounds is looked at once."""

    sheets: Sequence[Sheet]
    kinds: Sequence[KindMeaning]
    agency_names: Collection[str] = ()
    _seen: dict[tuple[int, int], Evidence] = field(default_factory=dict)
    _pointed: dict[int, Evidence] = field(default_factory=dict)

    def best(self) -> list[Fit]:
        """The best reading of all tables together: each kind once, each table once.

        What refers to what is known only when the tables are, so a few rounds are needed.
        """
        fits = self._assigned({})
        for _ in range(ROUNDS):
            targets = self.targets(fits)
            again = self._assigned(targets)
            if _same(fits, again):
                return again
            fits = again
        return fits

    def targets(self, fits: Iterable[Fit]) -> dict[str, Target]:
        """By which columns the records of the fitted kinds are named elsewhere."""
        return {
            fit.kind.kind.name: Target(fit.sheet.table.name, fit.column(fit.kind.kind.key[0]), _name_column(fit))
            for fit in fits
            if len(fit.kind.kind.key) == 1
        }

    def _assigned(self, targets: Targets) -> list[Fit]:
        fits = [[self.fit(sheet, kind, targets) for kind in self.kinds] for sheet in self.sheets]
        places = assign([[fit.score - ENOUGH for fit in row] for row in fits])
        return [row[place] for row, place in zip(fits, places, strict=True) if place >= 0]

    def fit(self, sheet: Sheet, kind: KindMeaning, targets: Targets) -> Fit:
        """The best columns of ``sheet`` for the fields of ``kind``."""
        evidence = [[self.evidence(m, column, sheet, targets) for column in sheet.columns] for m in kind.fields]
        gains = [
            [one.score + (REQUIRED if meaning.field.required else 0.0) for one in row]
            for meaning, row in zip(kind.fields, evidence, strict=True)
        ]
        places = assign(gains) if sheet.columns else [-1] * len(kind.fields)
        _last_resort(sheet, kind, evidence, places)
        chosen = [
            (meaning, sheet.columns[place], evidence[at][place])
            for at, (meaning, place) in enumerate(zip(kind.fields, places, strict=True))
            if place >= 0
        ]
        named = name_evidence(kind, sheet.table)
        return Fit(sheet, kind, chosen, named, _score(sheet, kind, chosen) + named.score)

    def evidence(self, meaning: Meaning, column: Column, sheet: Sheet, targets: Targets) -> Evidence:
        """All evidence for reading ``meaning`` from ``column``."""
        seen = self._seen.get((id(meaning), id(column)))
        if seen is None:
            seen = _sum(header_evidence(meaning, column.header), value_evidence(meaning, column, self.agency_names))
            if meaning.key and len(meaning.kind.key) == 1:
                seen = _sum(seen, self._pointed_at(column))
            self._seen[id(meaning), id(column)] = seen
        return _sum(seen, reference_evidence(meaning, column, sheet.table.name, targets)) if targets else seen

    def _pointed_at(self, column: Column) -> Evidence:
        if id(column) not in self._pointed:
            every = [other for sheet in self.sheets for other in sheet.columns]
            self._pointed[id(column)] = pointed_at(column, every)
        return self._pointed[id(column)]


def _last_resort(sheet: Sheet, kind: KindMeaning, evidence: list[list[Evidence]], places: list[int]) -> None:
    """Give a required field that is nowhere the one column that is left and could hold it by its values."""
    for at, meaning in enumerate(kind.fields):
        if places[at] < 0 and meaning.field.required:
            free = [p for p, c in enumerate(sheet.columns) if p not in places and c.values and not _unasked(c.header)]
            fitting = [p for p in free if evidence[at][p].score > OUT_OF_THE_QUESTION]
            if len(fitting) == 1:
                told = Words("enige kolom die overblijft", "the only column that is left")
                evidence[at][fitting[0]] = _sum(evidence[at][fitting[0]], Evidence(LEFT, [(LEFT, told)]))
                places[at] = fitting[0]


def _sum(*parts: Evidence) -> Evidence:
    return Evidence(sum(p.score for p in parts), [reason for p in parts for reason in p.reasons])


def _score(sheet: Sheet, kind: KindMeaning, chosen: Sequence[tuple[Meaning, Column, Evidence]]) -> float:
    held = {meaning.field.name for meaning, _, _ in chosen}
    used = {column.letter for _, column, _ in chosen}
    missing = sum(m.field.required and m.field.name not in held for m in kind.fields)
    idle = sum(c.letter not in used and bool(c.values) and not _unasked(c.header) for c in sheet.columns)
    return sum(min(e.score, CEILING) for _, _, e in chosen) + MISSING * missing + UNEXPLAINED * idle


def _unasked(header: str) -> bool:
    return any("nobody asked" in word.concepts for word in read(header))


def _name_column(fit: Fit) -> Column | None:
    return next((column for meaning, column, _ in fit.fields if meaning.naming), None)


def _same(left: Sequence[Fit], right: Sequence[Fit]) -> bool:
    return [_shape(fit) for fit in left] == [_shape(fit) for fit in right]


def _shape(fit: Fit) -> tuple[str, str, list[tuple[str, str]]]:
    pairs = [(meaning.field.name, column.letter) for meaning, column, _ in fit.fields]
    return fit.sheet.table.name, fit.kind.kind.name, pairs


def name_evidence(kind: KindMeaning, table: Table) -> Evidence:
    """What the table's name says about what it holds."""
    found = Evidence()
    folded = fold(table.name)
    best, like = None, 0.0
    for name in kind.names:
        same = 1.0 if folded == name.folded else 0.95 * alike(table.name, name.text)
        if same > like:
            best, like = name, same
    if best is not None and like >= 0.3:
        reason = best.why()
        told = Words(
            f"tabel '{table.name}' heet naar de soort: {reason.nl}",
            f"table '{table.name}' is called after the kind: {reason.en}",
        )
        found.add(NAMED * like, told)
    return found


def by_kind(fits: Iterable[Fit]) -> Mapping[str, Fit]:
    """Fits by the name of their kind."""
    return {fit.kind.kind.name: fit for fit in fits}
