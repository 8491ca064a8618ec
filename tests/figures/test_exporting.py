"""A year's figures as files: the published shape, the long one, and nothing that runs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Meta, extract_of
from schakel.figures.counting.sheet import Sheet, sheet
from schakel.figures.exporting import (
    LONG,
    FormatError,
    table,
    wide,
    write_csv,
    write_figures,
    write_json,
    write_long_csv,
    write_xlsx,
)

from .drawing import Facts, fact, frames_of

NAMES = {"nom": "NOM", "bom": "BOM", "liof": "LIOF"}
FACTS: Facts = {
    "project": [
        fact(1, "bom", 10, volume=1_234_567_00),
        fact(2, "nom", 10, leading=False, volume=1_000_000_00),
        fact(3, "nom", 11, volume=50),
    ],
    "investment": [
        fact(1, "bom", 1, amount=100_00, round=1, round_size=300_00, type="first", stage="seed"),
        fact(2, "bom", 2, amount=200_00, round=2, round_size=500_00, type="follow-on", stage="seed"),
        fact(3, "nom", 3, amount=100_00, type="follow-on", stage="seed"),
    ],
    "staff": [fact(1, "bom", 1, heads=12, fte_hundredths=1050)],
    "delivery": [
        fact(1, "bom", 1, kind="project", state="delivered"),
        fact(2, "nom", 2, kind="project", state="delivered"),
        fact(3, "liof", 3, kind="project", state="expected"),
        fact(4, "bom", 1, kind="investment", state="delivered"),
        fact(5, "nom", 2, kind="investment", state="delivered"),
        fact(6, "liof", 3, kind="investment", state="delivered"),
    ],
}


@pytest.fixture
def counted() -> Sheet:
    extract = extract_of(frames_of(FACTS), Meta("at 12", {"project": "project"}, "2024-01-15T09:00:00+00:00"))
    return sheet(extract, catalogue().values(), 2023)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_csv_has_the_published_shape(counted: Sheet, tmp_path: Path) -> None:
    rows = {row["indicator"]: row for row in _read(write_csv(counted, NAMES, tmp_path / "figures.csv"))}
    assert list(rows["innovation_projects"]) == ["indicator", "network", "NOM", "BOM", "LIOF"]
    assert list(rows["innovation_projects"].values())[1:] == ["2", "2", "1", ""]  # LIOF has not delivered
    assert rows["innovation_project_volume_eur"]["network"] == "1234567.5"
    assert rows["innovation_project_volume_eur"]["BOM"] == "1234567"
    assert rows["invested_eur"]["LIOF"] == "0"  # LIOF delivered no investments
    assert rows["follow_on_share"]["network"] == "0.6667"
    assert rows["leverage"]["network"] == "2.6667"
    assert rows["leverage"]["NOM"] == ""  # nothing to divide by
    assert rows["staff_fte"]["BOM"] == "10.5"
    assert list(rows) == list(catalogue())


def test_the_long_form_says_what_each_figure_is(counted: Sheet, tmp_path: Path) -> None:
    rows = _read(write_long_csv(counted, NAMES, tmp_path / "long.csv"))
    assert tuple(rows[0]) == LONG
    network = next(row for row in rows if row["indicator"] == "innovation_projects" and row["column"] == "network")
    assert network["value"] == "2"
    assert network["notes_nl"] == "3 in de twee lijsten: 2; 2 van 3 ROM's"
    assert network["notes_en"] == "3 in the two lists: 2; 2 of 3 agencies"
    assert network["definition_nl"] == catalogue()["innovation_projects"].definition.nl
    assert network["counted_from"] == "2024-01-15T09:00:00+00:00 (at 12)"
    leverage = next(row for row in rows if row["indicator"] == "leverage" and row["column"] == "bom")
    assert (leverage["numerator"], leverage["denominator"], leverage["notes_nl"]) == ("80000", "30000", "")


def test_json_holds_numbers_and_says_where_they_come_from(counted: Sheet, tmp_path: Path) -> None:
    document = json.loads(write_json(counted, NAMES, tmp_path / "figures.json").read_text())
    assert (document["year"], document["position"]) == (2023, "at 12")
    assert document["agencies"] == NAMES
    values = {(row["indicator"], row["column"]): row["value"] for row in document["figures"]}
    assert values["innovation_projects", "network"] == 2
    assert values["innovation_projects", "liof"] is None
    assert values["staff_fte", "bom"] == 10.5


def test_the_workbook_has_both_shapes_and_real_numbers(counted: Sheet, tmp_path: Path) -> None:
    book = load_workbook(write_xlsx(counted, NAMES, tmp_path / "figures.xlsx"))
    assert book.sheetnames == ["Cijfers 2023", "Toelichting"]
    rows = {row[0]: row[1:] for row in book["Cijfers 2023"].iter_rows(values_only=True)}
    assert rows["innovation_projects"] == (2, 2, 1, None)
    assert rows["follow_on_share"][0] == 0.6667
    assert [cell.value for cell in book["Toelichting"][1]] == list(LONG)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_a_text_that_looks_like_a_formula_does_not_run(counted: Sheet, tmp_path: Path, text: str) -> None:
    names = {"bom": text}
    with write_csv(counted, names, tmp_path / "f.csv").open(newline="") as file:
        heading = next(csv.reader(file))
    assert heading[2] == f"'{text}"
    page = load_workbook(write_xlsx(counted, names, tmp_path / "f.xlsx"))["Cijfers 2023"]
    assert page["C1"].data_type == "s"


def test_the_table_is_written_as_its_readers_write_numbers(counted: Sheet) -> None:
    console = Console(width=200, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(table(counted, NAMES, "nl"))
    text = console.export_text()
    assert "Omvang innovatieprojecten" in text
    assert "€ 1.234.567,50 (3)" in text
    assert "(1) 3 in de twee lijsten: 2" in text
    assert "66,7%" in text


def test_agencies_that_were_no_member_have_no_column() -> None:
    counted = sheet(extract_of(frames_of(FACTS)), catalogue().values(), 2022)
    heading, rows = wide(counted, NAMES)
    assert heading == ["indicator", "network"]
    assert dict(rows)["innovation_projects"] == 0


def test_the_file_name_says_the_format_and_another_is_refused(tmp_path: Path) -> None:
    extract = extract_of(frames_of(FACTS))
    for name in ("f.csv", "f.json", "f.XLSX"):
        assert write_figures(extract, year=2023, path=tmp_path / name, names=NAMES).stat().st_size > 100
    with pytest.raises(FormatError, match=r"f.pdf: figures are written as .csv, .json, .xlsx"):
        write_figures(extract, year=2023, path=tmp_path / "f.pdf", names=NAMES)
