"""Workbooks that no office program writes but senders still deliver: marked in place, or their rows come back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.intake.findings import Severity
from schakel.intake.reading.grid import letters
from schakel.intake.returning import TooStrangeError, mark, marked_copy
from schakel.intake.returning.markup import Part
from schakel.intake.returning.sheet import SheetCopy
from tests.intake.returned import FRONT, listed, mark_at, untouched
from tests.intake.workbooks import MAIN, cells_of, sheet_xml
from tests.intake.workbooks import xlsx as handmade

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STYLES = (
    '<fonts count="1"><font><sz val="10"/></font></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0"><alignment horizontal="right"/></xf></cellXfs>'
)
ROWS = (
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Nr</t></is></c><c r="C2" s="1"><v>12.5</v></c></row>'
    '<row r="4"/><row r="5" s="2" customFormat="1" spans="1:2"><c r="A5"><f>1+1</f><v>2</v></c></row>'
)


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def xlsx(path: Path, sheet: str, styles: str = "", extra: dict[str, str] | None = None) -> Path:
    """A workbook made by hand with its types of parts, so that others read it too."""
    return handmade(path, sheet, styles=styles, extra={"[Content_Types].xml": TYPES, **(extra or {})})


def returned(source: Path, *cells: str, name: str = "Blad1") -> Path:
    out = source.with_name("out.xlsx")
    mark(source, [mark_at(name, cell) for cell in cells], FRONT, out)
    return out


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def styles_of(path: Path) -> list[str]:
    """The cell formats, each as written."""
    formats = part(path, "xl/styles.xml").split("<cellXfs")[1].split("</cellXfs>")[0]
    return re.findall(r"<xf .*?(?:/>|</xf>)", formats)


def test_only_the_style_of_a_marked_cell_changes(tmp_path):
    source = xlsx(tmp_path / "in.xlsx", sheet_xml(ROWS), styles=STYLES)
    out = returned(source, "C2")
    before, after = part(source, "xl/worksheets/sheet1.xml"), part(out, "xl/worksheets/sheet1.xml")
    style = re.search(r'<c r="C2" s="(\d+)">', after).group(1)
    drawing = re.search("<legacyDrawing[^>]*/>", after).group()
    assert after.replace(f'<c r="C2" s="{style}">', '<c r="C2" s="1">').replace(drawing, "") == before
    assert re.fullmatch(
        r'<xf numFmtId="4" fontId="0" fillId="1" borderId="0" applyFill="1"/>', styles_of(out)[int(style)]
    )


def test_what_is_not_there_is_put_at_its_place(tmp_path):
    out = returned(xlsx(tmp_path / "in.xlsx", sheet_xml(ROWS), styles=STYLES), "B1", "B2", "D2", "C4", "F5", "A9")
    sheet = part(out, "xl/worksheets/sheet1.xml")
    assert re.findall(r'<c r="([A-Z]+\d+)"', sheet) == ["B1", "A2", "B2", "C2", "D2", "C4", "A5", "F5", "A9"]
    assert re.findall(r'<row r="(\d+)"', sheet) == ["1", "2", "4", "5", "9"]
    assert 'spans="1:6"' in sheet
    row_style = int(re.search(r'<c r="F5" s="(\d+)"/>', sheet).group(1))
    assert 'numFmtId="14"' in styles_of(out)[row_style]
    assert '<alignment horizontal="right"/>' in styles_of(out)[row_style]


def test_rows_and_cells_without_addresses_keep_their_places(tmp_path):
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row><row/>"
        "<row><c/><c><v>3</v></c><c r='F3'><v>4</v></c><c><v>5</v></c></row>"
    )
    source = xlsx(tmp_path / "in.xlsx", sheet_xml(rows), styles=STYLES)
    out = returned(source, "B1", "C2", "D3", "G3", "H3")
    assert cells_of(out)["Blad1"] == cells_of(source)["Blad1"]
    marked = openpyxl.load_workbook(out)["Blad1"]
    assert {cell for cell in ("B1", "C2", "D3", "G3", "H3") if marked[cell].fill.fgColor.rgb == "FFF8B9B0"} == {
        "B1", "C2", "D3", "G3", "H3",
    }  # fmt: skip


def test_an_empty_sheet_takes_marks(tmp_path):
    for data in ("<sheetData/>", "<sheetData></sheetData>", "<sheetData >\n</sheetData>"):
        sheet = f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="9" style="2"/></cols>{data}<extLst/></worksheet>'
        out = returned(xlsx(tmp_path / "in.xlsx", sheet, styles=STYLES), "B3")
        written = part(out, "xl/worksheets/sheet1.xml")
        assert written.index("</sheetData>") < written.index("<legacyDrawing") < written.index("<extLst")
        assert 'numFmtId="14"' in styles_of(out)[int(re.search(r'<c r="B3" s="(\d+)"/>', written).group(1))]


def prefixed(document: str, main: str = MAIN) -> str:
    """The document with the prefix x: before all its elements."""
    plain = re.sub(r"<(/?)(\w)", r"<\1x:\2", document).replace(f'xmlns="{MAIN}"', f'xmlns:x="{main}"')
    return plain.replace("<x:?xml", "<?xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-8-sig", "iso-8859-1"])
def test_prefixes_and_encodings(tmp_path, encoding):
    source = xlsx(tmp_path / "plain.xlsx", sheet_xml(ROWS), styles=STYLES)
    strange = tmp_path / "in.xlsx"
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(strange, "w") as target:
        for name in archive.namelist():
            content = archive.read(name).decode()
            if name.startswith("xl/") and name.endswith(".xml"):
                said = "utf-16" if encoding.startswith("utf-16") else encoding.removesuffix("-sig")
                content = re.sub(r"<\?xml.*?\?>\s*", "", prefixed(content))
                target.writestr(name, f'<?xml version="1.0" encoding="{said}"?>{content}'.encode(encoding))
            else:
                target.writestr(name, content)
    out = returned(strange, "C2", "B4", "A9")
    assert cells_of(out)["Blad1"] == cells_of(source)["Blad1"]
    written = part(out, "xl/worksheets/sheet1.xml")
    assert re.findall(r'<x:c r="(\w+)"', written) == ["A2", "C2", "B4", "A5", "A9"]
    if encoding != "utf-8-sig":
        assert openpyxl.load_workbook(out).worksheets[1]["C2"].comment.text.startswith("Fout: Dit klopt niet.")


def test_strict_workbooks_get_strict_parts(tmp_path):
    source = xlsx(tmp_path / "plain.xlsx", sheet_xml(ROWS), styles=STYLES)
    strict = tmp_path / "in.xlsx"
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(strict, "w") as target:
        for name in archive.namelist():
            content = archive.read(name).decode().replace(MAIN, STRICT)
            old, new = "http://schemas.openxmlformats.org/officeDocument", "http://purl.oclc.org/ooxml/officeDocument"
            target.writestr(name, content.replace(f"{old}/2006", new))
    out = returned(strict, "C2")
    with zipfile.ZipFile(out) as archive:
        made = {name: archive.read(name).decode() for name in archive.namelist()}
    assert f'<comments xmlns="{STRICT}">' in made["xl/commentsSchakel1.xml"]
    assert "purl.oclc.org/ooxml/officeDocument/relationships/comments" in made["xl/worksheets/_rels/sheet1.xml.rels"]
    assert cells_of(out)["Blad1"] == cells_of(source)["Blad1"]


def test_what_only_looks_like_a_cell_is_none(tmp_path):
    rows = (
        '<!-- <row r="9"><c r="A9"/></row> --><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<row r="7"><c r="B1">'
        ']]></t></is></c><?x <c r="B1"/>?><c r="B1" t="inlineStr"><is><t>a &gt; b</t></is></c></row>'
    )
    source = xlsx(tmp_path / "in.xlsx", sheet_xml(rows), styles=STYLES)
    out = returned(source, "B1")
    assert cells_of(out)["Blad1"] == cells_of(source)["Blad1"]
    assert re.findall(r'<c r="(\w+)"[^>]* s="', part(out, "xl/worksheets/sheet1.xml")) == ["B1"]


def test_a_workbook_without_styles_gets_them(tmp_path):
    source = xlsx(tmp_path / "in.xlsx", sheet_xml(ROWS.replace(' s="1"', "").replace(' s="2" customFormat="1"', "")))
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/_rels/workbook.xml.rels"] = re.sub(
        rb'<Relationship Id="t"[^>]*/>', b"", parts["xl/_rels/workbook.xml.rels"]
    )
    with zipfile.ZipFile(source, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    out = returned(source, "C2")
    assert openpyxl.load_workbook(out)["Blad1"]["C2"].fill.fgColor.rgb == "FFF8B9B0"


def with_thread(path: Path) -> Path:
    """A workbook in which somebody answered a comment: the plain comment is only its shadow."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author></authors><commentList><comment ref="A2"'
        ' authorId="0" shapeId="0"><text><t>[Threaded comment] Wat is dit?</t></text></comment>'
        "</commentList></comments>"
    )
    vml = '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s1027" style="x"><br></v:shape></xml>'
    thread = "<ThreadedComments/>"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = (
        f'<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{relations}/comments" Target="../comments1.xml"/>'
        f'<Relationship Id="rId2" Type="{relations}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>'
        '<Relationship Id="rId3" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        ' Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    after = f'<legacyDrawing xmlns:r="{relations}" r:id="rId2"/>'
    extra = {
        "xl/comments1.xml": comments,
        "xl/drawings/vmlDrawing1.vml": vml,
        "xl/threadedComments/threadedComment1.xml": thread,
        "xl/worksheets/_rels/sheet1.xml.rels": rels,
    }
    return xlsx(path, sheet_xml(ROWS, after=after), styles=STYLES, extra=extra)


def test_threads_stay_and_our_text_stands_behind_their_shadow(tmp_path):
    source = with_thread(tmp_path / "in.xlsx")
    out = returned(source, "A2", "C2")
    untouched(source, out, ["xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"])
    said = part(out, "xl/comments1.xml")
    assert "<r><t>[Threaded comment] Wat is dit?</t></r><r>" in said
    assert said.count("<comment ") == 2
    drawn = part(out, "xl/drawings/vmlDrawing1.vml")
    assert 'id="_x0000_s1028"' in drawn
    assert drawn.count("<v:shape ") == 2
    assert drawn.endswith("</xml>")


STRANGE = {
    "rows out of order": sheet_xml('<row r="5"/><row r="3"><c r="A3"><v>1</v></c></row>'),
    "the same row twice": sheet_xml('<row r="3"/><row r="3"><c r="A3"><v>1</v></c></row>'),
    "cells out of order": sheet_xml('<row r="2"><c r="C2"><v>1</v></c><c r="A2"><v>1</v></c></row>'),
    "a document type": "<!DOCTYPE x []>" + sheet_xml(ROWS).partition("?>")[2],
    "no rows at all": f'<worksheet xmlns="{MAIN}"/>',
    "rows without an end": sheet_xml(ROWS).replace("</sheetData>", ""),
    "an encoding that nobody knows": sheet_xml(ROWS).replace("UTF-8", "klingon"),
    "a pointer to nothing": sheet_xml(ROWS, after='<legacyDrawing r:id="rId9"/>'),
}


@pytest.mark.parametrize("sheet", STRANGE.values(), ids=list(STRANGE))
def test_stranger_workbooks_come_back_as_rows_and_say_so(tmp_path, sheet):
    source, out = xlsx(tmp_path / "in.xlsx", sheet, styles=STYLES), tmp_path / "out.xlsx"
    marks = [mark_at("Blad1", "C2")]
    with pytest.raises(TooStrangeError):
        mark(source, marks, FRONT, out)
    assert not out.exists()
    assert marked_copy(source, marks, FRONT, out) == "rows"
    listed(out, marks)
    front = openpyxl.load_workbook(out).worksheets[0]
    assert any("anders opgebouwd" in str(row[0]) for row in front.iter_rows(max_col=1, values_only=True))


def test_what_is_no_zip_is_refused(tmp_path):
    source = tmp_path / "in.xlsx"
    source.write_bytes(b"PK\3\4 no zip at all")
    with pytest.raises(TooStrangeError):
        mark(source, [], FRONT, tmp_path / "out.xlsx")


CELLS = st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 6)), st.integers(0, 9), max_size=20)
MARKED = st.sets(st.tuples(st.integers(1, 11), st.integers(1, 8)), min_size=1, max_size=10)


