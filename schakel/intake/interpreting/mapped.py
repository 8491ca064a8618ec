"""What is wrong with a mapping itself, or between a mapping and the tables it is used on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from schakel.intake.findings import Finding
from schakel.intake.interpreting.interpretation import Source
from schakel.intake.interpreting.locating import Located
from schakel.intake.interpreting.saying import finding, nearest_words
from schakel.intake.kinds import Field, RecordKind, kinds
from schakel.intake.mapping import FieldSource, TableMapping
from schakel.intake.tables import Table, address
from schakel.words import Words

_LISTED = 12


def kind_unknown(entry: TableMapping) -> Finding:
    """The mapping names a record kind that no room declares."""
    hint = nearest_words(entry.kind, [kind.name for kind in kinds()])
    return finding("mapping.kind-unknown", {"table": entry.table, "value": entry.kind}, hint)


def words_unknown(entry: TableMapping, kind: RecordKind) -> list[Finding]:
    """Fields and codes of the mapping that the kind does not have."""
    found = []
    for name, source in entry.fields.items():
        field = kind.fields_by_name.get(name)
        about = {"table": entry.table, "kind": kind.name}
        if field is None:
            hint = nearest_words(name, list(kind.fields_by_name))
            found.append(finding("mapping.field-unknown", about | {"value": name}, hint))
        elif field.type == "code":
            found += [finding("mapping.code-unknown", *said) for said in _codes_unknown(field, source, about)]
    return found


def table_missing(entry: TableMapping, tables: Sequence[Table]) -> Finding:
    """None of the delivered tables has the mapped name."""
    there = _listed([table.name for table in tables])
    return finding("mapping.table-missing", {"table": entry.table, "kind": entry.kind}, there)


def header_row_missing(entry: TableMapping, table: Table) -> Finding:
    """No row of the table holds the mapped headers."""
    wanted = ", ".join(source.header for source in entry.fields.values() if source.header)
    about = {"file": table.file, "table": table.name, "kind": entry.kind, "expected": wanted}
    return finding("table.header-missing", about)


def headers(found: Located, kind: RecordKind) -> list[Finding]:
    """Headers that are missing or stand twice."""
    told = []
    for name, source in found.mapping.fields.items():
        field = kind.fields_by_name.get(name)
        if field is None or not source.header:
            continue
        about = {"file": found.table.file, "table": found.table.name, "kind": kind.name, "field": name}
        letters = found.columns(source.header)
        if not letters:
            about |= {"header": source.header, "expected": source.header}
            there = _listed(list(found.headers.values()))
            told.append(finding("mapping.header-missing", about, there, required=field.required))
        elif len(letters) > 1:
            told.append(_header_twice(found, letters, about))
    return told


def table_empty(source: Source) -> Finding:
    """A mapped table without any record."""
    return finding("table.empty", {"file": source.file, "table": source.table, "kind": source.mapping.kind})


def _codes_unknown(field: Field, source: FieldSource, about: dict[str, str]) -> Iterator[tuple[dict[str, str], Words]]:
    values = [code.value for code in field.codes]
    for value in dict.fromkeys(source.codes.values()):
        if value and value not in values:
            said = {"value": value, "field": field.name, "expected": ", ".join(values)}
            yield about | said, nearest_words(value, values)


def _header_twice(found: Located, letters: list[str], about: dict[str, str]) -> Finding:
    rows = found.table.frame.filter(pl.col("row") > found.header_row)
    alike = all(rows[letters[0]].equals(rows[letter]) for letter in letters[1:])
    written, table = found.headers[letters[1]], found.table
    cells = [address(table.name, table.form, letter, found.header_row, written) for letter in letters]
    place = {"cell": cells[1], "row": found.header_row, "column": letters[1], "header": written}
    where = ", ".join(cells)
    return finding("table.header-twice-alike" if alike else "table.header-twice", about | place, Words(where, where))


def _listed(names: list[str]) -> Words:
    shown = ", ".join(f"'{name}'" for name in names[:_LISTED]) or "-"
    rest = len(names) - _LISTED
    if rest <= 0:
        return Words(shown, shown)
    return Words(f"{shown} en {rest} andere", f"{shown} and {rest} more")
