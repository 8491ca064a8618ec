"""A blank workbook, filled in, is read without help: every column found, every value back."""

from __future__ import annotations

import importlib
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from schakel.intake.blank import blank_workbook, own_codes
from schakel.intake.blank.choices import codes, countries
from schakel.intake.interpreting import KindRows, interpret
from schakel.intake.interpreting.lookups import country_code
from schakel.intake.kinds import Field, RecordKind, kind, kinds
from schakel.intake.mapping import FieldSource, Mapping, TableMapping
from schakel.intake.proposing import propose
from schakel.intake.reading import read

for room in ("register", "innovate", "invest", "internationalise", "figures"):
    importlib.import_module(f"schakel.{room}.kinds")

KINDS = [each for each in kinds() if each.delivered_by == "agency"]
AGENCIES = {"bom": "bom", "liof": "liof", "nom": "nom", "oost nl": "oost-nl"}
LINES = 8
TEXTS = {
    "legal_form": ("B.V.", "N.V.", "Stichting", "V.O.F."),
    "address": ("Dorpsstraat 12", "Kade 3a", "Industrieweg 140", "Markt 1"),
    "city": ("Zwolle", "Eindhoven", "Sittard", "Leiden"),
    "co_investors": ("Zenmoon Capital", "Radu Ventures"),
}
NAMES = ("Waterkracht", "Zonneveld", "Molenbrug", "Lichtberg", "Havenster", "Vonkgolf", "Sterveld", "Brugwater")

Row = dict[str, object]
Rows = dict[str, list[Row]]


def written(field: Field, of: RecordKind, line: int, chance: int, language: str) -> tuple[object, object]:
    """What somebody fills in for ``field`` on a line, and what must be read."""
    turn = line + chance
    if field.name == "number":
        said = f"{of.name[:2].upper()}-{line + 1:03}"
        return said, said
    match field.type:
        case "text":
            said = TEXTS[field.name][turn % len(TEXTS[field.name])] if field.name in TEXTS else _text(field, of, line)
            return said, [said] if field.several else said
        case "code":
            code = field.codes[turn % len(field.codes)]
            return code.labels.in_(language), [code.value] if field.several else code.value
        case "integer":
            return 3 + turn % 40, 3 + turn % 40
        case "year":
            return 2016 + line, 2016 + line
        case "number":
            return 20.5 + turn, 20.5 + turn
        case "money":
            return 12_500 + 250.5 * turn, 1_250_000 + 25_050 * turn
        case "date":
            return date(2023, 1 + turn % 12, 1 + line), date(2023, 1 + turn % 12, 1 + line)
        case "reference":
            at = line if of.key[0] == field.name else (line * 3 + 1) % LINES
            said = f"{(field.refers_to or '')[:2].upper()}-{at + 1:03}"
            return said, said
        case "agencies":
            return ("LIOF, NOM", ["liof", "nom"]) if turn % 2 else ("Oost NL", ["oost-nl"])
        case "country":
            code_ = ("DE", "US", "NL", "JP")[turn % 4]
            name = next(name for name in countries(language) if country_code(name) == code_)
            return name, code_
    return _number(field, line)


def _text(field: Field, of: RecordKind, line: int) -> str:
    if field.name == "description":
        return f"Wij onderzoeken met {NAMES[line]} of het plan van deel {line} haalbaar is voor de regio."
    if field.name == "eu_number":
        return f"1010{line:05}"
    return f"{NAMES[line]} {of.labels.nl} {line}" + (" B.V." if of.name == "organisation" else "")


def _number(field: Field, line: int) -> tuple[str, str]:
    match field.type:
        case "kvk":
            return f"0123456{line}", f"0123456{line}"
        case "vat":
            return f"NL80123456{line}B01", f"NL80123456{line}B01"
        case "rsin":
            return f"80123456{line}", f"80123456{line}"
        case "postcode":
            return f"10{line}1 AB", f"10{line}1AB"
    return f"www.bedrijf{line}.nl", f"www.bedrijf{line}.nl"


def filled(content: bytes, path: Path, rows: dict[str, list[Row]], language: str) -> Path:
    """The workbook with ``rows`` under its headers, as a spreadsheet program saves it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, lines in rows.items():
        plural = kind(name).plural.in_(language)
        sheet = book[plural[:1].upper() + plural[1:]]
        columns = {cell.value: cell.column for cell in sheet[2]}
        for at, line in enumerate(lines, start=3):
            for field, value in line.items():
                sheet.cell(at, columns[kind(name).fields_by_name[field].labels.in_(language)], value)
    book.save(path)
    return path


def read_back(path: Path, learned: tuple[Mapping, ...] = ()) -> tuple[Mapping, dict[str, KindRows], list[str]]:
    tables = read([path]).tables
    proposal = propose(tables, KINDS, agency="bom", learned=learned, agency_names=AGENCIES)
    found = interpret(tables, proposal.mapping, period=2023, agency_names=AGENCIES)
    return proposal.mapping, found.kinds, [f"{each.check} {each.cell} {each.value}" for each in found.findings]


def delivered(
    wanted: list[RecordKind], chance: int, language: str
) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    said: dict[str, list[Row]] = {}
    meant: dict[str, list[Row]] = {}
    for of in wanted:
        pairs = [{f.name: written(f, of, line, chance, language) for f in of.fields} for line in range(LINES)]
        said[of.name] = [{name: pair[0] for name, pair in line.items()} for line in pairs]
        meant[of.name] = [{name: pair[1] for name, pair in line.items()} for line in pairs]
    return said, meant


def check(tmp_path: Path, wanted: list[RecordKind], chance: int, language: str) -> None:
    said, meant = delivered(wanted, chance, language)
    content = blank_workbook(KINDS, agency="BOM", period=2023, language=language)
    mapping, found, findings = read_back(filled(content, tmp_path / "in.xlsx", said, language))
    for of in wanted:
        table = next(table for table in mapping.tables if table.kind == of.name)
        assert {name: source.header for name, source in table.fields.items()} == {
            field.name: field.labels.in_(language) for field in of.fields
        }
        rows = found[of.name].frame.select(list(meant[of.name][0])).to_dicts()
        assert rows == [{**line, **_derived(of, line)} for line in meant[of.name]]
    assert not [each for each in findings if not each.startswith("table.empty")]


def _derived(of: RecordKind, line: Row) -> Row:
    """A legal person's VAT number holds its RSIN."""
    return {"rsin": line["rsin"]} if of.name == "organisation" else {}


