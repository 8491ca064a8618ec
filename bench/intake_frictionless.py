"""The peer: frictionless 5 on the same workbook, with the strictest schema it can be given.

Runs in an environment of its own; prints how many of the planted faults it names at their row and column.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from frictionless import Package, Resource, Schema
from frictionless.formats import ExcelControl

COMPANY, SIZES = ("bedrijf",), ("mkb", "start-up", "scale-up", "groot")
INSTRUMENTS = ("aandelen", "converteerbare lening", "achtergestelde lening", "lening", "garantie")
STAGES = ("seed", "start-up", "later-stage", "groei")


def text(name: str, **constraints: object) -> dict[str, object]:
    return {"name": name, "type": "string", "constraints": constraints}


RELATIONS = {
    "primaryKey": ["Relatienr"],
    "fields": [
        text("Relatienr", required=True),
        text("Naam organisatie", required=True),
        text("KvK-nummer", pattern=r"\d{8}"),
        text("BTW-nummer", pattern=r"NL\d{9}B\d{2}"),
        text("Rechtsvorm"),
        text("Adres"),
        text("Postcode", pattern=r"\d{4} ?[A-Z]{2}"),
        text("Plaats"),
        text("Website"),
        text("Soort organisatie", required=True, enum=list(COMPANY)),
        text("Fase", enum=list(SIZES)),
        text("Opmerking intern"),
    ],
}
FUNDS = {
    "primaryKey": ["Fondsnr"],
    "fields": [text("Fondsnr", required=True), text("Naam"), {"name": "Vermogen", "type": "number"}],
}
DEALS = {
    "primaryKey": ["Investeringsnr"],
    "foreignKeys": [
        {"fields": ["Relatienr"], "reference": {"resource": "relaties", "fields": ["Relatienr"]}},
        {"fields": ["Fondsnr"], "reference": {"resource": "fondsen", "fields": ["Fondsnr"]}},
    ],
    "fields": [
        text("Investeringsnr", required=True),
        text("Fondsnr"),
        text("Relatienr", required=True),
        {
            "name": "Datum",
            "type": "date",
            "format": "%d-%m-%Y",
            "constraints": {"required": True, "minimum": "01-01-2023", "maximum": "31-12-2023"},
        },
        {"name": "Bedrag", "type": "number", "constraints": {"required": True, "minimum": 0, "maximum": 100_000_000}},
        text("Instrument", enum=list(INSTRUMENTS)),
        text("Type"),
        text("Stadium", enum=list(STAGES)),
        {"name": "Omvang ronde", "type": "number", "constraints": {"minimum": 0}},
        text("Co-investeerders"),
        text("Laatst gewijzigd door"),
        text("Opmerking intern"),
    ],
}
SHEETS = {"relaties": "Relaties", "fondsen": "Fondsen", "investeringen": "Investeringen"}


def main(workbook: Path, planted: Path) -> None:
    """Print the count as one line of JSON. An error of a row, not of a cell, counts for its whole row."""
    resources = [
        Resource(
            name=name,
            path=workbook.name,
            control=ExcelControl(sheet=sheet),
            schema=Schema.from_descriptor(schema),
        )
        for (name, sheet), schema in zip(SHEETS.items(), (RELATIONS, FUNDS, DEALS), strict=True)
    ]
    report = Package(resources=resources, basepath=str(workbook.parent)).validate(limit_errors=100_000)
    if report.errors or any(task.name not in SHEETS for task in report.tasks):
        raise SystemExit(report.to_summary())
    cells, rows = set(), set()
    for task in report.tasks:
        for error in task.errors:
            row, column = getattr(error, "row_number", None), getattr(error, "field_number", None)
            if column is None:
                rows.add((SHEETS[task.name], row))
            else:
                cells.add((SHEETS[task.name], row, column))
    wanted = [(sheet, row + 1, column + 1) for _, _, sheet, row, column in json.loads(planted.read_text())]
    found = sum(place in cells or place[:2] in rows for place in wanted)
    print(json.dumps({"found": found, "findings": len(cells) + len(rows)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
