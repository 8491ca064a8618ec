"""Reading a delivery to the last message, without touching the database: read, map, interpret, check.

The same function serves the command line, the job behind a page, and a sender's own desk.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from schakel.intake import checks, kinds
from schakel.intake.findings import Finding
from schakel.intake.interpreting import KindRows, fits, interpret
from schakel.intake.mapping import Mapping, TableMapping
from schakel.intake.proposing import propose
from schakel.intake.reading import read
from schakel.intake.tables import Table


@dataclass(frozen=True, slots=True)
class Examination:
    """What a delivery says, and what is to be said of it.

    ``mapping`` is the one used; ``proposed`` names the tables for which it is a proposal. ``readable``
    is False where no record came out.
    """

    rows: tuple[KindRows, ...]
    findings: tuple[Finding, ...]
    mapping: Mapping
    proposed: tuple[str, ...] = ()
    readable: bool = field(default=True)


def examine(
    paths: Sequence[Path],
    *,
    agency: str,
    period: int,
    mapping: Mapping | None = None,
    agency_names: MappingOf[str, str],
    context: checks.Context | None = None,
) -> Examination:
    """Read and check the files at ``paths`` as a delivery of ``agency`` for the year ``period``.

    Tables whose headers the mapping no longer fits, and all tables where there is no mapping, are
    read by the proposal, and reported. Nothing is raised for bad input: it is in the findings.
    """
    reading = read(paths)
    used, proposed, misfits = _mapping_for(reading.tables, mapping, agency)
    interpretation = interpret(reading.tables, used, period=period, agency_names=agency_names)
    found = checks.run(interpretation, checks.all_checks(), context or checks.Context(period=period))
    return Examination(
        rows=tuple(rows for rows in interpretation.rows if rows.frame.height),
        findings=(*reading.findings, *misfits, *interpretation.findings, *found),
        mapping=used,
        proposed=proposed,
        readable=any(rows.frame.height for rows in interpretation.rows),
    )
