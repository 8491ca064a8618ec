"""Proposing a mapping for tables never seen before: from headers, values and shapes, with how sure and why.

Invariant: it only proposes. The same tables give the same proposal, whatever their order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from schakel.intake.kinds import RecordKind
from schakel.intake.mapping import FieldSource, Mapping, TableMapping
from schakel.intake.proposing.columns import Column, columns
from schakel.intake.proposing.evidence import Evidence
from schakel.intake.proposing.fitting import Fit, Fitting, Sheet
from schakel.intake.proposing.lists import listed
from schakel.intake.proposing.meanings import KindMeaning, meanings
from schakel.intake.proposing.proposal import FieldProposal, Proposal, TableProposal, told
from schakel.intake.proposing.references import Targets
from schakel.intake.proposing.rows import header_row, record_rows
from schakel.intake.proposing.sources import dates, numbering, source, units
from schakel.intake.tables import Table
from schakel.words import Words

__all__ = ["FieldProposal", "Proposal", "TableProposal", "propose", "told"]


def propose(
    tables: Sequence[Table],
    kinds: Sequence[RecordKind],
    *,
    agency: str,
    learned: Sequence[Mapping] = (),
    agency_names: Collection[str] = (),
) -> Proposal:
    """A mapping of ``tables`` to ``kinds``.

    ``learned``: confirmed mappings of other agencies, whose headers and codes count as known names.
    ``agency_names``: every way agencies' names are written, to recognise a column of them by.
    """
    known = meanings(kinds, learned)
    sheets = [sheet for table in tables if (sheet := _sheet(table, known)) is not None]
    fitting = Fitting(sheets, known, agency_names)
    fits = sorted(fitting.best(), key=lambda fit: [k.name for k in kinds].index(fit.kind.kind.name))
    targets = fitting.targets(fits)
    skip = tuple(dict.fromkeys(word for sheet in sheets for word in sheet.skip))
    pairs = [(meaning, column) for fit in fits for meaning, column, _ in fit.fields]
    unit = units(pairs, {fit.sheet.table.name: fit.sheet.title for fit in fits})
    proposals = [_proposal(fit, targets, unit, dates(pairs)) for fit in fits]
    proposals += listed(fits, known, targets)
    mapping = Mapping(agency, tuple(_mapped(each, fits, skip) for each in proposals))
    fitted = {fit.sheet.table.name for fit in fits}
    return Proposal(mapping, tuple(proposals), tuple(t.name for t in tables if t.name not in fitted))


def _sheet(table: Table, known: Sequence[KindMeaning]) -> Sheet | None:
    heard = frozenset(name.folded for kind in known for meaning in kind.fields for name in meaning.names)
    row = header_row(table, heard)
    if row is None:
        return None
    rows, skip = record_rows(table, row)
    found = columns(table, row, rows)
    above = table.frame.filter(table.frame["row"] < row)
    title = " ".join(cell for c in table.columns for cell in above[c].drop_nulls())
    return Sheet(table, row, tuple(found), skip, f"{title} {table.name}") if found else None


def _proposal(fit: Fit, targets: Targets, unit: dict[Column, str], written: Sequence[str]) -> TableProposal:
    fields = tuple(
        FieldProposal(
            field=meaning.field.name,
            column=column.letter,
            source=source(meaning, column, unit.get(column, "EUR"), targets, written),
            sure=round(evidence.sure(), 3),
            why=evidence.why(),
        )
        for meaning, column, evidence in fit.fields
    )
    used = {field.column for field in fields}
    return TableProposal(
        kind=fit.kind.kind.name,
        file=fit.sheet.table.file,
        table=fit.sheet.table.name,
        header_row=fit.sheet.header_row,
        sure=round(fit.sure(), 3),
        why=_table_why(fit),
        fields=fields,
        unmapped=tuple(column.header for column in fit.sheet.columns if column.letter not in used),
    )


def _table_why(fit: Fit) -> Words:
    number = len(fit.fields)
    headers = ", ".join(column.header for _, column, _ in fit.fields[:4])
    found = Evidence(0.0, list(fit.named.reasons))
    found.add(1.0, Words(f"{number} kolommen passen: {headers}", f"{number} columns fit: {headers}"))
    return found.why()


def _mapped(proposal: TableProposal, fits: Sequence[Fit], skip: tuple[str, ...]) -> TableMapping:
    fit = next((fit for fit in fits if fit.kind.kind.name == proposal.kind), None)
    fields: dict[str, FieldSource] = {field.field: field.source for field in proposal.fields}
    return TableMapping(
        kind=proposal.kind,
        table=proposal.table,
        header_row=proposal.header_row,
        fields=fields,
        numbering=_numbering(fit) if fit else "",
        skip=skip,
    )


def _numbering(fit: Fit) -> str:
    kind = fit.kind.kind
    column = fit.column(kind.key[0]) if len(kind.key) == 1 else None
    if kind.numbering == "none" or column is None:
        return ""
    return numbering(column, kind.numbering)
