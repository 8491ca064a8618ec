"""Bad files: each gives one error that says where and what to do, and harms nothing else."""

from __future__ import annotations

import json
import random
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from schakel.intake.findings import Severity
from schakel.intake.reading import Limits, read
from schakel.intake.reading.checks import CHECKS
from tests.intake.workbooks import ods, sheet_xml, shown, xlsx

CASES = Path(__file__).parent / "reading_cases"
ONE = sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>')


def refused(path: Path, limits: Limits | None = None) -> str:
    """The check of the one error that ``path`` gives, beside a good file that is still read."""
    good = path.parent / "zz-goed.csv"
    good.write_text("a;b\n1;2\n", encoding="utf-8")
    reading = read([path, good], limits=limits or Limits())
    (finding,) = reading.findings
    assert [table.file for table in reading.tables] == ["zz-goed.csv"]
    assert finding.severity is Severity.ERROR
    assert finding.file == path.name
    for text in (finding.message, finding.remedy):
        assert text.nl
        assert text.en
        assert "{" not in text.nl + text.en
    assert path.name in finding.message.nl
    return finding.check


def workbook(path: Path, rows: int = 5) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Fondsen")
        for row in range(rows):
            sheet.write_row(row, 0, [f"F{row}", row * 1.5, f"Fonds nummer {row}"])
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "HTML"),
        (b"\n<!DOCTYPE html>\n<html>", "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (random.Random(1).randbytes(5_000), "xls"),
    ],
)
def test_not_a_sheet_whatever_its_name(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "export.xls"
    path.write_bytes(content)
    assert refused(path) == "file.unknown-form"
    assert said in read([path]).findings[0].message.nl


@pytest.mark.parametrize(
    ("part", "said"), [("word/document.xml", "Word"), ("xl/workbook.bin", "xlsb"), ("fondsen.csv", "zip")]
)
def test_another_zip_is_no_sheet(tmp_path: Path, part: str, said: str) -> None:
    path = tmp_path / "export.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    assert refused(path) == "file.unknown-form"
    assert said in read([path]).findings[0].message.nl


def test_a_workbook_named_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    (table,) = read([workbook(tmp_path / "fondsen.xlsx").rename(tmp_path / "fondsen.csv")]).tables
    assert (table.form, table.name) == ("sheet", "Fondsen")


def test_a_text_named_xls_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("naam\tplaats\nA\tB\n", encoding="utf-8")
    (table,) = read([path]).tables
    assert (table.form, table.notes["separator"]) == ("csv", "\t")


@pytest.mark.parametrize("content", [b"", b"  \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "leeg.csv"
    path.write_bytes(content)
    assert refused(path) == "file.empty"


def test_a_workbook_without_any_cell(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "leeg.xlsx", rows=0)) == "file.no-tables"


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "weg.xlsx") == "file.missing"


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    """An encrypted xlsx is an OLE container with a stream called EncryptedPackage."""
    path = tmp_path / "dicht.xlsx"
    path.write_bytes((CASES / "password.xlsx").read_bytes())
    assert refused(path) == "file.password"


def test_an_old_workbook_with_a_password(tmp_path: Path) -> None:
    """A record FILEPASS after the first BOF."""
    raw = bytearray((CASES / "plain.xls").read_bytes())
    start = raw.index(struct.pack("<HH", 0x0809, 16))
    after = start + 20
    raw[after : after + 2] = struct.pack("<H", 0x002F)
    path = tmp_path / "oud.xls"
    path.write_bytes(raw)
    assert refused(path) == "file.password"


def test_a_zip_with_a_password(tmp_path: Path) -> None:
    raw = bytearray(xlsx(tmp_path / "a.xlsx", ONE).read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + place] |= 1
            at = raw.find(mark, at + 4)
    path = tmp_path / "dicht.xlsx"
    path.write_bytes(raw)
    assert refused(path) == "file.password"


def test_an_open_document_with_a_password(tmp_path: Path) -> None:
    path = ods(tmp_path / "dicht.ods", "")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>")
    assert refused(path) == "file.password"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook(tmp_path: Path, share: float) -> None:
    raw = workbook(tmp_path / "heel.xlsx", rows=200).read_bytes()
    path = tmp_path / "half.xlsx"
    path.write_bytes(raw[: int(len(raw) * share)])
    assert refused(path) == "file.truncated"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_old_workbook(tmp_path: Path, share: float) -> None:
    raw = (CASES / "plain.xls").read_bytes()
    path = tmp_path / "half.xls"
    path.write_bytes(raw[: int(len(raw) * share)])
    assert refused(path) in ("file.truncated", "file.unreadable", "file.unknown-form")


def test_a_truncated_json(tmp_path: Path) -> None:
    path = tmp_path / "half.json"
    path.write_text(json.dumps({"Fondsen": [{"naam": "x" * 50}]})[:-20], encoding="utf-8")
    assert refused(path) == "file.truncated"


def test_a_damaged_part_of_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "fondsen.xlsx", rows=500)
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    raw = bytearray(path.read_bytes())
    raw[info.header_offset + 200] ^= 0xFF
    path.write_bytes(raw)
    assert refused(path) in ("file.truncated", "file.unreadable")


