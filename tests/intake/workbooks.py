"""Workbooks made by hand, for what no program writes but senders still deliver."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from schakel.intake.reading import Limits
from schakel.intake.reading.child import grids
from schakel.intake.reading.grid import Grid
from schakel.intake.tables import Table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Cells = dict[tuple[int, int], tuple[str, str]]


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """A worksheet with ``rows`` as its sheetData."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f"{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def xlsx(
    path: Path,
    *sheets: str,
    strings: str = "",
    styles: str = "",
    book: str = "",
    states: tuple[str, ...] = (),
    extra: Mapping[str, str] | None = None,
) -> Path:
    """Write a workbook with ``sheets`` (whole XML documents) called Blad1, Blad2 ... to ``path``."""
    numbers = range(1, len(sheets) + 1)
    state = {number: f' state="{said}"' for number, said in enumerate(states, start=1)}
    named = "".join(f'<sheet name="Blad{n}" sheetId="{n}"{state.get(n, "")} r:id="rId{n}"/>' for n in numbers)
    links = "".join(_link(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    main = _link("a", "officeDocument", "xl/workbook.xml")
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">{main}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_LINK}">{book}<sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}'
        f"{_link('s', 'sharedStrings', 'sharedStrings.xml')}{_link('t', 'styles', 'styles.xml')}</Relationships>",
        **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in zip(numbers, sheets, strict=True)},
        **({"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'} if strings else {}),
        **({"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'} if styles else {}),
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _link(id_: str, type_: str, target: str) -> str:
    return f'<Relationship Id="{id_}" Type="{_LINK}/{type_}" Target="{target}"/>'


def ods(path: Path, tables: str, styles: str = "") -> Path:
    """Write an OpenDocument spreadsheet with ``tables`` (elements table:table) to ``path``."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def cells_of(path: Path, limits: Limits | None = None) -> dict[str, Cells]:
    """The cells of each table of a file, read in this process: (row, column from 1) to text and type letter."""
    return {grid.name: cells(grid) for grid in grids(path, limits or Limits())}


def cells(grid: Grid) -> Cells:
    """The cells of a grid; of two at one address the later."""
    found: Cells = {}
    for index, column in grid.columns.items():
        found |= {
            (r, index): c
            for r, c in zip(column.rows, zip(column.texts, "".join(column.types), strict=True), strict=True)
        }
    return found


def shown(table: Table) -> dict[str, str]:
    """The filled cells of a table by address ("B4")."""
    return {
        f"{column}{row}": text
        for column in table.columns
        for row, text in table.frame.select("row", column).iter_rows()
        if text is not None
    }


def types(table: Table) -> dict[str, str]:
    """The types of the filled cells of a table by address."""
    return {
        f"{column}{row}": type_
        for column in table.columns
        for row, type_ in table.frame.select("row", f"{column}.type").iter_rows()
        if type_ != "empty"
    }
