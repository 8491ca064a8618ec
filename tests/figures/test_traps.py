"""The traps of figures, each by its words: what goes wrong elsewhere, and what is answered here.

Through deliveries where agencies deliver it, else on facts. Of the others: 2 (by deliveries) and 3 are in
``test_foreign_cases``, 6, 16 and 21 in ``test_reading``, 8 in ``test_late_letter``, 13 in ``test_embargo``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Extract, extract_of
from schakel.figures.extracting import read_facts
from schakel.intake.delivering import Delivered
from schakel.intake.models import DeliveryFinding
from schakel.register.actions import link
from schakel.sharing.roles import COUNTER, LINKER, database_role
from tests.intake.delivering import MAPPING, TABLES, send, write
from tests.making import acts

from .drawing import Facts, Row, fact, frames_of

SECRETARIAT, MINISTRY = Audience(all_agencies=True), Audience()


def asked(
    data: Extract | Facts, indicator: str, *by: str, who: Audience = SECRETARIAT, year: int = 2023
) -> dict[str, Any]:
    extract = data if isinstance(data, Extract) else extract_of(frames_of(data))
    (found,) = answer(Question("figures", (indicator,), by, {"year": [year]}, who), extract)["figures"]
    figures: dict[str, Any] = found
    return figures


def total(data: Extract | Facts, indicator: str, **others: Any) -> int | None:
    amount: int | None = asked(data, indicator, **others)["total"]["amount"]
    return amount


def cells(data: Extract | Facts, indicator: str, *by: str, who: Audience = SECRETARIAT) -> dict[Any, int | None]:
    found = asked(data, indicator, *by, who=who)["cells"]
    return {tuple(cell["place"]) if len(by) > 1 else cell["place"][0]: cell["amount"] for cell in found}


def delivered(folder: Path) -> Extract:
    """BOM and Oost NL both invested in R1, of Breda; BOM in R2, of Zeeland, as well. As they sent it."""
    more = TABLES["investeringen"] + "I2;R2;20-06-2023;40.000,00;seed\n"
    send("bom", write(folder / "bom", investeringen=more))
    send("oost-nl", write(folder / "oost", investeringen=TABLES["investeringen"].replace("100.000", "60.000")))
    with database_role(LINKER):
        link()
    with database_role(COUNTER):
        return extract_of(*read_facts())


@pytest.mark.django_db
def test_1_12_14_17_as_two_agencies_deliver(tmp_path: Path) -> None:
    data = delivered(tmp_path)
    # 1 A company helped by two agencies: company once, euros summed, both credited.
    assert total(data, "companies_invested_in") == 2
    assert total(data, "invested_eur") == 200_000_00
    assert cells(data, "companies_invested_in", "agency") == {"bom": 2, "oost-nl": 1}
    assert cells(data, "invested_eur", "agency") == {"bom": 140_000_00, "oost-nl": 60_000_00}
    # 14 A company outside the region: it counts where it is, in the column of who helped it.
    assert cells(data, "invested_eur", "agency", "province") == {
        ("bom", "NB"): 100_000_00,
        ("bom", "ZE"): 40_000_00,
        ("oost-nl", "NB"): 60_000_00,
    }
    # 12 A split by province adds up.
    assert sum(amount or 0 for amount in cells(data, "invested_eur", "province").values()) == 200_000_00
    # 17 Small cells: of two companies nobody else learns anything, and each agency what is its own.
    assert total(data, "invested_eur", who=MINISTRY) is None
    assert set(cells(data, "invested_eur", "province", who=MINISTRY).values()) == {None}
    oost = Audience(agency="oost-nl")
    assert cells(data, "invested_eur", "agency", "province", who=oost) == {("oost-nl", "NB"): 60_000_00}
    assert set(cells(data, "companies_invested_in", "province", who=oost).values()) == {None}


def test_2_one_foreign_case_claimed_by_an_agency_nfia_and_a_city() -> None:
    claims: Facts = {
        "foreign_case": [
            fact(n, agency, 4, leading=n == 2, capex=amount)
            for n, agency, amount in ((1, "bom", 90), (2, "nom", 100), (3, "liof", 80))
        ]
    }
    assert total(claims, "foreign_companies") == 1
    assert total(claims, "foreign_investment_3y_eur") == 100
    assert asked(claims, "foreign_companies")["lists"] == 3


@pytest.mark.django_db
def test_5_a_converted_loan_is_no_new_investment(tmp_path: Path) -> None:
    lent = "Investering;Nr;Datum;Bedrag;Fase;Type;Vorm\nI1;R1;15-06-2022;100.000,00;seed;eerste;converteerbare lening\n"
    shares = "Investering;Nr;Datum;Bedrag;Fase;Type;Vorm\nI2;R1;15-03-2023;104.000,00;seed;{};aandelen\n"
    mapping = MAPPING.replace('stage = "Fase"', 'stage = "Fase"\ntype = "Type"\ninstrument = "Vorm"')
    send("bom", write(tmp_path / "2022", investeringen=lent), period=2022, mapping=mapping)
    # Delivered as more money, it is asked about; as what it is, it is accepted and is nobody's investment.
    asked_about = send(
        "bom", write(tmp_path / "2023", investeringen=shares.format("vervolg")), mapping=mapping, accept=False
    )
    assert "investment.looks-converted" in found_in(asked_about)
    taken = send("bom", write(tmp_path / "2023", investeringen=shares.format("omgezet")), mapping=mapping)
    assert "investment.looks-converted" not in found_in(taken)
    with database_role(LINKER):
        link()
    with database_role(COUNTER):
        data = extract_of(*read_facts())
    assert [total(data, "invested_eur", year=year) for year in (2022, 2023)] == [100_000_00, 0]
    assert [total(data, "companies_invested_in", year=year) for year in (2022, 2023)] == [1, 0]


def found_in(delivered: Delivered) -> set[str]:
    """The checks that had something against a delivery."""
    with acts("bom"):
        return set(DeliveryFinding.objects.filter(delivery=delivered.delivery).values_list("check_id", flat=True))


def test_7_retained_added_to_created_is_no_figure() -> None:
    case: Facts = {"foreign_case": [fact(1, "bom", 1, jobs_created=9, jobs_retained=5)]}
    every = {name: total(case, name) for name in catalogue()}
    assert (every["jobs_created"], every["jobs_retained"]) == (9, 5)
    assert 14 not in every.values()


def test_9_an_agency_joins_mid_year() -> None:
    joined: Facts = {
        "project": [fact(1, "bom", 1, year=2020), fact(2, "bom", 2, year=2021), fact(3, "liof", 3, year=2021)],
        "delivery": [_delivery(1, "bom", 2020), _delivery(2, "bom", 2021), _delivery(3, "liof", 2021)],
    }
    before, after = (asked(joined, "innovation_projects", "agency", year=year) for year in (2020, 2021))
    assert before["coverage"] == {"expected": 1, "delivered": 1}
    assert [cell["place"] for cell in before["cells"]] == [["bom"]]
    assert after["coverage"] == {"expected": 2, "delivered": 2}
    assert after["total"]["amount"] == 2


def _delivery(record: int, agency: str, year: int) -> Row:
    return fact(record, agency, record, year=year, kind="project", state="delivered")


def test_10_a_project_led_by_one_agency_for_all() -> None:
    joint: Facts = {
        "project": [
            fact(n, agency, 1, leading=agency == "bom", province=place, volume=volume)
            for n, agency, place, volume in ((1, "bom", "NB", 900), (2, "nom", "GR", 300), (3, "liof", "LI", 300))
        ]
    }
    assert total(joint, "innovation_projects") == 1
    assert cells(joint, "innovation_projects", "agency") == {"bom": 1, "nom": 1, "liof": 1}
    assert cells(joint, "innovation_project_volume_eur", "province") == {"NB": 900}
    assert total(joint, "innovation_project_volume_eur") == 900  # its leader's statement: not 1,500
    assert asked(joint, "innovation_project_volume_eur")["lists"] == 1500


@pytest.mark.django_db
def test_10_as_three_agencies_deliver_what_one_of_them_leads(tmp_path: Path) -> None:
    # Each has it in its own list, with what it knows of its size; who leads it is at home with BOM, in Breda.
    for slug, others, size in (
        ("oost-nl", "BOM, LIOF", "90.000,00"),
        ("bom", "Oost NL, LIOF", "250.000,00"),
        ("liof", "BOM, Oost NL", "60.000,00"),
    ):
        row = f'P1;Waterstof in de wijk;01-03-2023;{size};R1;"{others}"\n'
        header = TABLES["projecten"].splitlines(keepends=True)[0]
        send(slug, write(tmp_path / slug, projecten=header + row))
    with database_role(LINKER):
        link()
    with database_role(COUNTER):
        data = extract_of(*read_facts())
    assert total(data, "innovation_projects") == 1
    assert cells(data, "innovation_projects", "agency") == {"bom": 1, "liof": 1, "oost-nl": 1}
    assert total(data, "innovation_project_volume_eur") == 250_000_00
    assert cells(data, "innovation_project_volume_eur", "agency") == {
        "bom": 250_000_00,
        "liof": 60_000_00,
        "oost-nl": 90_000_00,
    }
    assert asked(data, "innovation_project_volume_eur")["lists"] == 400_000_00
    assert total(data, "companies_in_projects") == 2


def test_11_from_40_to_60_investments_stock_or_flow_companies_or_transactions() -> None:
    invested: Facts = {
        "investment": [fact(n, "bom", n, organisation=n % 40, type="first", amount=1) for n in range(60)],
        "position": [fact(n, "bom", n, organisation=n, year=year) for year in (2022, 2023) for n in _held(year)],
    }
    assert total(invested, "companies_invested_in") == 40
    assert asked(invested, "follow_on_share")["total"]["base"] == 60
    assert [total(invested, "portfolio_companies", year=year) for year in (2022, 2023)] == [30, 50]


def _held(year: int) -> range:
    return range(30) if year == 2022 else range(100, 150)


def test_12_a_split_by_province_adds_up_with_what_is_abroad_and_unknown() -> None:
    places: Facts = {
        "project": [fact(n, "bom", n, province=place) for n, place in enumerate(("NB", "NB", "abroad", "unknown"))]
    }
    assert cells(places, "innovation_projects", "province") == {"NB": 2, "abroad": 1, "unknown": 1}
    assert asked(places, "innovation_projects", "province")["overlapping"] == []
    assert asked(places, "innovation_projects", "theme")["overlapping"] == ["theme"]


def test_15_a_company_with_only_a_foreign_parent() -> None:
    foreign: Facts = {
        "foreign_case": [fact(n, "bom", n, organisation=None, province="NB", origin="US") for n in range(1, 4)]
    }
    found = asked(foreign, "foreign_companies", "province", who=MINISTRY)
    assert [(cell["place"], cell["amount"], cell["contributors"]) for cell in found["cells"]] == [(["NB"], 3, 3)]


def test_17_small_cells_also_where_one_company_has_ten_projects() -> None:
    many: Facts = {
        "project": [fact(n, "bom", n, organisation=1, volume=5, province="ZH") for n in range(10)]
        + [fact(n, "bom", n, organisation=n, volume=5) for n in range(20, 29)]
        + [fact(n, "bom", n, organisation=n, volume=5, province="GR") for n in range(30, 36)]
    }
    found = cells(many, "innovation_projects", "province", who=MINISTRY)
    assert found == {"NB": 9, "GR": None, "ZH": None}
    assert cells(many, "innovation_projects", "province")["ZH"] == 10
