"""From a fault at a place to the finding that its sender reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from schakel.intake.findings import Finding, Severity
from schakel.intake.interpreting import dates, lookups, numbers
from schakel.intake.interpreting.faults import FAULTS
from schakel.intake.interpreting.fields import expected
from schakel.intake.interpreting.interpretation import KindRows, Source
from schakel.intake.kinds import Field
from schakel.words import Words

_SHOWN = 80  # characters of a value in a message; the finding itself holds all of it
_NOTHING = Words("", "")


def cell_findings(source: Source, field: Field, failing: pl.DataFrame) -> list[Finding]:
    """One finding for each row of ``failing``: columns ``_row``, ``text``, ``value``, ``fault``."""
    wanted = expected(field, source.field_source(field.name))
    return [_cell_finding(source, field, wanted, row) for row in failing.iter_rows(named=True)]


def finding(
    fault_id: str, about: Mapping[str, Any], hint: Words = _NOTHING, *, required: bool = False, rows: int = 0
) -> Finding:
    """The finding of fault ``fault_id``. ``about``: fields of Finding; ``hint``, ``rows``: for the message."""
    fault = FAULTS[fault_id]
    places = {"value": "", "expected": "", "header": "", "table": "", "rows": rows} | dict(about)
    places["value"] = shown(str(places["value"]))
    message = Words(fault.message.nl.format(**places, hint=hint.nl), fault.message.en.format(**places, hint=hint.en))
    severity = fault.severity or (Severity.ERROR if required else Severity.WARNING)
    return Finding(fault.id, severity, message, fault.remedy.format(**places), **about)


def with_numbers(findings: Iterable[Finding], kinds: Mapping[str, KindRows]) -> list[Finding]:
    """The findings about rows, with the numbers of the records that stand in them."""
    told = list(findings)
    rows = {finding.row for finding in told if finding.row is not None}
    numbers: dict[tuple[str, str, str, int], str] = {}
    for kind, each in kinds.items():
        places = each.frame.filter(pl.col("_row").is_in(list(rows)) & pl.col("_number").is_not_null())
        for at, row, number in places.select("_source", "_row", "_number").iter_rows():
            numbers.setdefault((kind, each.sources[at].file, each.sources[at].table, row), number)
    return [_numbered(finding, numbers) for finding in told]


def _numbered(finding: Finding, numbers: Mapping[tuple[str, str, str, int], str]) -> Finding:
    number = numbers.get((finding.kind, finding.file, finding.table, finding.row or 0))
    return replace(finding, number=number) if number and not finding.number else finding


def shown(value: str) -> str:
    """``value`` short enough for a message."""
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"


def nearest_words(text: str, choices: list[str]) -> Words:
    """A suggestion to end a message with; nothing if no choice is like ``text``."""
    near = lookups.nearest(text, choices)
    return Words(f" (bedoelt u '{near}'?)", f" (do you mean '{near}'?)") if near else _NOTHING


def _cell_finding(source: Source, field: Field, wanted: str, row: dict[str, Any]) -> Finding:
    about = place_of(source, field.name, row["_row"]) | {"value": row["text"], "expected": wanted}
    hint = _hint(row["fault"], field, source, row["text"], row["value"])
    return finding(row["fault"], about, hint, required=field.required)


def place_of(source: Source, field: str, row: int) -> dict[str, Any]:
    """Where the cell of ``field`` in ``row`` is, as fields of Finding."""
    place = source.columns[field]
    return {
        "file": source.file,
        "table": source.table,
        "cell": source.address(field, row),
        "row": row,
        "column": place.column,
        "header": place.header,
        "kind": source.mapping.kind,
        "field": field,
    }


def _hint(fault: str, field: Field, source: Source, text: str, value: object) -> Words:
    match fault:
        case "date.impossible":
            first = dates.impossible(text, source.field_source(field.name).format.lower().startswith("mm"))
            return Words(first, _in_english(first))
        case "code.unknown":
            choices = [code.labels.nl for code in field.codes] + list(source.field_source(field.name).codes)
            return nearest_words(text.lower(), choices)
        case "country.unknown":
            return nearest_words(text.lower(), list(lookups.country_names()))
        case _:
            read = _read_as(field, value)
            return Words(read, read)


def _read_as(field: Field, value: object) -> str:
    if field.type == "money":
        return numbers.euros(value if isinstance(value, int) else None)
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    return "" if value is None or isinstance(value, list) else str(value)


def _in_english(day: str) -> str:
    months = dict(zip(dates.DUTCH_MONTHS, dates.ENGLISH_MONTHS, strict=True)) | {"maand": "month"}
    return re.sub(r"[a-z]+", lambda word: months.get(word[0], word[0]), day)
