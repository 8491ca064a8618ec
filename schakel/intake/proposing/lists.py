"""Records that stand in one cell of another table: a project's partners, separated by semicolons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast

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


def listed(fits: Sequence[Fit], kinds: Sequence[KindMeaning], targets: Mapping[str, Target]) -> list[TableProposal]:
    """Proposals for kinds without a table of their own, whose key is two references, one to the row they stand in."""
    fitted = by_kind(fits)
    found = []
    for meaning in kinds:
        pair = _pair(meaning.kind)
        if pair and meaning.kind.name not in fitted:
            found += [made for own, other in (pair, pair[::-1]) if (made := _within(meaning.kind, own, other, fitted, targets))]
    return found[:]


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
    used = {column.letter for _, column, _ in fit.fields}
    free = [column for column in fit.sheet.columns if column.letter not in used and column.values]
    ways = [(exploding(column, target), column) for column in free]
    best = max(ways, key=lambda way: way[0][2], default=None)
    if number is None or best is None or best[0][2] < ENOUGH:
        return None
    return _proposal(kind, fit, (own, number), (other, best[1]), best[0], target)


def _proposal(
    kind: RecordKind,
    fit: Fit,
    own: tuple[Field, Column],
    other: tuple[Field, Column],
    way: tuple[str, str, float],
    target: Target,
) -> TableProposal:
    separator, by, share = way
    cell = other[1]
    told = Words(
        f"cellen van '{cell.header}' noemen rijen van '{target.table}', gescheiden door '{separator}'",
        f"cells of '{cell.header}' name rows of '{target.table}', separated by '{separator}'",
    )
    exploded = FieldSource(
        header=cell.header, separator=separator, explode=True, refer_by=cast(Literal["number", "name"], by)
    )
    found = Evidence()
    found.add(5 * share - 1, told)
    sure = round(found.sure(), 3)
    row = Words("nummer van de rij waarin ze staan", "number of the row they stand in")
    fields = (
        FieldProposal(own[0].name, own[1].letter, FieldSource(header=own[1].header), sure, row),
        FieldProposal(other[0].name, cell.letter, exploded, sure, told),
    )
    return TableProposal(kind.name, fit.sheet.table.file, fit.sheet.table.name, fit.sheet.header_row, sure, told, fields)
