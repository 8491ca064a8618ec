"""The checks that reading files makes itself, declared with explanation and with files that show them."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from schakel.intake.checks.check import Check, register_check
from schakel.intake.findings import Finding
from schakel.intake.reading import Limits, read
from schakel.intake.reading.checks import CHECKS
from schakel.words import Words

Content = bytes | Callable[[], bytes]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True)
class File:
    """A delivery of one file, read within ``limits``; without content the file is not there."""

    name: str
    content: Content | None
    limits: Limits = Limits()  # noqa: RUF009 - frozen

    def findings(self, check: Check) -> list[Finding]:
        """What reading this file finds under the id of ``check``."""
        with tempfile.TemporaryDirectory(prefix="schakel-example-") as folder:
            path = Path(folder) / self.name
            if self.content is not None:
                path.write_bytes(self.content if isinstance(self.content, bytes) else self.content())
            return [finding for finding in read([path], limits=self.limits).findings if finding.check == check.id]


@dataclass(frozen=True, slots=True)
class Folder:
    """A delivery of a folder with ``count`` small files."""

    count: int
    limits: Limits = Limits()  # noqa: RUF009 - frozen

    def findings(self, check: Check) -> list[Finding]:
        """What reading this folder finds under the id of ``check``."""
        with tempfile.TemporaryDirectory(prefix="schakel-example-") as folder:
            for number in range(self.count):
                (Path(folder) / f"{number}.csv").write_bytes(_GOOD)
            found = read([Path(folder)], limits=self.limits).findings
            return [finding for finding in found if finding.check == check.id]


def workbook(rows: str, extra: Mapping[str, str] | None = None) -> bytes:
    """A workbook of one sheet with ``rows`` as its sheetData, made by hand; ``extra`` parts replace or add."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(extra or {})).items():
            archive.writestr(name, content)
    return made.getvalue()


def _relation(type_: str, target: str) -> str:
    link = f'<Relationship Id="a" Type="{_LINKS}/{type_}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}">{link}</Relationships>'


def _locked() -> bytes:
    """A workbook whose zip says that its parts are encrypted."""
    raw = bytearray(workbook(_CELL))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + place] |= 1
            at = raw.find(mark, at + 4)
    return bytes(raw)


def _many_records() -> bytes:
    return json.dumps([{"naam": "x" * 30, "nr": number} for number in range(150_000)]).encode()


_GOOD = b"naam;plaats\nAcme;Utrecht\n"
_CELL = '<row r="1"><c r="A1"><v>7</v></c></row>'
_CSV = File("goed.csv", _GOOD)
_BOOK = File("goed.xlsx", workbook(_CELL))
_JSON = File("goed.json", b'[{"naam": "Acme"}]')


def _declare(id: str, explanation: Words, fails: File | Folder, passes: File | Folder) -> None:
    of = CHECKS[id]
    register_check(
        Check(
            id,
            of.severity,
            "cell",
            of.title,
            explanation,
            of.message,
            of.remedy,
            (fails,),
            (passes,),
            version=of.version,
        )
    )


