"""A workbook of 50,000 rows with 400 faults planted at known cells, the same for everyone who reads it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

ORGANISATIONS, INVESTMENTS, FUNDS, EACH = 10_000, 40_000, 20, 20
YEAR = 2023

RELATIONS = (
    *("Relatienr", "Naam organisatie", "KvK-nummer", "BTW-nummer", "Rechtsvorm", "Adres"),
    *("Postcode", "Plaats", "Website", "Soort organisatie", "Fase", "Opmerking intern"),
)
DEALS = (
    *("Investeringsnr", "Fondsnr", "Relatienr", "Datum", "Bedrag", "Instrument", "Type", "Stadium"),
    *("Omvang ronde", "Co-investeerders", "Laatst gewijzigd door", "Opmerking intern"),
)
INSTRUMENTS = ("aandelen", "converteerbare lening", "achtergestelde lening", "lening", "garantie")
STAGES = ("seed", "start-up", "later-stage", "groei")

MAPPING = """
agency = "bom"

[[table]]
kind = "organisation"
table = "Relaties"
header_row = 1
[table.fields]
number = "Relatienr"
name = "Naam organisatie"
kvk = "KvK-nummer"
vat = "BTW-nummer"
legal_form = "Rechtsvorm"
address = "Adres"
postcode = "Postcode"
city = "Plaats"
website = "Website"
kind = "Soort organisatie"
size = "Fase"

[[table]]
kind = "fund"
table = "Fondsen"
header_row = 1
[table.fields]
number = "Fondsnr"
name = "Naam"
capital = "Vermogen"

[[table]]
kind = "investment"
table = "Investeringen"
header_row = 1
[table.fields]
number = "Investeringsnr"
fund = "Fondsnr"
organisation = "Relatienr"
date = { header = "Datum", format = "dd-mm-yyyy" }
amount = "Bedrag"
instrument = "Instrument"
type = "Type"
stage = "Stadium"
round_size = "Omvang ronde"
co_investors = { header = "Co-investeerders", separator = ";" }
"""

Row = list[object]


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault: the cell it stands in, the check that should find it there, and its row and column (from 0)."""

    cell: str
    check: str
    sheet: str
    row: int
    column: int


@dataclass(slots=True)
class Book:
    """The rows under the headers of both sheets, and what was planted in them."""

    organisations: list[Row]
    deals: list[Row]
    planted: list[Planted] = field(default_factory=list)

    def plant(self, sheet: str, row: int, header: str, check: str, value: object) -> None:
        """Write ``value`` at a data row (from 0) of ``sheet`` and remember that ``check`` must find it."""
        rows, headers = (self.organisations, RELATIONS) if sheet == "Relaties" else (self.deals, DEALS)
        column = headers.index(header)
        rows[row][column] = value
        self.planted.append(Planted(f"{sheet}!{chr(65 + column)}{row + 2}", check, sheet, row + 1, column))


def book(seed: int = 7) -> Book:
    """The rows, with twenty faults of each of twenty sorts, no two in one row."""
    chance = random.Random(seed)
    made = Book(
        [_organisation(i, chance) for i in range(ORGANISATIONS)], [_deal(i, chance) for i in range(INVESTMENTS)]
    )
    places = iter(chance.sample(range(100, ORGANISATIONS), EACH * len(_IN_RELATIONS)))
    for header, check, value in _IN_RELATIONS:
        for _ in range(EACH):
            row = next(places)
            made.plant("Relaties", row, header, check, value(made.organisations[row]))
    places = iter(chance.sample(range(100, INVESTMENTS), EACH * (len(_IN_DEALS) + 2)))
    for header, check, value in _IN_DEALS:
        for _ in range(EACH):
            row = next(places)
            made.plant("Investeringen", row, header, check, value(made.deals[row]))
    for _ in range(EACH):
        _repeat(made, next(places), same=True)
        _repeat(made, next(places), same=False)
    return made


