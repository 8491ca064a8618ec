"""What figures would be if records counted under other labels: the same expressions over facts that are moved.

Invariant: a fact is moved as its room would read it, were those the identities; so what changes is exactly what a count
of them would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from schakel.figures.catalogue import Indicator
from schakel.figures.counting.extract import Extract, extract_of
from schakel.figures.counting.selection import Selection
from schakel.figures.facts import FactKind, facts, of
from schakel.register.moves import Moves, Place

# Of DuckDB's own types to those of a frame, as a fact was written.
_PLAIN = "agency::VARCHAR AS agency, province::VARCHAR AS province, themes::VARCHAR[] AS themes"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of a year as it is counted, and as it would be with what moves; None for a ratio over nothing."""

    indicator: Indicator
    year: int
    as_is: Decimal | None
    moved: Decimal | None


def differences(
    extract: Extract, moves: Moves, indicators: Sequence[Indicator], agency: str = ""
) -> Iterator[Difference]:
    """What is otherwise if records are where ``moves`` puts them; ``agency``: its own, where one is named."""
    touched = {fact.name: years for fact in facts() if (years := _years(extract, fact, moves))}
    asked = [one for one in indicators if touched.keys() & _facts(one)]
    every = sorted({year for years in touched.values() for year in years})
    if not asked:
        return
    needed = set().union(*map(_facts, asked)) & extract.rows.keys()
    frames = {fact.name: _moved(extract, fact, moves, every) for fact in facts() if fact.name in needed}
    own = {"agency": agency} if agency else {}
    other = extract_of(frames, extract.meta, memory="500MB", threads=1)
    with closing(other):
        for indicator in asked:
            for year in every:
                cut = Selection(indicator, extract).where(year=year, **own)
                as_is, moved = (each.total().value(indicator) for each in (cut, cut.on(other)))
                if as_is != moved:
                    yield Difference(indicator, year, as_is, moved)


def _facts(indicator: Indicator) -> set[str]:
    return {fact for part in indicator.parts for fact in part.facts}


def _joined(extract: Extract, fact: FactKind) -> Mapping[str, tuple[str, str]]:
    """The columns of identities of a fact of which the extract says whose they are."""
    there = {name: {column for column, _type in columns} for name, columns in extract.layout.facts}
    return {column: by for column, by in fact.joined.items() if of(column) in there.get(fact.name, ())}


def _years(extract: Extract, fact: FactKind, moves: Moves) -> set[int]:
    """The years of which anything of a fact moves."""
    found: set[int] = set()
    for column, by in _joined(extract, fact).items():
        if records := moves.get(by):
            listed = ", ".join(map(str, records))
            sql = f'SELECT DISTINCT year FROM "{fact.name}" WHERE {of(column)} IN ({listed})'  # noqa: S608 - own names
            found.update(extract.ask(sql)["year"])
    return found


def _moved(extract: Extract, fact: FactKind, moves: Moves, years: Sequence[int]) -> pl.DataFrame:
    """The facts of ``years`` with what moves under its other label."""
    listed = ", ".join(map(str, years))
    sql = f'SELECT * REPLACE ({_PLAIN}) FROM "{fact.name}" WHERE year IN ({listed})'  # noqa: S608 - own names
    frame = extract.ask(sql)
    for column, by in _joined(extract, fact).items():
        frame = _relabelled(frame, column, moves.get(by, {}))
    return fact.derived(frame) if fact.derived else frame


def _relabelled(frame: pl.DataFrame, column: str, places: Mapping[int, Place]) -> pl.DataFrame:
    rows = [(record, place.label, place.leading) for record, place in places.items()]
    moved = pl.DataFrame(rows, {of(column): pl.Int64, "label": pl.Int64, "leads": pl.Boolean}, orient="row")
    frame = frame.join(moved, on=of(column), how="left", maintain_order="left")
    leading = {"leading": pl.coalesce("leads", "leading")} if column == "thing" else {}
    return frame.with_columns(pl.coalesce("label", column).alias(column), **leading).drop("label", "leads")
