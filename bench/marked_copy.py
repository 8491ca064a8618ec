"""Measure sending a workbook back with its faults marked, beside openpyxl doing the same in the same run.

    python bench/marked_copy.py [--runs 3] [--peer-runs 3]

A workbook of 50,000 rows and 24 columns with formats, validations, a chart and macros, and 400 faults at
known cells. Both colour the faulty cells, comment on them and put a sheet of findings in front; each run in
a process of its own, CPU seconds and peak memory of the whole process. Then is looked at what became of
the rest: the parts that hold no faulty cell, and the cells that nobody marked.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from faults import DEALS, RELATIONS, Book, book

from schakel.intake.findings import Severity
from schakel.intake.reading.grid import letters
from schakel.intake.returning import FrontSheet, Mark, mark

MORE = 12  # columns of the sender's own, beside the twelve with faults
WAYS = ("Schakel", "openpyxl 3.1")
LISTS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
FAULTY = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}


def main() -> int:
    """Run both, print a Markdown table; 1 if a mark is missing or anything else changed in our copy."""
    parser = argparse.ArgumentParser(description="Measure marked copies beside openpyxl.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer-runs", type=int, default=3, help="openpyxl takes a minute or more each time")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.one:
        return _one(*said.one)
    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        source, made = Path(folder, "aanlevering.xlsm"), book()
        _write(made, source)
        out = {way: Path(folder, f"terug-{at}.xlsm") for at, way in enumerate(WAYS)}
        _keep_marks(made, source)
        times = dict(zip(WAYS, (said.runs, said.peer_runs), strict=True))
        runs = {way: [_measured(way, source, out[way]) for _ in range(times[way])] for way in WAYS}
        print(f"{len(made.deals) + len(made.organisations):,} rows, 24 columns, {len(made.planted)} faults\n")
        whole = _table(runs, {way: _rest(source, out[way]) for way in WAYS})
    return 0 if whole else 1


def _write(made: Book, path: Path) -> None:
    """The rows with their faults, and what a sender has beside them."""
    import xlsxwriter

    macros = path.with_name("vbaProject.bin")
    macros.write_bytes(bytes(range(256)) * 100)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        money, note = workbook.add_format({"num_format": "#,##0.00"}), workbook.add_format({"italic": True})
        for name, headers, rows in (("Relaties", RELATIONS, made.organisations), ("Investeringen", DEALS, made.deals)):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, [*headers, *(f"Eigen kolom {n}" for n in range(MORE))])
            sheet.data_validation(1, 9, len(rows), 9, {"validate": "length", "criteria": "<", "value": 50})
            for at, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    if value == "#DIV/0!":
                        sheet.write_formula(at, column, "=1/0", None, value)
                    else:
                        sheet.write(at, column, value, money if isinstance(value, float) else None)
                for column in range(len(headers), len(headers) + MORE):
                    sheet.write(at, column, at * column if column % 2 else f"notitie {at % 500}", note)
        dashboard = workbook.add_worksheet("Overzicht")
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=Investeringen!$I$2:$I$500"})
        dashboard.insert_chart("B2", chart)
        workbook.add_vba_project(str(macros))


def _measured(way: str, source: Path, out: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", way, str(source), str(out)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _one(way: str, source: str, out: str) -> int:
    """Mark once; print the CPU seconds and peak memory of this process."""
    marks = _marks(source)
    begun = resource.getrusage(resource.RUSAGE_SELF)
    (_ours if way == WAYS[0] else _peer)(Path(source), marks, Path(out))
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime - begun.ru_utime - begun.ru_stime
    print(json.dumps({"cpu": cpu, "peak": used.ru_maxrss / 1024}))
    return 0


def _keep_marks(made: Book, source: Path) -> None:
    """Keep where the faults are beside the workbook: making the rows again is no part of what is measured."""
    places = [[p.sheet, p.cell, p.row + 1, p.column + 1, p.check] for p in made.planted]
    source.with_suffix(".json").write_text(json.dumps(places))


def _marks(source: str) -> list[Mark]:
    return [
        Mark(Severity.ERROR, "Dit klopt niet.", "Verbeter het.", "", sheet, cell, row, letters(column), "", "", check)
        for sheet, cell, row, column, check in json.loads(Path(source).with_suffix(".json").read_text())
    ]


def _ours(source: Path, marks: list[Mark], out: Path) -> None:
    mark(source, marks, FrontSheet("BOM", 2023, source.name), out)


def _peer(source: Path, marks: list[Mark], out: Path) -> None:
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    workbook = openpyxl.load_workbook(source, keep_vba=True)
    fill = PatternFill("solid", fgColor="FFF8B9B0")
    front = workbook.create_sheet("Bevindingen", 0)
    for each in marks:
        cell = workbook[each.table][f"{each.column}{each.row}"]
        cell.fill = fill
        cell.comment = Comment(f"{each.message}\n{each.remedy}", "Schakel")
        front.append([each.severity, each.table, each.cell, each.row, each.message, each.remedy, each.check])
    workbook.save(out)


def _rest(source: Path, out: Path) -> tuple[int, int, int, bool]:
    """Comments found, parts without a fault that are the same and how many there are, and whether the
    faulty sheets are the same but for styles, cells put in and the pointer to the comments."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(out) as after:
        there = set(after.namelist())
        comments = sum(after.read(name).count(b"<comment ") for name in there if "omments" in name and "xml" in name)
        others = set(before.namelist()) - LISTS - FAULTY
        same = sum(name in there and after.read(name) == before.read(name) for name in others)
        alike = all(_bare(before.read(name)) == _bare(after.read(name)) for name in FAULTY & there)
    return comments, same, len(others), alike


def _bare(sheet: bytes) -> bytes:
    return re.sub(rb'<legacyDrawing [^>]*/>|<c [^>]*/>| s="\d+"', b"", sheet)


def _table(runs: dict[str, list[dict[str, float]]], rest: dict[str, tuple[int, int, int, bool]]) -> bool:
    middle = {way: {key: statistics.median(run[key] for run in each) for key in each[0]} for way, each in runs.items()}
    ours = middle[WAYS[0]]
    print(
        "| way | CPU s | peak MB | marks | other parts the same | other cells byte-equal | CPU ratio | memory ratio |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for way, told in middle.items():
        comments, same, parts, alike = rest[way]
        ratios = f"{told['cpu'] / ours['cpu']:.0f} | {told['peak'] / ours['peak']:.1f}"
        facts = f"{comments} | {same} of {parts} | {'yes' if alike else 'no'}"
        print(f"| {way} | {len(runs[way])} | {told['cpu']:.2f} | {told['peak']:.0f} | {facts} | {ratios} |")
    comments, same, parts, alike = rest[WAYS[0]]
    return comments == 400 and same == parts and alike


if __name__ == "__main__":
    raise SystemExit(main())
