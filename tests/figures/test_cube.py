"""Every subtotal of the cube is what the selection counts."""

from __future__ import annotations

from itertools import chain, combinations

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import Extract, Selection, extract_of
from schakel.figures.counting.cube import DIMENSIONS, cube
from tests.examples import shown_by

from .drawing import MEASURES, Facts, drawn_facts, fact, frames_of

INDICATORS = list(catalogue().values())
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
SUBSETS = list(chain.from_iterable(combinations(DIMENSIONS, size) for size in range(5)))


def _subtotal(cells: pl.DataFrame, indicator: Indicator, subset: tuple[str, ...]) -> dict[object, object]:
    mine = cells.filter(
        pl.col("indicator") == indicator.id,
        *(pl.col(d).is_not_null() if d in subset else pl.col(d).is_null() for d in DIMENSIONS),
    )
    rows = mine.iter_rows(named=True)
    return {tuple(row[d] for d in subset): (row["amount"], row["base"], row["contributors"]) for row in rows}


def _counted(extract: Extract, indicator: Indicator, subset: tuple[str, ...]) -> dict[object, object]:
    figures = Selection(indicator, extract).by(*subset).figures
    return {place: (f.amount, f.base, f.contributors) for place, f in figures.items()}


@settings(max_examples=shown_by(2, assured_by=3), deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(drawn_facts(set(MEASURES)))
def test_each_of_the_sixteen_subtotals_is_what_the_selection_counts(facts: Facts) -> None:
    extract = extract_of(frames_of(facts))
    cells = cube(extract, INDICATORS)
    for indicator in INDICATORS:
        for subset in SUBSETS:
            if set(subset) <= set(indicator.breakdowns):
                assert _subtotal(cells, indicator, subset) == _counted(extract, indicator, subset), indicator.id


def test_a_project_has_all_sixteen_subtotals_and_staff_those_that_apply() -> None:
    facts = {"project": [fact(1, "bom", 1)], "staff": [fact(1, "bom", 1, heads=5, fte_hundredths=450)]}
    cells = cube(extract_of(frames_of(facts)), INDICATORS)
    found = {
        name: {tuple(d for d in DIMENSIONS if row[d] is not None) for row in mine.iter_rows(named=True)}
        for (name,), mine in cells.group_by("indicator")
    }
    assert found["innovation_projects"] == set(SUBSETS)
    assert found["staff_fte"] == {(), ("agency",), ("year",), ("agency", "year")}


@pytest.mark.parametrize("subset", SUBSETS, ids="-".join)
def test_cells_of_the_cube_name_their_dimensions(subset: tuple[str, ...]) -> None:
    extract = extract_of(frames_of({"project": [fact(1, "bom", 1, volume=700, themes=["security"])]}))
    cells = cube(extract, [catalogue()["innovation_project_volume_eur"]])
    place = {"agency": "bom", "year": 2023, "theme": "security", "province": "NB"}
    expected = {tuple(place[d] for d in subset): (700, None, 1)}
    assert _subtotal(cells, catalogue()["innovation_project_volume_eur"], subset) == expected
