"""Examples of checks: rows, cells or tables small enough to read, that a test tries each check on."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from schakel.intake.checks.check import Check, Context
from schakel.intake.checks.engine import run
from schakel.intake.findings import Finding
from schakel.intake.interpreting import Interpretation, KindRows, Place, Source, dtype, interpret
from schakel.intake.interpreting.interpretation import PLACE_COLUMNS, number
from schakel.intake.kinds import Field, kind
from schakel.intake.mapping import FieldSource, TableMapping
from schakel.intake.mapping import Mapping as AgencyMapping
from schakel.intake.tables import CELL_TYPE, Table

Row = Mapping[str, object]
Records = Mapping[str, Sequence[Row]]

PERIOD = 2023


@dataclass(frozen=True, slots=True)
class Rows:
    """Records by kind, as they come out of reading; fields left out are empty. Money is in cents."""

    records: Records
    without: tuple[str, ...] = ()  # fields that no column delivers
    earlier: Records = dataclasses.field(default_factory=dict)
    others: Records = dataclasses.field(default_factory=dict)
    beside: Records = dataclasses.field(default_factory=dict)  # what rooms know beside records, by name

    def findings(self, check: Check) -> list[Finding]:
        """What ``check`` finds in these records as a delivery of agency "bom" for 2023."""
        rows = {name: _rows(name, records, self.without) for name, records in self.records.items()}
        context = Context(
            period=PERIOD,
            agency="bom",
            earlier={name: frame(name, records) for name, records in self.earlier.items()},
            others={name: frame(name, records) for name, records in self.others.items()},
            beside={name: pl.DataFrame(records) for name, records in self.beside.items()},
        )
        found = run(Interpretation("bom", PERIOD, rows), [check], context)
        return [finding for finding in found if finding.check == check.id]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of one field: what is written, as what type of cell, under which mapping."""

    field: str
    written: str
    type: str = "text"
    source: FieldSource = dataclasses.field(default_factory=FieldSource)

    def findings(self, check: Check) -> list[Finding]:
        """What reading this cell finds under the id of ``check``."""
        kind_name, _, name = self.field.partition(".")
        entry = TableMapping(kind_name, "Tabel", 1, {name: replace(self.source, header="Kop")})
        return _read(check, table([["Kop"], [self.written]], types={(1, 0): self.type}), [entry])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A small table as rows of text, the first of them row 1, and the mappings it is read by."""

    cells: Sequence[Sequence[str | None]]
    mappings: Sequence[TableMapping]
    name: str = "Tabel"
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()

    def findings(self, check: Check) -> list[Finding]:
        """What reading this table finds under the id of ``check``."""
        given = replace(table(self.cells, self.name), hidden_rows=self.hidden_rows, merged=self.merged)
        return _read(check, given, self.mappings)


def frame(name: str, records: Sequence[Row]) -> pl.DataFrame:
    """Records of kind ``name`` as a frame with ``_number``; other columns that begin with "_" are kept."""
    of = kind(name)
    columns = {f.name: pl.Series(f.name, [r.get(f.name) for r in records], dtype=dtype(f)) for f in of.fields}
    extra = {key for record in records for key in record if key.startswith("_")}
    beside = {key: pl.Series(key, [r.get(key) for r in records]) for key in sorted(extra)}
    return pl.DataFrame({**beside, **columns}).with_columns(number(of).alias("_number"))


def table(
    cells: Sequence[Sequence[str | None]], name: str = "Tabel", types: Mapping[tuple[int, int], str] | None = None
) -> Table:
    """A sheet with ``cells`` from A1 on, all text but where ``types`` (row, column from 0) says otherwise."""
    width = max(len(row) for row in cells)
    columns: dict[str, pl.Series] = {"row": pl.Series(range(1, len(cells) + 1), dtype=pl.UInt32)}
    for at in range(width):
        texts = [row[at] if at < len(row) else None for row in cells]
        kinds = [(types or {}).get((i, at), "text" if text else "empty") for i, text in enumerate(texts)]
        letter = chr(ord("A") + at)
        columns[letter] = pl.Series([text or None for text in texts], dtype=pl.String)
        columns[f"{letter}.type"] = pl.Series(kinds, dtype=CELL_TYPE)
    return Table("voorbeeld.xlsx", name, "sheet", pl.DataFrame(columns))


def _rows(name: str, records: Sequence[Row], without: Sequence[str]) -> KindRows:
    of = kind(name)
    mapped = [f for f in of.fields if f.name not in without]
    places = {f.name: Place(f"C{i}", f.labels.nl) for i, f in enumerate(mapped)}
    source = Source("voorbeeld.xlsx", of.plural.nl, "sheet", 1, TableMapping(name, of.plural.nl, 1, {}), places)
    spots = {
        "_source": pl.Series([0] * len(records), dtype=PLACE_COLUMNS["_source"]),
        "_row": pl.Series(range(2, len(records) + 2), dtype=PLACE_COLUMNS["_row"]),
        "_item": pl.Series([0] * len(records), dtype=PLACE_COLUMNS["_item"]),
    }
    placed = pl.DataFrame(spots).hstack(frame(name, records))
    return KindRows(name, placed, placed.select(*PLACE_COLUMNS, *(_written(f) for f in mapped)), (source,))


def _written(field: Field) -> pl.Expr:
    column = pl.col(field.name)
    return column.list.join(", ") if isinstance(dtype(field), pl.List) else column.cast(pl.String)


def _read(check: Check, given: Table, mappings: Sequence[TableMapping]) -> list[Finding]:
    names = {"bom": "bom", "oost nl": "oost-nl", "liof": "liof"}
    read = interpret([given], AgencyMapping("bom", tuple(mappings)), period=PERIOD, agency_names=names)
    return [finding for finding in read.findings if finding.check == check.id]
