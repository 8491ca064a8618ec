"""Every export holds the numbers of the page, says what they are, and runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.figures.asking import Audience
from schakel.figures.exploring.asked import Asked
from schakel.figures.exploring.dimensions import AGENCY
from schakel.figures.exploring.explored import Explored, laid_out
from schakel.figures.exploring.files import Taken, exact, rows
from schakel.figures.exploring.writing import FORMS, KEY, write_csv, write_json, write_parquet, write_xlsx
from schakel.network.queries import party
from tests.examples import shown_by

from .drawing import YEARS, Facts, drawn_facts, fact
from .exploring import BOM, MINISTRY, SECRETARIAT, answered, provisional, questions

pytestmark = pytest.mark.django_db
PARTIES = {BOM: "bom", MINISTRY: "ministerie-ez", SECRETARIAT: "rom-nederland"}
ADDRESS = "https://schakel.example/cijfers/verkennen/?i=invested_eur"
Numbers = list[tuple[str, str, Decimal | None, str]]


def explored(asked: Asked, facts: Facts, audience: Audience) -> Explored:
    found = answered(asked, facts, audience)
    return laid_out(found, party(PARTIES[audience]), provisional(), sorted(YEARS, reverse=True))


def taken(asked: Asked, facts: Facts, audience: Audience, name: str = "") -> Taken:
    of = explored(asked, facts, audience)
    return Taken(of, dt.datetime(2024, 5, 1, 9, tzinfo=dt.UTC), name or of.party.name, ADDRESS)


def on_the_page(found: Explored) -> Numbers:
    """Every cell as the page has it: its row, its column, its value, its mark."""
    return [
        (
            row.head.code,
            table.heads[number].code if found.asked.columns else "",
            _decimal(exact(laid.cell)),
            laid.cell.mark,
        )
        for table, row, number, laid in found.laid()
    ]


def _decimal(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value)).normalize()


def _read(told: list[dict[str, Any]]) -> Numbers:
    return [(row["row"] or "", row["column"] or "", _decimal(row["value"]), row["mark"] or "") for row in told]


def from_csv(content: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def from_xlsx(content: bytes) -> list[dict[str, Any]]:
    heading, *lines = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1].iter_rows(values_only=True)
    return [dict(zip(heading, line, strict=True)) for line in lines]


@given(
    facts=drawn_facts({"project_company", "investment"}),
    asked=questions(),
    audience=st.sampled_from((SECRETARIAT, BOM, MINISTRY)),
)
@settings(max_examples=shown_by(8, assured_by=20))
def test_every_export_read_back_is_the_page(facts: Facts, asked: Asked, audience: Audience) -> None:
    of = taken(asked, facts, audience)
    expected = [(row, column, value, mark) for row, column, value, mark in on_the_page(of.explored)]
    unharmed = [
        (row.removeprefix("'"), column.removeprefix("'"), v, m) for row, column, v, m in _read(from_csv(write_csv(of)))
    ]
    assert unharmed == expected
    assert _read(from_xlsx(write_xlsx(of))) == expected
    assert _read(json.loads(write_json(of))["figures"]) == expected
    assert _read(pq.read_table(io.BytesIO(write_parquet(of))).to_pylist()) == expected


def _view_of_agencies(audience: Audience, name: str = "") -> Taken:
    facts = {"investment": [fact(n, "bom" if n % 2 else "nom", n, amount=100 * n) for n in range(1, 9)]}
    return taken(Asked(("invested_eur",), rows=AGENCY), facts, audience, name)


def test_what_is_not_for_a_reader_is_empty_with_its_mark_in_every_file() -> None:
    of = _view_of_agencies(MINISTRY)
    for read in (from_csv(write_csv(of)), from_xlsx(write_xlsx(of)), json.loads(write_json(of))["figures"]):
        own = [row for row in read if row["row"] in ("bom", "nom")]
        assert own
        assert {(row["value"] or None, row["mark"]) for row in own} == {(None, "not_yours")}


@pytest.mark.parametrize("form", FORMS)
def test_a_file_says_by_itself_what_it_holds(form: str) -> None:
    with override("en"):
        of = _view_of_agencies(MINISTRY)
        write, _media = FORMS[form]
        content = write(of)
        said, definition = _all_text(form, content), of.definitions()[0].text
    for needed in (
        "2024-05-01T09:00:00+00:00",
        of.explored.party.name,
        ADDRESS,
        "Provisional: as counted now",
        "An agency's own figures are shown to itself",
        "flow",
        "eur",
        definition,
    ):
        assert needed in said, (form, needed)


def _all_text(form: str, content: bytes) -> str:
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(str(value) for page in book for line in page.iter_rows(values_only=True) for value in line)
    if form == "parquet":
        table = pq.read_table(io.BytesIO(content))
        told = json.dumps(json.loads(table.schema.metadata[KEY]), ensure_ascii=False)
        return told + json.dumps(table.to_pylist(), default=str, ensure_ascii=False)
    return content.decode()


def test_parquet_has_its_definitions_in_the_metadata_and_footnotes_in_a_column() -> None:
    of = _view_of_agencies(MINISTRY)
    table = pq.read_table(io.BytesIO(write_parquet(of)))
    about = json.loads(table.schema.metadata[KEY])
    assert [each["indicator"] for each in about["definitions"]] == ["invested_eur"]
    assert about["definitions"][0]["version"] >= 1
    assert all(text.startswith("(") for text in table["footnotes"].to_pylist())
    assert [note["number"] for note in about["footnotes"]] == list(range(1, len(of.explored.notes) + 1))


@pytest.mark.parametrize("name", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1"])
def test_nothing_in_a_file_runs_in_a_spreadsheet(name: str) -> None:
    of = _view_of_agencies(SECRETARIAT, name)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(of)))
    assert all(cell.data_type != "f" for page in book for line in page.iter_rows() for cell in line)
    assert {row["asked_for"] for row in from_csv(write_csv(of))} == {f"'{name}"}


def test_a_row_has_its_limits_and_the_total_its_footnote() -> None:
    facts = {"project_company": [fact(n, "bom", n, role="lead") for n in range(1, 5)]}
    with override("en"):
        of = taken(
            Asked(("companies_in_projects",), "theme", "", 2023, 2023, (("role", ("lead",)),)), facts, SECRETARIAT
        )
        told = list(rows(of))
    assert {row["limits"] for row in told} == {"Role: Lead"}
    total = next(row for row in told if row["row"] == "*")
    assert "counts once in the total" in str(total["footnotes"])
