"""Damage files at random and read them: ``python bench/fuzz_readers.py --seconds 300``.

Whatever a file is like, `read` returns; each file gives a table or a finding with texts; no child
process is left; and no reader is surprised (fails in a way it has no words for). What breaks this is
kept in tests/intake/reading_cases, where a test reads it from then on. ``--seed`` repeats a run.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from schakel.intake.reading import Limits, read  # noqa: E402 - needs the path above

KEPT = ROOT / "tests" / "intake" / "reading_cases"
BATCH = 25
SURPRISE = re.compile(r"te lezen: (\w+Error|\w+Exception): |reader stopped")
LIMITS = Limits(cpu_seconds=10, wall_seconds=60, memory_bytes=600_000_000, unpacked_bytes=50_000_000, cells=500_000)
WORDS = [
    b"&lol;", b"<!--", b"]]>", b"<![CDATA[", b'r="XFD1048576"', b'r="A0"', b't="e"', b't="s"', b"<v>-1</v>", b"</row>",
    b'<row r="1048577">', b"\x00", b"\xff\xfe", b"1e999", b"99999999999999999999", b"<f>", b"</c>", b'"', b";", b"\r",
    b'table:number-columns-repeated="99999999"', b"{", b"[", b"\xc3", b'<!DOCTYPE a [<!ENTITY b "c">]>', b"<is><t>",
]  # fmt: skip


def seeds() -> dict[str, bytes]:
    """Small good files of each form."""
    names = ["Nummer", "Naam", "Bedrag"]
    rows: list[list[object]] = [[*names], *([f"P{n}", f"Café {n} & zonen", n * 1.5] for n in range(20))]
    lines = "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)
    records = [dict(zip(names, row, strict=True)) for row in rows[1:]]
    found = {
        "a.csv": lines.encode("cp1252"),
        "b.csv": lines.replace(";", "\t").encode("utf-16"),
        "a.json": json.dumps({"Projecten": records, "Fondsen": records[:2]}).encode(),
        "a.ndjson": "\n".join(map(json.dumps, records)).encode(),
        "a.xlsx": _workbook(rows, inline=False),
        "b.xlsx": _workbook(rows, inline=True),
        "a.ods": _open_document(rows),
    }
    return found | {path.name: path.read_bytes() for path in sorted(KEPT.glob("[!f]*.xls*"))}


def _workbook(rows: list[list[object]], *, inline: bool) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": inline, "in_memory": True}) as book:
        sheet = book.add_worksheet("Projecten")
        date = book.add_format({"num_format": "dd-mm-yyyy"})
        for number, row in enumerate(rows):
            sheet.write_row(number, 1, row)
            sheet.write_number(number, 5, 45_000 + number, date)
            sheet.write_formula(number, 6, "=1/0", None, "#DIV/0!")
            sheet.write_boolean(number, 7, True)
        sheet.merge_range("B30:C31", "Samen")
        sheet.set_column("C:C", None, None, {"hidden": True})
    return buffer.getvalue()


def _open_document(rows: list[list[object]]) -> bytes:
    cells = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            '<o xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="A">'
            f'<table:table-column table:number-columns-repeated="3"/>{cells}</table:table></o>',
        )
    return buffer.getvalue()


def _cell(value: object) -> str:
    text = str(value).replace("&", "&amp;")
    said = f'"float" office:value="{value}"' if isinstance(value, float) else '"string"'
    return f"<table:table-cell office:value-type={said}><text:p>{text}</text:p></table:table-cell>"


def flip(raw: bytes, chance: random.Random) -> bytes:
    """A few bytes changed."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def cut(raw: bytes, chance: random.Random) -> bytes:
    """The end, or a piece of the middle, left out."""
    start = chance.randrange(len(raw))
    return raw[:start] if chance.random() < 0.5 else raw[:start] + raw[start + chance.randint(1, 400) :]


def splice(raw: bytes, chance: random.Random) -> bytes:
    """A piece said twice, somewhere else, or a nasty word put in."""
    start, to = chance.randrange(len(raw)), chance.randrange(len(raw))
    piece = chance.choice(WORDS) if chance.random() < 0.7 else raw[start : start + chance.randint(1, 300)]
    return raw[:to] + piece + raw[to + chance.choice([0, len(piece)]) :]


def inside(raw: bytes, chance: random.Random) -> bytes:
    """A part of a zip changed, swapped with another, left out or said twice, and the zip made whole again."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    number, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    name, content = parts[number]
    kind = chance.random()
    if kind < 0.8 and content:
        parts[number] = (name, chance.choice([flip, cut, splice, splice])(content, chance))
    elif kind < 0.9:
        parts[number] = (name, parts[other][1])
    else:
        parts.pop(number)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """``raw`` changed in one to three ways."""
    ways: list[Callable[[bytes, random.Random], bytes]] = [flip, cut, splice]
    if zipfile.is_zipfile(io.BytesIO(raw)):
        ways = [inside] * 9 + ways
    for way in chance.choices(ways, k=chance.randint(1, 3)):
        with contextlib.suppress(Exception):  # damaged already, in a way that this way cannot handle
            raw = way(raw, chance) or raw
    return raw


def trial(files: dict[str, bytes], seen: Counter[str]) -> dict[str, str]:
    """Read ``files`` as one delivery; what is wrong with the answer, by file."""
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in files.items():
            Path(folder, name).write_bytes(raw)
        reading = read([Path(folder)], limits=LIMITS)
    answered = {table.file for table in reading.tables} | {finding.file for finding in reading.findings}
    wrong = {name: "no answer" for name in files if name not in answered}
    for finding in reading.findings:
        seen[finding.check] += 1
        texts = (finding.message.nl, finding.message.en, finding.remedy.nl, finding.remedy.en)
        if not all(texts) or SURPRISE.search(finding.message.nl):
            wrong[finding.file] = finding.message.nl
        if finding.check in ("file.timeout", "file.memory"):
            wrong[finding.file] = finding.check
    seen["read"] += len({table.file for table in reading.tables})
    return wrong


def keep(name: str, raw: bytes) -> Path:
    """Put a file among the cases that tests read."""
    path = KEPT / f"fuzz-{hashlib.sha256(raw).hexdigest()[:12]}{Path(name).suffix}"
    path.write_bytes(raw)
    return path


def children() -> list[str]:
    """Processes of which this one is the parent."""
    listed = Path("/proc/self/task").glob("*/children")
    return [child for path in listed for child in path.read_text(encoding="ascii").split()]


def main() -> int:
    """Run until the time is up; 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(10**9) if options.seed is None else options.seed
    chance, good, seen, found = random.Random(seed), seeds(), Counter[str](), 0
    until = time.monotonic() + options.seconds
    while time.monotonic() < until:
        names = [chance.choice(list(good)) for _ in range(BATCH)]
        files = {f"{place:02}-{name}": damaged(good[name], chance) for place, name in enumerate(names)}
        for name, fault in trial(files, seen).items():
            print(f"{keep(name, files[name]).name}: {fault}")
            found += 1
        if left := children():
            print(f"children left: {left}")
            found += 1
    print(f"seed {seed}: {sum(seen.values())} answers, {found} faults; {dict(seen.most_common())}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
