"""Each kind of evidence on a small invented table, with the reason that is given."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.intake.kinds import Code, Field, RecordKind
from schakel.intake.mapping import FieldSource, Mapping, TableMapping
from schakel.intake.proposing import FieldProposal, Proposal, propose
from schakel.intake.tables import CELL_TYPE, Table
from schakel.words import Words

Cell = str | int | float | None

COMPANY = RecordKind(
    name="company",
    room="test",
    labels=Words("organisatie", "organisation"),
    plural=Words("organisaties", "organisations"),
    key=("number",),
    numbering="permanent",
    synonyms=("Relaties",),
    fields=(
        Field("number", "text", Words("Relatienummer", "Organisation number"), required=True, synonyms=("Relatienr",)),
        Field("name", "text", Words("Naam", "Name"), required=True),
        Field("kvk", "kvk", Words("KvK-nummer", "Chamber of Commerce number")),
        Field("vat", "vat", Words("Btw-nummer", "VAT number")),
        Field("postcode", "postcode", Words("Postcode", "Postcode")),
        Field("country", "country", Words("Land", "Country")),
        Field("website", "url", Words("Website", "Website")),
        Field(
            "size",
            "code",
            Words("Fase", "Growth stage"),
            codes=(
                Code("startup", Words("start-up", "start-up")),
                Code("sme", Words("mkb", "SME")),
                Code("large", Words("groot", "large"), ("grootbedrijf",)),
            ),
        ),
    ),
)

PROJECT = RecordKind(
    name="project",
    room="test",
    labels=Words("innovatieproject", "innovation project"),
    plural=Words("innovatieprojecten", "innovation projects"),
    key=("number",),
    fields=(
        Field("number", "text", Words("Projectnummer", "Project number"), required=True),
        Field("title", "text", Words("Titel", "Title"), required=True),
        Field("start", "date", Words("Startdatum", "Start date"), required=True),
        Field("volume", "money", Words("Projectomvang", "Project volume")),
        Field("lead", "reference", Words("Penvoerder", "Lead partner"), refers_to="company"),
        Field("together_with", "agencies", Words("Samen met", "Together with"), several=True),
    ),
)

MEMBER = RecordKind(
    name="member",
    room="test",
    labels=Words("projectdeelnemer", "project participant"),
    plural=Words("projectdeelnemers", "project participants"),
    key=("project", "company"),
    numbering="none",
    fields=(
        Field("project", "reference", Words("Projectnummer", "Project number"), required=True, refers_to="project"),
        Field(
            "company", "reference", Words("Relatienummer", "Organisation number"), required=True, refers_to="company"
        ),
    ),
)

KINDS = (COMPANY, PROJECT, MEMBER)
WIDE = "ABCDEFGHIJKLMNOP"


def table(name: str, rows: Sequence[Sequence[Cell]], first: int = 1) -> Table:
    """A sheet of these rows; strings are text, numbers are numbers."""
    frame: dict[str, pl.Series] = {"row": pl.Series(range(first, first + len(rows)), dtype=pl.UInt32)}
    for at, letter in enumerate(WIDE[: max(map(len, rows))]):
        cells = [row[at] if at < len(row) else None for row in rows]
        kinds = ["empty" if c is None else "text" if isinstance(c, str) else "number" for c in cells]
        frame[letter] = pl.Series([None if c is None else str(c) for c in cells], dtype=pl.String)
        frame[f"{letter}.type"] = pl.Series(kinds, dtype=CELL_TYPE)
    return Table(file="test.xlsx", name=name, form="sheet", frame=pl.DataFrame(frame))


def companies(**columns: Sequence[Cell]) -> Table:
    """A sheet of six companies with more columns; `_` in a name is a space."""
    headers = ["Relatienr", "Naam", *(name.replace("_", " ") for name in columns)]
    known = [
        [f"R{n}", f"{name} B.V."] for n, name in enumerate(("Alfa", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"), 101)
    ]
    return table(
        "Relaties", [headers, *([*row, *(column[at] for column in columns.values())] for at, row in enumerate(known))]
    )


def projects(*more: Sequence[Cell], headers: Sequence[str] = ()) -> Table:
    rows: list[Sequence[Cell]] = [
        ("P23-001", "Zon op daken", "01-02-2023"),
        ("P23-002", "Water uit lucht", "17-03-2023"),
        ("P23-003", "Robots in de zorg", "30-11-2023"),
        ("P23-004", "Eiwit van eigen bodem", "05-06-2023"),
    ]
    filled = [[*row, *(column[at] for column in more)] for at, row in enumerate(rows)]
    return table("Projecten", [["Projectnummer", "Titel", "Startdatum", *headers], *filled])


def field(proposal: Proposal, kind: str, name: str) -> FieldProposal:
    found = proposal.table(kind)
    assert found is not None, f"no table for {kind}"
    return next(each for each in found.fields if each.field == name)


def about(name: str, header: str, values: Sequence[Cell]) -> FieldProposal:
    """What is proposed for a field of the companies, given one column besides number and name."""
    return field(propose([companies(**{header: values})], KINDS, agency="x"), "company", name)


class TestHeader:
    def test_that_equals_a_label_is_almost_certain(self) -> None:
        found = about("kvk", "KvK-nummer", ["12345678"] * 6)
        assert found.sure > 0.99
        assert "kop 'KvK-nummer' is gelijk" in found.why.nl
        assert "header 'KvK-nummer' is the same" in found.why.en

    def test_that_equals_a_synonym_says_so(self) -> None:
        found = field(propose([companies()], KINDS, agency="x"), "company", "number")
        assert "bekende andere naam 'Relatienr'" in found.why.nl

    def test_that_resembles_by_compound_and_abbreviation(self) -> None:
        sheet = table("Blad1", [["Klantnr.", "Organis.naam"], *([f"K{n}", f"Bedrijf {n}"] for n in range(7))])
        proposal = propose([sheet], KINDS, agency="x")
        assert field(proposal, "company", "number").source.header == "Klantnr."
        assert field(proposal, "company", "name").source.header == "Organis.naam"
        assert "lijkt op" in field(proposal, "company", "name").why.nl

    def test_that_another_agency_uses_is_learned(self) -> None:
        entry = TableMapping(
            "company", "Kaartenbak", 1, {"size": FieldSource("Xyz", codes={"aap": "large", "mees": "sme"})}
        )
        sheet = companies(Xyz=["aap", "mees"] * 3)
        proposal = propose([sheet], KINDS, agency="x", learned=[Mapping("oost-nl", (entry,))])
        found = field(proposal, "company", "size")
        assert "zo noemt oost-nl het ('Xyz')" in found.why.nl
        assert found.source.codes == {"aap": "large", "mees": "sme"}

    def test_that_nobody_asked_for_stays_unmapped(self) -> None:
        sheet = companies(Opmerking_intern=["a", "b", "c", "d", "e", "f"])
        found = propose([sheet], KINDS, agency="x").table("company")
        assert found is not None
        assert found.unmapped == ("Opmerking intern",)


@pytest.mark.parametrize(
    ("name", "values", "why"),
    [
        ("kvk", ["12345678", "01234567", "87654321", None, "11223344", "99887766"], "8 cijfers: KvK"),
        ("vat", ["NL123456789B01", None, "NL987654321B02", "NL111222333B01", None, None], "btw-nummers"),
        ("postcode", ["1234 AB", "9999ZZ", "3511EP", "6211 AA", "8011BB", "1012 CC"], "postcodes"),
        ("country", ["Duitsland", "Japan", "Zuid-Korea", "België", "Japan", "Taiwan"], "landen"),
        ("website", ["www.alfa.nl", "https://beta.nl/nl", "gamma.com", None, "delta.nl", None], "webadressen"),
        ("size", ["mkb", "groot", "mkb", "start-up", "mkb", "groot"], "codes van 'Fase'"),
    ],
)
def test_values_alone_tell_under_a_header_that_tells_nothing(name: str, values: Sequence[Cell], why: str) -> None:
    found = about(name, "Qqq", values)
    assert found.source.header == "Qqq"
    assert why in found.why.nl


class TestReferences:
    def test_values_that_stand_in_the_key_of_another_table(self) -> None:
        sheet = projects(["R101", "R102", "R101", "R106"], headers=["Wie"])
        found = field(propose([companies(), sheet], KINDS, agency="x"), "project", "lead")
        assert (found.source.header, found.source.refer_by) == ("Wie", "number")
        assert "waarden staan in de kolom 'Relatienr' van 'Relaties'" in found.why.nl

    def test_values_that_are_names_refer_by_name(self) -> None:
        sheet = projects(["Alfa B.V.", "Zeta B.V.", "Alfa B.V.", "beta b.v."], headers=["Trekker"])
        found = field(propose([companies(), sheet], KINDS, agency="x"), "project", "lead")
        assert (found.source.header, found.source.refer_by) == ("Trekker", "name")

    def test_a_cell_of_several_names_becomes_a_kind_of_its_own(self) -> None:
        cells = ["Alfa B.V.; Beta B.V.", "Zeta B.V.", "Gamma B.V.; Delta B.V.", "Epsilon B.V."]
        proposal = propose([companies(), projects(cells, headers=["Meedoen"])], KINDS, agency="x")
        found = field(proposal, "member", "company")
        assert found.source == FieldSource("Meedoen", separator=";", explode=True, refer_by="name")
        assert "gescheiden door ';'" in found.why.nl
        assert field(proposal, "member", "project").source.header == "Projectnummer"

    def test_a_table_of_pairs_is_told_by_what_it_points_to(self) -> None:
        pairs = table(
            "Tabel 7", [["a", "b"], ["P23-001", "R101"], ["P23-001", "R102"], ["P23-002", "R103"], ["P23-003", "R101"]]
        )
        proposal = propose([pairs, companies(), projects()], KINDS, agency="x")
        assert field(proposal, "member", "project").source.header == "a"
        assert field(proposal, "member", "company").source.header == "b"


class TestWriting:
    @pytest.mark.parametrize(
        ("dates", "pattern"),
        [
            (["01-02-2023", "17-03-2023", "30-11-2023", "05-06-2023"], "dd-mm-yyyy"),
            (["1-2-2023", "17-3-2023", "30-11-2023", "5-6-2023"], "d-m-yyyy"),
            (["01/02/2023", "17/03/2023", "30/11/2023", "05/06/2023"], "dd/mm/yyyy"),
            (["02/01/2023", "03/17/2023", "11/30/2023", "06/05/2023"], "mm/dd/yyyy"),
            (["1 feb 2023", "17 mrt 2023", "30 nov 2023", "5 jun 2023"], "d mmm yyyy"),
            (["1 februari 2023", "17 maart 2023", "30 november 2023", "5 juni 2023"], "d mmmm yyyy"),
            (["2023-02-01", "2023-03-17", "2023-11-30", "2023-06-05"], "yyyy-mm-dd"),
        ],
    )
    def test_date_format(self, dates: Sequence[str], pattern: str) -> None:
        sheet = table(
            "Projecten", [["Nr", "Titel", "Aanvang"], *([f"P{n}", f"Titel {n}", d] for n, d in enumerate(dates))]
        )
        found = field(propose([sheet], KINDS, agency="x"), "project", "start")
        assert found.source.format == pattern
        assert "waarden zijn datums" in found.why.nl

    @pytest.mark.parametrize(
        ("header", "amounts", "unit", "written"),
        [
            ("Projectomvang", [140500, 225000, 98000, 1200000], "EUR", ""),
            ("Projectomvang (kEUR)", [140.5, 225, 98, 1200], "EUR thousand", ""),
            ("Projectomvang x € 1.000", [140.5, 225, 98, 1200], "EUR thousand", ""),
            ("Projectomvang (mln)", [0.1405, 0.225, 0.98, 1.2], "EUR million", ""),
            ("Projectomvang", [140.5, 225, 98, 1200], "EUR thousand", ""),
            ("Projectomvang", [0.1405, 0.225, 0.98, 1.2], "EUR million", ""),
            ("Projectomvang", ["€ 140.500,00", "€ 225.000,00", "€ 98.000,00", "€ 1.200.000,00"], "EUR", "1.234,56"),
            ("Projectomvang", ["140500,00", "225000,00", "98000,00", "1200000,00"], "EUR", "1234,56"),
            ("Projectomvang", ["140,500.00", "225,000.00", "98,000.00", "1,200,000.00"], "EUR", "1,234.56"),
        ],
    )
    def test_money(self, header: str, amounts: Sequence[Cell], unit: str, written: str) -> None:
        found = field(propose([projects(amounts, headers=[header])], KINDS, agency="x"), "project", "volume")
        assert (found.source.header, found.source.unit, found.source.format) == (header, unit, written)

    def test_unit_said_in_a_title_above_the_table(self) -> None:
        rows = [["Bedragen x € 1.000"], [], ["Projectnummer", "Titel", "Startdatum", "Projectomvang"]]
        rows += [[f"P{n}", f"Titel {n}", "01-02-2023", "40.500"] for n in range(4)]
        proposal = propose([table("Projecten", rows)], KINDS, agency="x")
        assert field(proposal, "project", "volume").source.unit == "EUR thousand"
        assert proposal.mapping.tables[0].header_row == 3

    def test_names_of_agencies_and_their_separator(self) -> None:
        cells = ["BOM / Oost NL", None, "NOM", "BOM"]
        names = ("BOM", "NOM", "Oost NL", "LIOF")
        proposal = propose([projects(cells, headers=["Ook van"])], KINDS, agency="x", agency_names=names)
        found = field(proposal, "project", "together_with")
        assert (found.source.header, found.source.separator) == ("Ook van", " / ")
        assert "regionale ontwikkelingsmaatschappijen" in found.why.nl

    def test_codes_are_translated_by_likeness(self) -> None:
        found = about("size", "Fase", ["MKB", "Grootbedrijf", "Startup", "mkb", "MKB", "Startup"])
        assert found.source.codes == {"MKB": "sme", "mkb": "sme", "Grootbedrijf": "large", "Startup": "startup"}


class TestRows:
    def test_totals_under_a_table_are_skipped(self) -> None:
        sheet = projects([100000, 200000, 300000, 400000], headers=["Projectomvang"])
        more = table("Projecten", [["Totaal", None, None, 1000000]], first=7)
        whole = Table("test.xlsx", "Projecten", "sheet", pl.concat([sheet.frame, more.frame.cast(sheet.frame.schema)]))
        assert propose([whole], KINDS, agency="x").mapping.tables[0].skip == ("totaal",)

    def test_numbers_that_carry_the_year_start_again_each_year(self) -> None:
        assert propose([projects()], KINDS, agency="x").mapping.tables[0].numbering == "yearly"

    def test_a_table_of_nothing_known_is_left(self) -> None:
        proposal = propose(
            [companies(), table("Wachtlijst", [["q", "w"], ["aap", "noot"], ["mies", "wim"]])], KINDS, agency="x"
        )
        assert proposal.left == ("Wachtlijst",)


EXACT = {
    "company": ["Relatienummer", "Naam", "KvK-nummer", "Postcode", "Fase"],
    "project": ["Projectnummer", "Titel", "Startdatum", "Projectomvang", "Penvoerder"],
}
ROWS: dict[str, list[list[Cell]]] = {
    "company": [[f"R{n}", f"Bedrijf {n}", f"{12345670 + n}", f"12{n} AB", "mkb"] for n in range(10, 22)],
    "project": [[f"P23-{n}", f"Proef {n}", f"{n}-03-2023", 90500 * n, f"R{n}"] for n in range(10, 20)],
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_order_and_names_of_tables_do_not_matter(data: st.DataObject) -> None:
    titles = data.draw(
        st.lists(st.sampled_from(["Blad1", "Export", "x", "Tabel 9"]), min_size=2, max_size=2, unique=True)
    )
    tables = []
    for title, kind in zip(titles, EXACT, strict=True):
        order = data.draw(st.permutations(range(len(EXACT[kind]))))
        rows = data.draw(st.permutations(ROWS[kind]))
        header: list[Cell] = [*EXACT[kind]]
        tables.append(table(title, [[row[at] for at in order] for row in (header, *rows)]))
    proposal = propose(data.draw(st.permutations(tables)), KINDS, agency="x")
    for title, kind in zip(titles, EXACT, strict=True):
        found = proposal.table(kind)
        assert found is not None
        assert found.table == title
        assert [each.source.header for each in found.fields] == EXACT[kind]
    assert propose(tables, KINDS, agency="x").mapping == propose(tables, KINDS, agency="x").mapping
