"""What became of companies: from a steward's sheet to growth over the same companies, and who may see what of it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Extract, Selection, extract_of
from schakel.figures.extracting import read_facts
from schakel.figures.models import CompanyOutcome
from schakel.intake import actions, checks
from schakel.intake.actions import confirm_mapping
from schakel.intake.checks import Rows
from schakel.intake.collecting import agency_year
from schakel.intake.delivering import Delivered, deliver
from schakel.intake.kinds import kinds, optional_kinds
from schakel.intake.models import Expectation
from schakel.intake.proposing import propose
from schakel.intake.reading import read
from schakel.network.queries import party
from schakel.register.actions import link
from schakel.sharing.disclosure import Rule
from schakel.sharing.roles import COUNTER, LINKER, WORKER, database_role
from tests.intake.collecting import DUE, OPENS, of, send, write
from tests.intake.delivering import RELATIONS
from tests.intake.people import signed_in
from tests.making import actor_for, acts

from .attacking import units
from .counting_here import counting, deliveries
from .drawing import MEASURES, Row, fact, frames_of
from .networks import Network, networks
from .test_withholding import BOM, MINISTRY, SECRETARIAT, amounts, asked

pytestmark = pytest.mark.django_db
FACT = "outcome_turnover"
COMPANIES = "Nr;Naam;KvK;Postcode;Soort\n"
OF_BOM = COMPANIES + "".join(
    f"R{n};Bedrijf {name} B.V.;1000000{n};4818CL;bedrijf\n" for n, name in enumerate("abcde", 1)
)
OF_NOM = COMPANIES + "N1;Bedrijf a B.V.;10000001;4818CL;bedrijf\nN2;Bedrijf f B.V.;10000006;9711LM;bedrijf\n"
MAPPING = (
    RELATIONS
    + """
