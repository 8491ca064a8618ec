"""A reader who asks all there is to ask, writes it down as equations, and solves for what was withheld.

What is unknown: how much there is in each combination of the breakdowns (``atoms``). What is known: each figure that
is shown is a sum of them; what is not listed is nothing; nothing is less than nothing; a part is no more than the
whole. Themes and organisations share: a total is then no more than its cells together, and no less than each of them.
An agency subtracts all it takes part in first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from random import Random
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import Indicator, Part, catalogue
from schakel.figures.counting import extract_of
from schakel.network.themes import scheme_of
from schakel.sharing.disclosure import Rule

from . import plain
from .drawing import Facts, Row, frames_of

YEAR = 2023
NOT_ASKED = {
    "agency",
    "year",
    "theme_strategy",
    "theme_nts",
}  # one other list of themes beside that delivered is enough
By = tuple[str, ...]
Key = tuple[Any, ...]
Sum = Mapping[Key, float]
Numbers = NDArray[np.float64]


class Equations:
    """What is known, of unknowns named by keys that are made as they are met."""

    def __init__(self) -> None:
        self.names: dict[Key, int] = {}
        self.rows: list[tuple[dict[int, float], float, float]] = []

    def _terms(self, terms: Sum) -> dict[int, float]:
        return {self.names.setdefault(key, len(self.names)): factor for key, factor in terms.items()}

    def is_(self, terms: Sum, value: float) -> None:
        """This sum is ``value``."""
        self.rows.append((self._terms(terms), value, value))

    def at_most(self, terms: Sum, value: float) -> None:
        """This sum is no more than ``value``."""
        self.rows.append((self._terms(terms), -np.inf, value))

    def most(self, terms: Sum) -> float:
        """The most that this sum can be. What is known must all have been written before."""
        if not terms.keys() <= self.names.keys():  # of which nothing was written
            return np.inf
        goal = np.zeros(len(self.names))
        for place, factor in self._terms(terms).items():
            goal[place] = -factor
        self._solver.changeColsCost(len(goal), np.arange(len(goal), dtype=np.int32), goal)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status in {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return np.inf
        assert status == highspy.HighsModelStatus.kOptimal, status
        return -float(self._solver.getInfo().objective_function_value)

    @cached_property
    def _solver(self) -> highspy.Highs:
        """A solver that begins each search where the last one ended."""
        model, many = highspy.HighsLp(), len(self.names)
        model.num_col_, model.num_row_ = many, len(self.rows)
        model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(many), np.zeros(many), np.full(many, np.inf)
        model.row_lower_ = np.array([least for _, least, _ in self.rows])
        model.row_upper_ = np.array([most for _, _, most in self.rows])
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(terms) for terms, _, _ in self.rows)])
        matrix.index_ = np.array([place for terms, _, _ in self.rows for place in terms])
        matrix.value_ = np.array([factor for terms, _, _ in self.rows for factor in terms.values()])
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.passModel(model)
        return solver


@dataclass(frozen=True)
class Unit:
    """One that counts: where it lies, who contributed it, how much, and the agencies it is of."""

    one: int
    who: int
    amount: float
    row: Row
    agencies: frozenset[str]

    def values(self, dimension: str) -> set[Any]:
        """Where it lies along a dimension."""
        return plain.themes(self.row, dimension) if scheme_of(dimension) else {self.row.get(dimension)}


def units(part: Part, facts: Facts, *, stock: bool) -> list[Unit]:
    """The units of a part, from the plain definitions."""
    members = defaultdict(set)
    key = {"record": "record", "thing": "thing", "round": "round", "organisation": "record"}[part.one]
    for row in facts[part.fact]:
        if all(row[column] is not None for column in part.stated):
            members[row[key]].add(row["agency"])
    found = plain._units(part, facts, {"year": [YEAR]}, stock)
    return [
        _unit(unit, members[unit["row"][key]] if part.one != "record" else {unit["row"]["agency"]}) for unit in found
    ]


def _unit(unit: Row, agencies: set[str]) -> Unit:
    row = unit["row"]
    who = -1 - row["thing"] if row["organisation"] is None else row["organisation"]
    return Unit(unit["unit"], who, unit["amount"], row, frozenset(agencies))


Truth = dict[Key, dict[int, float]]


def shares(found: list[Unit], by: By, without: str = "", only: str = "") -> Truth:
    """What each contributor accounts for in each cell, of units without one agency (or ``only`` those of one)."""
    cells: dict[Key, dict[int, list[Unit]]] = defaultdict(lambda: defaultdict(list))
    for unit in found:
        for place in product(*(sorted(unit.values(dimension), key=str) for dimension in by)):
            cells[place][unit.one].append(unit)
    truth: Truth = {}
    for place, ones in cells.items():
        for same in ones.values():
            own = any(agency in unit.agencies for unit in same for agency in {without, only} - {""})
            if own == bool(only):
                shares = truth.setdefault(place, {})
                shares[same[0].who] = shares.get(same[0].who, 0) + same[0].amount
    return truth


Said = dict[By, dict[Key, int | None]]
"""What the figures of one part were said to be, by dimensions; None where withheld."""


def _rule(part: Part) -> Rule:
    return Rule(amounts=bool(part.sums))


class Attack:
    """All that ``reader`` can get of a list, and how near it comes to what is withheld."""

    def __init__(self, facts: Facts, fact: str, reader: str = "") -> None:
        self.facts, self.fact, self.reader = facts, fact, reader
        self.extract = extract_of(frames_of(facts))
        self.equations = Equations()
        self.members = [i for i in catalogue().values() if i.disclosure != "open" and i.parts[0].fact == fact]
        self.units: dict[Part, list[Unit]] = {}
        self.said: dict[Part, Said] = defaultdict(dict)
        for member in self.members:
            self._ask(member)
        self.values = {
            d: sorted({v for found in self.units.values() for unit in found for v in unit.values(d)}, key=str)
            for d in {d for said in self.said.values() for by in said for d in by} | {"type", "stage"}
        }
        for part in self.said:
            self._write(part)

    def failures(self, most: int = 10_000) -> Iterator[str]:
        """Each withheld figure that says too much of somebody, and is known or nearly; of at most so many, at random.

        One that says nothing of anyone, and is withheld to hide another, may be known: it could have been shown.
        """
        unsafe = list(self._unsafe())
        for part, by, place, truth in Random(0).sample(unsafe, min(most, len(unsafe))):
            yield from self._failure(part, by, place, truth)

    def _unsafe(self) -> Iterator[tuple[Part, By, Key, dict[int, float]]]:
        for part, said in self.said.items():
            for by, cells in said.items():
                truth = shares(self.units[part], by, without=self.reader)
                for place, value in cells.items():
                    if value is None and _rule(part).says_too_much(truth.get(place, {})):
                        yield part, by, place, truth[place]

    def _failure(self, part: Part, by: By, place: Key, truth: dict[int, float]) -> Iterator[str]:
        most, is_ = self.equations.most(self._cell(part, by, place)), sum(truth.values())
        assert most > is_ - 0.01, f"the equations do not hold: {part} {by} {place}"
        if most - is_ < _rule(part).protection(truth) - 0.01:
            yield f"{part.one} {part.sums} {part.only} {by} {place} is {is_:g} of {len(truth)}, at most {most:g}"

    # --- asking

    def _ask(self, member: Indicator) -> None:
        narrow = [d for d in member.breakdowns if d not in NOT_ASKED]
        audience = Audience(agency=self.reader)
        for by in [(), *((d,) for d in narrow), *combinations(narrow, 2)]:
            question = Question("figures", (member.id,), by, {"year": [YEAR]}, audience)
            (figures,) = answer(question, self.extract)["figures"]
            cells = figures["cells"] if by else [{"place": [], **figures["total"]}]
            for part, name in zip(member.parts, ("amount", "base"), strict=False):
                if part.fact == self.fact:
                    self.units.setdefault(part, units(part, self.facts, stock=member.nature == "stock"))
                    self._hear(part, by, {tuple(cell["place"]): cell[name] for cell in cells})

    def _hear(self, part: Part, by: By, cells: dict[Key, int | None]) -> None:
        """What one indicator withholds another may show, where the figure itself is safe."""
        before = self.said[part].get(by, {})
        told = {place: value for place, value in before.items() if value is not None}
        self.said[part][by] = {**before, **cells, **told}

    # --- writing down

    def _write(self, part: Part) -> None:
        self._tie(part)
        for by, cells in self.said[part].items():
            own = shares(self.units[part], by, only=self.reader) if self.reader else {}
            for place in product(*(self.values[d] for d in by)):
                value = cells.get(place, 0)
                if value is not None:
                    mine = sum(own.get(place, {}).values())
                    self.equations.is_(self._cell(part, by, place), value - mine)

    def _adds(self, part: Part, dimension: str) -> bool:
        return part.one != "organisation" and scheme_of(dimension) is None

    def _root(self, part: Part) -> Key:
        """What a part is one with, as far as its codes alone make the difference."""
        codes = () if all(self._adds(part, column) for column, _ in part.only) else part.only
        return (part.one, part.sums, part.stated, part.also_in, part.shared, codes)

    def _dimensions(self, root: Key) -> By:
        parts = [part for part in self.said if self._root(part) == root]
        asked = {d for part in parts for by in self.said[part] for d in by if self._adds(part, d)}
        codes = {column for part in parts for column, _ in part.only if self._adds(part, column)}
        return tuple(sorted(asked | codes))

    def _cell(self, part: Part, by: By, place: Key) -> Sum:
        """A cell as a sum of what is unknown."""
        root = self._root(part)
        if part.one == "organisation" or any(map(scheme_of, by)):
            return {(root, part.only, tuple(sorted(zip(by, place, strict=True), key=str))): 1}
        where = {d: {value} for d, value in zip(by, place, strict=True)}
        for column, codes in part.only:
            if self._adds(part, column):
                where[column] = where.get(column, set(codes)) & set(codes)
        choices = [where.get(d, self.values[d]) for d in self._dimensions(root)]
        return {(root, atom): 1 for atom in product(*choices)}

    def _tie(self, part: Part) -> None:
        """What holds between the cells of tables that share."""
        extra = len({u.one for u in self.units[part] if self.reader in u.agencies}) if part.one == "organisation" else 0
        for by in self.said[part]:
            for number, dimension in enumerate(by):
                if part.one == "organisation" or any(map(scheme_of, by)):
                    self._tie_to(part, by, dimension, by[:number] + by[number + 1 :], extra)

    def _tie_to(self, part: Part, by: By, dimension: str, rest: By, extra: int) -> None:
        for place in product(*(self.values[d] for d in rest)):
            whole = self._cell(part, rest, place)
            at = by.index(dimension)
            cells = [self._cell(part, by, (*place[:at], v, *place[at:])) for v in self.values[dimension]]
            together = {key: factor for cell in cells for key, factor in cell.items()}
            less = {key: -factor for key, factor in together.items()}
            if self._adds(part, dimension):
                self.equations.is_({**whole, **less}, 0)
                continue
            self.equations.at_most({**whole, **less}, 0)
            for cell in cells:
                self.equations.at_most({**cell, **{key: -factor for key, factor in whole.items()}}, extra)
