"""Senders of xls, ods, csv and json get a workbook of their rows, at the addresses they know."""

from __future__ import annotations

import json
import tempfile
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.intake.findings import Severity
from schakel.intake.reading import read
from schakel.intake.reading.grid import letters
from schakel.intake.returning import FrontSheet, Mark, marked_copy, rows_workbook
from schakel.intake.tables import CELL_TYPE, Table
from tests.intake.returned import FRONT, LIVE, listed, mark_at, places, shows
from tests.intake.workbooks import ods

TEXT = st.one_of(st.sampled_from(LIVE), st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=9))
CELL = st.one_of(
    TEXT.filter(lambda said: not said.isspace()).map(lambda said: (said, "text")),
    st.integers(-(10**14), 10**14).map(lambda number: (str(number), "number")),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)).map(lambda day: (day.isoformat(), "date")),
    st.booleans().map(lambda truth: (str(truth).lower(), "boolean")),
    st.just(("#DIV/0!", "error")),
)
CELLS = st.dictionaries(st.tuples(st.integers(1, 30), st.integers(1, 5)), CELL, min_size=1, max_size=25)
MARKED = st.lists(st.tuples(st.integers(1, 35), st.integers(1, 7)), max_size=8)


def table_of(cells: dict[tuple[int, int], tuple[str, str]], name: str = "projecten") -> Table:
    rows = sorted({row for row, _ in cells})
    data: dict[str, pl.Series] = {"row": pl.Series("row", rows, dtype=pl.UInt32)}
    for column in range(1, max(c for _, c in cells) + 1):
        found = [cells.get((row, column), (None, "empty")) for row in rows]
        data[letters(column)] = pl.Series([text for text, _ in found], dtype=pl.String)
        data[f"{letters(column)}.type"] = pl.Series([type_ for _, type_ in found], dtype=CELL_TYPE)
    return Table("aanlevering.xlsx", name, "csv", pl.DataFrame(data))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS, MARKED)
def test_every_value_stands_at_its_address(cells, marked):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.xlsx")
        marks = places("projecten", marked)
        rows_workbook([table_of(cells)], marks, FRONT, out)
        sheet = openpyxl.load_workbook(out)["projecten"]
        for (row, column), (said, type_) in cells.items():
            cell = sheet.cell(row, column)
            assert cell.data_type != "f"
            assert _as_read(cell.value, type_) == said
        filled = {(c.row, c.column) for line in sheet.iter_rows() for c in line if c.value is not None}
        assert filled == set(cells)
        shows(out, marks)


def _as_read(value: object, type_: str) -> str:
    if type_ == "date":
        assert isinstance(value, datetime)
        return value.date().isoformat()
    if type_ == "boolean":
        return str(value).lower()
    return str(value).replace("_x000D_", "\r")  # as Excel writes and reads it


