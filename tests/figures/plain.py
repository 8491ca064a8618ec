"""The definitions once more, in plain Python and as slowly as they read: what the engine is held against."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from schakel.figures.catalogue import Indicator, Part
from schakel.network.themes import counted_under

from .drawing import Facts, Row

Limits = Mapping[str, Sequence[Any]]


def recomputed(indicator: Indicator, facts: Facts, listed: set[tuple[str, int]]) -> tuple[int, int | None]:
    """Amount and base of exactly the listed records (fact and id), with no cut: all of them count.

    A list in which an organisation must also occur is not listed; it decides, it is not counted. What does not count
    nationally is listed of agencies alone, so that all that is listed counts.
    """
    indicator = replace(indicator, parts=tuple(replace(part, not_nationally=()) for part in indicator.parts))
    kept = {name: [row for row in rows if (name, row["record"]) in listed] for name, rows in facts.items()}
    deciding = {f"{name} (all)": rows for name, rows in facts.items()}
    return figure(indicator, kept | deciding, {})


def figure(indicator: Indicator, facts: Facts, cut: Limits) -> tuple[int, int | None]:
    """Amount and base (None where the indicator is no ratio) of what the cut lets through."""
    amounts = [_amount(part, _units(part, facts, cut, indicator.nature == "stock")) for part in indicator.parts]
    return amounts[0], amounts[1] if len(amounts) == 2 else None


def cells(indicator: Indicator, facts: Facts, cut: Limits, by: Sequence[str]) -> dict[tuple[Any, ...], Any]:
    """The figure of every cell that has something in it: a total of the cut narrowed to the cell."""
    values = [_values(indicator, facts, dimension, cut) for dimension in by]
    every = {place: figure(indicator, facts, _narrowed(cut, by, place)) for place in itertools.product(*values)}
    filled = {place: _has_units(indicator, facts, _narrowed(cut, by, place)) for place in every}
    return {place: value for place, value in every.items() if filled[place]}


def contributors(part: Part, facts: Facts, cut: Limits, *, stock: bool) -> dict[int, int]:
    """What each organisation (else the thing itself) contributes to the total."""
    found: dict[int, int] = defaultdict(int)
    for unit in _units(part, facts, cut, stock):
        row = unit["row"]
        who = -1 - row["thing"] if row["organisation"] is None else row["organisation"]
        found[who] = 1 if part.one == "organisation" else found[who] + unit["amount"]
    return dict(found)


def _narrowed(cut: Limits, by: Sequence[str], place: Sequence[Any]) -> Limits:
    narrowed = dict(cut)
    for dimension, value in zip(by, place, strict=True):
        allowed = narrowed.get(dimension, [value])
        narrowed[dimension] = [value] if value in allowed else []
    return narrowed


def _values(indicator: Indicator, facts: Facts, dimension: str, cut: Limits) -> list[Any]:
    rows = [row for part in indicator.parts for row in facts[part.fact]]
    if dimension.startswith("theme"):
        found = {theme for row in rows for theme in themes(row, dimension)}
    elif dimension == "agency":
        found = {row["agency"] for row in rows + facts["delivery"]}
    else:
        found = {row[dimension] for row in rows if dimension in row}
    return sorted(found - {None, ""}, key=str) + ([None] if None in found else [])


def themes(row: Row, dimension: str = "theme") -> set[str]:
    said = set(row["themes"] or []) or {"none"}
    if dimension == "theme":
        return said
    under = counted_under(dimension.removeprefix("theme_")) | {"none": ("none",)}
    return {concept for theme in said for concept in under[theme]}


def _has_units(indicator: Indicator, facts: Facts, cut: Limits) -> bool:
    return any(_units(part, facts, cut, indicator.nature == "stock") for part in indicator.parts)


def _amount(part: Part, units: Iterable[Row]) -> int:
    if part.one == "organisation":
        return len({unit["unit"] for unit in units})
    return sum(unit["amount"] for unit in units)


def _units(part: Part, facts: Facts, cut: Limits, stock: bool) -> list[Row]:
    population = [row for row in _members(part, facts, cut) if _takes_part(part, facts, row, cut, stock)]
    units = _single(part, population) if part.one in {"record", "organisation"} else _joined(part, population)
    return [unit for unit in units if _passes(part, unit["row"], cut)]


def _members(part: Part, facts: Facts, cut: Limits) -> list[Row]:
    if not (part.whole_network and "agency" in cut):
        return facts[part.fact]
    members = {(row["agency"], row["year"]) for row in facts["delivery"]}
    return [row | {"agency": a} for row in facts[part.fact] for a, year in members if year == row["year"]]


def _takes_part(part: Part, facts: Facts, row: Row, cut: Limits, stock: bool) -> bool:
    if any(row[column] is None for column in part.stated):
        return False
    if part.one == "organisation" and row["organisation"] is None:
        return False
    if part.also_in and (row["organisation"], row["year"]) not in {
        (other["organisation"], other["year"])
        for other in facts.get(f"{part.also_in} (all)", facts[part.also_in])
        if other["organisation"] is not None
    }:
        return False
    if part.shared and not _shared(part, facts, row, cut):
        return False
    if "agency" in cut and row["agency"] not in cut["agency"]:
        return False
    years = cut.get("year", [other["year"] for other in facts[part.fact]])
    return row["year"] in ([max(years)] if stock and years else years)


def _shared(part: Part, facts: Facts, row: Row, cut: Limits) -> bool:
    """Whether two agencies have it in one of the years that are asked for and listed."""
    every = [other for other in facts.get(f"{part.fact} (all)", facts[part.fact]) if other[part.one] == row[part.one]]
    listed = {other["year"] for other in facts[part.fact] if other[part.one] == row[part.one]}
    years = [year for year in listed if year in cut.get("year", listed)]
    return any(len({other["agency"] for other in every if other["year"] == year}) > 1 for year in years)


def _single(part: Part, rows: Iterable[Row]) -> list[Row]:
    return [{"unit": row[part.one], "row": row, "amount": (row[part.sums] or 0) if part.sums else 1} for row in rows]


def _joined(part: Part, rows: Iterable[Row]) -> list[Row]:
    things: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        things[row[part.one]].append(row)
    return [_one(part, thing, sorted(members, key=_order)) for thing, members in things.items()]


def _order(row: Row) -> tuple[bool, int, int]:
    return not row["leading"], -row["year"], row["record"]


def _one(part: Part, thing: int, rows: list[Row]) -> Row:
    stated = [row[part.sums] for row in rows if row[part.sums] is not None] if part.sums else [1]
    amount = max(stated, default=0) if part.statement == "largest" else next(iter(stated), 0)
    speaking = {column: next((r[column] for r in rows if r[column] is not None), None) for column in rows[0]}
    return {"unit": thing, "row": speaking | {"themes": rows[0]["themes"]}, "amount": amount}


def _passes(part: Part, row: Row, cut: Limits) -> bool:
    for column, allowed in (*part.only, *cut.items()):
        if column in {"year", "agency"}:
            continue
        has = themes(row, column) if column.startswith("theme") else {row.get(column)}
        if not has & set(allowed):
            return False
    left_out = () if "agency" in cut else part.not_nationally
    return not any(row.get(column) in codes for column, codes in left_out)