[[table]]
kind = "outcome"
table = "{table}"
header_row = {row}
skip = ["totaal"]
[table.fields]
organisation = "{organisation}"
turnover = {{ header = "Omzet 2023", unit = "EUR thousand" }}
turnover_before = {{ header = "Omzet 2022", unit = "EUR thousand" }}
fte = "Fte eind 2023"
fte_before = "Fte eind 2022"
rd = {{ header = "Aan R&D", unit = "EUR thousand" }}
co2_avoided = "CO2 (ton)"
[table.fields.basis]
header = "Hoe weten we dit"
codes = {{ "boekjes" = "accounts", "gebeld" = "company", "gegokt" = "estimate" }}
"""
)
HEADERS = ("Omzet 2023", "Omzet 2022", "Fte eind 2023", "Fte eind 2022", "Aan R&D", "CO2 (ton)", "Hoe weten we dit")
STATED = ("turnover", "turnover_before", "fte", "fte_before", "rd", "co2_avoided")
# In thousands, with a title above, a total below, and two companies that did not answer all.
BOMS = (
    ("R1", 2000, 1000, 12.5, 10, 100, 40, "gebeld"),
    ("R2", 500, 400, 6, 5, None, None, "boekjes"),
    ("R3", 300, None, 3, None, 50, None, "gegokt"),
    ("R4", None, None, 8, 8, None, 10.5, "gebeld"),
)
# NOM has the first company's accounts, which say something else than the company told BOM.
NOMS = (("N1", 1900, 950, 12, 10, None, 40, "boekjes"), ("N2", 1000, 1000, 20, 16, 30, None, "gebeld"))


def _sheet(folder: Path, companies: str, rows: tuple[tuple[Any, ...], ...], code: str) -> Path:
    folder.mkdir()
    (folder / "relaties.csv").write_text(companies, encoding="utf-8")
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Hoe gaat het met"
    page.append(["Onze bedrijven, een jaar later", None, "bedragen x EUR 1.000"])
    page.append([])
    page.append([code, *HEADERS])
    for row in rows:
        page.append(row)
    page.append(["Totaal", sum(row[1] or 0 for row in rows)])
    book.save(folder / "uitvraag.xlsx")
    return folder


def _send(slug: str, folder: Path, *, code: str) -> Delivered:
    with database_role(WORKER):
        text = MAPPING.format(agency=slug, table="Hoe gaat het met", row=3, organisation=code)
        confirm_mapping(actor=actor_for(slug), text=text)
        return deliver(actor=actor_for(slug), party=party(slug), period=2023, paths=[folder])


def both_deliver(folder: Path) -> Extract:
    """BOM and NOM deliver, the companies are joined, and all is read as counting reads it."""
    _send("bom", _sheet(folder / "bom", OF_BOM, BOMS, "Klant"), code="Klant")
    _send("nom", _sheet(folder / "nom", OF_NOM, NOMS, "Dossier"), code="Dossier")
    with database_role(LINKER):
        link()
    with database_role(COUNTER):
        frames, meta = read_facts()
    return extract_of(frames, meta)


def figure(extract: Extract, name: str, **cut: Any) -> Decimal | None:
    selection = Selection(catalogue()[name], extract).where(year=2023, **cut)
    return selection.total().value(selection.indicator)


def test_sums_and_growth_are_those_that_one_counts_by_hand(tmp_path: Path) -> None:
    extract = both_deliver(tmp_path)
    # The network: Bedrijf a once, by the accounts that NOM has. R3 states no year before, R4 no turnover.
    assert figure(extract, "outcome_companies") == 5
    assert figure(extract, "outcome_turnover_eur") == 1_900_000 + 500_000 + 300_000 + 1_000_000
    assert figure(extract, "outcome_turnover_growth") == Decimal(1900 + 500 + 1000) / Decimal(950 + 400 + 1000)
    assert figure(extract, "outcome_jobs_fte") == 12 + 6 + 3 + 8 + 20
    assert figure(extract, "outcome_jobs_growth") == Decimal(12 + 6 + 8 + 20) / Decimal(10 + 5 + 8 + 16)
    assert figure(extract, "outcome_rd_eur") == 100_000 + 50_000 + 30_000  # the accounts are silent: the company told
    assert figure(extract, "outcome_co2_tonnes") == Decimal("50.5")
    # An agency's own column is by its own statement.
    assert figure(extract, "outcome_turnover_eur", agency="bom") == 2_800_000
    assert figure(extract, "outcome_turnover_growth", agency="bom") == Decimal(2500) / Decimal(1400)
    assert figure(extract, "outcome_turnover_eur", agency="nom") == 2_900_000
    assert figure(extract, "outcome_turnover_eur", basis="accounts") == 2_400_000
    assert figure(extract, "outcome_turnover_eur", province="GR") == 1_000_000


def test_the_list_behind_a_figure_is_what_it_is_counted_from(tmp_path: Path) -> None:
    extract = both_deliver(tmp_path)
    for name, companies, rows in (
        ("outcome_companies", 5, 6), ("outcome_turnover_eur", 4, 5), ("outcome_turnover_growth", 3, 4),
        ("outcome_jobs_growth", 4, 5), ("outcome_rd_eur", 3, 3), ("outcome_co2_tonnes", 2, 3),
    ):  # fmt: skip
        listed = Selection(catalogue()[name], extract).where(year=2023).records()
        assert (listed["unit"].n_unique(), listed.height) == (companies, rows), name
        assert set(listed["kind"]) == {"outcome"}


def test_an_adviser_opens_a_figure_down_to_the_cell_and_another_agency_does_not(tmp_path: Path, settings) -> None:
    extract = both_deliver(tmp_path)
    facts = {name: extract.ask(f'SELECT * FROM "{name}"').to_dicts() for name in MEASURES}
    with acts("bom"):
        assert CompanyOutcome.objects.count() == 4
        mine = CompanyOutcome.objects.get(number="R1")
    with acts("nom"):
        assert {one.owner.slug for one in CompanyOutcome.objects.all()} == {"nom"}
    with counting(tmp_path, facts) as socket:
        settings.COUNTING_SOCKET = socket
        adviser = signed_in("bom", "reader")
        shown = adviser.get("/cijfers/outcome_turnover_growth/?year=2023").content.decode()
        assert "Omzetgroei van gevolgde bedrijven" in shown
        assert "+78,6" in shown  # its own: 2.500 over 1.400
        assert "+44,7" not in shown  # the network's, from which it could take its own
        listed = adviser.get("/cijfers/outcome_turnover_growth/lijst/?year=2023").content.decode()
        assert "Bedrijf a B.V. (2023)" in listed
        assert "Bedrijf f B.V." not in listed
        page = adviser.get(reverse("intake:record", args=["outcome", mine.pk])).content.decode()
        for there in ("2.000.000", "uitvraag.xlsx", "Hoe gaat het met", "B4"):
            assert there in page, there
        stranger = signed_in("liof", "reader")
        assert (
            "Bedrijf"
            not in stranger.get("/cijfers/outcome_turnover_growth/lijst/?year=2023").content.decode().split("<main")[1]
        )
        assert stranger.get(reverse("intake:record", args=["outcome", mine.pk])).status_code == 404
        crossed = adviser.get("/cijfers/verkennen/?indicator=outcome_co2_tonnes&rij=agency&year=2023")
        assert crossed.status_code == 200


def test_the_proposer_knows_such_a_list_by_the_words_that_agencies_use(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Opvolging"
    words = ("Omzet", "Omzet vorig jaar", "Werkzame personen (fte)", "R&D-uitgaven", "Vermeden CO2 (ton)", "Bron")
    page.append(["Relatienummer", *words])
    for n in range(1, 9):
        page.append([f"R{n}", 100_000 * n, 90_000 * n, 2.5 * n, 1_000 * n, n, ("jaarrekening", "opgave")[n % 2]])
    book.save(tmp_path / "opvolging.xlsx")
    (tmp_path / "relaties.csv").write_text(OF_BOM, encoding="utf-8")
    known = [kind for kind in kinds() if kind.delivered_by == "agency"]
    found = propose(read([tmp_path]).tables, known, agency="bom").mapping
    (table,) = (each for each in found.tables if each.kind == "outcome")
    assert {name: source.header for name, source in table.fields.items()} == {
        "organisation": "Relatienummer", "turnover": "Omzet", "turnover_before": "Omzet vorig jaar",
        "fte": "Werkzame personen (fte)", "rd": "R&D-uitgaven", "co2_avoided": "Vermeden CO2 (ton)", "basis": "Bron",
    }  # fmt: skip


def test_a_company_that_says_nothing_is_warned_of_and_counts_nowhere(tmp_path: Path) -> None:
    silent = ("R5", None, None, None, None, None, None, "gebeld")
    done = _send("bom", _sheet(tmp_path / "bom", OF_BOM, (*BOMS, silent), "Klant"), code="Klant")
    with acts("bom"):
        warned = set(done.delivery.findings.values_list("check_id", "number"))
    assert ("outcome.nothing-stated", "R5") in warned
    with database_role(COUNTER):
        frames, meta = read_facts()
    assert figure(extract_of(frames, meta), "outcome_companies") == 4


@pytest.mark.parametrize("row", [{"turnover": 100}, {"co2_avoided": 0.0}])
def test_one_answer_is_enough_not_to_be_warned_of(row: Row) -> None:
    silent = {"organisation": "R1", "basis": "company"} | dict.fromkeys(STATED)
    assert Rows({"outcome": [silent | row]}).findings(checks.check("outcome.nothing-stated")) == []


def test_nobody_is_late_for_a_list_that_another_agency_keeps(tmp_path: Path) -> None:
    assert optional_kinds() == ("organisation_codes", "outcome", "register_codes")
    extract = both_deliver(tmp_path)
    kinds_expected = set(extract.ask("SELECT DISTINCT kind FROM delivery")["kind"])
    assert kinds_expected == {"organisation"}
    coverage = Selection(catalogue()["coverage"], extract).where(year=2023).total()
    assert (coverage.amount, coverage.base) == (2, 9)


def test_a_year_that_is_opened_expects_it_of_whom_the_secretariat_asks_and_of_no_other(tmp_path: Path) -> None:
    secretariat = of("rom-nederland")
    actions.open_year(actor=secretariat, period=2023, opens=OPENS, due=DUE)
    assert not Expectation.objects.filter(kind="outcome").exists()
    actions.end_exception(actor=secretariat, agency=party("bom"), period=2023, kind="outcome")
    actions.open_year(actor=secretariat, period=2024)
    with acts("rom-nederland"):
        asked_of = set(Expectation.objects.filter(kind="outcome").values_list("owner__slug", "period"))
    assert asked_of == {("bom", 2023), ("bom", 2024)}
    send("nom", write(tmp_path / "sent"))
    with acts("nom") as nom:
        assert "outcome" not in {kind.kind for kind in agency_year(nom, 2023, today=DUE).kinds}


def followed(first: int, companies: int, *, agency: str = "bom", before: int | None = 90, **others: Any) -> list[Row]:
    """So many companies that state their turnover."""
    usual = {"turnover": 100, "turnover_before": before, "basis": "company", "size": "sme"} | others
    return [fact(n, agency, n, **usual) for n in range(first, first + companies)]


def extract(*rows: list[Row], name: str = "outcome_turnover") -> Extract:
    return extract_of(frames_of({name: [row for group in rows for row in group]}))


def test_turnover_of_few_companies_is_withheld_but_for_who_delivered_it() -> None:
    data = extract(followed(1, 9), followed(20, 2, province="GR"), followed(30, 6, province="ZH"))
    found = amounts(asked(data, "outcome_turnover_eur", "province"))
    assert found["GR"] is None
    assert list(found.values()).count(None) == 2
    assert amounts(asked(data, "outcome_turnover_eur", "province", who=SECRETARIAT))["GR"] == 200
    assert asked(data, "outcome_turnover_eur", who=BOM, agency=["bom"])["total"]["amount"] == 1_700


def test_a_growth_is_withheld_where_beside_the_sum_it_tells_who_stated_one_year_only() -> None:
    one_new = extract(followed(1, 9), followed(20, 1, before=None, turnover=777))
    assert asked(one_new, "outcome_turnover_eur")["total"]["amount"] == 1_677
    assert asked(one_new, "outcome_turnover_growth")["total"]["value"] is None
    some_new = extract(followed(1, 9), followed(20, 4, before=None))
    assert Decimal(asked(some_new, "outcome_turnover_growth", who=MINISTRY)["total"]["value"]) == Decimal(10) / 9


@settings(max_examples=25, deadline=None)
@given(drawn=networks("outcome_turnover"), unsaid=st.sets(st.integers(1, 60)))
def test_no_growth_shown_beside_the_sum_tells_of_who_stated_one_year(drawn: Network, unsaid: set[int]) -> None:
    rows = [row | ({"turnover_before": None} if row["record"] in unsaid else {}) for row in drawn["outcome_turnover"]]
    data = extract(rows)
    try:
        whole, grown = (asked(data, name, "province") for name in ("outcome_turnover_eur", "outcome_turnover_growth"))
    finally:
        data.close()
    both = {
        unit.one: unit
        for unit in units(catalogue()["outcome_turnover_growth"].parts[0], {**drawn, FACT: rows}, stock=False)
    }
    every = units(catalogue()["outcome_turnover_eur"].parts[0], {**drawn, FACT: rows}, stock=False)
    between: dict[Any, dict[int, float]] = {}
    for unit in every:
        if unit.one not in both:
            cell = between.setdefault(unit.row["province"], {})
            cell[unit.who] = cell.get(unit.who, 0) + unit.amount
    sums, growths = amounts(whole), amounts(grown)
    shown = {place for place in sums if sums[place] is not None and growths.get(place) is not None}
    for place in shown:
        assert not Rule(amounts=True).says_too_much(between.get(place, {})), place
    if whole["total"]["amount"] is not None and grown["total"]["amount"] is not None:
        left: dict[int, float] = {}
        for place in between.keys() - shown:
            for who, amount in between[place].items():
                left[who] = left.get(who, 0) + amount
        assert not Rule(amounts=True).says_too_much(left)


def test_what_nobody_keeps_is_not_there_on_pages_and_not_nought(tmp_path: Path, settings) -> None:
    with counting(tmp_path, {"delivery": deliveries(2023)}) as socket:
        settings.COUNTING_SOCKET = socket
        client = signed_in("rom-nederland", "secretary")
        overview = client.get("/?year=2023&voor=ministerie").content.decode()
        assert 'key-figure__label">Vermeden CO2' not in overview
        page = client.get("/cijfers/outcome_rd_eur/?year=2023").content.decode()
        assert "€\u00a00" not in page


def test_the_ministry_reads_growth_research_and_co2_beside_money_and_jobs_on_one_page(tmp_path: Path, settings) -> None:
    rows = {
        "outcome": followed(1, 9), "outcome_turnover": followed(1, 9),
        "outcome_jobs": [row | {"fte_hundredths": 330, "fte_before_hundredths": 300} for row in followed(1, 9)],
        "outcome_rd": [row | {"rd": 200_000_000} for row in followed(1, 9)],
        "outcome_co2": [row | {"co2_hundredths": 1_000} for row in followed(1, 9)],
        "delivery": deliveries(2023),
    }  # fmt: skip
    with counting(tmp_path, rows) as socket:
        settings.COUNTING_SOCKET = socket
        client = signed_in("rom-nederland", "secretary")
        page = client.get("/?year=2023&voor=ministerie").content.decode().replace("\xa0", " ")
        for label, value in (
            ("Omzetgroei van gevolgde bedrijven", "+11,1"), ("Banengroei bij gevolgde bedrijven", "+10,0"),
            ("R&amp;D-uitgaven van gevolgde bedrijven", "€ 18 mln"), ("Vermeden CO2 door gevolgde bedrijven", "90"),
        ):  # fmt: skip
            assert label in page, label
            assert value in page, value
        paper = client.get("/cijfers/overzicht.pdf?year=2023&voor=ministerie")
    assert len(PdfReader(BytesIO(paper.content)).pages) == 1


STATEMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "agency": st.sampled_from(("bom", "nom", "liof")),
            "company": st.integers(1, 4),
            "turnover": st.none() | st.integers(0, 1_000),
            "turnover_before": st.none() | st.integers(0, 1_000),
            "leading": st.booleans(),
        }
    ),
    max_size=9,
)


@settings(max_examples=40, deadline=None)
@given(said=STATEMENTS)
def test_growth_is_the_ratio_over_who_states_both_years_each_company_once(said: list[dict[str, Any]]) -> None:
    rows = [
        fact(n, one["agency"], one["company"], leading=one["leading"], basis="company", size="sme")
        | {"turnover": one["turnover"], "turnover_before": one["turnover_before"]}
        for n, one in enumerate(said, start=1)
        if one["turnover"] is not None
    ]
    speaking: dict[int, Row] = {}
    for row in sorted(rows, key=lambda row: (not row["leading"], row["record"])):
        if row["turnover_before"] is not None:
            speaking.setdefault(row["thing"], row)
    now = sum(row["turnover"] for row in speaking.values())
    before = sum(row["turnover_before"] for row in speaking.values())
    data = extract(rows)
    try:
        found = Selection(catalogue()["outcome_turnover_growth"], data).where(year=2023).total()
    finally:
        data.close()
    assert (found.amount, found.base) == (now, before)
