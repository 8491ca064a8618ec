"""Tables by a mapping: what is found again, what is skipped, and where every value came from."""

from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.intake.checks.examples import table
from schakel.intake.findings import Severity
from schakel.intake.interpreting import Interpretation, fits, interpret
from schakel.intake.mapping import parse
from schakel.intake.tables import Table

for room in ("register", "innovate", "invest", "internationalise", "figures"):
    import_module(f"schakel.{room}.kinds")

MAPPING = """
agency = "bom"
[[table]]
kind = "project"
table = "Projecten"
header_row = 1
[table.fields]
number = "Projectnr"
title = "Naam"
start = { header = "Start", format = "dd-mm-yyyy" }
volume = { header = "Omvang", unit = "EUR thousand" }
lead = { header = "Penvoerder", refer_by = "name" }
together_with = { header = "Samen met", separator = "," }
status = { constant = "lopend" }

[[table]]
kind = "project_participant"
table = "Projecten"
header_row = 1
[table.fields]
project = "Projectnr"
organisation = { header = "Partners", separator = ";", explode = true, refer_by = "name" }

[[table]]
kind = "organisation"
table = "Relaties"
header_row = 1
[table.fields]
number = "Nr"
name = "Naam"
"""
HEAD: list[str | None] = ["Projectnr", "Naam", "Start", "Omvang", "Penvoerder", "Samen met", "Partners"]
KAS: list[str | None] = ["P1", "Slimme kas", "01-03-2023", "1.250", "Acme", "LIOF", "Acme; Bolt ;"]
HUB: list[str | None] = ["P2", "Waterstofhub", "15-04-2023", "500", "Bolt", None, "Bolt"]
RELATIONS = table([["Nr", "Naam"], ["R1", "Acme"], ["R2", "Bolt"]], "Relaties")


def read(*rows: Sequence[str | None], mapping: str = MAPPING, name: str = "Projecten") -> Interpretation:
    return of([table(rows, name), RELATIONS], mapping)


def of(tables: list[Table], mapping: str = MAPPING) -> Interpretation:
    return interpret(tables, parse(mapping), period=2023, agency_names={"liof": "liof"})


def found(read: Interpretation, check: str) -> list[str]:
    return [finding.cell for finding in read.findings if finding.check == check]


def test_values_are_typed_and_raw_values_stand_beside_them() -> None:
    project = read(HEAD, KAS, HUB).kinds["project"]
    first = project.frame.row(0, named=True)
    assert first["_number"] == "P1"
    assert first["volume"] == 1_250_000_00
    assert first["start"].isoformat() == "2023-03-01"
    assert first["together_with"] == ["liof"]
    assert first["status"] == "running"
    assert first["description"] is None
    assert project.raw.row(0, named=True)["volume"] == "1.250"
    assert "status" not in project.raw.columns


def test_every_value_knows_its_cell() -> None:
    project = read([None], ["Projecten 2023"], [None], HEAD, KAS).kinds["project"]
    source, row = project.source(0), project.frame["_row"][0]
    assert source.address("volume", row) == "Projecten!D5"
    assert source.columns["volume"] == ("D", "Omvang")
    assert source.address("status", row) == ""


@given(st.permutations(range(7)), st.integers(0, 28), st.integers(1, 12))
@settings(deadline=None, max_examples=30)
def test_headers_are_found_wherever_they_moved(order: list[int], above: int, last_seen: int) -> None:
    rows = [["Overzicht"]] * above + [[each[i] for i in order] for each in (HEAD, KAS, HUB)]
    done = read(*rows, mapping=MAPPING.replace("header_row = 1", f"header_row = {last_seen}"))
    assert done.kinds["project"].frame["volume"].to_list() == [1_250_000_00, 500_000_00]
    assert done.kinds["project_participant"].frame.height == 3
    assert not [f for f in done.findings if f.severity is not Severity.NOTICE]


def test_headers_compare_without_case_and_white_space() -> None:
    done = read([f"  {str(header).upper()}\u00a0 " for header in HEAD], KAS)
    assert done.kinds["project"].frame.height == 1
    assert done.findings == []


def test_values_of_one_cell_become_records_of_their_own() -> None:
    partners = read(HEAD, KAS, HUB).kinds["project_participant"]
    assert partners.frame.select("_row", "_item", "_number").rows() == [
        (2, 0, "P1 | R1"),
        (2, 1, "P1 | R2"),
        (3, 0, "P2 | R2"),
    ]
    assert partners.raw["organisation"].to_list() == ["Acme", "Bolt", "Bolt"]


def test_names_become_numbers_and_unknown_names_stay() -> None:
    done = read(HEAD, KAS, [*HUB[:4], "Corvus", None, "BOLT"])
    assert done.kinds["project"].frame["lead"].to_list() == ["R1", "Corvus"]
    assert done.kinds["project_participant"].frame["organisation"].to_list() == ["R1", "R2", "R2"]


def test_blank_rows_titles_and_totals_are_no_records() -> None:
    done = read(HEAD, KAS, [None] * 7, HUB, ["Totaal", None, None, "1.750"])
    assert done.kinds["project"].frame["_number"].to_list() == ["P1", "P2"]
    assert done.findings == []


