"""What a file is, by its content. Its name only decides between kinds of text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from schakel.intake.reading.archive import Archive
from schakel.intake.reading.documents import is_lines
from schakel.intake.reading.encodings import narrow
from schakel.intake.reading.limits import Limits
from schakel.intake.reading.refusals import RefusedError

Form = Literal["xlsx", "ods", "xls", "json", "lines", "delimited"]

_HEAD = 64_000
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_OTHER_ZIPS = (("word/", "Word"), ("ppt/", "PowerPoint"), ("content.xml", "OpenDocument"))
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|meta|script|!--)[\s>]", re.IGNORECASE)
_JSON_ENDINGS = frozenset({".json", ".geojson"})
_LINE_ENDINGS = frozenset({".ndjson", ".jsonl"})
_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".tab", ".psv", ".asc", ".dat", ".xls", ".xlsx", ".xlsm", ""})
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def recognise(path: Path, limits: Limits) -> Form:
    """Which reader a file is for. Raises RefusedError: empty, or no form that is read here."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise RefusedError("file.empty")
    if head.startswith(b"PK"):
        return _zipped(path, limits)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    for mark, what in _OTHERS:
        if head.startswith(mark) and not (mark == b"MZ" and b"\0" not in head):
            raise RefusedError("file.unknown-form", what=what)
    return _text(path, head)


def _zipped(path: Path, limits: Limits) -> Form:
    archive = Archive(path, limits)
    names = archive.names()
    if archive.encrypted():
        raise RefusedError("file.password")
    if "xl/workbook.bin" in names:
        raise RefusedError("file.unknown-form", what="xlsb")
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names and _says_spreadsheet(archive):
        return "ods"
    what = next((what for part, what in _OTHER_ZIPS if any(name.startswith(part) for name in names)), "zip")
    raise RefusedError("file.unknown-form", what=what)


def _says_spreadsheet(archive: Archive) -> bool:
    part = "mimetype" if archive.has("mimetype") else "content.xml"
    return b"spreadsheet" in next(archive.stream(part), b"")


def _text(path: Path, head: bytes) -> Form:
    ending = path.suffix.lower()
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if _HTML.match(start) or _HTML.search(start[:1000]):
        raise RefusedError("file.unknown-form", what="HTML")
    if start.startswith((b"<?xml", b"<\0?\0x")):
        raise RefusedError("file.unknown-form", what="XML")
    if ending in _LINE_ENDINGS:
        return "lines"
    if ending in _JSON_ENDINGS or _looks_like_json(start):
        return "lines" if is_lines(head.decode("utf-8", errors="replace").lstrip("\ufeff")) else "json"
    if ending not in _TEXT_ENDINGS or _is_binary(head):
        raise RefusedError("file.unknown-form", what=ending.lstrip(".") or "?")
    return "delimited"


def _looks_like_json(start: bytes) -> bool:
    plain = start.replace(b"\0", b"")
    return re.match(rb'\{\s*("|\})|\[\s*(\{|\])', plain) is not None


def _is_binary(head: bytes) -> bool:
    """Whether it has more control characters than a text could by accident."""
    return len(_CONTROLS.findall(narrow(head))) * 50 > len(head)