def write(made: Book, path: Path) -> None:
    """The book as an .xlsx file; formula errors are real formulas with their cached error."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        for name, headers, rows in (
            ("Relaties", RELATIONS, made.organisations),
            ("Fondsen", ("Fondsnr", "Naam", "Vermogen"), [[f"F{i}", f"Fonds {i}", 90_000_000] for i in range(FUNDS)]),
            ("Investeringen", DEALS, made.deals),
        ):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, headers)
            for at, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    if value == "#DIV/0!":
                        sheet.write_formula(at, column, "=1/0", None, value)
                    else:
                        sheet.write(at, column, value)


def _organisation(i: int, chance: random.Random) -> Row:
    name = f"{chance.choice(_WORDS)}{chance.choice(_WORDS).lower()} {chance.choice(_WORDS)} {i} B.V."
    return [
        f"R{i}",
        name,
        f"{10_000_000 + i * 7:08}",
        None,
        "B.V.",
        f"Dorpsstraat {chance.randint(1, 400)}",
        f"{chance.randint(1000, 9999)}{chance.choice('ABCDEFGH')}{chance.choice('ABCDEFGH')}",
        chance.choice(("Utrecht", "Eindhoven", "Groningen", "Zwolle")),
        f"www.bedrijf{i}.nl",
        "bedrijf",
        chance.choice(("mkb", "start-up", "scale-up", "groot")),
        None,
    ]


def _deal(i: int, chance: random.Random) -> Row:
    amount = round(chance.lognormvariate(13, 0.5) / 500) * 500
    day = date(YEAR, 1, 1) + timedelta(days=chance.randint(0, 364))
    return [
        f"I{i}",
        f"F{chance.randrange(FUNDS)}",
        f"R{chance.randrange(ORGANISATIONS)}",
        f"{day:%d-%m-%Y}",
        amount,
        chance.choice(INSTRUMENTS),
        "vervolg",
        chance.choice(STAGES),
        amount * chance.randint(1, 6),
        chance.choice(("", "Zenmoon Capital", "Radu Ventures; Onno Capital")),
        chance.choice(("AB", "CD", "EF")),
        None,
    ]


def _repeat(made: Book, row: int, *, same: bool) -> None:
    """Make a row repeat the number of the row before it, all alike or not."""
    made.deals[row] = list(made.deals[row - 1])
    if not same:
        made.deals[row][8] = int(str(made.deals[row][8])) + 5_000_000
    check = "number.twice-same" if same else "number.twice-differs"
    made.planted.append(Planted(f"Investeringen!A{row + 2}", check, "Investeringen", row + 1, 0))


_WORDS = ("Water", "Zon", "Licht", "Kracht", "Veld", "Berg", "Haven", "Molen", "Brug", "Ster", "Vonk", "Golf")

Make = Callable[[Row], object]

_IN_RELATIONS: tuple[tuple[str, str, Make], ...] = (
    ("KvK-nummer", "kvk.unreadable", lambda row: "12-34"),
    ("Postcode", "postcode.unreadable", lambda row: "Utrecht"),
    ("Soort organisatie", "code.unknown", lambda row: "zzp'er"),
    ("Naam organisatie", "field.required", lambda row: None),
)
_IN_DEALS: tuple[tuple[str, str, Make], ...] = (
    ("Datum", "date.impossible", lambda row: "31-02-2023"),
    ("Datum", "date.unreadable", lambda row: "begin mei"),
    ("Datum", "date.absurd", lambda row: "12-05-0203"),
    ("Datum", "investment.outside-period", lambda row: "12-05-2019"),
    ("Bedrag", "number.unreadable", lambda row: "ca. 2 ton"),
    ("Bedrag", "amount.negative", lambda row: -int(str(row[4]))),
    ("Bedrag", "amount.thousandfold", lambda row: 600_000_000),
    ("Bedrag", "cell.formula-error", lambda row: "#DIV/0!"),
    ("Bedrag", "field.required", lambda row: None),
    ("Bedrag", "investment.above-round", lambda row: int(str(row[8])) + 1_000),
    ("Instrument", "code.unknown", lambda row: "ruilhandel"),
    ("Stadium", "code.unknown", lambda row: "pensioen"),
    ("Relatienr", "reference.nothing", lambda row: "R999999"),
    ("Fondsnr", "reference.nothing-optional", lambda row: "F999"),
)
