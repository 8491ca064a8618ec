"""What holds for every indicator and every breakdown it has, whatever the network: lists, sums, changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import Indicator, Part, catalogue
from schakel.figures.counting import Cells, Extract, Selection, extract_of
from schakel.figures.counting.units import KEYS
from schakel.network.themes import scheme_of

from . import plain
from .drawing import Facts, Row, drawn_facts, frames_of
from .networks import network

INDICATORS = list(catalogue().values())
EACH = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.id)
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
FEW = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
YEARS = [2022, 2023]
Figures = Mapping[tuple[Any, ...], tuple[int, int | None]]


def facts_of(indicator: Indicator) -> set[str]:
    """The facts that it counts, or that decide what it counts."""
    return {"delivery", *(part.fact for part in indicator.parts), *(part.also_in for part in indicator.parts)} - {""}


def selection(indicator: Indicator, facts: Facts, **cut: Any) -> Selection:
    return Selection(indicator, extract_of(frames_of(facts, {"market_round", *facts_of(indicator)}))).where(**cut)


def breakdowns(indicator: Indicator) -> list[tuple[str, ...]]:
    """Each breakdown; of the lists of themes that which is delivered (``test_selection`` has the others)."""
    return [(), *((d,) for d in indicator.breakdowns if not d.startswith("theme_"))]


def figures(chosen: Selection, by: tuple[str, ...]) -> Figures:
    return {place: (f.amount, f.base) for place, f in chosen.by(*by).figures.items()}


def behind(chosen: Selection) -> set[tuple[str, int]]:
    return set(chosen.records().select("fact", "record").iter_rows())


# --- a figure is what its list counts


@EACH
def test_every_cell_of_a_network_is_what_its_list_counts(indicator: Indicator) -> None:
    """Of a ratio each side: a round lies where its leading record does, and its tickets where each does."""
    for part in indicator.parts:
        side = replace(indicator, parts=(part,))
        facts = network(7, fact=part.fact, records=60, organisations=25)
        chosen = selection(side, facts, year=2023)
        for by in breakdowns(side):
            for place, figure in figures(chosen, by).items():
                if None not in place:
                    cell = chosen.where(**dict(zip(by, place, strict=True)))
                    assert plain.recomputed(side, facts, behind(cell)) == figure, (by, place)


# --- what adds up, and what does not


@EACH
@FEW
@given(data=st.data())
def test_cells_add_up_where_they_must_and_else_by_what_is_shared(indicator: Indicator, data: st.DataObject) -> None:
    facts = data.draw(drawn_facts(facts_of(indicator)))
    chosen = selection(indicator, facts, year=2023)
    total = chosen.total()
    for (dimension,) in breakdowns(indicator)[1:]:
        cells = chosen.by(dimension).figures.values()
        for part, whole, parts in _sides(indicator, total, list(cells)):
            more = sum(parts) - whole
            if part.one != "organisation" and dimension not in {"agency", "year"}:  # an agency has its own statement
                assert more == _counted_again(part, facts, dimension, stock=indicator.nature == "stock")
            if not part.overlaps(dimension):
                assert more == 0
            nobody_has_it = part.whole_network and dimension == "agency"  # a list of the network, and no member yet
            assert more >= 0 or part.sums or nobody_has_it


def _sides(indicator: Indicator, total: Any, cells: list[Any]) -> Iterator[tuple[Part, int, list[int]]]:
    for part, name in zip(indicator.parts, ("amount", "base"), strict=False):
        yield part, getattr(total, name), [getattr(cell, name) for cell in cells]


def _counted_again(part: Part, facts: Facts, dimension: str, *, stock: bool) -> int:
    """What is counted more than once because it lies in more than one cell."""
    found = plain._units(part, facts, {"year": [2023]}, stock)
    if not scheme_of(dimension):
        return 0
    return sum((len(plain.themes(unit["row"], dimension)) - 1) * unit["amount"] for unit in found)


@pytest.mark.parametrize(
    "indicator", [i for i in INDICATORS if not i.is_ratio and i.parts[0].one != "record"], ids=lambda i: i.id
)
def test_the_sum_of_lists_less_the_total_is_what_agencies_share(indicator: Indicator) -> None:
    part = indicator.parts[0]
    if part.whole_network:
        return
    facts = network(3, fact=part.fact, records=80, organisations=20)
    question = Question("figures", (indicator.id,), (), {"year": [2023]}, Audience(all_agencies=True))
    (found,) = answer(question, extract_of(frames_of(facts)))["figures"]
    own = defaultdict(dict)
    for agency in {row["agency"] for row in facts[part.fact]}:
        for unit in plain._units(part, facts, {"year": [2023], "agency": [agency]}, indicator.nature == "stock"):
            own[unit["unit"]][agency] = unit["amount"]
    network_has = {
        u["unit"]: u["amount"] for u in plain._units(part, facts, {"year": [2023]}, indicator.nature == "stock")
    }
    every = own.keys() | network_has.keys()  # what an agency says of a thing may be another theme than its leader says
    shared = sum(sum(own[unit].values()) - network_has.get(unit, 0) for unit in every)
    assert found["lists"] - found["total"]["amount"] == shared
    assert any(len(columns) > 1 for columns in own.values())


# --- one thing less


@EACH
@FEW
@given(data=st.data())
def test_one_record_less_changes_the_figures_that_count_it_and_no_other(
    indicator: Indicator, data: st.DataObject
) -> None:
    facts = data.draw(drawn_facts(facts_of(indicator)).filter(lambda facts: any(facts[n] for n in _counted(indicator))))
    name = data.draw(st.sampled_from([name for name in _counted(indicator) if facts[name]]))
    gone = data.draw(st.sampled_from(facts[name]))
    after = {**facts, name: [row for row in facts[name] if row is not gone]}
    old, new = (selection(indicator, each, year=gone["year"]) for each in (facts, after))
    for by in breakdowns(indicator):
        before, left = figures(old, by), figures(new, by)
        for place in before.keys() | left.keys():
            nothing = (0, 0 if indicator.is_ratio else None)
            if before.get(place, nothing) != left.get(place, nothing) and None not in place:
                assert _counts(indicator, (old, new), dict(zip(by, place, strict=True)), name, gone), (by, place)
    assert figures(new, ()).get((), (0, 0 if indicator.is_ratio else None)) == plain.figure(
        indicator, after, {"year": [gone["year"]]}
    )


def _counted(indicator: Indicator) -> list[str]:
    return sorted({part.fact for part in indicator.parts} - {"delivery"}) or ["delivery"]


def _counts(indicator: Indicator, both: tuple[Selection, ...], cell: dict[str, Any], name: str, gone: Row) -> bool:
    """Whether the list before or after has the record, or another of what it is one of."""
    keys = {KEYS[part.one] for part in indicator.parts if part.fact == name}
    listed = [chosen.where(**cell).records() for chosen in both]
    units = {row["unit"] for records in listed for row in records.iter_rows(named=True) if row["fact"] == name}
    shared = any(part.also_in == name for part in indicator.parts)
    return shared or any(gone[key] in units for key in keys)


@pytest.mark.parametrize("name", sorted({part.fact for i in INDICATORS for part in i.parts}))
def test_a_record_of_another_list_changes_nothing(name: str) -> None:
    facts = network(5, fact=name, records=30, organisations=10)
    less = {**facts, name: facts[name][1:]}
    before, after = (extract_of(frames_of(each)) for each in (facts, less))
    for indicator in INDICATORS:
        if name not in facts_of(indicator):
            assert Selection(indicator, before).total() == Selection(indicator, after).total(), indicator.id


# --- one place, read from what is counted of all


@EACH
@FEW
@given(data=st.data())
def test_a_place_says_the_same_alone_and_beside_the_others(indicator: Indicator, data: st.DataObject) -> None:
    chosen = selection(indicator, data.draw(drawn_facts(facts_of(indicator))))
    places = [d for (d,) in breakdowns(indicator)[1:] if d != "year"]
    limit = data.draw(st.sampled_from(places))
    by = data.draw(st.sampled_from([(), *((d,) for d in places if d != limit)]))
    for year, value in {place for place in chosen.by("year", limit).figures if None not in place}:
        alone = chosen.where(**{"year": year, limit: value})
        asked = Cells(by, (), alone.extract.ask(alone.sql(*by))).figures
        assert asked == alone.by(*by).figures


# --- two that turn out to be one


@EACH
@FEW
@given(data=st.data())
def test_two_organisations_made_one_change_only_what_counts_organisations(
    indicator: Indicator, data: st.DataObject
) -> None:
    facts = data.draw(drawn_facts(facts_of(indicator)))
    merged = {
        name: [row | {"organisation": _merged(row["organisation"])} for row in rows] for name, rows in facts.items()
    }
    of_organisations = any(part.one == "organisation" or part.also_in for part in indicator.parts)
    both = [selection(indicator, each, year=2023) for each in (facts, merged)]
    for by in breakdowns(indicator):
        before, after = (figures(chosen, by) for chosen in both)
        if not of_organisations:
            assert before == after
        elif not indicator.is_ratio and not indicator.parts[0].also_in:
            assert before.keys() == after.keys()
            assert all(before[place][0] - after[place][0] in {0, 1} for place in before)


def _merged(organisation: int | None) -> int | None:
    return 1 if organisation == 2 else organisation


@EACH
@FEW
@given(data=st.data())
def test_two_things_made_one_change_only_what_counts_things(indicator: Indicator, data: st.DataObject) -> None:
    facts = data.draw(drawn_facts(facts_of(indicator)))
    merged = {
        name: [row | {"thing": 1 if row["thing"] == 2 else row["thing"]} for row in rows]
        for name, rows in facts.items()
    }
    of_things = any(part.one == "thing" for part in indicator.parts)
    before, after = (figures(selection(indicator, each, year=2023), ()) for each in (facts, merged))
    if not of_things:
        assert before == after
    elif not any(part.sums or part.only or part.shared or part.not_nationally for part in indicator.parts):
        assert before.keys() == after.keys()
        assert all(before[place][0] - after[place][0] in {0, 1} for place in before)


# --- the same whichever way it is asked


def test_an_answer_says_the_same_as_the_selection_for_every_indicator_and_breakdown() -> None:
    facts = network(11, fact="investment", records=80, organisations=30)
    data: Extract = extract_of(frames_of(facts))
    for indicator in INDICATORS:
        for by in breakdowns(indicator):
            question = Question("figures", (indicator.id,), by, {"year": [2023]}, Audience(all_agencies=True))
            (found,) = answer(question, data)["figures"]
            cells = {tuple(cell["place"]): (cell["amount"], cell["base"]) for cell in found["cells"]}
            counted = figures(Selection(indicator, data).where(year=2023), by)
            assert cells == counted if by else found["total"]["amount"] == counted.get((), (0, None))[0]
