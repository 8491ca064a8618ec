"""Traps 2 and 3: one foreign case with three claimants, and companies that move from one region to another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import Extract, Selection, extract_of
from schakel.figures.counting.cube import cube
from schakel.figures.effects import own_figures
from schakel.figures.extracting import read_facts
from schakel.network.models import Party, PartyKind
from schakel.register.actions import link
from schakel.sharing.roles import COUNTER, LINKER, WORKER, database_role
from tests.examples import shown_by
from tests.intake.delivering import MAPPING, send, write
from tests.making import acts, as_owner

from .drawing import Facts, Row, fact, frames_of
from .networks import Network, networks

SECRETARIAT, MINISTRY, BOM = Audience(all_agencies=True), Audience(), Audience(agency="bom")
CASES = (
    MAPPING
    + """
[[table]]
kind = "foreign_case"
table = "acquisitie"
header_row = 1
[table.fields]
number = "Dossier"
organisation = "Nr"
kind = "Type"
origin = "Land"
date = {{ header = "Besluit", format = "dd-mm-yyyy" }}
capex = {{ header = "Investering", format = "1.234,56" }}
jobs_created = "Nieuw"
jobs_retained = "Behouden"
"""
)
COMPANIES = (
    "Nr;Naam;KvK;Postcode;Soort\n"
    "R1;Kaede Optics B.V.;12345678;4818CL;bedrijf\nR2;Nordlys Batterier B.V.;;4331AA;bedrijf\n"
)
HEADERS = "Dossier;Nr;Type;Land;Besluit;Investering;Nieuw;Behouden\n"
COUNTED = [each for each in catalogue().values() if any(part.not_nationally for part in each.parts)]
ADDED = [each for each in COUNTED if not each.is_ratio]


def claims(slug: str, folder: Path, *cases: str) -> None:
    """These cases, delivered by ``slug`` and accepted."""
    tables = {"relaties": COMPANIES, "acquisitie": HEADERS + "".join(f"{case}\n" for case in cases)}
    send(slug, write(folder / slug, **tables), mapping=CASES)


def joined() -> Extract:
    with database_role(LINKER):
        link()
    with database_role(COUNTER):
        return extract_of(*read_facts())


def told(data: Extract, indicator: str, who: Audience = SECRETARIAT) -> dict[str, Any]:
    """The network's figure, what the lists add up to, and each agency's own column."""
    asked = Question("figures", (indicator,), ("agency",), {"year": [2023]}, who)
    (found,) = answer(asked, data)["figures"]
    columns = {cell["place"][0]: cell["amount"] for cell in found["cells"]}
    return {"network": found["total"]["amount"], "lists": found["lists"], **columns}


@pytest.mark.django_db
def test_one_foreign_case_claimed_by_an_agency_the_nfia_and_a_city_counts_once(tmp_path: Path) -> None:
    for slug, name in (("nfia", "NFIA"), ("eindhoven", "Gemeente Eindhoven")):
        with as_owner():
            Party.objects.create(slug=slug, kind=PartyKind.PARTNER, name=name)
    # Each has numbers, a day and amounts of its own; the company is BOM's, in Breda.
    claims("bom", tmp_path, "A-7;R1;nieuwe vestiging;JP;24-09-2023;5.000.000,00;40;0")
    claims("nfia", tmp_path, "2023/118;R1;nieuwe vestiging;JP;02-10-2023;5.500.000,00;60;0")
    claims("eindhoven", tmp_path, "E1;R1;nieuwe vestiging;JP;24-09-2023;4.000.000,00;35;0")
    data = joined()
    for indicator, ours, theirs, the_citys in (
        ("foreign_companies", 1, 1, 1),
        ("foreign_investment_3y_eur", 5_000_000_00, 5_500_000_00, 4_000_000_00),
        ("jobs_created", 40, 60, 35),
    ):
        assert told(data, indicator) == {
            "network": ours,
            "lists": ours + theirs + the_citys,
            "bom": ours,
            "nfia": theirs,
            "eindhoven": the_citys,
        }
    # All three rows stand behind the one.
    behind = Selection(catalogue()["foreign_companies"], data).where(year=2023).records()
    assert sorted(behind["agency"]) == ["bom", "eindhoven", "nfia"]
    assert behind["unit"].n_unique() == 1


@pytest.mark.django_db
def test_a_company_that_moves_between_regions_is_one_more_there_and_none_nationally(tmp_path: Path) -> None:
    # The company of Breda goes to Oost NL; BOM has another, which is new to the country.
    claims("oost-nl", tmp_path, "V1;R1;verhuizing binnen Nederland;JP;15-06-2023;2.000.000,00;12;30")
    claims("bom", tmp_path, "A1;R2;nieuwe vestiging;NO;01-03-2023;1.000.000,00;10;0")
    data = joined()
    assert told(data, "foreign_companies") == {"network": 1, "lists": 2, "bom": 1, "oost-nl": 1}
    assert told(data, "foreign_investment_3y_eur") == {
        "network": 1_000_000_00,
        "lists": 3_000_000_00,
        "bom": 1_000_000_00,
        "oost-nl": 2_000_000_00,
    }
    assert told(data, "jobs_created") == {"network": 10, "lists": 22, "bom": 10, "oost-nl": 12}
    assert told(data, "jobs_retained") == {"network": 0, "lists": 30, "bom": 0, "oost-nl": 30}
    # Behind the network's figure stands no move, behind the agency's own it does.
    cases = Selection(catalogue()["foreign_companies"], data).where(year=2023)
    assert set(cases.records()["agency"]) == {"bom"}
    assert cases.where(agency="oost-nl").records().height == 1
    assert cases.where(kind="move").total().amount == 0
    # What its delivery shows the agency is its own column, before anything is joined.
    with database_role(WORKER), acts("oost-nl") as owner:
        own = {figure.id: figure.value for figure in own_figures(owner.pk, 2023)}
    assert (own["foreign_companies"], own["jobs_created"], own["jobs_retained"]) == (1, 12, 30)


def test_whether_two_agencies_case_is_a_move_the_leading_one_says() -> None:
    def counted(leads: str, other: str | None) -> int:
        both: Facts = {
            "foreign_case": [
                fact(1, "bom", 4, leading=True, kind=leads),
                fact(2, "nom", 4, leading=False, kind=other),
            ]
        }
        found = told(extract_of(frames_of(both)), "foreign_companies")
        assert (found["bom"], found["nom"]) == (1, 1)
        network: int = found["network"]
        return network

    assert counted("move", "new-site") == 0
    assert counted("new-site", "move") == 1
    assert counted("expansion", None) == 1


@settings(max_examples=shown_by(5, assured_by=15), deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=networks("foreign_case"))
def test_moves_change_no_figure_of_the_network_and_stand_in_the_columns(facts: Network) -> None:
    alone = [row | {"leading": True, "thing": row["record"]} for row in facts["foreign_case"]]
    every = extract_of(frames_of({**facts, "foreign_case": alone}))
    without = extract_of(frames_of({**facts, "foreign_case": [row for row in alone if row["kind"] != "move"]}))
    for indicator in COUNTED:
        for by in [(), *((dimension,) for dimension in indicator.breakdowns if dimension != "agency")]:
            assert _figures(indicator, every, by) == _figures(indicator, without, by), (indicator.id, by)
    for indicator in ADDED:
        columns, fewer = (_figures(indicator, data, ("agency",)) for data in (every, without))
        for (agency,), amount in columns.items():
            moved = [row for row in alone if row["agency"] == agency and row["kind"] == "move"]
            assert amount - fewer.get((agency,), 0) == sum(_amount(indicator, row) for row in moved)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=networks("foreign_case"))
def test_the_cube_leaves_moves_out_where_it_does_not_split_by_agency(facts: Network) -> None:
    data = extract_of(frames_of(facts))
    cells = cube(data, ADDED)
    for indicator in ADDED:
        rows = cells.filter(
            (pl.col("indicator") == indicator.id)
            & (pl.col("year") == 2023)
            & pl.col("theme").is_null()
            & pl.col("province").is_null()
        )
        by_agency = dict(rows.select("agency", "amount").iter_rows())
        selection = Selection(indicator, data).where(year=2023)
        assert by_agency.pop(None, 0) == selection.total().amount
        assert by_agency == {place[0]: figure.amount for place, figure in selection.by("agency").figures.items()}


def _figures(indicator: Indicator, data: Extract, by: tuple[str, ...]) -> dict[Any, Any]:
    found = Selection(indicator, data).where(year=2023).by(*by).figures
    return {place: figure.amount if not indicator.is_ratio else figure for place, figure in found.items()}


def _amount(indicator: Indicator, row: Row) -> int:
    measure = indicator.parts[0].sums
    return (row[measure] or 0) if measure else 1


class TestWhatTheSumOfListsTells:
    """The lists have more than the network by what agencies share and by moves: neither may tell of one company."""

    def cases(self, moves: int) -> Extract:
        agencies = ("bom", "nom", "liof")
        rows = [fact(n, agencies[n % 3], n, kind="new-site", jobs_created=10) for n in range(1, 13)]
        rows += [fact(100 + n, agencies[n % 3], 100 + n, kind="move", jobs_created=10) for n in range(moves)]
        return extract_of(frames_of({"foreign_case": rows}))

    @pytest.mark.parametrize("indicator", ["foreign_companies", "jobs_created"])
    def test_one_move_is_not_told_by_it(self, indicator: str) -> None:
        assert told(self.cases(1), indicator, MINISTRY)["lists"] is None
        assert told(self.cases(1), indicator)["lists"] is not None

    def test_enough_moves_are(self) -> None:
        assert told(self.cases(4), "foreign_companies", MINISTRY)["lists"] == 16
        assert told(self.cases(4), "foreign_companies", MINISTRY)["network"] == 12

    def test_an_agency_that_knows_its_own_learns_nothing_of_the_others(self) -> None:
        # Of four moves two are BOM's: less those, two are left.
        assert told(self.cases(4), "foreign_companies", BOM)["lists"] is None

    def test_without_moves_it_is_the_total(self) -> None:
        assert told(self.cases(0), "foreign_companies", MINISTRY)["lists"] == 12
