"""The workbooks of the 2023 deliveries come back as they were sent, with their own findings on them."""

from __future__ import annotations

import importlib
import zipfile
from pathlib import Path

import openpyxl
import pytest

from schakel.intake import mapping
from schakel.intake.examining import examine
from schakel.intake.returning import FrontSheet, about, marked_copy, marks_of
from tests.intake.returned import same_cells, shows, untouched

for room in ("register", "innovate", "invest", "internationalise", "figures"):
    importlib.import_module(f"schakel.{room}.kinds")
    importlib.import_module(f"schakel.{room}.checks")

HERE = Path(__file__).resolve()
DELIVERIES = HERE.parents[3] / "shared" / "data" / "network-2023" / "deliveries"
needs_data = pytest.mark.skipif(not DELIVERIES.exists(), reason="the deliveries of 2023 are not beside the repository")


@needs_data
@pytest.mark.parametrize("agency", ["bom", "impuls-zeeland", "oost-nl"])
def test_a_real_workbook_comes_back_with_its_findings(agency, tmp_path):
    source, out = DELIVERIES / agency / f"{agency}.xlsx", tmp_path / "out.xlsx"
    confirmed = mapping.load(HERE.parents[1] / "mappings" / f"{agency}.toml")
    found = examine([source], agency=agency, period=2023, mapping=confirmed, agency_names={}).findings
    marks = about(marks_of(found, "nl"), source.name)
    assert marks
    assert marked_copy(source, marks, FrontSheet(agency, 2023, source.name), out) == "copy"
    same_cells(source, out)
    shows(out, [mark for mark in marks if mark.place])
    with zipfile.ZipFile(source) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
    untouched(source, out, sheets)


@needs_data
@pytest.mark.parametrize("agency", ["horizon-flevoland", "rom-inwest"])
def test_other_files_come_back_as_rows(agency, tmp_path):
    for source in sorted((DELIVERIES / agency).iterdir()):
        out = tmp_path / f"{source.stem}.xlsx"
        assert marked_copy(source, [], FrontSheet(agency, 2023, source.name), out) == "rows"
        assert len(openpyxl.load_workbook(out, read_only=True).sheetnames) > 1
