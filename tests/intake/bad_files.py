"""Every bad file that senders have, as (name, bytes): those of the readers' own tests, and what a machine damaged."""

from __future__ import annotations

import io
import json
import random
import struct
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.fuzz_readers import damaged, seeds
from schakel.intake.reading import Limits
from tests.intake.test_reading_bad_input import CASES, LAUGHS, ONE, workbook
from tests.intake.workbooks import ods, sheet_xml, xlsx

# So small that a test can reach them; what is said is the same.
LIMITS = Limits(
    file_bytes=200_000, cells=2_000, unpacked_bytes=3_000_000, ratio_from_bytes=1_000_000, ratio=100, cpu_seconds=20
)
GOOD = ("goed.csv", b"Nr;Naam\nR1;Zonneveld Energie B.V.\n")
DAMAGED = 40


@dataclass(frozen=True, slots=True)
class Bad:
    """A file, and the checks of which one must name it."""

    name: str
    content: bytes
    checks: tuple[str, ...]


def bad_files() -> list[Bad]:
    """All of them; each has a name of its own."""
    with tempfile.TemporaryDirectory() as folder:
        made = [*_unknown(), *_empty(), *_closed(Path(folder)), *_broken(Path(folder)), *_huge(Path(folder))]
        return made + _entities(Path(folder))


def damaged_files() -> dict[str, bytes]:
    """Good files that a machine damaged, the same in each run, and those that once surprised a reader."""
    chance, good = random.Random(2023), seeds()
    names = [chance.choice(list(good)) for _ in range(DAMAGED)]
    made = {f"{place:02}-{name}": damaged(good[name], chance) for place, name in enumerate(names)}
    return made | {path.name: path.read_bytes() for path in sorted(CASES.glob("fuzz-*"))}


def _unknown() -> list[Bad]:
    contents = {
        "brief.pdf": b"%PDF-1.7 ...",
        "pagina.xls": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        "pagina2.xls": b"\n<!DOCTYPE html>\n<html>",
        "oud.xml": b'<?xml version="1.0"?><Workbook/>',
        "plaatje.csv": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "export.csv.gz": b"\x1f\x8b\x08" + bytes(50),
        "ruis.xls": random.Random(1).randbytes(5_000),
        "brief.docx": _zip({"word/document.xml": "x"}),
        "fondsen.xlsb": _zip({"xl/workbook.bin": "x"}),
        "alles.zip": _zip({"fondsen.csv": "x"}),
    }
    return [Bad(name, content, ("file.unknown-form",)) for name, content in contents.items()]


def _empty() -> list[Bad]:
    contents = {"niets.csv": b"", "wit.csv": b"  \r\n\t\n", "merk.csv": b"\xef\xbb\xbf", "merk16.csv": b"\xff\xfe"}
    return [Bad(name, content, ("file.empty",)) for name, content in contents.items()]