def test_a_zip_bomb_by_its_size_when_unpacked(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1"><v>7</v></c></row>' + " " * 3_000_000
    path = xlsx(tmp_path / "bom.xlsx", sheet_xml(row))
    assert refused(path, Limits(unpacked_bytes=1_000_000)) == "file.bomb"


def test_a_zip_bomb_by_its_ratio(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1"><v>7</v></c></row>' + " " * 3_000_000
    path = xlsx(tmp_path / "bom.xlsx", sheet_xml(row))
    assert refused(path, Limits(ratio_from_bytes=1_000_000, ratio=100)) == "file.bomb"


def test_a_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "bom.xlsx", sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>' + " " * 3_000_000))
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 400)))
    assert refused(path, Limits(unpacked_bytes=1_000_000)) in ("file.bomb", "file.truncated")


def test_an_open_document_that_repeats_a_cell_over_a_whole_sheet(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert refused(ods(tmp_path / "bom.ods", f'<table:table table:name="A">{row}</table:table>')) == "sheet.too-large"


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(tmp_path: Path, part: str, encoding: str) -> None:
    plain = xlsx(tmp_path / "plain.xlsx", ONE, strings="<si><t>x</t></si>", styles="<cellXfs/>")
    path = tmp_path / "entiteit.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            content = old.read(info).decode()
            if info.filename == part:
                body = content.partition("?>")[2] if content.startswith("<?") else content
                content = f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}{body.replace(">7<", ">&b;&c;<")}'
            new.writestr(info.filename, content.encode(encoding if info.filename == part else "utf-8"))
    assert refused(path) == "file.entities"


def test_entities_in_an_open_document(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", "")
    bad = tmp_path / "entiteit.ods"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bad, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, (LAUGHS if info.filename == "content.xml" else "").encode() + old.read(info))
    assert refused(bad) == "file.entities"


def test_a_file_above_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "groot.csv"
    path.write_bytes(b"a;b\n" * 1000)
    assert refused(path, Limits(file_bytes=1000)) == "file.too-large"


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.json"])
def test_more_cells_than_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.xlsx":
        workbook(path, rows=300)
    elif name == "a.csv":
        path.write_text("a;b;c\n" * 300, encoding="utf-8")
    else:
        path.write_text(json.dumps([{"a": 1, "b": 2, "c": 3}] * 300), encoding="utf-8")
    assert refused(path, Limits(cells=500)) == "sheet.too-large"


def test_more_columns_than_a_sheet_has(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(";" * 20_000, encoding="utf-8")
    assert refused(path) == "sheet.too-large"


def test_elements_nested_without_end(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", sheet_xml("<x>" * 10_000 + "</x>" * 10_000))
    assert refused(path) == "file.unreadable"


def test_a_cell_outside_the_sheet(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", sheet_xml('<row r="9999999"><c r="ZZZ9999999"><v>1</v></c></row>'))
    assert refused(path) == "file.unreadable"


def test_too_little_memory_stops_one_file_only(tmp_path: Path) -> None:
    path = tmp_path / "groot.json"
    path.write_text(json.dumps([{"naam": "x" * 30, "nr": n} for n in range(300_000)]), encoding="utf-8")
    assert refused(path, Limits(memory_bytes=180_000_000)) == "file.memory"


def test_too_slow_a_file_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "traag.csv"
    path.write_text("a;b;c\n" * 8_000_000, encoding="utf-8")
    assert refused(path, Limits(wall_seconds=2, memory_bytes=8 * 10**9, cells=10**9)) == "file.timeout"


def test_a_file_that_takes_too_much_cpu_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "traag.csv"
    path.write_text("a;b;c\n" * 4_000_000, encoding="utf-8")
    assert refused(path, Limits(cpu_seconds=0, cells=10**9, memory_bytes=8 * 10**9)) == "file.timeout"


def test_every_check_has_its_texts_in_both_languages() -> None:
    names = "file table cell cells count detail limit size what part line column encoding key keys"
    places = dict.fromkeys(names.split(), "x")
    for id_, check in CHECKS.items():
        assert id_ == check.id
        for words in (check.title, check.message, check.remedy):
            assert words.format(**places).nl != words.format(**places).en


def test_what_is_good_in_a_bad_delivery_is_read(tmp_path: Path) -> None:
    for name, content in (("a.csv", b"a;b\n1;2\n"), ("b.xlsx", b"PK\x03\x04"), ("c.json", b"[{"), ("d.csv", b"c\n3\n")):
        (tmp_path / name).write_bytes(content)
    reading = read([tmp_path])
    assert [table.file for table in reading.tables] == ["a.csv", "d.csv"]
    assert [finding.file for finding in reading.findings] == ["b.xlsx", "c.json"]
    assert shown(reading.tables[1]) == {"A1": "c", "A2": "3"}
