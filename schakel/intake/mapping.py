"""A mapping: how one agency's tables become records. Kept as readable TOML.

Invariant: a mapping names tables and headers, never positions of columns; the header row is found
again in each delivery (``header_row`` is where it was last seen).

    agency = "impuls-zeeland"

    [[table]]
    kind = "project"
    table = "Innovatieprojecten"     # sheet, name of the CSV file, or list in the JSON document
    header_row = 4
    numbering = "yearly"             # or "permanent"; left out: as the kind says
    skip = ["totaal", "subtotaal"]   # rows whose first filled cell begins so

    [table.fields]
    number = "Projectnr"
    title = "Titel project/activiteit"
    volume = { header = "Projectomvang", unit = "EUR", format = "1.234,56" }
    start = { header = "Startdatum", format = "dd/mm/yyyy" }
    lead = { header = "Penvoerder", refer_by = "number" }      # or "name"
    together_with = { header = "ROM-partners", separator = "," }

    [table.fields.status]
    header = "Status"
    codes = { "lopend" = "running", "afgerond" = "completed" }

The same source table may stand in several ``[[table]]`` entries: partners in one cell of the
projects sheet are an entry of kind "project_participant" whose ``organisation`` field has a separator
and ``explode = true`` (one record a value).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import tomli_w

Unit = Literal["EUR", "EUR thousand", "EUR million"]
UNITS: dict[str, int] = {"EUR": 1, "EUR thousand": 1_000, "EUR million": 1_000_000}


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where a field's value comes from and how it is written there.

    ``format``: for dates a pattern ("dd-mm-yyyy", "d-m-yyyy", "d mmm yyyy", "yyyy-mm-dd"), for
    numbers written as text how 1234.56 is written ("1.234,56", "1,234.56", "1234,56"). Cells that
    are real dates or numbers need none. ``constant``: the value of every row, instead of a header.
    """

    header: str = ""
    unit: str = "EUR"
    format: str = ""
    separator: str = ""
    explode: bool = False
    refer_by: Literal["number", "name"] = "number"
    codes: dict[str, str] = field(default_factory=dict)
    constant: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one source table becomes records of one kind."""

    kind: str
    table: str
    header_row: int
    fields: dict[str, FieldSource]
    numbering: str = ""
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """All of one agency's table mappings."""

    agency: str
    tables: tuple[TableMapping, ...]


class MappingError(ValueError):
    """A mapping file that cannot be read; the message says where and what to do."""


_PLAIN = FieldSource()


def parse(text: str, origin: str = "mapping") -> Mapping:
    """Read a mapping from TOML. Raises MappingError with the place and the mend."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{origin}: not valid TOML: {error}") from error
    tables = []
    for number, entry in enumerate(data.get("table", ()), start=1):
        where = f"{origin}: [[table]] no. {number}"
        try:
            fields = {name: _field(value) for name, value in entry["fields"].items()}
            tables.append(
                TableMapping(
                    kind=entry["kind"],
                    table=entry["table"],
                    header_row=int(entry["header_row"]),
                    fields=fields,
                    numbering=entry.get("numbering", ""),
                    skip=tuple(entry.get("skip", ())),
                )
            )
        except KeyError as error:
            raise MappingError(f"{where}: {error.args[0]} is missing; add it") from error
        except (TypeError, ValueError) as error:
            raise MappingError(f"{where}: {error}") from error
    if "agency" not in data:
        raise MappingError(f'{origin}: agency is missing; add agency = "..." at the top')
    return Mapping(agency=data["agency"], tables=tuple(tables))


def load(path: Path) -> Mapping:
    """Read a mapping file. Raises MappingError, OSError."""
    return parse(path.read_text(encoding="utf-8"), origin=path.name)


def dump(mapping: Mapping) -> str:
    """The mapping as TOML that `parse` reads back to an equal mapping."""
    tables: list[dict[str, Any]] = []
    for table in mapping.tables:
        entry: dict[str, Any] = {"kind": table.kind, "table": table.table, "header_row": table.header_row}
        if table.numbering:
            entry["numbering"] = table.numbering
        if table.skip:
            entry["skip"] = list(table.skip)
        entry["fields"] = {name: _plain(source) for name, source in table.fields.items()}
        tables.append(entry)
    return tomli_w.dumps({"agency": mapping.agency, "table": tables})


def _field(value: str | dict[str, Any]) -> FieldSource:
    if isinstance(value, str):
        return FieldSource(header=value)
    unknown = set(value) - set(FieldSource.__dataclass_fields__)
    if unknown:
        raise ValueError(f"unknown word {sorted(unknown)[0]!r}; known: {', '.join(FieldSource.__dataclass_fields__)}")
    if value.get("unit", "EUR") not in UNITS:
        raise ValueError(f"unit {value['unit']!r} is not one of {', '.join(UNITS)}")
    return FieldSource(**value)


def _plain(source: FieldSource) -> str | dict[str, object]:
    said = {
        name: getattr(source, name)
        for name in FieldSource.__dataclass_fields__
        if getattr(source, name) != getattr(_PLAIN, name)
    }
    return source.header if set(said) == {"header"} else said