def test_nothing_is_live(tmp_path):
    cells = {(row, 1): (said, "text") for row, said in enumerate(LIVE, start=1)}
    marks = [Mark(Severity.ERROR, said, said, "", "projecten", said, 2, "A", said, said, said) for said in LIVE]
    rows_workbook([table_of(cells)], marks, FrontSheet("=1", 2023, "=2", notes=("=3",)), tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        links = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/_rels")]
    assert len(sheets) == 2
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert not any(b"External" in each for each in links)


def test_a_csv_comes_back_as_a_workbook(tmp_path):
    source = tmp_path / "projecten.csv"
    source.write_text("Nr;Bedrag;Start\nP1;1.234,50;31-02-2023\nP2;=1+1;\n", encoding="utf-8")
    marks = [_about(mark_at("projecten", cell), source) for cell in ("C2", "B3", "D3")]
    front = FrontSheet("BOM", 2023, source.name, "en")
    assert marked_copy(source, marks, front, tmp_path / "out.xlsx") == "rows"
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["projecten"]
    assert [cell.value for cell in sheet[3]][:2] == ["P2", "=1+1"]
    assert sheet["B3"].data_type == "s"
    shows(tmp_path / "out.xlsx", marks)


def _about(mark: Mark, source: Path) -> Mark:
    return Mark(**{name: getattr(mark, name) for name in Mark.__dataclass_fields__} | {"file": source.name})


def test_json_stands_one_row_lower_under_its_keys(tmp_path):
    source = tmp_path / "alles.json"
    source.write_text(json.dumps({"projecten": [{"nr": "P1", "naam": "Een"}, {"nr": "P2", "naam": "Twee"}]}))
    marks = [
        Mark(Severity.ERROR, "Geen naam", "Verbeter.", source.name, "projecten", "/projecten/1/naam", 2, "", "naam"),
        Mark(Severity.NOTICE, "Nummer", "Verbeter.", source.name, "projecten", "/projecten/0/nr", 1, "A", "nr"),
    ]
    marked_copy(source, marks, FrontSheet("ROM InWest", 2023, source.name), tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["projecten"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)] == [
        ["nr", "naam"],
        ["P1", "Een"],
        ["P2", "Twee"],
    ]
    assert sheet["B3"].comment.text == "Fout: Geen naam\nVerbeter."
    assert sheet["A2"].comment.text == "Melding: Nummer\nVerbeter."
    links = {
        cell.value: cell.hyperlink.location for row in book.worksheets[0].iter_rows() for cell in row if cell.hyperlink
    }
    assert links == {"/projecten/1/naam": "'projecten'!B3", "/projecten/0/nr": "'projecten'!A2"}


def test_an_ods_comes_back_as_a_workbook(tmp_path):
    row = "".join(
        f"<table:table-cell office:value-type='string'><text:p>{said}</text:p></table:table-cell>" for said in "ab"
    )
    source = ods(
        tmp_path / "in.ods", f"<table:table table:name='Blad'><table:table-row>{row}</table:table-row></table:table>"
    )
    marks = [_about(mark_at("Blad", "B1"), source)]
    marked_copy(source, marks, FrontSheet("NOM", 2023, source.name), tmp_path / "out.xlsx")
    assert [cell.value for cell in openpyxl.load_workbook(tmp_path / "out.xlsx")["Blad"][1]] == ["a", "b"]
    shows(tmp_path / "out.xlsx", marks)


def test_times_long_numbers_and_long_texts_stay_what_they_are(tmp_path):
    said = [
        ("13:45:00", "date"),
        ("2023-05-01T12:30:00", "date"),
        ("1234567890123456789", "number"),
        ("x" * 40_000, "text"),
    ]
    said += [("0001-01-01", "date"), ("1e400", "number")]
    rows_workbook([table_of({(1, at): cell for at, cell in enumerate(said, 1)})], [], FRONT, tmp_path / "out.xlsx")
    values = [cell.value for cell in openpyxl.load_workbook(tmp_path / "out.xlsx")["projecten"][1]]
    assert values[:3] == [time(13, 45), datetime(2023, 5, 1, 12, 30), "1234567890123456789"]
    assert values[3] == "x" * 32_767
    assert values[4:] == ["0001-01-01", "1e400"]


def test_sheets_get_names_that_a_workbook_can_hold(tmp_path):
    names = ["a/b:c", "A B C", "x" * 40, "X" * 40, "Bevindingen", "History", "''"]
    rows_workbook([table_of({(1, 1): (name, "text")}, name) for name in names], [], FRONT, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert [sheet["A1"].value for sheet in book.worksheets[1:]] == names
    assert len({title.casefold() for title in book.sheetnames}) == len(names) + 1
    assert all(len(title) <= 31 for title in book.sheetnames)


def test_two_files_with_a_table_of_one_name_keep_their_own_marks(tmp_path):
    tables = [Table(file, "Blad1", "sheet", table_of({(1, 1): (file, "text")}).frame) for file in ("a.ods", "b.ods")]
    marks = [Mark(Severity.ERROR, f"in {file}", "", file, "Blad1", "Blad1!A1", 1, "A") for file in ("a.ods", "b.ods")]
    rows_workbook(tables, marks, FRONT, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    told = [sheet["A1"].comment.text for sheet in book.worksheets[1:]]
    assert told == ["Fout: in a.ods", "Fout: in b.ods"]


def test_a_file_that_cannot_be_read_still_gives_its_findings(tmp_path):
    source = tmp_path / "in.xlsx"
    source.write_bytes(b"PK\3\4 half a file")
    marks = [Mark(Severity.ERROR, "Het bestand is half", "Stuur het opnieuw.", source.name, check="file.truncated")]
    assert read([source]).tables == ()
    assert marked_copy(source, marks, FrontSheet("LIOF", 2023, source.name), tmp_path / "out.xlsx") == "rows"
    listed(tmp_path / "out.xlsx", marks)
