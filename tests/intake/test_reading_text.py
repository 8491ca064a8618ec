"""Text files: the encoding and separator are found out, and said."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from schakel.intake.reading import Limits, read
from schakel.intake.reading.child import grids
from schakel.intake.reading.delimited import separator_of
from schakel.intake.reading.grid import Grid
from tests.intake.workbooks import cells, shown

DUTCH = "Naam;Plaats;Bedrag\nCafé Zoë;’s-Gravenhage;€ 1.234,50\nReünie B.V.;Súdwest-Fryslân;12,5\n"


def one(path: Path, raw: bytes) -> Grid:
    path.write_bytes(raw)
    (grid,) = grids(path, Limits())
    return grid


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_dutch_text_is_read_in_its_encoding(tmp_path: Path, encoding: str, said: str) -> None:
    grid = one(tmp_path / "a.csv", DUTCH.encode(encoding))
    found = cells(grid)
    assert found[2, 1][0] == "Café Zoë"
    assert found[2, 2][0] == "’s-Gravenhage"
    assert found[2, 3][0] == "€ 1.234,50"
    assert grid.notes == {"encoding": said, "separator": ";"}


@pytest.mark.parametrize("encoding", ["latin-1", "cp850", "mac_roman", "cp1252"])
def test_older_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    text = "naam;plaats\nCafé Zoë;Curaçao\nÉén reünie;Ameländ\nVóór de één;Crème brûlée\n"
    found = cells(one(tmp_path / "a.csv", text.encode(encoding)))
    assert [found[row, 1][0] for row in (2, 3, 4)] == ["Café Zoë", "Één reünie", "Vóór de één"]


def test_an_encoding_from_further_away(tmp_path: Path) -> None:
    text = "Название;Город\nЭнергетика Нидерланды;Москва и область\nПроизводство;Санкт-Петербург\n"
    found = cells(one(tmp_path / "a.csv", text.encode("cp1251")))
    assert found[2, 2][0] == "Москва и область"


def test_utf8_with_a_few_foreign_bytes_is_read_and_remarked(tmp_path: Path) -> None:
    raw = b"naam\n" + "Café\n".encode() * 20 + "Zoë\n".encode("cp1252")
    grid = one(tmp_path / "a.csv", raw)
    (remark,) = grid.remarks
    assert (remark.check, remark.places["line"]) == ("text.encoding-mixed", "22")
    assert cells(grid)[2, 1][0] == "Café"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found_and_said(tmp_path: Path, separator: str) -> None:
    text = separator.join(["nr", "naam", "plaats"]) + "\n" + separator.join(["1", "NOM", "Groningen"]) + "\n"
    grid = one(tmp_path / "a.csv", text.encode())
    assert grid.notes["separator"] == separator
    assert {index for _, index in cells(grid)} == {1, 2, 3}


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("naam;bedrag\nx;1,0\ny;2,0\n", ";"),
        ("Lijst van fondsen, 2023\n\nnr;naam;bedrag\n1;A, B;3,5\n2;C, D;4,5\n", ";"),
        ('"a,b";"c,d"\n"e,f";"g,h"\n', ";"),
        ('naam,rol\n"x; y; z",a\n"p; q; r",b\n', ","),
        ("datum\ttekst\n1-1\teen, twee, drie; vier\n", "\t"),
        ("alleen\nnamen\n", ";"),
        ("", ";"),
    ],
)
def test_a_separator_is_not_a_comma_in_a_number_or_text(text: str, separator: str) -> None:
    assert separator_of(text) == separator


def test_excels_sep_line_is_no_row(tmp_path: Path) -> None:
    grid = one(tmp_path / "a.csv", b"sep=|\r\na;b|c\r\n1|2\r\n")
    assert grid.notes["separator"] == "|"
    assert cells(grid) == {(1, 1): ("a;b", "t"), (1, 2): ("c", "t"), (2, 1): ("1", "t"), (2, 2): ("2", "t")}


def test_quotes_may_hold_separators_quotes_and_line_breaks(tmp_path: Path) -> None:
    rows = [["nr", "tekst"], ["1", 'een; "twee"\nregel; 2'], ["2", "drie\r\nvier"]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    found = cells(one(tmp_path / "a.csv", text.getvalue().encode()))
    assert [[found[row, column][0] for column in (1, 2)] for row in (1, 2, 3)] == rows


def test_a_line_break_in_quotes_begins_no_row(tmp_path: Path) -> None:
    found = cells(one(tmp_path / "a.csv", b'a;b\n"x\ny\nz";1\n2;3\n'))
    assert found[3, 1] == ("2", "t")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_will(tmp_path: Path, end: str) -> None:
    grid = one(tmp_path / "a.csv", end.join(["a;b", "1;2\u2028x", "", '3;"q"']).encode())
    assert {place: text for place, (text, _) in cells(grid).items()} == {
        (1, 1): "a",
        (1, 2): "b",
        (2, 1): "1",
        (2, 2): "2\u2028x",
        (4, 1): "3",
        (4, 2): "q",
    }


def test_blank_lines_count(tmp_path: Path) -> None:
    found = cells(one(tmp_path / "a.csv", b"\n\na;b\n\n1;2\n"))
    assert sorted(found) == [(3, 1), (3, 2), (5, 1), (5, 2)]


def test_a_quote_that_never_closes_is_one_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "fondsen.csv"
    path.write_text('nr;naam\n1;A\n2;"B\n3;C\n', encoding="utf-8")
    reading = read([path])
    (finding,) = reading.findings
    assert (finding.check, finding.file) == ("csv.quote-open", "fondsen.csv")
    assert "regel 3" in finding.message.nl
    assert reading.tables == ()


def test_short_and_long_rows_keep_their_cells(tmp_path: Path) -> None:
    found = cells(one(tmp_path / "a.csv", b"a;b;c\n1\n1;2;3;4\n"))
    assert found[3, 4] == ("4", "t")
    assert (2, 2) not in found


def test_noughts_in_a_text_are_dropped(tmp_path: Path) -> None:
    found = cells(one(tmp_path / "a.csv", b"naam;rol;bedrag;plaats;land;sector;fase\nA\0B;2;3;4;5;6;7\n"))
    assert found[2, 1] == ("AB", "t")


def test_a_text_file_as_a_table(tmp_path: Path) -> None:
    path = tmp_path / "relaties.csv"
    path.write_bytes(DUTCH.encode("cp1252"))
    (table,) = read([path]).tables
    assert (table.file, table.name, table.form) == ("relaties.csv", "relaties", "csv")
    assert table.notes == {"encoding": "cp1252", "separator": ";"}
    assert shown(table)["B3"] == "Súdwest-Fryslân"
    assert set(table.frame["A.type"]) == {"text"}


def test_very_many_rows_cross_the_blocks(tmp_path: Path) -> None:
    rows = "".join(f"{row};naam {row}\n" for row in range(1, 12_001))
    found = cells(one(tmp_path / "a.csv", rows.encode()))
    assert len(found) == 24_000
    assert found[10_001, 2] == ("naam 10001", "t")