def _sheet(cells: dict[tuple[int, int], int], dense: bool, tag: str) -> bytes:
    rows = []
    for row in sorted({row for row, _ in cells}):
        inside = "".join(
            f'<{tag}c r="{letters(c)}{r}" s="{value % 3}"><{tag}v>{value}</{tag}v></{tag}c>'
            for (r, c), value in sorted(cells.items())
            if r == row
        )
        rows.append(f'<{tag}row r="{row}">{inside}</{tag}row>')
    said = ("" if dense else "\n").join(rows)
    return f'<{tag}worksheet xmlns="{MAIN}"><{tag}sheetData>{said}</{tag}sheetData></{tag}worksheet>'.encode()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS, MARKED, st.integers(1, 60), st.booleans(), st.sampled_from(["", "x:"]))
def test_wherever_the_stream_is_cut_the_copy_is_the_same(cells, marked, size, dense, tag):
    raw = _sheet(cells, dense, tag)
    columns = {row: {c for r, c in marked if r == row} for row, _ in marked}

    def copied(blocks):
        seen = []
        copy = SheetCopy("sheet", columns, lambda r, c, s: seen.append((r, c)) or 100 + s, "rId9", "urn:office")
        return b"".join(copy.run(iter(blocks))), seen

    whole, seen = copied([raw])
    assert copied([raw[at : at + size] for at in range(0, len(raw), size)])[0] == whole
    assert sorted(seen) == sorted(marked)
    written = {}
    for cell in Part("sheet", whole).all("c"):
        written[cell.get("r")] = int(cell.get("s"))
    wanted = {f"{letters(c)}{r}": value % 3 for (r, c), value in cells.items()}
    wanted |= {f"{letters(c)}{r}": 100 + cells.get((r, c), 0) % 3 for r, c in marked}
    assert written == wanted
    order = [tuple(re.match(r"([A-Z]+)(\d+)", each).groups()) for each in written]
    assert [(int(row), name) for name, row in order] == sorted((int(row), name) for name, row in order)
    assert re.findall(rb"<(?:x:)?v>(\d+)<", whole) == re.findall(rb"<(?:x:)?v>(\d+)<", raw)


