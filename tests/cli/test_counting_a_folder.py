"""The main way through: folders of nine agencies to one set of figures, held against what is true."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from schakel.cli.counting_folder import FolderError, count_folder
from schakel.demo.generator import write_network
from schakel.demo.truth import Truth
from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Extract, Selection
from schakel.network.queries import agencies
from tests.conftest import ROOT, SHARED
from tests.making import as_owner

pytestmark = pytest.mark.django_db
REAL = SHARED / "data" / "network-2023"
# Of the rows that need identity: how far the network's figure may be off, as a share (or by one).
NEEDS_IDENTITY = {
    "innovation_projects": 0.02,
    "innovation_project_volume_eur": 0.02,
    "companies_in_projects": 0.04,
    "companies_invested_in": 0.02,
    "market_companies_with_agency": 0.02,
    "portfolio_companies": 0.02,
    "foreign_companies": 0.02,
    "foreign_investment_3y_eur": 0.02,
    "jobs_created": 0.02,
    "jobs_retained": 0.02,
    "trade_activities": 0.02,
}
MARKET_ROW = "market_companies_with_agency"


@pytest.fixture(autouse=True)
def _an_administrator(_walls: None) -> Iterator[None]:
    """Counting a folder is a command of the owner of the database."""
    with as_owner():
        yield


def counted(extract: Extract, year: int) -> dict[str, dict[str, Decimal]]:
    """Every indicator's figure for the network and for each agency."""
    figures: dict[str, dict[str, Decimal]] = {}
    for name, indicator in catalogue().items():
        selection = Selection(indicator, extract).where(year=year)
        figures[name] = {"network": selection.total().value(indicator)}
        if "agency" in indicator.breakdowns:
            cells = selection.by("agency").figures
            figures[name] |= {str(place[0]): figure.value(indicator) for place, figure in cells.items()}
    return figures


def near(found: Decimal, true: Decimal, share: float) -> bool:
    return abs(found - true) <= max(1, float(true) * share)


@pytest.mark.skipif(not REAL.exists(), reason="the real deliveries are beside the working copy of the project only")
def test_nine_real_folders_give_the_figures_that_were_published():
    told: list[str] = []
    extract = count_folder(
        REAL, year=2023, mappings=ROOT / "tests" / "mappings", tell=lambda party, done: told.append(party.slug)
    )
    assert len(told) == 10
    figures, slugs = counted(extract, 2023), {a.name: a.slug for a in agencies()}
    with (REAL / "published.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = row.pop("indicator")
            network = Decimal(row.pop("network"))
            assert near(figures[name]["network"], network, NEEDS_IDENTITY.get(name, 0)), (name, figures[name])
            if name not in NEEDS_IDENTITY:
                assert figures[name]["network"] == network
            for agency, value in row.items():
                own = figures[name].get(slugs[agency], Decimal(0))
                if name == MARKET_ROW:
                    assert near(own, Decimal(value), 0.05), (name, agency)
                else:
                    assert own == Decimal(value), (name, agency)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, write_network(folder, years=(2022, 2023))


def test_two_years_of_the_demonstration_network_in_one_database_count_to_the_truth(demo):
    folder, truth = demo
    mappings = ROOT / "schakel" / "demo" / "mappings"
    extract = None
    for year in (2022, 2023):
        extract = count_folder(folder / str(year), year=year, mappings=mappings, tell=lambda party, done: None)
    for year in (2022, 2023):
        figures = counted(extract, year)
        for name, true in truth.figures[year].items():
            for column, value in true.items():
                found = figures[name].get(column, Decimal(0))
                assert found == value, (year, name, column)


def test_a_folder_without_deliveries_says_what_is_expected_where(tmp_path):
    with pytest.raises(FolderError, match="deliveries/<agency>"):
        count_folder(tmp_path, year=2023, mappings=tmp_path, tell=lambda party, done: None)


def test_a_folder_of_nobody_says_who_is_known(tmp_path):
    (tmp_path / "deliveries" / "atlantis").mkdir(parents=True)
    with pytest.raises(FolderError, match="bom"):
        count_folder(tmp_path, year=2023, mappings=tmp_path, tell=lambda party, done: None)
