"""What is known to go wrong with the fast readers of workbooks, each trap by name."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from schakel.intake.findings import Severity
from schakel.intake.reading import Limits, read
from schakel.intake.reading.child import grids
from schakel.intake.reading.xlsx_sheet import Worksheet
from tests.intake.workbooks import cells, cells_of, sheet_xml, shown, types, xlsx

FORMATS = (0, 14, 164, 22, 20, 46)
DATE_STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="[$-413]d\\ mmmm\\ yyyy"/></numFmts>'
    "<cellXfs>" + "".join(f'<xf numFmtId="{number}"/>' for number in FORMATS) + "</cellXfs>"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "nom.xlsx"


def test_leading_blank_rows_and_columns_keep_their_addresses(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Projecten")
        sheet.write("C5", "Projectnr")
        sheet.write("C6", "P1")
        sheet.write("E6", 12)
    (table,) = read([file]).tables
    assert shown(table) == {"C5": "Projectnr", "C6": "P1", "E6": "12"}
    assert table.columns == ["A", "B", "C", "D", "E"]
    assert table.header(5) == {"C": "Projectnr"}
    assert (table.file, table.name, table.form) == ("nom.xlsx", "Projecten", "sheet")


def test_blank_rows_between_keep_the_addresses_after_them(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row in (0, 3, 99):
            sheet.write(row, 0, f"rij {row + 1}")
    (table,) = read([file]).tables
    assert table.frame["row"].to_list() == [1, 4, 100]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!"])
def test_an_error_cell_is_an_error_with_its_text(file: Path, error: str) -> None:
    xlsx(file, sheet_xml(f'<row r="2"><c r="B2" t="e"><f>1/0</f><v>{error}</v></c><c r="C2"><v>1</v></c></row>'))
    assert cells_of(file)["Blad1"] == {(2, 2): (error, "e"), (2, 3): ("1", "n")}


def test_error_cells_reach_the_table(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_formula("B2", "=1/0", None, "#DIV/0!")
    (table,) = read([file]).tables
    assert (shown(table), types(table)) == ({"B2": "#DIV/0!"}, {"B2": "error"})


def test_one_cell_at_the_end_of_the_sheet_kills_nothing_and_is_named(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Fondsen")
        sheet.write("A1", "Fondsnr")
        sheet.write("XFD1048576", "x")
    reading = read([file])
    (table,) = reading.tables
    assert shown(table) == {"A1": "Fondsnr", "XFD1048576": "x"}
    (finding,) = reading.findings
    assert (finding.check, finding.cell, finding.row, finding.column) == (
        "sheet.stray-cell",
        "Fondsen!XFD1048576",
        1_048_576,
        "XFD",
    )
    assert finding.severity is Severity.WARNING


def test_a_sheet_that_claims_a_million_rows_is_read_by_what_it_holds(file: Path) -> None:
    claim = '<dimension ref="A1:XFD1048576"/>'
    xlsx(file, sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>', before=claim))
    reading = read([file])
    assert shown(reading.tables[0]) == {"A1": "7"}
    assert reading.findings == ()


def test_many_empty_styled_rows_are_no_rows(file: Path) -> None:
    empty = "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(2, 200_000))
    styled = '<row r="200001"><c r="A200001" s="1"/><c r="B200001" s="1"/></row>'
    xlsx(file, sheet_xml(f'<row r="1"><c r="A1"><v>7</v></c></row>{empty}{styled}'))
    (table,) = read([file]).tables
    assert shown(table) == {"A1": "7"}


def test_hidden_sheets_rows_and_columns_are_said(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Open")
        hidden = book.add_worksheet("Dicht")
        hidden.write("A1", "geheim")
        hidden.hide()
        for row in range(4):
            sheet.write_row(row, 0, ["a", "b", "c"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
    first, second = read([file]).tables
    assert (first.hidden, second.hidden) == (False, True)
    assert first.hidden_rows == {3}
    assert first.hidden_columns == {"B"}


def test_very_hidden_sheets_are_hidden_too(file: Path) -> None:
    sheet = sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>')
    xlsx(file, sheet, sheet, states=("visible", "veryHidden"))
    assert [table.hidden for table in read([file]).tables] == [False, True]


def test_a_merged_value_stands_in_its_first_cell_only(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("B2:D3", "Subsidie")
        sheet.write("A4", 1)
    (table,) = read([file]).tables
    assert table.merged == ("B2:D3",)
    assert shown(table) == {"B2": "Subsidie", "A4": "1"}


def test_a_formula_with_its_value_is_that_value(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=SUM(B1:B9)", None, 42)
        sheet.write_formula("A2", '=UPPER("ja")', None, "JA")
    reading = read([file])
    assert shown(reading.tables[0]) == {"A1": "42", "A2": "JA"}
    assert reading.findings == ()


def test_a_formula_never_calculated_is_named_with_its_cell(file: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Totalen"
    sheet["A1"], sheet["B7"], sheet["C7"] = "Totaal", "=SUM(B1:B6)", "=B7*2"
    book.save(file)
    reading = read([file])
    (finding,) = reading.findings
    assert (finding.check, finding.cell) == ("sheet.formula-uncalculated", "Totalen!B7")
    assert "B7, C7" in finding.message.nl
    assert shown(reading.tables[0]) == {"A1": "Totaal"}


def test_a_formula_that_gives_an_empty_text_is_calculated(file: Path) -> None:
    xlsx(file, sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>'))
    assert read([file]).findings == ()


def test_dates_are_iso_and_keep_their_time(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        moment = book.add_format({"num_format": "d mmm yyyy hh:mm"})
        sheet.write_datetime("A1", datetime.datetime(2023, 3, 3), day)
        sheet.write_datetime("A2", datetime.datetime(2023, 3, 3, 13, 45), moment)
        sheet.write_datetime("A3", datetime.datetime(2023, 12, 31, 23, 59, 59), moment)
    (table,) = read([file]).tables
    assert shown(table) == {"A1": "2023-03-03", "A2": "2023-03-03T13:45:00", "A3": "2023-12-31T23:59:59"}
    assert set(types(table).values()) == {"date"}


def test_dates_that_count_from_1904(file: Path) -> None:
    with xlsxwriter.Workbook(file, {"date_1904": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime("A1", datetime.datetime(2023, 3, 3), day)
    assert shown(read([file]).tables[0]) == {"A1": "2023-03-03"}


@pytest.mark.parametrize(
    ("style", "number", "text", "letter"),
    [
        (0, "44988", "44988", "n"),
        (1, "44988", "2023-03-03", "d"),
        (2, "44988", "2023-03-03", "d"),
        (3, "44988.5", "2023-03-03T12:00:00", "d"),
        (4, "0.75", "18:00:00", "d"),
        (5, "1.5", "36:00:00", "t"),
        (1, "1", "1900-01-01", "d"),
        (1, "59", "1900-02-28", "d"),
        (1, "61", "1900-03-01", "d"),
        (1, "-5", "-5", "n"),
        (1, "2958466", "2958466", "n"),
    ],
)
def test_a_number_is_what_its_format_makes_of_it(file: Path, style: int, number: str, text: str, letter: str) -> None:
    xlsx(file, sheet_xml(f'<row r="1"><c r="A1" s="{style}"><v>{number}</v></c></row>'), styles=DATE_STYLES)
    assert cells_of(file) == {"Blad1": {(1, 1): (text, letter)}}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("1234", "1234"),
        ("1234.0", "1234"),
        ("0.51349999999999996", "0.5135"),
        ("1E+20", "100000000000000000000"),
        ("1.0000000000000001E-5", "0.00001"),
        ("12345678901234567", "12345678901234567"),
        ("-0", "0"),
        ("-12.50", "-12.5"),
        ("007", "7"),
        ("00.50", "0.5"),
        (".5", "0.5"),
        ("-0.5", "-0.5"),
        ("-0.0", "0"),
        ("12.", "12"),
        ("0.00001", "0.00001"),
        ("1e-300", "1E-300"),
    ],
)
def test_numbers_are_in_shortest_form(file: Path, written: str, text: str) -> None:
    xlsx(file, sheet_xml(f'<row r="1"><c r="A1"><v>{written}</v></c></row>'))
    assert cells_of(file) == {"Blad1": {(1, 1): (text, "n")}}


@pytest.mark.parametrize("nonsense", ["abc", "nan", "1e999", "", "--1", "1_000", "-", "."])
def test_a_number_that_is_none_is_an_error_or_empty(file: Path, nonsense: str) -> None:
    xlsx(file, sheet_xml(f'<row r="1"><c r="A1"><v>{nonsense}</v></c><c r="B1"><v>1</v></c></row>'))
    found = cells_of(file)["Blad1"]
    assert found.pop((1, 2)) == ("1", "n")
    assert found == ({(1, 1): (nonsense, "e")} if nonsense else {})


def test_a_shared_text_that_is_not_there_is_an_error_cell(file: Path) -> None:
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>9</v></c><c r="C1" t="s"><v>-1</v></c></row>'
    xlsx(file, sheet_xml(row), strings="<si><t>ja</t></si>")
    assert cells_of(file)["Blad1"] == {(1, 1): ("ja", "t"), (1, 2): ("9", "e"), (1, 3): ("-1", "e")}


def test_booleans(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_row("A1", [True, False])
    (table,) = read([file]).tables
    assert shown(table) == {"A1": "true", "B1": "false"}
    assert types(table) == {"A1": "boolean", "B1": "boolean"}


def test_texts_stay_as_they_are_but_blank_ones_are_empty(file: Path) -> None:
    texts = ["  NOM ", "   ", "é & ü <b>", "regel 1\nregel 2", "_x000D_", "="]
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, text)
    assert shown(read([file]).tables[0]) == {
        "A1": "  NOM ",
        "A3": "é & ü <b>",
        "A4": "regel 1\nregel 2",
        "A5": "_x000D_",
        "A6": "=",
    }


def test_rich_text_is_one_text_and_phonetic_hints_are_none(file: Path) -> None:
    strings = "<si><r><t>Sub</t></r><r><rPr><b/></rPr><t>sidie</t></r><rPh sb='0' eb='1'><t>hint</t></rPh></si>"
    inline = '<c r="B1" t="inlineStr"><is><r><t>Rij</t></r><r><t>k</t></r></is></c>'
    xlsx(file, sheet_xml(f'<row r="1"><c r="A1" t="s"><v>0</v></c>{inline}</row>'), strings=strings)
    assert cells_of(file)["Blad1"] == {(1, 1): ("Subsidie", "t"), (1, 2): ("Rijk", "t")}


PLAIN = (
    '<row r="1" hidden="1"><c r="A1" t="inlineStr"><is><t>R&amp;D</t></is></c></row>'
    '<row r="3"><c r="B3" s="1"/><c r="C3" t="e"><v>#N/A</v></c></row>'
)


@pytest.mark.parametrize(
    "other",
    [
        PLAIN.replace("<c r", "<!-- --><c r"),
        PLAIN.replace("<c r", "\n  <c r"),
        PLAIN.replace("<c r", "\r\n<c  r"),
        PLAIN.replace('"', "'"),
        PLAIN.replace("R&amp;D", "<![CDATA[R&D]]>"),
        PLAIN.replace('r="A1" t="inlineStr"', 't="inlineStr" r="A1"'),
        PLAIN.replace(' r="A1"', "").replace('<c r="B3" s="1"/>', "<c/><c/>").replace(' r="C3"', ""),
        PLAIN.replace("<row", "<x:row").replace("/row", "/x:row").replace("<c ", "<x:c ").replace("/c>", "/x:c>"),
        PLAIN.replace("<is>", "<f>1</f><is>"),
        PLAIN.replace("<v>", '<v xml:space="preserve">'),
        PLAIN.replace('<row r="3"', '<row spans="2:3" r="3"'),
    ],
)
def test_other_ways_to_write_the_same_give_the_same(tmp_path: Path, other: str) -> None:
    sheet = sheet_xml(other).replace("<worksheet", '<worksheet xmlns:x="x"')
    (grid,) = grids(xlsx(tmp_path / "odd.xlsx", sheet), Limits())
    assert cells(grid) == {(1, 1): ("R&D", "t"), (3, 3): ("#N/A", "e")}
    assert grid.hidden_rows == {1}


def test_a_row_number_and_a_style_are_never_confused(file: Path) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="{style}"><v>44988</v></c></row>'
        for row, style in [(1, 1), (2, 12), (3, 1), (12, 1), (13, 12), (22, 12), (23, 2)]
    )
    formats = "".join(f'<xf numFmtId="{14 if place in (1, 2) else 0}"/>' for place in range(13))
    xlsx(file, sheet_xml(rows), styles=f"<cellXfs>{formats}</cellXfs>")
    found = cells_of(file)["Blad1"]
    assert {row: letter for (row, _), (_, letter) in found.items()} == {
        1: "d",
        2: "n",
        3: "d",
        12: "d",
        13: "n",
        22: "n",
        23: "d",
    }


def test_of_two_cells_at_one_address_the_later_counts(file: Path) -> None:
    rows = '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>3</v></c></row>'
    xlsx(file, sheet_xml(rows + rows.replace("<v>1<", "<v>2<")))
    assert shown(read([file]).tables[0]) == {"A1": "3", "A2": "2"}


def test_sheets_are_found_by_their_relations_not_by_name(file: Path, tmp_path: Path) -> None:
    xlsx(file, sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>'))
    moved = tmp_path / "moved.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(moved, "w") as new:
        for info in old.infolist():
            content = old.read(info).replace(b'"worksheets/sheet1.xml"', b'"/xl/BLADEN/Een.xml"')
            new.writestr(info.filename.replace("worksheets/sheet1", "bladen/een"), content)
    assert cells_of(moved) == {"Blad1": {(1, 1): ("7", "n")}}


def test_comments_charts_and_macros_do_no_harm(file: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "waarde"
    sheet["A1"].comment = Comment("let op", "NOM")
    book.create_chartsheet("Grafiek")
    book.save(file)
    macros = file.with_suffix(".xlsm")
    macros.write_bytes(file.read_bytes())
    for path in (file, macros):
        reading = read([path])
        assert [table.name for table in reading.tables] == ["Sheet"]
        assert shown(reading.tables[0]) == {"A1": "waarde"}


def test_sheets_without_a_filled_cell_are_left_out(file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Leeg")
        book.add_worksheet("Vol").write("A1", 1)
    assert [table.name for table in read([file]).tables] == ["Vol"]


@pytest.mark.parametrize("write", ["openpyxl", "xlsxwriter", "xlsxwriter inline"])
def test_what_common_programs_write_is_read_the_fast_way(
    file: Path, write: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[list[str | float | None]] = [
        ["Nummer", "Naam", None],
        *([n, f"Fonds & {n}" if n % 3 else None, n / 7] for n in range(300)),
    ]
    if write == "openpyxl":
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(file)
    else:
        with xlsxwriter.Workbook(file, {"constant_memory": write.endswith("inline")}) as other:
            sheet = other.add_worksheet("Sheet")
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    monkeypatch.setattr(Worksheet, "run", None)  # the slow way is not there
    found = cells_of(file)["Sheet"]
    assert found[302 - 1, 2] == ("Fonds & 299", "t")
    assert len(found) == 2 + 300 * 2 + 200
