"""The sender's own workbook comes back: whatever it holds, only marked cells differ."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from schakel.intake.findings import Finding, Severity
from schakel.intake.models import DeliveryFinding
from schakel.intake.returning import FrontSheet, Mark, about, mark, marked_copy, marks_of
from schakel.words import Words
from tests.intake.returned import FRONT, LIVE, mark_at, places, same_cells, shows, untouched

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
VALUES = st.one_of(
    st.none(), TEXTS, st.integers(-(10**9), 10**9), st.booleans(), st.sampled_from([*LIVE[1:5], date(2023, 5, 1)])
)
GRIDS = st.lists(st.lists(VALUES, min_size=1, max_size=6), min_size=1, max_size=12)
PLACES = st.lists(st.tuples(st.integers(1, 16), st.integers(1, 9)), min_size=1, max_size=12)


def written(grid: list[list[object]], path: Path, *, comments: bool, shared: bool) -> Path:
    """A workbook of two sheets with about everything a sender may put in one."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"constant_memory": not shared, "strings_to_urls": False}) as book:
        money, day = book.add_format({"num_format": "#,##0.00", "bold": True}), book.add_format({"num_format": 14})
        for title in ("Project & co's", "Blad"):
            sheet = book.add_worksheet(title)
            sheet.set_column(2, 4, 20, money)
            sheet.set_row(3, 30, day)
            for r, row in enumerate(grid):
                for c, value in enumerate(row):
                    _put(sheet, r, c, value, money, day)
            if comments:
                sheet.write_comment(1, 1, "Van onszelf", {"author": "Jan"})
            sheet.data_validation(0, 1, 20, 1, {"validate": "list", "source": ["a", "b"]})
            sheet.conditional_format(0, 0, 20, 5, {"type": "cell", "criteria": ">", "value": 5, "format": money})
            sheet.autofilter(0, 0, len(grid), 3)
            sheet.merge_range(30, 0, 31, 2, "samen", money)
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": f"='{title.replace(chr(39), chr(39) * 2)}'!$A$1:$A$5"})
            sheet.insert_chart("K5", chart)
        sheet.protect("geheim")
        sheet.activate()
        book.define_name("Blad!Bedragen", "=Blad!$A$1:$A$5")
        book.define_name("Alles", "=Blad!$A$1")
    path.write_bytes(memory.getvalue())
    return path


def _put(sheet, r, c, value, money, day):
    if isinstance(value, date):
        sheet.write_datetime(r, c, value, day)
    elif isinstance(value, str) and value.startswith("=cmd"):
        sheet.write_formula(r, c, "=A1+1", money, 3)
    elif isinstance(value, str):
        sheet.write_string(r, c, value)
    elif value is None:
        sheet.write_blank(r, c, None, money)
    else:
        sheet.write(r, c, value)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GRIDS, PLACES, st.booleans(), st.booleans())
def test_only_marked_cells_differ(grid, cells, comments, shared):
    with tempfile.TemporaryDirectory() as folder:
        source = written(grid, Path(folder, "in.xlsx"), comments=comments, shared=shared)
        out = Path(folder, "out.xlsx")
        marks = places("Blad", cells)
        mark(source, marks, FRONT, out)
        edited = ["xl/worksheets/sheet2.xml", "xl/worksheets/_rels/sheet2.xml.rels"]
        own = ["xl/comments2.xml", "xl/drawings/vmlDrawing2.vml"]
        untouched(source, out, edited + own if comments else edited)
        same_cells(source, out)
        shows(out, marks)
        _read_alike(source, out)


def _read_alike(source: Path, out: Path) -> None:
    """Another reader finds the same values at the same addresses."""
    was, now = (CalamineWorkbook.from_path(str(path)) for path in (source, out))
    assert now.sheet_names[1:] == was.sheet_names
    for name in was.sheet_names:
        assert _filled(now, name) == _filled(was, name)


def _filled(book: CalamineWorkbook, name: str) -> dict[tuple[int, int], object]:
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value != ""}


