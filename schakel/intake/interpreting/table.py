"""One located table read as rows of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from schakel.intake.findings import Finding
from schakel.intake.interpreting import totals
from schakel.intake.interpreting.cells import Cells, Values
from schakel.intake.interpreting.fields import pieces, read
from schakel.intake.interpreting.identifiers import rsin_of
from schakel.intake.interpreting.interpretation import PLACE_COLUMNS, Place, Source, dtype
from schakel.intake.interpreting.locating import Located
from schakel.intake.interpreting.rows import body
from schakel.intake.interpreting.saying import cell_findings
from schakel.intake.kinds import Field, RecordKind
from schakel.intake.mapping import FieldSource
from schakel.intake.tables import CELL_TYPE


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of one source; ``frame`` and ``raw`` as in KindRows but without ``_number``."""

    source: Source
    frame: pl.DataFrame
    raw: pl.DataFrame
    findings: list[Finding]


def read_table(found: Located, kind: RecordKind, at: int, agency_names: Mapping[str, str]) -> TableRows:
    """Read a located table; ``at`` is the source's place among all sources of its kind."""
    of = found.table
    source = Source(of.file, of.name, of.form, found.header_row, found.mapping, _places(found, kind))
    letters = list(dict.fromkeys(p.column for p in source.columns.values() if p.column))
    rows = _exploded(body(found, letters), source)
    rows = rows.with_columns(pl.lit(at, dtype=pl.UInt32).alias("_source"), pl.col("row").cast(pl.UInt32).alias("_row"))
    columns: dict[str, pl.Series] = {}
    findings: list[Finding] = []
    for field in kind.fields:
        if field.name not in source.columns:
            columns[field.name] = pl.Series(field.name, [None], dtype=dtype(field)).new_from_index(0, rows.height)
            continue
        values, told = _read_field(rows, source, field, agency_names)
        columns[field.name] = values.alias(field.name)
        findings += told
    records = rows["_skip"].is_null()
    frame = rows.select(*PLACE_COLUMNS).with_columns(**columns).filter(records)
    return TableRows(source, _with_rsin(frame, kind), _raw(rows, source).filter(records), findings)


def _places(found: Located, kind: RecordKind) -> dict[str, Place]:
    places = {}
    for name, source in found.mapping.fields.items():
        column = found.column(source.header) if source.header else None
        if name in kind.fields_by_name and (column is not None or source.constant):
            places[name] = Place(column or "", found.headers[column] if column else "")
    return places


def _exploded(rows: pl.DataFrame, source: Source) -> pl.DataFrame:
    """A row for each value of the cell that the mapping explodes; ``_item`` counts them."""
    letter, separator = _explodes(source)
    if letter is None:
        return rows.with_columns(_item=pl.lit(0, dtype=pl.UInt16))
    split = rows.with_columns(_pieces=pieces(pl.col(letter), separator))
    split = split.with_columns(_item=pl.int_ranges(pl.col("_pieces").list.len(), dtype=pl.UInt16))
    filled = split.filter(pl.col("_pieces").list.len() > 0).explode("_pieces", "_item")
    return filled.with_columns(pl.col("_pieces").alias(letter)).drop("_pieces")


def _explodes(source: Source) -> tuple[str | None, str]:
    for name, place in source.columns.items():
        said = source.field_source(name)
        if said.explode and place.column:
            return place.column, said.separator or ";"
    return None, ""


def _read_field(
    rows: pl.DataFrame, source: Source, field: Field, agency_names: Mapping[str, str]
) -> tuple[pl.Series, list[Finding]]:
    said = source.field_source(field.name)
    cells = _cells(rows, source.columns[field.name], said)
    found = read(cells, field, said, agency_names)
    return found.values, _findings(rows, source, field, cells, found)


def _cells(rows: pl.DataFrame, place: Place, said: FieldSource) -> Cells:
    if not place.column:
        text = pl.Series("text", [said.constant], dtype=pl.String).new_from_index(0, rows.height)
        return Cells(text, pl.Series("type", ["text"], dtype=CELL_TYPE).new_from_index(0, rows.height))
    trimmed = pl.col(place.column).str.strip_chars()
    picked = rows.select(text=pl.when(trimmed != "").then(trimmed), type=pl.col(f"{place.column}.type"))
    return Cells(picked["text"], picked["type"])


def _findings(rows: pl.DataFrame, source: Source, field: Field, cells: Cells, found: Values) -> list[Finding]:
    places = rows.select("_row", "_item", "_skip")
    told = places.with_columns(text=cells.text, value=found.values, fault=found.faults)
    failing = told.filter(pl.col("fault").is_not_null() & pl.col("_skip").is_null())
    failing = failing.unique(["_row", "_item"], keep="first", maintain_order=True)
    return cell_findings(source, field, failing) + totals.check(source, field, told)


def _with_rsin(frame: pl.DataFrame, kind: RecordKind) -> pl.DataFrame:
    """A legal person's VAT number holds its RSIN."""
    if {"vat", "rsin"} <= kind.fields_by_name.keys():
        return frame.with_columns(rsin=pl.coalesce("rsin", rsin_of(pl.col("vat"))))
    return frame


def _raw(rows: pl.DataFrame, source: Source) -> pl.DataFrame:
    written = {name: pl.col(place.column) for name, place in source.columns.items() if place.column}
    return rows.select(*PLACE_COLUMNS, **written)
