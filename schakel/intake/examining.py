"""Reading a delivery to the last message, without touching the database: read, map, interpret, check.

The same function serves the command line, the job behind a page, and a sender's own desk.
"""

from __future__ import annotations

from collections.abc import Mapping as Names
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from schakel.intake import checks, kinds
from schakel.intake.findings import Finding
from schakel.intake.interpreting import KindRows, Misfit, fits, interpret
from schakel.intake.kinds import RecordKind
from schakel.intake.mapping import FieldSource, Mapping, TableMapping
from schakel.intake.proposing import TableProposal, propose
from schakel.intake.reading import read
from schakel.intake.tables import Table


@dataclass(frozen=True, slots=True)
class Examination:
    """What a delivery says, and what is to be said of it.

    ``mapping`` is the one used; ``proposed`` names the tables for which it is a proposal, and ``proposal``
    says why.
    """

    rows: tuple[KindRows, ...]
    findings: tuple[Finding, ...]
    mapping: Mapping
    proposed: tuple[str, ...] = ()
    proposal: tuple[TableProposal, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether any record came out."""
        return any(rows.frame.height for rows in self.rows)


def examine(
    paths: Sequence[Path],
    *,
    agency: str,
    period: int,
    mapping: Mapping | None,
    agency_names: Names[str, str],
    delivered_by: Literal["agency", "network"] = "agency",
    context: checks.Context | None = None,
) -> Examination:
    """Read and check the files at ``paths`` as a delivery of ``agency`` for the year ``period``.

    Tables whose headers the mapping no longer fits, and all tables where there is no mapping, are
    read by the proposal, and named; ``delivered_by`` says whose kinds are looked for. Nothing is raised
    for bad input: it is in the findings.
    """
    reading = read(paths)
    return examine_tables(
        reading.tables,
        agency=agency,
        period=period,
        mapping=mapping,
        agency_names=agency_names,
        delivered_by=delivered_by,
        context=context,
        said=reading.findings,
    )


def examine_tables(
    tables: Sequence[Table],
    *,
    agency: str,
    period: int,
    mapping: Mapping | None,
    agency_names: Names[str, str],
    delivered_by: Literal["agency", "network"] = "agency",
    context: checks.Context | None = None,
    said: Sequence[Finding] = (),
    settled: bool = False,
) -> Examination:
    """Check tables that were read already; ``said`` is what reading had to say.

    ``settled``: ``mapping`` was settled by a person for these very tables, so nothing is proposed beside it.
    """
    looked_for = tuple(kind for kind in kinds.kinds() if kind.delivered_by == delivered_by)
    written, others = by_command(tables)
    asked = mapping if settled else _of_people(mapping)
    used, proposed, proposal = _mapping_for(others, asked, agency, agency_names, looked_for, settled=settled)
    if written:
        kept = used.tables if others or settled else ()
        mapped = {entry.kind for entry in kept}
        used = replace(used, tables=(*kept, *(entry for entry in written if entry.kind not in mapped)))
    interpretation = interpret(tables, used, period=period, agency_names=agency_names)
    known = context or checks.Context(period=period, agency=agency)
    found = checks.run(interpretation, checks.all_checks(), known)
    return Examination(
        rows=tuple(rows for rows in interpretation.rows if rows.frame.height),
        findings=(*said, *interpretation.findings, *checks.for_sender(found, checks.all_checks())),
        mapping=used,
        proposed=proposed,
        proposal=proposal,
    )


def by_command(tables: Sequence[Table]) -> tuple[list[TableMapping], list[Table]]:
    """How tables are read that a command of ours wrote, known by their headers; and the other tables."""
    kinds_written = [kind for kind in kinds.kinds() if kind.delivered_by == "command"]
    written, others = list[TableMapping](), list[Table]()
    for table in tables:
        first = 0 if table.form == "json" else 1
        headers = set(table.header(first).values())
        kind = next((kind for kind in kinds_written if _wrote(kind, headers)), None)
        if kind is None:
            others.append(table)
        else:
            fields = {name: FieldSource(header=name) for name in kind.fields_by_name if name in headers}
            written.append(TableMapping(kind.name, table.name, first, fields))
    return written, others


def _wrote(kind: RecordKind, headers: Set[str]) -> bool:
    """Whether a table with ``headers`` is what the command for ``kind`` writes, or a former version of it wrote."""
    always = {field.name for field in kind.fields if not field.added}
    return always <= headers <= set(kind.fields_by_name)


def _of_people(mapping: Mapping | None) -> Mapping | None:
    """A confirmed mapping without what is read as a command wrote it: nobody confirms that, and it may stay away."""
    if mapping is None:
        return None
    written = {kind.name for kind in kinds.kinds() if kind.delivered_by == "command"}
    return replace(mapping, tables=tuple(entry for entry in mapping.tables if entry.kind not in written))


def _mapping_for(
    tables: Sequence[Table],
    confirmed: Mapping | None,
    agency: str,
    names: Names[str, str],
    looked_for: Sequence[RecordKind],
    *,
    settled: bool,
) -> tuple[Mapping, tuple[str, ...], tuple[TableProposal, ...]]:
    """The confirmed mapping, with the proposal in the place of whatever no longer fits; a settled one as it is."""
    if settled and confirmed is not None:
        return confirmed, (), ()
    misfits = {} if confirmed is None else {misfit.mapping.kind: misfit for misfit in fits(confirmed, tables)}
    if confirmed is not None and not misfits:
        return confirmed, (), ()
    learned = () if confirmed is None else (confirmed,)
    proposal = propose(tables, looked_for, agency=agency, learned=learned, agency_names=names)
    if confirmed is None:
        return proposal.mapping, tuple(entry.table for entry in proposal.mapping.tables), proposal.tables
    proposed = {entry.kind: entry for entry in proposal.mapping.tables}
    entries, changed = [], []
    for entry in confirmed.tables:
        misfit = misfits.get(entry.kind)
        mended = entry if misfit is None else _mended(misfit, proposed.get(entry.kind))
        entries.append(mended)
        changed += [mended.table] if mended != entry else []
    return Mapping(agency=agency, tables=tuple(entries)), tuple(changed), proposal.tables


def _mended(misfit: Misfit, proposed: TableMapping | None) -> TableMapping:
    """The table mapping with the proposal for what is gone from it; as it was where nothing is proposed."""
    entry = misfit.mapping
    if proposed is None:
        return entry
    if misfit.reason != "headers" or misfit.table is None:
        return proposed
    found = {
        name: proposed.fields[name] if source.header in misfit.missing and name in proposed.fields else source
        for name, source in entry.fields.items()
    }
    return replace(entry, fields=found)
