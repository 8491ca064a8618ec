"""The figure, its cells and the list behind it are one expression; held against plain Python."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import CutError, Figure, Selection, extract_of
from schakel.network.themes import HUB, schemes
from tests.examples import shown_by

from . import plain
from .drawing import AGENCIES, CODES, PROVINCES, THEMES, YEARS, Facts, drawn_facts, fact, frames_of

INDICATORS = list(catalogue().values())
VALUES = {"agency": AGENCIES, "year": YEARS, "province": PROVINCES, "theme": (*THEMES, "none")} | {
    scheme.dimension: (*(concept.code for concept in scheme.concepts), "none")
    for scheme in schemes().values()
    if scheme.id != HUB
}
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking an example with a database takes minutes
FEW = settings(
    max_examples=shown_by(4, assured_by=8), deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES
)
EACH = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.id)


def _values(indicator: Indicator, dimension: str) -> tuple[object, ...]:
    return VALUES.get(dimension) or CODES[indicator.parts[0].fact][dimension]


def _facts_of(indicator: Indicator) -> set[str]:
    return {"delivery", "market_round"} | {part.fact for part in indicator.parts}


@st.composite
def cuts(draw: st.DrawFn, indicator: Indicator) -> dict[str, list[object]]:
    dimensions = draw(st.lists(st.sampled_from(indicator.breakdowns), unique=True, max_size=2))
    return {d: draw(st.lists(st.sampled_from(_values(indicator, d)), min_size=1, max_size=2)) for d in dimensions}


@EACH
@FEW
@given(data=st.data())
def test_figure_is_recomputed_from_the_listed_records(indicator: Indicator, data: st.DataObject) -> None:
    facts = data.draw(drawn_facts(_facts_of(indicator)))
    everything = Selection(indicator, extract_of(frames_of(facts, _facts_of(indicator))))
    for cut in data.draw(st.lists(cuts(indicator), min_size=1, max_size=3)):
        selection = everything.where(**cut)
        total = selection.total()
        listed = set(selection.records().select("fact", "record").iter_rows())
        assert (total.amount, total.base) == plain.figure(indicator, facts, cut)
        assert (total.amount, total.base) == plain.recomputed(indicator, facts, listed)
        assert indicator.is_ratio or _shares(total) == _plain_shares(indicator, facts, cut)


@EACH
@FEW
@given(data=st.data())
def test_each_cell_is_the_total_of_the_cut_narrowed_to_it(indicator: Indicator, data: st.DataObject) -> None:
    facts = data.draw(drawn_facts(_facts_of(indicator)))
    everything = Selection(indicator, extract_of(frames_of(facts, _facts_of(indicator))))
    for cut in data.draw(st.lists(cuts(indicator), min_size=1, max_size=2)):
        by = data.draw(st.lists(st.sampled_from(indicator.breakdowns), unique=True, min_size=1, max_size=3))
        found = everything.where(**cut).by(*by).figures
        assert {place: (f.amount, f.base) for place, f in found.items()} == plain.cells(indicator, facts, cut, by)


def _shares(figure: Figure) -> tuple[int, int, int]:
    return figure.contributors, figure.largest, figure.second


def _plain_shares(indicator: Indicator, facts: Facts, cut: plain.Limits) -> tuple[int, int, int]:
    shares = plain.contributors(indicator.parts[0], facts, cut, stock=indicator.nature == "stock")
    greatest = [*sorted(shares.values(), reverse=True), 0, 0]
    return len(shares), greatest[0], greatest[1]


def test_a_breakdown_the_indicator_has_not_is_refused() -> None:
    selection = Selection(catalogue()["fund_assets_eur"], extract_of(frames_of({})))
    with pytest.raises(CutError, match="fund_assets_eur has no breakdown stage"):
        selection.by("stage")
    with pytest.raises(CutError, match="it has: agency, year"):
        selection.where(theme="security")


def test_nothing_counts_to_nothing() -> None:
    extract = extract_of(frames_of({}))
    totals = {i.id: Selection(i, extract).total() for i in INDICATORS}
    assert all(total.amount == 0 and total.contributors == 0 for total in totals.values())
    assert totals["leverage"].value(catalogue()["leverage"]) is None


def test_a_text_that_looks_like_sql_is_a_value_like_any_other() -> None:
    extract = extract_of(frames_of({"project": [fact(1, "bom", 1)]}))
    selection = Selection(catalogue()["innovation_projects"], extract)
    assert selection.where(agency="bom' OR '1'='1").total().amount == 0
    assert selection.where(agency="bom").total().amount == 1
