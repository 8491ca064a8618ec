"""The figures that a delivery's difference shows are the agency's own column of the catalogue, each of them."""

from __future__ import annotations

import pytest
from django.db import connection

from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Selection, extract_of
from schakel.figures.effects import own_figures
from schakel.figures.facts import facts
from schakel.intake.effects import OwnFigure
from schakel.network.queries import secretariat
from tests.intake.delivering import TABLES, send, write
from tests.making import acts

pytestmark = pytest.mark.django_db


def as_counted(slug: str, year: int) -> dict[str, object]:
    """Every figure that an agency has a column of, cut out of all that it may see."""
    extract = extract_of({fact.name: fact.read(connection) for fact in facts()})
    of_agencies = [each for each in catalogue().values() if "agency" in each.breakdowns]
    return {
        each.id: Selection(each, extract).where(agency=slug, year=year).total().value(each)
        for each in of_agencies
        if not any(part.whole_network for part in each.parts)
    }


def values(figures: list[OwnFigure]) -> dict[str, object]:
    return {figure.id: figure.value for figure in figures}


def test_own_figures_are_those_of_the_column_of_that_agency_and_year(tmp_path):
    before = {name: text.replace("2023", "2022").replace("100.000", "70.000") for name, text in TABLES.items()}
    for slug in ("bom", "oost-nl"):
        send(slug, write(tmp_path / f"{slug}-22", **before), period=2022)
        send(slug, write(tmp_path / f"{slug}-23"))
    with acts("bom") as owner:
        told = {year: values(own_figures(owner.pk, year)) for year in (2022, 2023, 2024)}
        assert told == {year: as_counted("bom", year) for year in (2022, 2023, 2024)}
    assert told[2022]["invested_eur"] == 70_000
    assert told[2023]["invested_eur"] == 100_000
    assert told[2024]["invested_eur"] == 0


def test_who_is_no_agency_has_none():
    office = secretariat()
    with acts(office.slug):
        assert own_figures(office.pk, 2023) == []