def test_severities_have_their_own_colours(tmp_path):
    source, out = xlsx(tmp_path / "in.xlsx", sheet_xml(ROWS), styles=STYLES), tmp_path / "out.xlsx"
    mark(source, [mark_at("Blad1", f"A{row}", each) for row, each in enumerate(Severity, start=2)], FRONT, out)
    sheet = openpyxl.load_workbook(out)["Blad1"]
    assert len({sheet[f"A{row}"].fill.fgColor.rgb for row in (2, 3, 4)}) == 3


def test_sheets_may_lie_anywhere(tmp_path):
    source = xlsx(tmp_path / "plain.xlsx", sheet_xml(ROWS), styles=STYLES)
    moved = tmp_path / "in.xlsx"
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(moved, "w") as target:
        for name in archive.namelist():
            content = archive.read(name).decode().replace('"worksheets/sheet1.xml"', '"/Data/Blad een.xml"')
            target.writestr(name.replace("xl/worksheets/sheet1.xml", "Data/Blad een.xml"), content)
    out = returned(moved, "C2")
    assert cells_of(out)["Blad1"] == cells_of(source)["Blad1"]
    assert 'Target="../xl/commentsSchakel1.xml"' in part(out, "Data/_rels/Blad een.xml.rels")
    assert openpyxl.load_workbook(out)["Blad1"]["C2"].comment.text.startswith("Fout")


def test_the_open_sheet_stays_the_open_one(tmp_path):
    views = '<bookViews><workbookView activeTab="1" firstSheet="1"/><workbookView/></bookViews>'
    extra = {"[Content_Types].xml": TYPES}
    for said, wanted in (
        (views, ['activeTab="2" firstSheet="2"', 'activeTab="1"']),
        ("", ['activeTab="2"']),  # the first sheet is hidden
    ):
        sheets = sheet_xml(ROWS), sheet_xml(ROWS)
        source = handmade(tmp_path / "in.xlsx", *sheets, styles=STYLES, book=said, states=("hidden",), extra=extra)
        book = part(returned(source, "C2"), "xl/workbook.xml")
        assert re.findall(r"<workbookView (.*?)/>", book) == wanted
        assert re.findall(r'<sheet name="(\w+)"', book) == ["Bevindingen", "Blad1", "Blad2"]
