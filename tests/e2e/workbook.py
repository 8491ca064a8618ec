"""The workbook of somebody who delivers for the first time: a shape of its own, with thirty faults of ten kinds.

A year later its makers have renamed four columns, and mended what they were told of.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

ORGANISATIONS, PROJECTS, INVESTMENTS = 24, 18, 15
RENAMED = {
    "KvK-inschrijving": "Nummer handelsregister",
    "Projectnaam": "Titel",
    "Totale kosten (euro)": "Projectomvang in euro",
    "Ticketgrootte": "Bedrag",
}
FAULTS = (
    "a KvK number that is none",
    "a date that is none",
    "a project without a name",
    "a lead that is nobody",
    "costs below zero",
    "an end before the start",
    "an amount that is a remark",
    "an investment in nobody",
    "a stage that nobody knows",
    "a postcode that is none",
)
EACH = 3  # of every kind of fault


def workbook(path: Path, year: int, *, faulty: bool = True, renamed: bool = False) -> Path:
    """Write the workbook of ``year`` to ``path``; returns ``path``."""
    book = Workbook()
    book.remove(book.active)
    for title, header, rows in (
        ("Klanten", _ORGANISATION, _organisations(faulty=faulty)),
        ("Innovatie", _PROJECT, _projects(year, faulty=faulty)),
        ("Financieringen", _INVESTMENT, _investments(year, faulty=faulty)),
    ):
        sheet = book.create_sheet(title)
        sheet.append([f"{title} {year}"])
        sheet.append([])
        _write(sheet, [RENAMED.get(name, name) if renamed else name for name in header], rows)
    book.save(path)
    return path


def _write(sheet: Worksheet, header: list[str], rows: list[list[Any]]) -> None:
    for row in (header, *rows):
        sheet.append(row)


_ORGANISATION = ["Klantnr", "Bedrijfsnaam", "Type", "KvK-inschrijving", "Postcode", "Vestigingsplaats"]
_PROJECT = [
    "Dossier",
    "Projectnaam",
    "Begindatum",
    "Einddatum",
    "Totale kosten (euro)",
    "Penvoerder (klantnr)",
    "Stand",
]
_INVESTMENT = ["Transactie", "Klantnr", "Datum transactie", "Ticketgrootte", "Fase"]
_NO_KVK = ("12A45678", "geen", "123456789")


def _organisations(*, faulty: bool) -> list[list[Any]]:
    rows = [
        [f"K{n:03}", f"Voorbeeld {_WORDS[n]} B.V.", "bedrijf", f"{20_000_000 + 37 * n}", f"{5000 + n} AB", "Venlo"]
        for n in range(1, ORGANISATIONS + 1)
    ]
    if faulty:
        for place in range(EACH):
            rows[2 + place][3] = _NO_KVK[place]
            rows[10 + place][4] = ("59", "vijf", "0000 AA")[place]
    return rows


def _projects(year: int, *, faulty: bool) -> list[list[Any]]:
    rows = [
        [
            f"D{year}-{n:02}",
            f"Proef met {_WORDS[n].lower()}",
            dt.date(year, 1 + n % 12, 1 + n),
            dt.date(year + 1, 1 + n % 12, 1 + n),
            25_000 + 1_500 * n,
            f"K{n:03}",
            "loopt",
        ]
        for n in range(1, PROJECTS + 1)
    ]
    if faulty:
        for place in range(EACH):
            rows[0 + place][2] = ("31-02", "volgt nog", "32-13-2023")[place]
            rows[3 + place][1] = None
            rows[6 + place][5] = f"K9{place}{place}"
            rows[9 + place][4] = -100 - place
            rows[12 + place][3] = dt.date(year - 1, 5, 1 + place)
    return rows


def _investments(year: int, *, faulty: bool) -> list[list[Any]]:
    rows = [
        [
            f"T{year}{n:02}",
            f"K{n:03}",
            dt.date(year, 1 + n % 12, 2 + n),
            100_000 + 5_000 * n,
            ("seed", "start-up", "groei")[n % 3],
        ]
        for n in range(1, INVESTMENTS + 1)
    ]
    if faulty:
        for place in range(EACH):
            rows[0 + place][3] = "n.b."
            rows[3 + place][1] = f"K8{place}{place}"
            rows[6 + place][4] = ("raket", "maan", "mars")[place]
    return rows


_WORDS = (
    *("Nul", "Appel", "Beuk", "Cacao", "Druif", "Eik", "Framboos", "Gerst", "Haver", "Iep", "Jasmijn", "Klaver"),
    *("Linde", "Mais", "Noot", "Olijf", "Peer", "Quinoa", "Rogge", "Spelt", "Tarwe", "Uien", "Vlas", "Wilg"),
    "Zonnebloem",
)
