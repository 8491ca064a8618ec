"""The written files: the same bytes for a seed, nine forms, all readable by others than Schakel."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from odf.opendocument import load as load_ods
from odf.table import Table, TableRow

from schakel.demo.generator import YEARS, write_network
from schakel.demo.shapes import SHAPES
from schakel.demo.towns import AGENCIES

NINE = {
    "bom": ".tsv", "horizon-flevoland": ".ods", "impuls-zeeland": ".csv", "innovationquarter": ".ndjson",
    "liof": ".xlsx", "nom": ".json", "oost-nl": ".xlsx", "rom-inwest": ".xlsx", "rom-utrecht-region": ".xlsx",
}  # fmt: skip


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _book(network: Path, agency: str) -> openpyxl.Workbook:
    (path,) = (network / "2023" / "deliveries" / agency).iterdir()
    return openpyxl.load_workbook(path)


def test_the_same_seed_gives_the_same_bytes_in_another_process(network: Path, tmp_path: Path) -> None:
    code = "import sys, pathlib, schakel.demo.generator as g; g.write_network(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=os.environ | {"PYTHONHASHSEED": "1"})
    assert _digests(tmp_path) == _digests(network)


def test_the_years_asked_do_not_change_a_year(network: Path, tmp_path: Path) -> None:
    write_network(tmp_path, years=(2023,))
    assert _digests(tmp_path / "2023") == _digests(network / "2023")
    assert [path.name for path in tmp_path.iterdir()] == ["2023"]


def test_a_year_without_a_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no plan for 1999"):
        write_network(tmp_path, years=(1999, 2023))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("year", YEARS)
def test_each_agency_delivers_in_its_own_form(network: Path, year: int) -> None:
    folder = network / str(year)
    assert {path.name for path in folder.iterdir()} == {"deliveries", "market.csv", "register.csv"}
    for agency, ending in NINE.items():
        assert {path.suffix for path in (folder / "deliveries" / agency).iterdir()} == {ending}


@pytest.mark.parametrize("agency", [slug for slug, ending in NINE.items() if ending == ".xlsx"])
def test_workbooks_open_and_hold_their_headers(network: Path, agency: str) -> None:
    book = _book(network, agency)
    shape = SHAPES[agency]
    for sheet in shape.sheets:
        row = shape.writer.header_row  # type: ignore[attr-defined]
        assert [cell.value for cell in book[sheet.name][row]][: len(sheet.columns)] == [c.header for c in sheet.columns]


def test_oost_has_merged_titles_and_totals_with_formulas(network: Path) -> None:
    page = _book(network, "oost-nl")["Projectenoverzicht"]
    last = page.max_row
    assert "A1:K1" in {str(area) for area in page.merged_cells.ranges}
    assert page.cell(last, 1).value == "Totaal"
    assert page.cell(last, 6).value == f"=SUM(F5:F{last - 1})"


def test_liof_hides_a_column_and_has_a_band_above_its_headers(network: Path) -> None:
    page = _book(network, "liof")["Klanten"]
    assert page.column_dimensions["A"].hidden
    assert page.merged_cells.ranges
    assert page["A2"].value == "Interne sleutel"


def test_inwest_begins_with_a_sheet_of_text(network: Path) -> None:
    assert _book(network, "rom-inwest").sheetnames[0] == "Read me"


def test_utrecht_names_organisations_and_keeps_partners_in_one_cell(network: Path) -> None:
    book = _book(network, "rom-utrecht-region")
    names = {row[1] for row in book["Adresboek"].iter_rows(min_row=2, values_only=True)}
    projects = list(book["Innovatieportfolio"].iter_rows(min_row=2, values_only=True))
    parties = [str(row[9]).split("; ") for row in projects]
    assert {name for together in parties for name in together} <= names
    assert [together[0] for together in parties] == [row[8] for row in projects]
    assert max(map(len, parties)) > 2


def test_bom_is_tabs_in_utf_16(network: Path) -> None:
    folder = network / "2023" / "deliveries" / "bom"
    for sheet in SHAPES["bom"].sheets:
        path = folder / f"{sheet.name}.tsv"
        assert path.read_bytes()[:2] in {b"\xff\xfe", b"\xfe\xff"}
        with path.open(encoding="utf-16", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t"))
        assert rows[0] == [column.header for column in sheet.columns]
        assert {len(row) for row in rows} == {len(sheet.columns)}


def test_zeeland_is_semicolons_in_windows_1252(network: Path) -> None:
    path = network / "2023" / "deliveries" / "impuls-zeeland" / "vestigers.csv"
    with pytest.raises(UnicodeDecodeError):
        (path.parent / "exportreizen.csv").read_text(encoding="utf-8")
    with path.open(encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert all(row["Capex drie jaar"].endswith(",00") for row in rows)


def test_nom_is_one_document_with_numbers_for_the_trade_register(network: Path) -> None:
    document = json.loads((network / "2023" / "deliveries" / "nom" / "nom_export.json").read_text(encoding="utf-8"))
    assert set(document) == {sheet.name for sheet in SHAPES["nom"].sheets}
    numbers = [row["handelsregisternr"] for row in document["ondernemersbestand"] if row["handelsregisternr"]]
    assert any(number < 10_000_000 for number in numbers)


def test_iq_is_a_record_a_line(network: Path) -> None:
    for sheet in SHAPES["innovationquarter"].sheets:
        path = network / "2023" / "deliveries" / "innovationquarter" / f"{sheet.name}.ndjson"
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert records
        assert {key for record in records for key in record} <= {column.header for column in sheet.columns}


def test_horizon_opens_as_open_document(network: Path) -> None:
    book = load_ods(network / "2023" / "deliveries" / "horizon-flevoland" / "jaaropgave.ods")
    tables = book.spreadsheet.getElementsByType(Table)
    assert [t.getAttribute("name") for t in tables] == [sheet.name for sheet in SHAPES["horizon-flevoland"].sheets]
    assert all(len(t.getElementsByType(TableRow)) > 1 for t in tables)


def test_the_network_lists_have_every_number_at_its_full_length(network: Path) -> None:
    with (network / "2023" / "register.csv").open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    assert {len(entry["Inschrijfnr."]) for entry in entries} == {8}
    assert len({entry["Inschrijfnr."] for entry in entries}) == len(entries)


def test_numbers_of_organisations_are_permanent(network: Path) -> None:
    known: dict[str, str] = {}
    for year in YEARS:
        book = json.loads((network / str(year) / "deliveries" / "nom" / "nom_export.json").read_text(encoding="utf-8"))
        now = {row["bestandscode"]: row["handelend_als"] for row in book["ondernemersbestand"]}
        assert known.items() <= now.items()
        known = now


def test_all_nine_agencies_have_a_shape() -> None:
    assert set(SHAPES) == set(AGENCIES) == set(NINE)