def full_workbook(path: Path) -> Path:
    """A workbook by openpyxl: a table, validations, a chart, a comment, locked and hidden sheets, names."""
    book = openpyxl.Workbook()
    first, second, third = book.active, book.create_sheet("Projecten"), book.create_sheet("Verborgen")
    first.title = "Relaties"
    for sheet in (first, second, third):
        sheet.append(["Nr", "Naam", "Bedrag", "Datum"])
        for number in range(1, 20):
            sheet.append([f"R{number}", f"Bedrijf {number}", number * 1.5, date(2023, 1, number)])
        sheet["C21"] = "=SUM(C2:C20)"
        sheet["B5"].font, sheet["B5"].fill = Font(bold=True), PatternFill("solid", fgColor="FF00FF00")
        sheet["C5"].number_format, sheet["C5"].alignment = '"€" #,##0', Alignment(horizontal="right", wrap_text=True)
        sheet["C6"].protection = Protection(locked=False)
    second["B3"].comment = Comment("Hier al besproken", "Piet")
    second["D9"].comment = Comment("Ook", "Anna")
    second.add_table(Table(displayName="Projecten", ref="A1:D20"))
    validation = DataValidation(type="list", formula1='"ja,nee"')
    second.add_data_validation(validation)
    validation.add("B2:B20")
    second.conditional_formatting.add("C2:C20", CellIsRule(operator="lessThan", formula=["3"]))
    chart = BarChart()
    chart.add_data(Reference(second, min_col=3, min_row=1, max_row=20), titles_from_data=True)
    second.add_chart(chart, "G2")
    second.protection.enable()
    third.sheet_state = "hidden"
    second.defined_names["Eigen"] = DefinedName("Eigen", attr_text="Projecten!$A$1")
    second.print_title_rows = "1:1"
    book.active = 1
    book.save(path)
    return path


MARKS = [
    mark_at("Projecten", "C5", said="Te hoog <&>"),
    mark_at("Projecten", "C5", Severity.WARNING, "Ook vreemd"),
    mark_at("Projecten", "B3", Severity.NOTICE, "Staat al iets bij"),
    mark_at("Projecten", "C21", Severity.WARNING),
    mark_at("Projecten", "F40", Severity.ERROR, "Hier ontbreekt iets"),
    mark_at("Verborgen", "A1"),
]


@pytest.fixture
def returned(tmp_path):
    source = full_workbook(tmp_path / "in.xlsx")
    out = tmp_path / "out.xlsx"
    mark(source, MARKS, FRONT, out)
    return source, out


def test_a_workbook_full_of_things_comes_back(returned):
    source, out = returned
    edited = [f"xl/worksheets/sheet{n}.xml" for n in (2, 3)]
    edited += ["xl/worksheets/_rels/sheet2.xml.rels", "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"]
    vml = [name for name in zipfile.ZipFile(source).namelist() if name.endswith(".vml") or "comment" in name]
    untouched(source, out, [*edited, *vml])
    same_cells(source, out)
    shows(out, MARKS)


def test_comments_that_stood_there_stay(returned):
    sheet = openpyxl.load_workbook(returned[1])["Projecten"]
    assert sheet["D9"].comment.text == "Ook"
    assert sheet["D9"].comment.author == "Anna"
    assert sheet["B3"].comment.text.startswith("Hier al besproken\n\nSchakel: Melding: Staat al iets bij")
    assert sheet["B3"].comment.author == "Piet"
    assert sheet["C5"].comment.author == "Schakel"


def test_several_findings_on_a_cell_are_one_comment(returned):
    text = openpyxl.load_workbook(returned[1])["Projecten"]["C5"].comment.text
    assert text == "Fout: Te hoog <&>\nVerbeter het.\n\nWaarschuwing: Ook vreemd\nVerbeter het."


def test_what_counts_sheets_counts_the_new_one(returned):
    was, now = (openpyxl.load_workbook(path) for path in returned)
    assert now.active.title == was.active.title == "Projecten"
    assert now["Projecten"].print_title_rows == was["Projecten"].print_title_rows == "$1:$1"
    assert now["Projecten"].defined_names["Eigen"].attr_text == "Projecten!$A$1"
    assert now["Verborgen"].sheet_state == "hidden"
    assert now["Projecten"].protection.sheet


def test_charts_tables_and_rules_are_still_tied_to_their_sheet(returned):
    sheet = openpyxl.load_workbook(returned[1])["Projecten"]
    assert list(sheet.tables) == ["Projecten"]
    assert len(sheet._charts) == 1
    assert str(sheet.data_validations.dataValidation[0].sqref) == "B2:B20"
    assert [str(rule.sqref) for rule in sheet.conditional_formatting] == ["C2:C20"]


def test_the_list_of_findings_leads_to_the_cells(returned):
    front = openpyxl.load_workbook(returned[1]).worksheets[0]
    assert front.title == "Bevindingen"
    links = {cell.value: cell.hyperlink.location for row in front.iter_rows() for cell in row if cell.hyperlink}
    assert links["C5"] == "'Projecten'!C5"
    assert {cell.hyperlink.target for row in front.iter_rows() for cell in row if cell.hyperlink} == {None}


