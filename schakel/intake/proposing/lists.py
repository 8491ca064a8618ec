"""Records that stand in one cell of another table: a project's partners, separated by semicolons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from schakel.intake.kinds import Field, RecordKind
from schakel.intake.mapping import FieldSource
from schakel.intake.proposing.columns import Column
from schakel.intake.proposing.evidence import Evidence
from schakel.intake.proposing.fitting import Fit, by_kind
from schakel.intake.proposing.meanings import KindMeaning
from schakel.intake.proposing.proposal import FieldProposal, TableProposal
from schakel.intake.proposing.references import Target, exploding
from schakel.words import Words

ENOUGH = 0.6  # share of the parts that are known records


@dataclass(frozen=True, slots=True)
class _List:
    """A column whose cells list records of ``target``."""

    column: Column
    target: Target
    separator: str
    by: Literal["number", "name"]
    share: float  # of the parts that are known records

    def why(self) -> Words:
        """What was seen."""
        header, table, mark = self.column.header, self.target.table, self.separator
        return Words(
            f"cellen van '{header}' noemen rijen van '{table}', gescheiden door '{mark}'",
            f"cells of '{header}' name rows of '{table}', separated by '{mark}'",
        )


def listed(fits: Sequence[Fit], kinds: Sequence[KindMeaning], targets: Mapping[str, Target]) -> list[TableProposal]:
    """Proposals for kinds without a table of their own, whose key is two references, one to the row they stand in."""
    fitted = by_kind(fits)
    found = []
    for meaning in kinds:
        pair = _pair(meaning.kind)
        if pair and meaning.kind.name not in fitted:
            ways = (_within(meaning.kind, own, other, fitted, targets) for own, other in (pair, pair[::-1]))
            found += [proposal for proposal in ways if proposal is not None][:1]
    return found


def _pair(kind: RecordKind) -> tuple[Field, Field] | None:
    fields = [kind.fields_by_name[name] for name in kind.key]
    required = {field.name for field in kind.fields if field.required}
    if len(fields) != 2 or not all(field.refers_to for field in fields) or not required <= set(kind.key):
        return None
    return fields[0], fields[1]


def _within(
    kind: RecordKind, own: Field, other: Field, fitted: Mapping[str, Fit], targets: Mapping[str, Target]
) -> TableProposal | None:
    fit, target = fitted.get(own.refers_to or ""), targets.get(other.refers_to or "")
    if fit is None or target is None or target.table == fit.sheet.table.name:
        return None
    number = fit.column(fit.kind.kind.key[0])
    lists = _lists(fit, target)
    if number is None or not lists or lists[0].share < ENOUGH:
        return None
    return _proposal(fit, kind.name, (own.name, number), (other.name, lists[0]))


def _lists(fit: Fit, target: Target) -> list[_List]:
    used = {column.letter for _, column, _ in fit.fields}
    free = [column for column in fit.sheet.columns if column.letter not in used and column.values]
    found = [_List(column, target, *exploding(column, target)) for column in free]
    return sorted(found, key=lambda one: -one.share)


def _proposal(fit: Fit, kind: str, own: tuple[str, Column], other: tuple[str, _List]) -> TableProposal:
    cells = other[1]
    found = Evidence()
    found.add(5 * cells.share - 1, cells.why())
    sure = round(found.sure(), 3)
    exploded = FieldSource(cells.column.header, separator=cells.separator, explode=True, refer_by=cells.by)
    row = Words("nummer van de rij waarin ze staan", "number of the row they stand in")
    fields = (
        FieldProposal(own[0], own[1].letter, FieldSource(own[1].header), sure, row),
        FieldProposal(other[0], cells.column.letter, exploded, sure, cells.why()),
    )
    table = fit.sheet.table
    return TableProposal(kind, table.file, table.name, fit.sheet.header_row, sure, cells.why(), fields)
