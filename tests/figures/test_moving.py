"""Figures of facts that are moved are the figures of those facts, had they been read so."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import Extract, Selection, extract_of
from schakel.figures.counting.moving import differences
from schakel.figures.facts import facts, of
from schakel.register.moves import Moves, Place, kept, read

from .drawing import AGENCIES, YEARS, drawn_facts, fact, frames_of

INDICATORS = list(catalogue().values())
FACTS = {each.name: each for each in facts()}
RECORDS = range(1, 5)
PLACES = st.builds(Place, st.integers(-4, 6), st.booleans())


def joined_by(data: st.DataObject, frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The facts, each identity with the record that it is the identity of, and what follows from identities."""
    found = {}
    for name, frame in frames.items():
        records = st.lists(st.none() | st.sampled_from(RECORDS), min_size=frame.height, max_size=frame.height)
        drawn = [pl.Series(of(column), data.draw(records), dtype=pl.Int64) for column in FACTS[name].joined]
        found[name] = _with_what_follows(name, frame.with_columns(drawn))
    return found


def _with_what_follows(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    derived = FACTS[name].derived
    return derived(frame) if derived else frame


def moved(frames: dict[str, pl.DataFrame], moves: Moves) -> dict[str, pl.DataFrame]:
    """The same facts row by row, with what moves in its other place."""
    found = {}
    for name, frame in frames.items():
        rows = [_moved(name, row, moves) for row in frame.iter_rows(named=True)]
        found[name] = _with_what_follows(name, pl.DataFrame(rows, frame.schema))
    return found


def _moved(name: str, row: dict[str, Any], moves: Moves) -> dict[str, Any]:
    row = dict(row)
    for column, by in FACTS[name].joined.items():
        place = moves.get(by, {}).get(row[of(column)])
        if place is not None:
            row[column] = place.label
            if column == "thing":
                row["leading"] = place.leading
    return row


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.id)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_differs_is_told_and_nothing_else(indicator: Indicator, data: st.DataObject) -> None:
    names = {"delivery"} | {fact for part in indicator.parts for fact in part.facts}
    frames = joined_by(data, frames_of(data.draw(drawn_facts(names)), names))
    ways = sorted({by for name in names for by in FACTS[name].joined.values()})
    moves: Moves = {by: data.draw(st.dictionaries(st.sampled_from(RECORDS), PLACES)) for by in ways}
    with (
        closing(extract_of(frames, memory="200MB", threads=1)) as extract,
        closing(extract_of(moved(frames, moves), memory="200MB", threads=1)) as other,
    ):
        for agency in ("", *AGENCIES) if indicator.has_own_columns else ("",):
            compare(indicator, moves, agency, (extract, other))


def compare(indicator: Indicator, moves: Moves, agency: str, ways: tuple[Extract, Extract]) -> None:
    """Hold what is told against what is counted in both ways."""
    own = {"agency": agency} if agency else {}
    counted = {
        year: tuple(Selection(indicator, way).where(year=year, **own).total().value(indicator) for way in ways)
        for year in YEARS
    }
    told = {each.year: (each.as_is, each.moved) for each in differences(ways[0], moves, [indicator], agency)}
    assert told == {year: two for year, two in counted.items() if two[0] != two[1]}


def test_a_fact_that_does_not_say_whose_identities_it_has_does_not_move() -> None:
    frames = frames_of({"project": [fact(1, "bom", 1), fact(2, "nom", 2)]}, ("project", "delivery"))
    moves: Moves = {("project", "project"): {2: Place(1)}}
    with closing(extract_of(frames)) as extract:
        assert list(differences(extract, moves, INDICATORS)) == []
    known = frames | {"project": frames["project"].with_columns(thing_of=pl.col("record"))}
    with closing(extract_of(known)) as extract:
        found = {each.indicator.id: (each.as_is, each.moved) for each in differences(extract, moves, INDICATORS)}
    assert found["innovation_projects"] == (2, 1)


@given(
    st.dictionaries(
        st.tuples(st.text(max_size=3), st.text(max_size=3)),
        st.dictionaries(st.integers(1, 1 << 45), st.builds(Place, st.integers(-(1 << 45), 1 << 45), st.booleans())),
    )
)
def test_moves_are_read_as_they_were_kept(moves: Moves) -> None:
    assert read(kept(moves)) == moves