def test_a_record_whose_name_begins_with_total_is_a_record() -> None:
    rows = [["Nr", "Naam", "Vorm", "Plaats"], ["Total Energies", "Total Energies", "B.V.", "Den Haag"]]
    mapping = MAPPING.replace('name = "Naam"\n', 'name = "Naam"\nlegal_form = "Vorm"\ncity = "Plaats"\n')
    done = of([table(rows, "Relaties")], mapping)
    assert done.kinds["organisation"].frame["_number"].to_list() == ["Total Energies"]


@pytest.mark.parametrize(("total", "wrong"), [("1.750", []), ("1.751", []), ("1.760", ["Projecten!D4"])])
def test_a_total_is_held_against_its_parts(total: str, wrong: list[str]) -> None:
    exact = ["Totaal", None, None, total]
    mapping = MAPPING.replace('unit = "EUR thousand"', 'unit = "EUR"')
    parts = [[*KAS[:3], "1.250", *KAS[4:]], [*HUB[:3], "500", *HUB[4:]]]
    assert found(read(HEAD, *parts, exact, mapping=mapping), "table.total-differs") == wrong


def test_subtotals_are_held_against_the_rows_since_the_last() -> None:
    rows = [
        HEAD,
        KAS,
        ["Subtotaal", None, None, "1.250"],
        HUB,
        ["Subtotaal", None, None, "500"],
        ["Totaal", None, None, "1.750"],
    ]
    assert found(read(*rows), "table.total-differs") == []


def test_a_repeated_header_is_no_record() -> None:
    assert read(HEAD, KAS, HEAD, HUB).kinds["project"].frame.height == 2


def test_a_missing_header_is_said_with_those_that_are_there() -> None:
    done = read([h if h != "Start" else "Begin" for h in HEAD], KAS)
    [finding] = [f for f in done.findings if f.check == "mapping.header-missing"]
    assert (finding.header, finding.severity, finding.field) == ("Start", Severity.ERROR, "start")
    assert "'Begin'" in finding.message.nl
    assert done.kinds["project"].frame["start"].to_list() == [None]


def test_a_missing_table_is_said_once_for_each_kind() -> None:
    done = read(HEAD, KAS, name="Blad1")
    assert [f.kind for f in done.findings if f.check == "mapping.table-missing"] == ["project", "project_participant"]
    assert list(done.kinds) == ["organisation"]


def test_two_headers_alike_are_said_at_the_second() -> None:
    assert found(read([*HEAD, "Omvang"], [*KAS, "7"]), "table.header-twice") == ["Projecten!H1"]
    assert found(read([*HEAD, "Omvang"], [*KAS, "1.250"]), "table.header-twice-alike") == ["Projecten!H1"]


def test_a_mapping_that_no_longer_fits_says_where() -> None:
    entries = parse(MAPPING)
    assert fits(entries, [table([HEAD, KAS], "Projecten"), RELATIONS]) == []
    changed = fits(entries, [table([["A", "B"], ["1", "2"]], "Projecten"), table([["Nr"], ["R1"]], "Relaties")])
    assert [(m.reason, m.mapping.kind, m.missing) for m in changed] == [
        ("header-row", "project", ()),
        ("header-row", "project_participant", ()),
        ("headers", "organisation", ("Naam",)),
    ]
    assert [m.reason for m in fits(entries, [RELATIONS])] == ["table", "table"]


def test_one_finding_for_each_unreadable_cell() -> None:
    bad = ["P3", "Kas", "31-02-2023", "veel", "Acme", "Provincie, LIOF", "Acme"]
    done = read(HEAD, KAS, bad)
    cells = {(f.check, f.cell): f for f in done.findings}
    assert set(cells) == {
        ("date.impossible", "Projecten!C3"),
        ("number.unreadable", "Projecten!D3"),
        ("agencies.unknown", "Projecten!F3"),
    }
    said = cells["date.impossible", "Projecten!C3"]
    assert said.message.nl == "31 februari 2023 bestaat niet."
    assert said.message.en == "31 February 2023 does not exist."
    assert said.number == "P3"
    assert (said.value, said.expected, said.header, said.column, said.row) == (
        "31-02-2023",
        "dd-mm-yyyy",
        "Start",
        "C",
        3,
    )


def test_frame_and_raw_keep_one_order() -> None:
    done = read(HEAD, *[[f"P{i}", "x", None, str(i), None, None, "; ".join("AB"[: i % 3])] for i in range(50)])
    for rows in done.rows:
        places = rows.frame.select("_source", "_row", "_item").rows()
        assert places == rows.raw.select("_source", "_row", "_item").rows()
        assert all(one <= other for one, other in pairwise(places))


def test_tables_of_one_name_in_two_files_are_read_together() -> None:
    one, other = table([HEAD, KAS], "Projecten"), table([HEAD, HUB], "Projecten")
    project = of([one, other, RELATIONS]).kinds["project"]
    assert project.frame["_source"].to_list() == [0, 1]
    assert len(project.sources) == 2


def test_a_mapping_with_unknown_words_is_said_not_raised() -> None:
    mapping = MAPPING.replace('kind = "organisation"', 'kind = "organisatie"').replace(
        'title = "Naam"', 'titel = "Naam"'
    )
    assert {f.check for f in read(HEAD, KAS, mapping=mapping).findings} == {
        "mapping.kind-unknown",
        "mapping.field-unknown",
    }
