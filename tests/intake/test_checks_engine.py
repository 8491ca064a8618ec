"""Running checks: all of them, on everything, without hiding or telling too much."""

from __future__ import annotations

import csv
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.intake.checks import Context, all_checks, check, for_sender, run
from schakel.intake.checks.examples import Rows, frame, table
from schakel.intake.findings import Severity
from schakel.intake.interpreting import interpret
from schakel.intake.interpreting.faults import FAULTS
from schakel.intake.kinds import kinds
from schakel.intake.mapping import FieldSource, Mapping, TableMapping, load
from schakel.intake.reading import read
from schakel.intake.reading.checks import CHECKS as FILE_CHECKS

if TYPE_CHECKING:
    from schakel.intake.interpreting import Interpretation

ROOMS = ("register", "innovate", "invest", "internationalise", "figures")
for room in ROOMS:
    import_module(f"schakel.{room}.kinds")
    import_module(f"schakel.{room}.checks")

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "network-2023"
KINDS = list(kinds())

# Names of the agencies as they stand in published.csv and in "together with".
AGENCIES = {
    "BOM": "bom",
    "Horizon Flevoland": "horizon-flevoland",
    "Impuls Zeeland": "impuls-zeeland",
    "InnovationQuarter": "innovationquarter",
    "LIOF": "liof",
    "NOM": "nom",
    "Oost NL": "oost-nl",
    "ROM InWest": "rom-inwest",
    "ROM Utrecht Region": "rom-utrecht-region",
}


def test_there_are_checks_of_every_scope_and_every_fault_is_declared() -> None:
    declared = {each.id: each for each in all_checks()}
    assert len(declared) >= 60
    assert {each.scope for each in declared.values()} == {"cell", "row", "delivery", "across"}
    assert FAULTS.keys() | FILE_CHECKS.keys() <= declared.keys()


@pytest.mark.parametrize("each", all_checks(), ids=[each.id for each in all_checks()])
def test_every_check_says_why_in_two_languages(each: object) -> None:
    for part in ("title", "explanation", "message"):
        words = getattr(each, part)
        assert words.nl
        assert words.en
        assert words.nl != words.en or "{" in words.nl


def test_a_check_is_declared_once() -> None:
    again = import_module("schakel.intake.checks.check")
    with pytest.raises(ValueError, match="declared twice"):
        again.register_check(check("field.required"))


def test_no_finding_is_dropped_however_many_there_are() -> None:
    many = 3_000
    funds = [{"number": f"F{i}", "name": "Fonds", "capital": -1} for i in range(many)]
    found = Rows({"fund": funds}).findings(check("amount.negative"))
    assert [finding.row for finding in found] == list(range(2, many + 2))


def _joint() -> Interpretation:
    rows = [["Nr", "Naam", "Start", "Met"], ["P1", "Slimme kas", "01-03-2023", "LIOF"]]
    fields = {
        name: FieldSource(h) for name, h in zip(("number", "title", "start", "together_with"), rows[0], strict=True)
    }
    mapping = Mapping("bom", (TableMapping("project", "Tabel", 1, fields),))
    return interpret([table(rows)], mapping, period=2023, agency_names={"liof": "liof"})


def test_the_sender_is_not_told_what_another_delivered() -> None:
    others = frame("project", [{"_agency": "liof", "number": "L1", "title": "Iets anders"}])
    found = run(_joint(), all_checks(), Context(period=2023, agency="bom", others={"project": others}))
    [about] = [finding for finding in found if finding.check == "joint.not-delivered"]
    assert about.concerns == ("liof",)
    assert about.cell == "Tabel!D2"
    assert about not in for_sender(found, all_checks())


def test_what_the_sender_sees_is_the_same_whatever_others_delivered() -> None:
    others = frame("project", [{"_agency": "liof", "number": "L1", "title": "Iets anders"}])
    alone = run(_joint(), all_checks(), Context(period=2023, agency="bom"))
    beside = run(_joint(), all_checks(), Context(period=2023, agency="bom", others={"project": others}))
    assert for_sender(beside, all_checks()) == for_sender(alone, all_checks())


def test_an_agency_that_delivered_nothing_yet_is_not_blamed() -> None:
    others = frame("project", [{"_agency": "nom", "number": "N1", "title": "Iets anders"}])
    found = run(_joint(), all_checks(), Context(period=2023, agency="bom", others={"project": others}))
    assert not [finding for finding in found if finding.check == "joint.not-delivered"]


CELLS = st.sampled_from(
    [None, "", "-", "0", "-5", "1.234,56", "31-02-2023", "2023-05-01", "R1", "P1", "x", "bedrijf", "€", "#N/B"]
)


@given(st.sampled_from(KINDS), st.lists(st.lists(CELLS, min_size=13, max_size=13), max_size=8))
@settings(deadline=None, max_examples=60)
def test_no_table_breaks_a_check(kind: object, rows: list[list[str | None]]) -> None:
    names = [f.name for f in kind.fields]  # type: ignore[attr-defined]
    entry = TableMapping(kind.name, "Tabel", 1, {name: FieldSource(name) for name in names})  # type: ignore[attr-defined]
    done = interpret([table([names, *rows])], Mapping("bom", (entry,)), period=2023)
    earlier = {name: each.frame.with_columns(_period=pl.lit(2022)) for name, each in done.kinds.items()}
    found = run(done, all_checks(), Context(period=2023, agency="bom", earlier=earlier))
    assert all(finding.kind or finding.table for finding in [*done.findings, *found])


def _nine(agency: str) -> Interpretation:
    tables = read([SHARED / "deliveries" / agency]).tables
    names = {name.casefold(): slug for name, slug in AGENCIES.items()}
    return interpret(tables, load(ROOT / "tests" / "mappings" / f"{agency}.toml"), period=2023, agency_names=names)


@pytest.mark.skipif(not SHARED.exists(), reason="the nine deliveries lie beside the repository, not in it")
@pytest.mark.parametrize("name", AGENCIES)
def test_nothing_that_should_count_gets_an_error(name: str) -> None:
    done = _nine(AGENCIES[name])
    found = [*done.findings, *run(done, all_checks())]
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []
    with (SHARED / "published.csv").open(encoding="utf-8") as file:
        published = {row["indicator"]: int(row[name]) for row in csv.DictReader(file)}
    read_here = {
        "innovation_projects": done.kinds["project"].frame.height,
        "innovation_project_volume_eur": done.kinds["project"].frame["volume"].sum() / 100,
        "invested_eur": done.kinds["investment"].frame["amount"].sum() / 100,
        "foreign_companies": done.kinds["foreign_case"].frame.height,
        "foreign_investment_3y_eur": done.kinds["foreign_case"].frame["capex"].sum() / 100,
        "jobs_created": done.kinds["foreign_case"].frame["jobs_created"].sum(),
        "jobs_retained": done.kinds["foreign_case"].frame["jobs_retained"].sum(),
        "trade_activities": done.kinds["trade_activity"].frame.height,
        "trade_participants": done.kinds["trade_activity"].frame["participants"].sum(),
        "fund_assets_eur": done.kinds["fund"].frame["capital"].sum() / 100,
        "staff_headcount": done.kinds["staff"].frame["heads"].sum(),
    }
    assert read_here == {indicator: published[indicator] for indicator in read_here}
