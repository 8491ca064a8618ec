"""Whatever is written is read back: every filled cell at its address with its value."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.intake.reading import Limits
from schakel.intake.reading.child import grids
from schakel.intake.reading.grid import Budget, Grid, column_index, dense, letters, spans
from schakel.intake.reading.values import decimal_text, float_text, number_text
from tests.intake.workbooks import Cells, cells, cells_of, sheet_xml, xlsx

FILES = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
ROWS, COLUMNS = st.integers(0, 40), st.integers(0, 30)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)
PLAIN = st.text("abcxyzéëïöü€&<>\"'_ 0123456789.-", min_size=1, max_size=12)
NUMBER = st.floats(-1e300, 1e300).map(lambda number: float(f"{number:.12g}")) | st.integers(-(10**15), 10**15)
MOMENT = st.datetimes(datetime.datetime(1901, 1, 1), datetime.datetime(2200, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
VALUE = TEXT | NUMBER | st.booleans() | MOMENT
GRID = st.dictionaries(st.tuples(ROWS, COLUMNS), VALUE, min_size=1, max_size=40)


def expected(value: object) -> tuple[str, str]:
    if isinstance(value, bool):
        return str(value).lower(), "b"
    if isinstance(value, int | float):
        return float_text(float(value)), "n"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return (value.date().isoformat() if midnight else value.isoformat()), "d"
    return str(value), "t"


def filled(grid: dict[tuple[int, int], object]) -> Cells:
    """What of a written grid must come back, addresses counted from 1."""
    return {(r + 1, c + 1): expected(value) for (r, c), value in grid.items() if str(value).strip()}


@FILES
@given(GRID, st.booleans(), st.booleans())
def test_a_workbook(tmp_path: Path, grid: dict[tuple[int, int], object], inline: bool, since_1904: bool) -> None:
    path = tmp_path / "a.xlsx"
    options = {"constant_memory": inline, "strings_to_formulas": False, "strings_to_urls": False}
    if since_1904:
        grid = {
            place: value
            for place, value in grid.items()
            if not (isinstance(value, datetime.datetime) and value.year < 1905)
        }
    with xlsxwriter.Workbook(path, {**options, "date_1904": since_1904}) as book:
        sheet = book.add_worksheet("Blad")
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for (row, column), value in sorted(grid.items()):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, datetime.datetime):
                sheet.write_datetime(row, column, value, moment)
            else:
                sheet.write(row, column, value)
    assert cells_of(path) == {"Blad": filled(grid)}


@FILES
@given(GRID)
def test_a_workbook_as_another_reader_reads_it(tmp_path: Path, grid: dict[tuple[int, int], object]) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Blad")
        for (row, column), value in grid.items():
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, bool | int | float):
                sheet.write(row, column, value)
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_name("Blad").to_python(skip_empty_area=False)
    theirs = {
        (r, c): expected(value)
        for r, row in enumerate(rows, start=1)
        for c, value in enumerate(row, start=1)
        if not isinstance(value, str) or value.strip()
    }
    assert cells_of(path)["Blad"] == theirs


@FILES
@given(
    st.lists(st.lists(PLAIN | st.just(""), min_size=2, max_size=5), min_size=1, max_size=20),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_text_file(tmp_path: Path, rows: list[list[str]], separator: str, encoding: str, end: str) -> None:
    head = ["Nummer", "Naam", "Plaats", "Bedrag", "Société"]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([head, *rows])
    path = tmp_path / "a.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    assert cells_of(path) == {
        "a": {
            (r, c): (cell, "t")
            for r, row in enumerate([head, *rows], start=1)
            for c, cell in enumerate(row, start=1)
            if cell.strip()
        }
    }


@FILES
@given(st.lists(st.dictionaries(TEXT, TEXT | st.integers() | st.booleans() | st.none(), max_size=6), max_size=10))
def test_a_json_document(tmp_path: Path, records: list[dict[str, object]]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"Lijst": records}), encoding="utf-8")
    keys = list(dict.fromkeys(key for record in records for key in record))
    wanted: Cells = {(0, place): (key, "t") for place, key in enumerate(keys, start=1) if key.strip()}
    for row, record in enumerate(records, start=1):
        for key, value in record.items():
            if value is not None and str(value).strip():
                letter = "b" if isinstance(value, bool) else "n" if isinstance(value, int) else "t"
                text = str(value).lower() if isinstance(value, bool) else str(value)
                if isinstance(value, int) and len(text.lstrip("-")) > 41:
                    text = decimal_text(text)
                wanted[row, keys.index(key) + 1] = (text, letter)
    assert cells_of(path) == {"Lijst": wanted}


ROW_PARTS = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from(["", ' s="1"', ' s="2"', ' s="12"', ' t="s"', ' s="11" t="b"', ' t="e"', ' t="str"']),
        st.sampled_from(["<v>1</v>", "<v>0</v>", "", "<f>A1+1</f><v>1</v>", "<f>A1</f>", "<f/><v></v>"]),
    ),
    max_size=4,
    unique_by=lambda cell: cell[0],
)


@FILES
@given(st.lists(st.tuples(st.integers(1, 130), st.sampled_from(["", ' hidden="1"', ' spans="1:2"']), ROW_PARTS)))
def test_the_fast_and_the_careful_way_read_the_same(
    tmp_path: Path, rows: list[tuple[int, str, list[tuple[int, str, str]]]]
) -> None:
    text = "".join(
        f'<row r="{row}"{said}>'
        + "".join(f'<c r="{letters(place)}{row}"{style}>{value}</c>' for place, style, value in parts)
        + "</row>"
        for row, said, parts in rows
    )
    styles = "<cellXfs>" + "".join(f'<xf numFmtId="{14 if n in (1, 11) else 0}"/>' for n in range(13)) + "</cellXfs>"
    strings = "<si><t>nul</t></si><si><t>een</t></si>"
    found = []
    for name, sheet in (("a", sheet_xml(text)), ("b", sheet_xml(f"<!-- -->{text}"))):
        (grid,) = grids(xlsx(tmp_path / f"{name}.xlsx", sheet, strings=strings, styles=styles), Limits())
        found.append(
            (cells(grid) if len({row for row, _, _ in rows}) == len(rows) else 0, grid.hidden_rows, grid.remarks)
        )
    assert found[0] == found[1]


@given(st.floats(-1e15, 1e15))
def test_a_number_keeps_its_value_in_fewest_digits(number: float) -> None:
    text = float_text(number)
    assert float(text) == number
    assert number_text(f"{number:.17g}") == number_text(repr(number)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_keeps_its_value(number: object) -> None:
    assert decimal_text(decimal_text(str(number))) == decimal_text(str(number))


@given(st.integers(1, 20_000))
def test_letters_and_indexes_belong_together(index: int) -> None:
    assert column_index(letters(index)) == index


@given(st.sets(st.integers(1, 200)))
def test_spans_hold_each_number_once(numbers: set[int]) -> None:
    assert [n for first, last in spans(numbers) for n in range(first, last + 1)] == sorted(numbers)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 3), st.sampled_from("xyz")), max_size=30))
def test_a_grid_holds_the_last_of_each_address(cells: list[tuple[int, int, str]]) -> None:
    grid = Grid("a", Budget(100))
    for row, column, text in cells:
        grid.put(row, column, text, "t")
    rows = grid.used_rows()
    places = {row: place for place, row in enumerate(rows)}
    found = {
        (row, index): text
        for index, column in grid.columns.items()
        for row, text in zip(rows, dense(column, rows, places)[0], strict=True)
        if text
    }
    assert found == {(row, column): text for row, column, text in cells}


def test_a_budget_ends(tmp_path: Path) -> None:
    budget = Budget(2)
    budget.spend(2, "a")
    with pytest.raises(Exception, match=r"sheet\.too-large"):
        budget.spend(1, "a")