def test_macros_and_their_content_type_stay(tmp_path):
    macro = tmp_path / "vbaProject.bin"
    macro.write_bytes(bytes(range(256)) * 20)
    source, out = tmp_path / "in.xlsm", tmp_path / "out.xlsm"
    with xlsxwriter.Workbook(str(source)) as book:
        book.add_worksheet("Blad").write(0, 0, "Nr")
        book.add_vba_project(str(macro))
    mark(source, [mark_at("Blad", "A1")], FRONT, out)
    untouched(source, out, ["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(out) as archive:
        assert archive.read("xl/vbaProject.bin") == macro.read_bytes()
        assert b"application/vnd.ms-excel.sheet.macroEnabled.main+xml" in archive.read("[Content_Types].xml")


def test_a_returned_workbook_can_be_returned_again(returned, tmp_path):
    again = tmp_path / "again.xlsx"
    mark(returned[1], MARKS[:2], FRONT, again)
    book = openpyxl.load_workbook(again)
    assert book.sheetnames[:2] == ["Bevindingen (2)", "Bevindingen"]
    assert book["Projecten"]["C5"].comment.text.count("Te hoog") == 2


def test_without_marks_on_cells_no_sheet_changes(tmp_path):
    source, out = full_workbook(tmp_path / "in.xlsx"), tmp_path / "out.xlsx"
    marks = [Mark(Severity.WARNING, "Het hele bestand is oud", table="Projecten", check="file.old")]
    mark(source, [*marks, Mark(Severity.ERROR, "Dit blad is er niet", table="Fondsen", check="x")], FRONT, out)
    untouched(source, out, [])
    same_cells(source, out)


def test_nothing_is_live_on_the_sheet_of_findings(tmp_path):
    source, out = full_workbook(tmp_path / "in.xlsx"), tmp_path / "out.xlsx"
    marks = [
        Mark(Severity.ERROR, live, live, "f.xlsx", "Projecten", live, 3, "B", live, live, f"c{at}")
        for at, live in enumerate(LIVE)
    ]
    mark(source, marks, FrontSheet("=1", 2023, "=1+1.xlsx", "en", ("=2+2",)), out)
    with zipfile.ZipFile(out) as archive:
        front = archive.read("xl/worksheets/sheetSchakel1.xml")
    assert b"<f>" not in front
    assert b"<f " not in front
    cells = [cell for row in openpyxl.load_workbook(out).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr"}
    assert all(cell.number_format == "@" and cell.quotePrefix for cell in cells if cell.value is not None)


def test_marks_are_made_of_findings_fresh_or_kept():
    fresh = Finding(
        "date.impossible", Severity.WARNING, Words("Die dag is er niet", "No such day"), Words("Verbeter", "Mend"),
        "a.xlsx", "Projecten", "Projecten!F17", 17, "F", "Start", value="31-02-2023",
    )  # fmt: skip
    kept = DeliveryFinding(
        check_id="date.impossible", severity="warning", file="a.xlsx", table="Projecten", cell="Projecten!F17", row=17,
        header="Start", value="31-02-2023", message_nl="Die dag is er niet", message_en="No such day",
        remedy_nl="Verbeter", remedy_en="Mend",
    )  # fmt: skip
    assert marks_of([fresh], "nl") == marks_of([kept], "nl")
    (made,) = marks_of([kept], "en")
    assert (made.place, made.message, made.remedy) == ((17, 6), "No such day", "Mend")


def test_marks_stand_in_order_and_by_file():
    said = [("b.xlsx", Severity.NOTICE), ("a.xlsx", Severity.ERROR), ("", Severity.WARNING)]
    found = [Finding("x", severity, Words("", ""), Words("", ""), file) for file, severity in said]
    marks = marks_of(found, "nl")
    assert [one.severity for one in marks] == [Severity.ERROR, Severity.WARNING, Severity.NOTICE]
    assert [one.file for one in about(marks, "a.xlsx")] == ["a.xlsx", ""]


def test_a_workbook_is_known_by_its_sender_s_name_for_it(tmp_path):
    source = full_workbook(tmp_path / "in.xlsx").rename(tmp_path / "4711")
    assert marked_copy(source, MARKS, FRONT, tmp_path / "out.xlsx") == "copy"
    shows(tmp_path / "out.xlsx", MARKS)
