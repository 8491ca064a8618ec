"""Workbooks of Excel 97-2003. The files kept here were made with xlwt."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.intake.reading import read
from tests.intake.workbooks import shown, types

CASES = Path(__file__).parent / "reading_cases"


@pytest.mark.parametrize("name", ["plain.xls", "since-1904.xls"])
def test_addresses_dates_errors_and_what_is_hidden(name: str) -> None:
    first, second = read([CASES / name]).tables
    assert (first.name, first.hidden, second.name, second.hidden) == ("Projecten", False, "Verborgen", True)
    assert first.header(4) == dict(zip("BCDEFG", ("Nummer", "Titel", "Start", "Omvang", "Loopt", "Fout"), strict=True))
    found = shown(first)
    assert [found[f"{column}5"] for column in "BCDEFG"] == ["P1", "Café één", "2023-01-23", "1234.5", "true", "#DIV/0!"]
    assert [found[f"{column}6"] for column in "BDEFG"] == ["2", "2023-01-23T13:45:00", "0.5135", "false", "#N/A"]
    assert [types(first)[f"{column}6"] for column in "BDEFG"] == ["number", "date", "number", "boolean", "error"]
    assert found["B8"] == "Samen"
    assert "C8" not in found
    assert first.merged == ("B8:C9",)
    assert first.hidden_rows == {6}
    assert first.hidden_columns == {"E"}
