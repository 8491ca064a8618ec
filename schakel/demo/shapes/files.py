"""Writing filled sheets to files: workbooks, OpenDocument, delimited text, JSON.

Invariant: the same content gives the same bytes; no clock, no chance, no machine in a file.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from schakel.demo.shapes.ways import Cell, Filled, as_text

_EPOCH = datetime(2020, 1, 1)
_ZIP_TIME = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """An xlsx file.

    ``titled``: a merged title, a date of reference and an empty row stand above each header;
    ``totals``: a total with a formula under the columns that have one; ``bands``: a row of merged
    group names above the header; ``cover``: a first sheet with text only.
    """

    file: str
    titled: str = ""
    totals: bool = False
    bands: str = ""
    cover: tuple[str, ...] = ()

    @property
    def header_row(self) -> int:
        """The row in which headers stand, counted from one."""
        return 4 if self.titled else 2 if self.bands else 1

    def __call__(self, directory: Path, sheets: Sequence[Filled], year: int) -> None:
        """Write ``sheets`` of ``year`` into ``directory``."""
        book = xlsxwriter.Workbook(directory / self.file, {"default_date_format": "dd-mm-yyyy"})
        book.set_properties({"created": _EPOCH})
        bold = book.add_format({"bold": True})
        if self.cover:
            book.add_worksheet("Read me").write_column(0, 0, self.cover)
        for filled in sheets:
            self._write(book.add_worksheet(filled.sheet.name), filled, year, bold)
        book.close()

    def _write(self, page: Worksheet, filled: Filled, year: int, bold: Format) -> None:
        top = self.header_row
        self._head(page, filled, year, bold)
        page.write_row(top - 1, 0, filled.headers, bold)
        for number, row in enumerate(filled.rows, start=top):
            for place, cell in enumerate(row):
                if cell is not None:
                    page.write(number, place, cell) if not isinstance(cell, str) else page.write_string(
                        number, place, cell
                    )
        for place, column in enumerate(filled.sheet.columns):
            page.set_column(place, place, 18, None, {"hidden": column.hidden})
        if self.totals and filled.sheet.total and filled.rows:
            self._total(page, filled, bold)

    def _head(self, page: Worksheet, filled: Filled, year: int, bold: Format) -> None:
        last = max(1, len(filled.headers) - 1)
        if self.titled:
            page.merge_range(0, 0, 0, last, f"{self.titled} - {filled.sheet.name} {year}", bold)
            page.write_string(1, 0, f"Stand per 31-12-{year}")
        if self.bands:
            half = max(1, last // 2)
            page.merge_range(0, 0, 0, half, filled.sheet.name, bold)
            if last > half + 1:
                page.merge_range(0, half + 1, 0, last, self.bands, bold)

    def _total(self, page: Worksheet, filled: Filled, bold: Format) -> None:
        place = [column.header for column in filled.sheet.columns].index(filled.sheet.total)
        first, last = self.header_row + 1, self.header_row + len(filled.rows)
        letter = chr(ord("A") + place)
        amounts = [cell for cell in (row[place] for row in filled.rows) if isinstance(cell, int | float)]
        page.write_string(last, 0, "Totaal", bold)
        page.write_formula(last, place, f"=SUM({letter}{first}:{letter}{last})", bold, sum(amounts))


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """An ods file, headers in the first row, real dates and numbers."""

    file: str

    def __call__(self, directory: Path, sheets: Sequence[Filled], year: int) -> None:
        """Write ``sheets`` into ``directory``; the year stands in no cell."""
        mime = "application/vnd.oasis.opendocument.spreadsheet"
        with ZipFile(directory / self.file, "w") as archive:
            archive.writestr(_member("mimetype", ZIP_STORED), mime)
            archive.writestr(_member("META-INF/manifest.xml"), _MANIFEST.format(mime=mime))
            archive.writestr(_member("content.xml"), _content(sheets))


_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _member(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(name, _ZIP_TIME)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    return info


def _content(sheets: Sequence[Filled]) -> str:
    tables = "".join(_table(filled) for filled in sheets)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def _table(filled: Filled) -> str:
    rows = "".join(
        f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in (filled.headers, *filled.rows)
    )
    columns = f'<table:table-column table:number-columns-repeated="{len(filled.headers)}"/>'
    return f"<table:table table:name={quoteattr(filled.sheet.name)}>{columns}{rows}</table:table>"


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    text = f"<text:p>{escape(as_text(cell))}</text:p></table:table-cell>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string">{text}'
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}">{text}'
    return f'<table:table-cell office:value-type="float" office:value="{cell}">{text}'


@dataclass(frozen=True, slots=True)
class Delimited:
    """One text file a sheet."""

    ending: str
    separator: str
    encoding: str

    def __call__(self, directory: Path, sheets: Sequence[Filled], year: int) -> None:
        """Write each sheet into ``directory``; the year stands in no cell."""
        for filled in sheets:
            text = io.StringIO()
            writer = csv.writer(text, delimiter=self.separator, lineterminator="\r\n")
            writer.writerows([list(filled.headers), *([as_text(cell) for cell in row] for row in filled.rows)])
            path = directory / f"{filled.sheet.name}.{self.ending}"
            path.write_bytes(text.getvalue().encode(self.encoding))


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON document with a list a sheet."""

    file: str

    def __call__(self, directory: Path, sheets: Sequence[Filled], year: int) -> None:
        """Write ``sheets`` into ``directory``; the year stands in no cell."""
        lists = {filled.sheet.name: [_record(filled, row, full=True) for row in filled.rows] for filled in sheets}
        text = json.dumps(lists, ensure_ascii=False, indent=1)
        (directory / self.file).write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Lines:
    """One file a sheet, one JSON record a line, nothing written for what is empty."""

    def __call__(self, directory: Path, sheets: Sequence[Filled], year: int) -> None:
        """Write each sheet into ``directory``; the year stands in no cell."""
        for filled in sheets:
            lines = [json.dumps(_record(filled, row, full=False), ensure_ascii=False) for row in filled.rows]
            path = directory / f"{filled.sheet.name}.ndjson"
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _record(filled: Filled, row: tuple[Cell, ...], *, full: bool) -> dict[str, Cell]:
    cells = {header: _plain(cell) for header, cell in zip(filled.headers, row, strict=True)}
    return cells if full else {header: cell for header, cell in cells.items() if cell is not None}


def _plain(cell: Cell) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else cell