@pytest.mark.parametrize(("language", "chance"), [("nl", 0), ("en", 5), ("nl", 11)])
def test_everything_filled_in_is_read_back(language, chance, tmp_path):
    check(tmp_path, KINDS, chance, language)


@pytest.mark.parametrize("of", KINDS, ids=lambda of: of.name)
def test_each_kind_by_itself_is_read_back(of, tmp_path):
    known = {of.name} | {field.refers_to for field in of.fields}
    check(tmp_path, [each for each in KINDS if each.name in known], 1, "nl")


def test_an_empty_workbook_gives_no_records(tmp_path):
    path = tmp_path / "in.xlsx"
    path.write_bytes(blank_workbook(KINDS, agency="BOM", period=2023, language="nl"))
    _, found, _ = read_back(path)
    assert all(rows.frame.is_empty() for rows in found.values())


OWN = {"investment": {"stage": {"Zaaifase": "seed", "Rijp": "later-stage", "onbekend": ""}}}


def test_the_agency_s_own_codes_are_offered_and_read(tmp_path):
    source = FieldSource("Stadium", codes=OWN["investment"]["stage"])
    confirmed = Mapping("bom", (TableMapping("investment", "Deals", 1, {"stage": source}),))
    assert own_codes(confirmed) == OWN
    of = kind("investment")
    offered = codes(of.fields_by_name["stage"], "nl", OWN["investment"]["stage"])
    assert offered == ["Zaaifase", "start-up", "Rijp", "groei"]
    said, meant = delivered(KINDS, 0, "nl")
    for line, row in enumerate(said["investment"]):
        row["stage"] = offered[line % len(offered)]
    content = blank_workbook(KINDS, agency="BOM", period=2023, language="nl", own_codes=OWN)
    _, found, _ = read_back(filled(content, tmp_path / "in.xlsx", said, "nl"), (confirmed,))
    values = [code.value for code in of.fields_by_name["stage"].codes]
    assert found["investment"].frame["stage"].to_list() == [values[line % len(values)] for line in range(LINES)]
    assert len(meant["investment"]) == LINES


def rules(content: bytes, title: str) -> dict[str, object]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))[title]
    headers = {cell.column_letter: cell.value for cell in sheet[2]}
    return {headers[str(rule.sqref).split("3:")[0]]: rule for rule in sheet.data_validations.dataValidation}


def test_columns_check_what_is_filled_in():
    content = blank_workbook(KINDS, agency="BOM", period=2023, language="nl", known={"fund": ["F1", "F2"]})
    deals = rules(content, "Investeringen")
    assert (deals["Bedrag"].type, deals["Bedrag"].operator, deals["Bedrag"].formula1) == (
        "decimal",
        "greaterThanOrEqual",
        "0",
    )
    assert deals["Datum"].type == "date"
    assert deals["Fondsnummer"].formula1 == '"F1,F2"'
    assert deals["Fondsnummer"].errorStyle == "warning"
    assert deals["Type"].formula1.startswith('"')
    assert deals["Relatienummer"].type is None or deals["Relatienummer"].formula1 is None
    assert "Verplicht." in deals["Bedrag"].prompt
    assert rules(content, "Organisaties")["Land"].formula1.startswith("'Lijsten'!$")


def test_headers_explain_themselves_and_long_lists_are_out_of_sight():
    numbers = [f"R{number:04}" for number in range(500)]
    content = blank_workbook(KINDS, agency="BOM", period=2023, language="en", known={"organisation": numbers})
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames[0] == "Explanation"
    assert book["Lists"].sheet_state == "hidden"
    assert numbers in [[cell.value for cell in column][:500] for column in book["Lists"].iter_cols()]
    sheet = book["Innovation projects"]
    volume = next(cell for cell in sheet[2] if cell.value == "Project volume")
    assert volume.comment.text == (
        "Project volume\nTotal project cost, all participants together. Not required. An amount in euro, 0 or more."
    )
    assert sheet.freeze_panes == "A3"


def test_texts_keep_the_noughts_in_front():
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(KINDS, agency="BOM", period=2023, language="nl")))
    sheet = book["Organisaties"]
    headers = {cell.value: cell.column_letter for cell in sheet[2]}
    assert sheet.column_dimensions[headers["KvK-nummer"]].number_format == "@"


def test_a_workbook_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        blank_workbook([], agency="BOM", period=2023, language="nl")
