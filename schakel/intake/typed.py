"""A record as a person types it: a table of one row, read and checked by the readers and checks of deliveries.

Invariant: what is refused in a file is refused here, in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping as Texts
from decimal import Decimal

import polars as pl

from schakel.intake import kinds
from schakel.intake.canonical import canonical, is_list
from schakel.intake.context import context_for
from schakel.intake.examining import Examination, examine_tables
from schakel.intake.findings import Finding, Severity
from schakel.intake.kinds import Field, RecordKind
from schakel.intake.mapping import FieldSource, Mapping, TableMapping
from schakel.intake.reading.grid import letters
from schakel.intake.tables import CELL_TYPE, Table
from schakel.network.models import Party, PartyKind
from schakel.network.queries import agency_names

HEADER_ROW, ROW = 1, 2
SEPARATOR = "\n"  # between several values of one field
_NUMBERS = ("money", "number", "integer")


def typed_mapping(kind: RecordKind, agency: str) -> Mapping:
    """How a typed record becomes a record: each field under its own name, numbers as Dutch readers write them."""
    fields = {
        field.name: FieldSource(
            header=field.name,
            format="1.234,56" if field.type in _NUMBERS else "",
            separator=SEPARATOR if is_list(field) else "",
        )
        for field in kind.fields
    }
    return Mapping(agency, (TableMapping(kind.name, kind.name, HEADER_ROW, fields),))


def typed_table(kind: RecordKind, texts: Texts[str, str]) -> Table:
    """The table that holds ``texts`` (by field name) as its only row."""
    data: dict[str, pl.Series] = {"row": pl.Series([HEADER_ROW, ROW], dtype=pl.UInt32)}
    for at, field in enumerate(kind.fields, start=1):
        letter, text = letters(at), texts.get(field.name, "").strip()
        data[letter] = pl.Series([field.name, text or None], dtype=pl.String)
        data[f"{letter}.type"] = pl.Series(["text", "text" if text else "empty"], dtype=CELL_TYPE)
    return Table(file="", name=kind.name, form="csv", frame=pl.DataFrame(data))


def check_typed(kind: RecordKind, texts: Texts[str, str], *, party: Party, period: int) -> Examination:
    """What the checks say of a record of the acting party ``party`` as it was typed."""
    return examine_tables(
        [typed_table(kind, texts)],
        agency=party.slug,
        period=period,
        mapping=typed_mapping(kind, party.slug),
        agency_names=agency_names(),
        delivered_by="network" if party.kind == PartyKind.SECRETARIAT else "agency",
        context=context_for(agency=party.slug, owner=party.pk, period=period, whole=False),
        settled=True,
    )


def errors(examination: Examination) -> list[Finding]:
    """What keeps the typed record out."""
    return [found for found in examination.findings if found.severity is Severity.ERROR]


def against(examination: Examination, kind: RecordKind, texts: Texts[str, str]) -> list[Finding]:
    """What keeps the typed record from being kept: errors, and whatever is said of a value that could not be taken.

    In a file a value that cannot be read may be left out with a warning; who types is here to type it again.
    """
    typed = {field.name: field for field in kind.fields if texts.get(field.name, "").strip()}
    lost = {name for name, field in typed.items() if read_value(examination, kind, field) in (None, [])}
    leads = {name for name, field in typed.items() if field.refers_to is not None}
    return [
        found
        for found in examination.findings
        if found.severity is Severity.ERROR
        or found.field in lost
        or (found.field in leads and found.severity is Severity.WARNING)
    ]


def read_value(examination: Examination, kind: RecordKind, field: Field) -> object:
    """The value that was read for ``field``, as a record holds it; a reference is a number. None for none."""
    rows = next((rows for rows in examination.rows if rows.kind == kind.name), None)
    value: object = None if rows is None or rows.frame.is_empty() else rows.frame[field.name].to_list()[0]
    if value is None:
        return [] if is_list(field) else None
    if field.type == "money":
        return Decimal(str(value)) / 100
    return Decimal(str(value)) if field.type == "number" else value


def text_of(field: Field, value: object) -> str:
    """A value as a person would type it, so that it is read as the same value; a reference is given as its number."""
    if isinstance(value, list):
        return SEPARATOR.join(str(item) for item in value)
    text = canonical(field, value)
    return text.replace(".", ",") if field.type in _NUMBERS else text


def of_kind(name: str, *, delivered_by: str) -> RecordKind | None:
    """The kind called ``name`` where ``delivered_by`` ("agency" or "network") keeps it; None otherwise."""
    try:
        found = kinds.kind(name)
    except KeyError:
        return None
    return found if found.delivered_by == delivered_by else None
