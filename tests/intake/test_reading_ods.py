"""OpenDocument spreadsheets: repeated, covered, hidden and error cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from schakel.intake.reading import Limits, read
from schakel.intake.reading.child import grids
from tests.intake.workbooks import cells, cells_of, ods, shown, types


def cell(text: str = "", **said: str) -> str:
    names = {
        "type": "office:value-type",
        "value": "office:value",
        "date": "office:date-value",
        "time": "office:time-value",
        "truth": "office:boolean-value",
        "columns": "table:number-columns-repeated",
        "across": "table:number-columns-spanned",
        "down": "table:number-rows-spanned",
        "formula": "table:formula",
    }
    attributes = "".join(f' {names[name]}="{value}"' for name, value in said.items())
    return f"<table:table-cell{attributes}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def table(*rows: str, name: str = "Fondsen", more: str = "") -> str:
    return f'<table:table table:name="{name}"{more}>{"".join(rows)}</table:table>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "liof.ods"


def test_a_file_of_another_program(file: Path) -> None:
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Fondsen")
    for values in (("Fondsnr", "Kapitaal"), ("F1", 12.5)):
        line = TableRow()
        for value in values:
            number = isinstance(value, float)
            one = TableCell(valuetype="float", value=value) if number else TableCell(valuetype="string")
            one.addElement(P(text=str(value)))
            line.addElement(one)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(file))
    (read_table,) = read([file]).tables
    assert (read_table.form, read_table.name) == ("sheet", "Fondsen")
    assert shown(read_table) == {"A1": "Fondsnr", "B1": "Kapitaal", "A2": "F1", "B2": "12.5"}
    assert types(read_table)["B2"] == "number"


def test_repeated_empty_rows_and_columns_keep_addresses(file: Path) -> None:
    blank = row(cell(columns="16384"), more=' table:number-rows-repeated="4"')
    rest = row(cell(columns="16384"), more=' table:number-rows-repeated="1048570"')
    ods(file, table(blank, row(cell(columns="2"), cell("Naam")), row(cell("x", columns="2")), rest))
    assert cells_of(file) == {"Fondsen": {(5, 3): ("Naam", "t"), (6, 1): ("x", "t"), (6, 2): ("x", "t")}}


def test_repeated_rows_stand_in_each(file: Path) -> None:
    ods(file, table(row(cell("x"), more=' table:number-rows-repeated="3"'), row(cell("y"))))
    assert sorted(cells_of(file)["Fondsen"]) == [(1, 1), (2, 1), (3, 1), (4, 1)]


@pytest.mark.parametrize(
    ("written", "text", "letter"),
    [
        (cell("€ 1.234,50", type="currency", value="1234.50"), "1234.5", "n"),
        (cell("50%", type="percentage", value="0.5"), "0.5", "n"),
        (cell("3-3-2023", type="date", date="2023-03-03"), "2023-03-03", "d"),
        (cell("3-3-2023", type="date", date="2023-03-03T00:00:00"), "2023-03-03", "d"),
        (cell("3-3-2023", type="date", date="2023-03-03T13:45:00"), "2023-03-03T13:45:00", "d"),
        (cell("13:45", type="time", time="PT13H45M00S"), "13:45:00", "d"),
        (cell("30:00", type="time", time="PT30H00M00S"), "30:00", "t"),
        (cell("WAAR", type="boolean", truth="true"), "true", "b"),
        (cell("#DEEL/0!", type="string", formula="of:=1/0"), "#DEEL/0!", "e"),
        (cell("#N/B", type="string", formula="of:=NA()"), "#N/B", "e"),
        (cell("Err:502", type="string", formula="of:=FOO()"), "Err:502", "e"),
        (cell("#REF!", type="string"), "#REF!", "t"),
        (cell("kapot", type="float", value="x"), "kapot", "e"),
        (cell("R&amp;D", type="string"), "R&D", "t"),
    ],
)
def test_values(file: Path, written: str, text: str, letter: str) -> None:
    ods(file, table(row(written)))
    assert cells_of(file) == {"Fondsen": {(1, 1): (text, letter)}}


def test_paragraphs_spaces_and_comments(file: Path) -> None:
    remark = "<office:annotation><text:p>let op</text:p></office:annotation>"
    second = "<text:p>drie<text:tab/><text:span>vier</text:span></text:p>"
    inner = f'{remark}<text:p>een<text:s text:c="2"/>twee</text:p>{second}'
    ods(file, table(row(f'<table:table-cell office:value-type="string">{inner}</table:table-cell>')))
    assert cells_of(file)["Fondsen"][1, 1] == ("een  twee\ndrie\tvier", "t")


def test_merged_covered_and_hidden(file: Path) -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    covered = "<table:covered-table-cell><text:p>weg</text:p></table:covered-table-cell>"
    first = row(cell("Samen", across="2", down="2"), covered, cell("z"))
    second = row(covered, covered, cell("q"), more=' table:visibility="filter"')
    ods(file, table(columns, first, second))
    (read_table,) = read([file]).tables
    assert shown(read_table) == {"A1": "Samen", "C1": "z", "C2": "q"}
    assert read_table.merged == ("A1:B2",)
    assert read_table.hidden_rows == {2}
    assert read_table.hidden_columns == {"B", "C"}


def test_hidden_tables_and_tables_in_cells(file: Path) -> None:
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    nested = f"<table:table-cell><text:p>x</text:p>{table(row(cell('binnen')), name='In')}</table:table-cell>"
    hidden = table(row(cell("y")), name="Dicht", more=' table:style-name="ta2"')
    ods(file, table(row(nested)) + hidden, styles=style)
    found = list(grids(file, Limits()))
    assert [(grid.name, grid.hidden, cells(grid)) for grid in found] == [
        ("Fondsen", False, {(1, 1): ("x", "t")}),
        ("Dicht", True, {(1, 1): ("y", "t")}),
    ]


def test_a_formula_never_calculated(file: Path) -> None:
    ods(file, table(row(cell("a"), cell(formula="of:=SUM([.A1])"))))
    (finding,) = read([file]).findings
    assert (finding.check, finding.cell) == ("sheet.formula-uncalculated", "Fondsen!B1")