def _closed(folder: Path) -> list[Bad]:
    old = bytearray((CASES / "plain.xls").read_bytes())
    after = old.index(struct.pack("<HH", 0x0809, 16)) + 20
    old[after : after + 2] = struct.pack("<H", 0x002F)
    new = bytearray(xlsx(folder / "a.xlsx", ONE).read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = new.find(mark)
        while at >= 0:
            new[at + place] |= 1
            at = new.find(mark, at + 4)
    sheet = ods(folder / "a.ods", "")
    with zipfile.ZipFile(sheet, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>")
    contents = {
        "dicht.xlsx": (CASES / "password.xlsx").read_bytes(),
        "dicht.xls": bytes(old),
        "dicht-zip.xlsx": bytes(new),
        "dicht.ods": sheet.read_bytes(),
    }
    return [Bad(name, content, ("file.password",)) for name, content in contents.items()]


def _broken(folder: Path) -> list[Bad]:
    whole = workbook(folder / "heel.xlsx", rows=200).read_bytes()
    old = (CASES / "plain.xls").read_bytes()
    halves = [
        Bad(f"half-{share}.xlsx", whole[: int(len(whole) * share)], ("file.truncated",))
        for share in (0.02, 0.3, 0.6, 0.9, 0.99)
    ]
    any_of = ("file.truncated", "file.unreadable", "file.unknown-form")
    halves += [Bad(f"half-{share}.xls", old[: int(len(old) * share)], any_of) for share in (0.3, 0.6, 0.9)]
    text = json.dumps({"Fondsen": [{"naam": "x" * 50}]})[:-20].encode()
    nested = xlsx(folder / "b.xlsx", sheet_xml("<x>" * 10_000 + "</x>" * 10_000)).read_bytes()
    outside = sheet_xml('<row r="9999999"><c r="ZZZ9999999"><v>1</v></c></row>')
    return [
        *halves,
        Bad("half.json", text, ("file.truncated",)),
        Bad("beschadigd.xlsx", _flipped(folder), ("file.truncated", "file.unreadable")),
        Bad("leeg.xlsx", workbook(folder / "leeg.xlsx", rows=0).read_bytes(), ("file.no-tables",)),
        Bad("genest.xlsx", nested, ("file.unreadable",)),
        Bad("buiten.xlsx", xlsx(folder / "c.xlsx", outside).read_bytes(), ("file.unreadable",)),
    ]


def _flipped(folder: Path) -> bytes:
    path = workbook(folder / "fondsen.xlsx", rows=500)
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    raw = bytearray(path.read_bytes())
    raw[info.header_offset + 200] ^= 0xFF
    return bytes(raw)


def _huge(folder: Path) -> list[Bad]:
    row = '<row r="1"><c r="A1"><v>7</v></c></row>'
    wide = xlsx(folder / "d.xlsx", sheet_xml(row + " " * 4_000_000)).read_bytes()
    dense = xlsx(folder / "e.xlsx", sheet_xml(row + " " * 2_000_000)).read_bytes()
    with zipfile.ZipFile(io.BytesIO(wide)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = wide.replace(struct.pack("<I", size), struct.pack("<I", 400))
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    repeated = ods(folder / "f.ods", f'<table:table table:name="A">{rows}</table:table>').read_bytes()
    too_large = ("sheet.too-large",)
    return [
        Bad("bom.xlsx", wide, ("file.bomb",)),
        Bad("dicht-gepakt.xlsx", dense, ("file.bomb",)),
        Bad("liegt.xlsx", lying, ("file.bomb", "file.truncated")),
        Bad("bom.ods", repeated, too_large),
        Bad("groot.csv", b"a;b\n" * 60_000, ("file.too-large",)),
        Bad("vol.xlsx", workbook(folder / "g.xlsx", rows=1_000).read_bytes(), too_large),
        Bad("vol.csv", b"a;b;c\n" * 1_000, too_large),
        Bad("vol.json", json.dumps([{"a": 1, "b": 2, "c": 3}] * 1_000).encode(), too_large),
        Bad("breed.csv", b";" * 20_000, too_large),
    ]


def _entities(folder: Path) -> list[Bad]:
    plain = xlsx(folder / "h.xlsx", ONE, strings="<si><t>x</t></si>", styles="<cellXfs/>").read_bytes()
    parts = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels")
    made = [
        Bad(f"entiteit-{place}-{encoding}.xlsx", _with(plain, part, _declared(encoding)), ("file.entities",))
        for place, part in enumerate(parts)
        for encoding in ("utf-8", "utf-16")
    ]
    sheet = ods(folder / "i.ods", "").read_bytes()
    changed = _with(sheet, "content.xml", lambda content: LAUGHS.encode() + content)
    return [*made, Bad("entiteit.ods", changed, ("file.entities",))]


def _declared(encoding: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        body = content.decode().partition("?>")[2] if content.startswith(b"<?") else content.decode()
        said = f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}{body.replace(">7<", ">&b;&c;<")}'
        return said.encode(encoding)

    return change


def _with(raw: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip with one part changed."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    return _zip(parts | {part: change(parts[part])})


def _zip(parts: dict[str, str] | dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
