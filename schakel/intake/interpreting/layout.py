"""Remarks on how a table is laid out: what is hidden, and cells merged among the records."""

from __future__ import annotations

import re

from schakel.intake.findings import Finding
from schakel.intake.interpreting.interpretation import Source
from schakel.intake.interpreting.saying import finding
from schakel.intake.tables import Table, address
from schakel.words import Words

_RANGE = re.compile(r"^([A-Z]+)(\d+):([A-Z]+)(\d+)$")


def remarks(source: Source, table: Table) -> list[Finding]:
    """What is hidden in the table under the header, and each merged range that holds a mapped cell."""
    return [*_hidden(source, table), *_merged(source, table)]


def _hidden(source: Source, table: Table) -> list[Finding]:
    rows = sum(row > source.header_row for row in table.hidden_rows)
    columns = sorted(table.hidden_columns & {place.column for place in source.columns.values()})
    parts = [
        ("het hele blad", "the whole sheet") if table.hidden else None,
        (f"{rows} rijen", f"{rows} rows") if rows else None,
        (f"kolom {', '.join(columns)}", f"column {', '.join(columns)}") if columns else None,
    ]
    said = [part for part in parts if part is not None]
    if not said:
        return []
    hint = Words(", ".join(nl for nl, _ in said), ", ".join(en for _, en in said))
    return [finding("table.hidden", {"file": table.file, "table": table.name, "kind": source.mapping.kind}, hint)]


def _merged(source: Source, table: Table) -> list[Finding]:
    mapped = {place.column for place in source.columns.values()}
    found = []
    for cells in table.merged:
        place = _RANGE.match(cells)
        if place is None or int(place[4]) <= source.header_row or not mapped & _letters(place[1], place[3]):
            continue
        row, column = max(int(place[2]), source.header_row + 1), place[1]
        about = {"file": table.file, "table": table.name, "kind": source.mapping.kind, "value": cells}
        where = {"cell": address(table.name, table.form, column, row), "row": row, "column": column}
        found.append(finding("table.merged", about | where))
    return found


def _letters(first: str, last: str) -> set[str]:
    """All column letters from ``first`` to ``last``."""
    return {_letter(number) for number in range(_number(first), _number(last) + 1)}


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letter(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
