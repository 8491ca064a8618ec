"""Tables become records by a mapping: typed rows that know the cell of every value.

    interpretation = interpret(tables, mapping, period=2023, agency_names={"bom": "bom"})

Pure: no database, no clock, no settings. What cannot be read is null and a finding with its cell.
"""

from __future__ import annotations

from collections.abc import Mapping as Names
from collections.abc import Sequence

import polars as pl

from schakel.intake.findings import Finding
from schakel.intake.interpreting import mapped
from schakel.intake.interpreting.interpretation import Interpretation, KindRows, Place, Source, dtype, number
from schakel.intake.interpreting.layout import remarks
from schakel.intake.interpreting.locating import Misfit, fits, locate, named
from schakel.intake.interpreting.names import resolve
from schakel.intake.interpreting.saying import with_numbers
from schakel.intake.interpreting.table import TableRows, read_table
from schakel.intake.kinds import RecordKind, kind, kinds
from schakel.intake.mapping import Mapping, TableMapping
from schakel.intake.tables import Table

__all__ = ["Interpretation", "KindRows", "Misfit", "Place", "Source", "dtype", "fits", "interpret"]


def interpret(
    tables: Sequence[Table], mapping: Mapping, *, period: int, agency_names: Names[str, str] | None = None
) -> Interpretation:
    """Read ``tables`` by ``mapping``.

    ``period``: the year delivered. ``agency_names``: names and other spellings of agencies, in lower
    case, to their slugs; without it no agency is known. Kinds without a table are left out.
    """
    read: dict[str, list[TableRows]] = {}
    findings: list[Finding] = []
    for entry in mapping.tables:
        of = _kind(entry)
        if of is None:
            findings.append(mapped.kind_unknown(entry))
            continue
        findings += mapped.words_unknown(entry, of)
        findings += _read_entry(entry, of, tables, agency_names or {}, read.setdefault(of.name, []))
    rows = {of.name: _together(of, read[of.name]) for of in kinds() if read.get(of.name)}
    rows, ambiguous = resolve(rows)
    numbered = {name: _numbered(each) for name, each in rows.items()}
    return Interpretation(mapping.agency, period, numbered, with_numbers(findings + ambiguous, numbered))


def _kind(entry: TableMapping) -> RecordKind | None:
    try:
        return kind(entry.kind)
    except KeyError:
        return None


def _read_entry(
    entry: TableMapping, of: RecordKind, tables: Sequence[Table], agency_names: Names[str, str], into: list[TableRows]
) -> list[Finding]:
    found = named(entry.table, tables)
    if not found:
        return [mapped.table_missing(entry, tables)] if tables else []  # of files that could not be read, that was said
    findings: list[Finding] = []
    for table in found:
        located = locate(entry, table)
        if located is None:
            findings.append(mapped.header_row_missing(entry, table))
            continue
        rows = read_table(located, of, len(into), agency_names)
        into.append(rows)
        findings += mapped.headers(located, of) + remarks(rows.source, table) + rows.findings
        if rows.frame.is_empty():
            findings.append(mapped.table_empty(rows.source))
    return findings


def _together(of: RecordKind, read: list[TableRows]) -> KindRows:
    return KindRows(
        of.name,
        pl.concat([rows.frame for rows in read]),
        pl.concat([rows.raw for rows in read], how="diagonal"),
        tuple(rows.source for rows in read),
    )


def _numbered(rows: KindRows) -> KindRows:
    places = ["_source", "_row", "_item"]
    fields = [field.name for field in rows.declared.fields]
    frame = rows.frame.select(*places, number(rows.declared).alias("_number"), *fields)
    return KindRows(rows.kind, frame, rows.raw, rows.sources)
