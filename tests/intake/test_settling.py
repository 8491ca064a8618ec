"""Settling a mapping: only what changed is asked, a form sent back unchanged changes nothing, examples are true."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.intake import mapping as mappings
from schakel.intake.interpreting.cells import Cells
from schakel.intake.interpreting.fields import read
from schakel.intake.kinds import kind
from schakel.intake.mapping import FieldSource, Mapping, TableMapping
from schakel.intake.settling import answered, ask, differences, examples_of, placed, problems, records_in, version_of
from schakel.intake.settling.answering import EMPTY, LEAVE
from schakel.intake.tables import Table
from schakel.intake.views.mapping_fields import field_view
from tests.intake.settling_tables import of_entry, of_mapping, table

for room in ("register", "innovate", "invest", "internationalise", "figures"):
    importlib.import_module(f"schakel.{room}.kinds")

MAPPINGS = sorted((Path(__file__).parent.parent / "mappings").glob("*.toml"))
LEARNED = mappings.load(next(path for path in MAPPINGS if path.stem == "impuls-zeeland"))
PROJECTS = next(entry for entry in LEARNED.tables if entry.kind == "project")


def _never(name: str, letter: str) -> FieldSource:
    raise AssertionError(f"{name} was asked to be proposed anew from {letter}")


def _form(asked, heads: list[Table]) -> dict[str, str]:
    """What a browser sends back of a table that was opened and left as it was."""
    name, data = f"t{asked.at}", {}
    data |= {f"{name}-shown": "1", f"{name}-kind": asked.entry.kind, f"{name}-kind-was": asked.entry.kind}
    row = str(asked.found.header_row)
    data |= {f"{name}-row": row, f"{name}-row-was": row, f"{name}-skip": ", ".join(asked.entry.skip)}
    data |= {f"{name}-numbering": asked.entry.numbering, f"{name}-right": "1"}
    rows, _skipped = records_in(asked.found)
    for field in asked.fields:
        found = None
        if field.source is not None and field.column:
            found = examples_of(rows, field.column, field.field, field.source, agency_names={})
        view = field_view(asked, field, found)
        for control in (view.column, *view.controls, *(listed.control for listed in view.listed)):
            chosen = next((o.value for o in control.options if o.chosen), None)
            data[control.id] = control.value if chosen is None and not control.options else chosen or ""
        data |= dict(view.hidden) | {listed.name: listed.value for listed in view.listed}
        data[f"{view.id}-unknown"] = view.unknown
    return data


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_a_form_that_is_sent_back_as_it_was_shown_gives_the_same_mapping(path):
    held = mappings.load(path)
    heads = of_mapping(held)
    asked = ask(held, heads, confirmed=None)
    answers = [answered(each, _form(each, heads), heads, _never) for each in asked]
    assert problems(answers) == []
    back = Mapping(held.agency, tuple(answer.entry for answer in answers if answer.entry))
    assert mappings.dump(back) == mappings.dump(held)


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_what_was_confirmed_and_still_fits_is_not_asked(path):
    held = mappings.load(path)
    asked = ask(held, of_mapping(held), confirmed=held)
    assert {each.state for each in asked} == {"standing"}
    assert not any(each.asked for each in asked)


FIELDS = sorted(PROJECTS.fields)


@given(changed=st.sets(st.sampled_from(FIELDS)))
def test_of_changed_headers_only_those_are_asked(changed):
    now = replace(PROJECTS, fields={n: _renamed(n, s, changed) for n, s in PROJECTS.fields.items()})
    heads = [of_entry(now)]
    (asked,) = ask(Mapping("x", (PROJECTS,)), heads, confirmed=Mapping("x", (PROJECTS,)))
    if 2 * len(changed) <= len(FIELDS):
        assert {field.field.name for field in asked.asked} == changed
        assert all(field.state == "gone" and field.source is None for field in asked.asked)
        assert set(asked.left_out) == {now.fields[name].header for name in changed}


@given(changed=st.sets(st.sampled_from(FIELDS), max_size=5))
def test_a_proposal_in_the_place_of_a_changed_header_is_asked_with_how_sure_it_is(changed):
    now = replace(PROJECTS, fields={n: _renamed(n, s, changed) for n, s in PROJECTS.fields.items()})
    told = [
        {
            "kind": "project",
            "table": now.table,
            "fields": [
                {"field": name, "source": {"header": source.header}, "sure": 0.8, "why": {"nl": "lijkt", "en": "like"}}
                for name, source in now.fields.items()
            ],
        }
    ]
    (asked,) = ask(Mapping("x", (now,)), [of_entry(now)], confirmed=Mapping("x", (PROJECTS,)), proposal=told)
    assert {field.field.name for field in asked.asked} == changed
    for field in asked.asked:
        assert (field.before, field.sureness) == (PROJECTS.fields[field.field.name].header, "likely")
    settled = ask(Mapping("x", (now,)), [of_entry(now)], confirmed=None, proposal=told, settled=True)[0]
    assert not settled.asked
    assert all(field.why is not None for field in settled.fields if field.source is not None)


def _renamed(name: str, source: FieldSource, changed: set[str]) -> FieldSource:
    return replace(source, header=f"Nieuwe kop {name}") if name in changed else source


def test_a_first_delivery_asks_everything_that_is_proposed():
    heads = of_mapping(LEARNED)
    asked = ask(LEARNED, heads, confirmed=None)
    assert {each.state for each in asked} == {"proposed"}
    assert all({f.field.name for f in each.asked} == set(each.entry.fields) for each in asked)


def test_tables_that_nobody_reads_and_those_that_did_not_come_are_told_apart():
    heads = [*of_mapping(LEARNED)[1:], table("Toelichting", ["Kleur", "Betekenis"])]
    asked = ask(LEARNED, heads, confirmed=LEARNED)
    assert [each.entry.table for each in asked if each.state == "absent"] == ["Relaties"]
    unread = [each for each in asked if each.state == "unread"]
    assert [(each.entry.table, each.left_out) for each in unread] == [("Toelichting", ("Kleur", "Betekenis"))]


def test_a_table_that_did_not_come_stays_in_the_mapping_unless_it_is_left_out():
    heads = of_mapping(LEARNED)[1:]
    absent = next(each for each in ask(LEARNED, heads, confirmed=LEARNED) if each.state == "absent")
    assert answered(absent, {}, heads, _never).entry == absent.entry
    assert answered(absent, {f"t{absent.at}-keep": "no"}, heads, _never).entry is None


def _one(entry: TableMapping, **changed: str):
    heads = [of_entry(entry)]
    (asked,) = ask(Mapping("x", (entry,)), heads, confirmed=None)
    data = _form(asked, heads) | {f"t0-{key.replace('__', '-')}": value for key, value in changed.items()}
    answer = answered(asked, data, heads, lambda name, letter: FieldSource(header=asked.found.headers[letter]))
    return answer, [problem.place for problem in problems([answer])]


def test_a_required_field_without_a_column_is_said_at_its_place():
    answer, places = _one(PROJECTS, f__title__column="")
    assert answer.asked.field("title").state == "missing"
    assert places == ["t0-f-title-column"]


def test_one_column_for_two_fields_is_said_at_the_second():
    _answer, places = _one(PROJECTS, f__description__column="B", f__description__was="B")
    assert places == ["t0-f-description-column"]


def test_another_column_has_to_be_looked_at_before_it_is_used():
    heads = [table("Innovatieprojecten", ["Projectnr", "Titel", "Naam"])]
    entry = TableMapping("project", "Innovatieprojecten", 1, {"number": FieldSource("Projectnr")})
    (asked,) = ask(Mapping("x", (entry,)), heads, confirmed=None)
    data = _form(asked, heads) | {"t0-f-title-column": "B"}
    fresh = answered(asked, data, heads, lambda _name, _letter: FieldSource("Titel"))
    assert fresh.unseen == ("title",)
    assert "t0-f-title-column" in [problem.place for problem in problems([fresh])]


def test_a_field_that_is_not_required_may_lose_its_column():
    answer, places = _one(PROJECTS, f__description__column="")
    assert not places
    assert answer.entry is not None
    assert set(answer.entry.fields) == set(PROJECTS.fields) - {"description"}


def test_a_table_that_nobody_ticked_is_not_taken():
    answer, places = _one(PROJECTS)
    assert not places
    assert [p.place for p in problems([replace(answer, right=False)])] == ["t0-right"]


def test_a_value_of_no_list_has_to_be_given_a_meaning():
    status = replace(PROJECTS.fields["status"], codes={})
    entry = replace(PROJECTS, fields=PROJECTS.fields | {"status": status})
    at = [s.header for s in entry.fields.values()].index("Status")
    row: list[str | None] = ["P1", *[None] * (len(entry.fields) - 1)]
    row[at] = "in de wacht"
    heads = [table(entry.table, [s.header for s in entry.fields.values()], [row], header_row=4)]
    (asked,) = ask(Mapping("x", (entry,)), heads, confirmed=None)
    data = _form(asked, heads)
    assert data["t0-f-status-v0"] == "in de wacht"
    answer = answered(asked, data, heads, _never)
    assert [p.place for p in problems([answer])] == ["t0-f-status-column"]
    for choice, codes in (("running", {"in de wacht": "running"}), (EMPTY, {"in de wacht": ""}), (LEAVE, {})):
        chosen = answered(asked, data | {"t0-f-status-c0": choice}, heads, _never)
        assert problems([chosen]) == []
        assert chosen.entry is not None
        assert chosen.entry.fields["status"].codes == codes
    wrong = answered(asked, data | {"t0-f-status-c0": "verzonnen"}, heads, _never)
    assert [p.place for p in problems([wrong])] == ["t0-f-status-column"]


def test_no_table_at_all_is_a_problem():
    answer, places = _one(PROJECTS, kind="")
    assert answer.entry is None
    assert places == ["tables"]


AMOUNTS = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(0, 10**7).map(lambda n: f"{n:,}".replace(",", ".")),
    st.decimals(0, 10**6, places=2).map(lambda d: f"{d:,.2f}".translate(str.maketrans(",.", ".,"))),
    st.sampled_from(["n.b.", "", "onzin", "1,5", "1.234"]),
)
DATES = st.one_of(
    st.dates().map(lambda d: d.strftime("%d-%m-%Y")), st.sampled_from(["3 mrt 2023", "31-02-2023", "-", "2023"])
)
CODES = st.sampled_from(["lopend", "Lopend", "afgerond", "iets anders", "", "onbekend"])


WRITTEN = st.sampled_from(["", "1.234,56", "1,234.56"])


@given(values=st.lists(AMOUNTS, max_size=25), unit=st.sampled_from(sorted(mappings.UNITS)), written=WRITTEN)
def test_examples_of_amounts_are_what_reading_makes_of_them(values, unit, written):
    _as_read(values, "volume", FieldSource("Kop", unit=unit, format=written))


@given(values=st.lists(DATES, max_size=25))
def test_examples_of_dates_are_what_reading_makes_of_them(values):
    _as_read(values, "start", FieldSource("Kop"))


@given(values=st.lists(CODES, max_size=25), codes=st.dictionaries(CODES.filter(bool), st.just("running"), max_size=2))
def test_examples_of_codes_are_what_reading_makes_of_them(values, codes):
    _as_read(values, "status", FieldSource("Kop", codes=codes))


def _as_read(values: list[str], name: str, source: FieldSource) -> None:
    field = kind("project").fields_by_name[name]
    rows = [[f"P{n}", value or None] for n, value in enumerate(values)]
    found = placed(TableMapping("project", "Blad", 1, {}), table("Blad", ["Nr", "Kop"], rows))
    records, _skipped = records_in(found)
    told = examples_of(records, "B", field, source, agency_names={})
    cells = Cells(records["B"].str.strip_chars(), records["B.type"])
    read_as = read(cells, field, source, {}).values
    by_text = {text: value for text, value in zip(cells.text, read_as, strict=True) if text is not None}
    for example in (*told.shown, *told.nothing, *told.blanks, *told.values):
        assert by_text[example.text] == example.value
        assert example.count == cells.text.to_list().count(example.text)
    assert (told.rows, told.empty) == (len(values), cells.text.null_count())
    lost = sum(text is not None and value is None for text, value in zip(cells.text, read_as, strict=True))
    assert told.lost == lost - sum(example.count for example in told.blanks)


def test_a_reference_to_nobody_becomes_nothing():
    field = kind("project").fields_by_name["lead"]
    found = placed(TableMapping("project", "Blad", 1, {}), table("Blad", ["Kop"], [["R1"], ["R9"], ["R9"]]))
    told = examples_of(records_in(found)[0], "A", field, FieldSource("Kop"), agency_names={}, known={"R1"}.__contains__)
    assert [example.text for example in told.shown] == ["R1"]
    assert [(example.text, example.count) for example in told.nothing] == [("R9", 2)]


def test_totals_are_no_records():
    found = placed(
        TableMapping("project", "Blad", 1, {}), table("Blad", ["Nr", "Omvang"], [["P1", "5"], ["Totaal", "5"]])
    )
    records, skipped = records_in(found)
    assert records["row"].to_list() == [2]
    assert skipped == [3]


def test_differences_are_told_field_by_field():
    fields = PROJECTS.fields | {
        "volume": replace(PROJECTS.fields["volume"], header="Budget", unit="EUR thousand"),
        "status": replace(PROJECTS.fields["status"], codes={"lopend": "completed", "afgerond": "completed"}),
    }
    fields.pop("eu_number")
    told = [
        words.nl for words in differences(Mapping("x", (PROJECTS,)), Mapping("x", (replace(PROJECTS, fields=fields),)))
    ]
    assert any("komt uit kolom 'Budget' (was kolom 'Projectomvang')" in line for line in told)
    assert any("in duizenden euro's (was euro)" in line for line in told)
    assert any("'lopend' wordt afgerond (was lopend)" in line for line in told)
    assert any("wordt niet meer gelezen" in line for line in told)
    assert len(told) == 4


@given(path=st.sampled_from(MAPPINGS))
def test_a_mapping_does_not_differ_from_itself(path):
    held = mappings.load(path)
    assert differences(held, mappings.parse(mappings.dump(held))) == []


@given(one=st.text(), other=st.text(), settled=st.booleans())
def test_versions_tell_apart_what_was_settled_and_what_it_says(one, other, settled):
    assert (version_of(one) == version_of(other, settled=settled)) == (one == other and not settled)


def test_frames_of_tests_have_the_shape_of_read_tables():
    made = table("Blad", ["A", "B"], [["x", None]], header_row=4)
    assert made.header(4) == {"A": "A", "B": "B"}
    assert made.frame["row"].dtype == pl.UInt32