_declare(
    "file.missing",
    Words(
        "Er staat geen bestand met deze naam, of het mag niet gelezen worden.",
        "There is no file of this name, or it may not be read.",
    ),
    File("weg.csv", None),
    _CSV,
)
_declare(
    "file.unreadable",
    Words("De inhoud van het bestand spreekt zichzelf tegen.", "The contents of the file contradict themselves."),
    File("kapot.xlsx", workbook('<row r="1"><c r="ZZZ9999999"><v>1</v></c></row>')),
    _BOOK,
)
_declare(
    "file.password",
    Words("Een beveiligd bestand kan niemand anders lezen.", "A protected file can be read by nobody else."),
    File("dicht.xlsx", _locked),
    _BOOK,
)
_declare(
    "file.truncated",
    Words("Het bestand houdt halverwege op.", "The file stops half-way."),
    File("half.xlsx", lambda: workbook(_CELL)[:-60]),
    _BOOK,
)
_declare(
    "file.bomb",
    Words(
        "Een klein bestand dat uitgepakt reusachtig is, legt een computer plat.",
        "A small file that is huge when unpacked brings a computer down.",
    ),
    File("bom.xlsx", lambda: workbook(_CELL + " " * 3_000_000), Limits(unpacked_bytes=1_000_000)),
    File("goed.xlsx", lambda: workbook(_CELL), Limits(unpacked_bytes=1_000_000)),
)
_declare(
    "file.entities",
    Words(
        "Een werkmap die naar iets buiten zichzelf verwijst kan gegevens laten lekken.",
        "A workbook that refers to something outside itself can leak data.",
    ),
    File("entiteit.xlsx", lambda: workbook(_CELL, {"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "ha">]><workbook/>'})),
    _BOOK,
)
_declare(
    "file.too-large",
    Words(
        "Grotere bestanden dan een aanlevering kan zijn worden niet geopend.",
        "Files larger than a delivery can be are not opened.",
    ),
    File("groot.csv", _GOOD * 100, Limits(file_bytes=1_000)),
    File("klein.csv", _GOOD, Limits(file_bytes=1_000)),
)
_declare(
    "file.too-many",
    Words(
        "Een map met zeer veel bestanden is zelden een aanlevering.",
        "A folder with very many files is rarely a delivery.",
    ),
    Folder(4, Limits(files=3)),
    Folder(3, Limits(files=3)),
)
_declare(
    "file.empty", Words("In het bestand staat niets.", "There is nothing in the file."), File("leeg.csv", b" \n"), _CSV
)
_declare(
    "file.no-tables",
    Words("De bladen van het bestand zijn alle leeg.", "All sheets of the file are empty."),
    File("leeg.xlsx", workbook("")),
    _BOOK,
)
_declare(
    "file.nothing", Words("In de map staat geen bestand.", "There is no file in the folder."), Folder(0), Folder(1)
)
_declare(
    "file.unknown-form",
    Words("Alleen rekenbladen, CSV en JSON worden gelezen.", "Only spreadsheets, CSV and JSON are read."),
    File("verslag.xlsx", b"%PDF-1.7 verslag"),
    _BOOK,
)
_declare(
    "file.timeout",
    Words("Wie te lang leest houdt anderen op.", "Reading for too long keeps others waiting."),
    File("traag.csv", lambda: b"a;b;c\n" * 1_000_000, Limits(wall_seconds=0.5, cells=10**9)),
    _CSV,
)
_declare(
    "file.memory",
    Words("Lezen mag niet al het geheugen nemen.", "Reading may not take all memory."),
    File("groot.json", _many_records, Limits(memory_bytes=130_000_000)),
    _JSON,
)
_declare(
    "sheet.too-large",
    Words(
        "Er zijn meer gevulde cellen of kolommen dan een aanlevering heeft.",
        "There are more filled cells or columns than a delivery has.",
    ),
    File("breed.csv", b"a;b;c\n" * 300, Limits(cells=500)),
    File("smal.csv", b"a;b;c\n" * 100, Limits(cells=500)),
)
_declare(
    "sheet.stray-cell",
    Words("Een losse cel ver weg is vaak een vergissing.", "A lone cell far away is often a mistake."),
    File("los.xlsx", workbook(f'{_CELL}<row r="900000"><c r="B900000"><v>1</v></c></row>')),
    _BOOK,
)
_declare(
    "sheet.formula-uncalculated",
    Words(
        "Een programma schreef de formule, maar niemand rekende haar uit.",
        "A program wrote the formula, but nobody calculated it.",
    ),
    File("formule.xlsx", workbook('<row r="1"><c r="A1"><v>7</v></c><c r="B1"><f>A1*2</f></c></row>')),
    File("formule.xlsx", workbook('<row r="1"><c r="A1"><v>7</v></c><c r="B1"><f>A1*2</f><v>14</v></c></row>')),
)
_declare(
    "csv.quote-open",
    Words(
        "Na een aanhalingsteken dat niet sluit is niet te zien waar een cel eindigt.",
        "After a quotation mark that is never closed nobody sees where a cell ends.",
    ),
    File("open.csv", b'naam;plaats\n"Acme;Utrecht\nBolt;Ede\n'),
    File("dicht.csv", b'naam;plaats\n"Acme";Utrecht\nBolt;Ede\n'),
)
_declare(
    "text.encoding-mixed",
    Words("In het bestand staan twee tekensets door elkaar.", "The file mixes two character sets."),
    File("gemengd.csv", b"naam;plaats\n" + "Coöperatie Één;Súdwest-Fryslân\n".encode() * 50 + b"Caf\xe9;Ede\n"),
    File("utf8.csv", "naam;plaats\nCoöperatie Één;Súdwest-Fryslân\n".encode()),
)
_declare(
    "text.encoding-unknown",
    Words("De tekens passen bij geen tekenset.", "The characters fit no character set."),
    File("raar.csv", b"naam;plaats\n" + bytes(range(128, 256)) * 20),
    _CSV,
)
_declare(
    "json.invalid",
    Words("Het bestand houdt zich niet aan de regels van JSON.", "The file does not follow the rules of JSON."),
    File("fout.json", b'[{"naam": Acme}]'),
    _JSON,
)
_declare(
    "json.too-deep",
    Words("Records hebben velden, geen boomstructuur.", "Records have fields, not trees."),
    File("diep.json", b'[{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]"),
    _JSON,
)
_declare(
    "json.shape",
    Words("Er is geen lijst van records in het bestand.", "There is no list of records in the file."),
    File("vorm.json", b'{"naam": "Acme"}'),
    _JSON,
)
_declare(
    "json.key-twice",
    Words(
        "Van twee waarden onder een sleutel is er maar een te lezen.",
        "Of two values under one key only one can be read.",
    ),
    File("dubbel.json", b'[{"naam": "Acme", "naam": "Bolt"}]'),
    _JSON,
)
_declare(
    "json.ignored",
    Words(
        "Naast lijsten van records staat er nog iets anders in het bestand.",
        "Beside lists of records the file holds something else.",
    ),
    File("meer.json", b'{"Relaties": [{"naam": "Acme"}], "versie": 2}'),
    File("een.json", b'{"Relaties": [{"naam": "Acme"}]}'),
)
