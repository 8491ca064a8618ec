"""Weights improved by what people decided, beside those that the lists teach by themselves.

The lists teach what their own numbers bear witness of (`learning`). A decided pair is a labelled one, and enters a
likelihood of the same form once, its answer in the place of a number: a responsibility of one or nought, as labelled
cases have in semi-supervised estimation (Fellegi and Sunter, 1969; Nigam et al., 2000). Weights hold to what the lists
taught by a normal prior of one bit, so that few decisions change little (maximum a posteriori).

People are asked of the doubtful pairs alone. A pair is chosen by how it looks and not by its answer, so what levels say
of the answer is not bent by it (Zadrozny, 2004, of classifiers that model the answer given what is seen); but how often
people say "the same" is no measure of how common it is among all pairs. Therefore the prior and both thresholds stay,
only levels that enough decisions show move, and none by more than `LEAP`. What rules decide, whatever the weights
(names of sisters, two legal forms), teaches nothing; nor do register entries, whose odds hang on all other entries.

Whether it helps is asked of decisions that were not learned from: the pairs in `FOLDS` parts, each judged by what the
others teach; pairs that share a record are in one part.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from schakel.register.matching.explaining import levels
from schakel.register.matching.frequencies import BIT
from schakel.register.matching.model import FIELDS, Model, Side

Floats = npt.NDArray[np.float64]
FEWEST = 40  # decisions that teach; with fewer nothing is said
EACH = 10  # ... and of either answer
SHOWN = 5  # decisions that must show a level, before its weight moves
LEAP = 2 * BIT  # the most that a weight moves at once
PULL = 1.0  # as in `learning`: a weight that moves by a bit costs half so much likelihood
FOLDS = 5
ROUNDS, CLOSE = 60, 0.001


@dataclass(frozen=True, slots=True)
class Decided:
    """A pair of records that people decided: how the two stand to each other, and that they are one or two.

    ``said``: all that counts in it but the prior and the weights of ``levels``: bits of shared values, numbers.
    ``group``: equal where pairs share a record.
    """

    levels: Mapping[str, str]
    said: int
    same: bool
    group: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """A weight that people's decisions moved, in thousandths of a bit, and how many decisions show its level."""

    field: str
    level: str
    before: int
    after: int
    decisions: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How well weights foretell decisions that they were not learned from.

    ``surprise``: bits a decision, less is better; ``wrong``: how many a round would have joined or left otherwise.
    """

    surprise: float
    wrong: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """What decisions teach: the model with it, what moved, and both models held against what they had not seen."""

    model: Model
    moved: Sequence[Moved]
    same: int
    different: int
    before: Tally
    after: Tally

    @property
    def helps(self) -> bool:
        """Whether decisions that were not learned from are foretold better, and no more of them wrongly."""
        return self.after.surprise < self.before.surprise and self.after.wrong <= self.before.wrong


class TooFewError(ValueError):
    """There are not enough decisions to learn from; says how many there are and are needed."""


def decided(
    one: Mapping[str, Any], other: Mapping[str, Any], *, score: int, same: bool, model: Model, group: int = 0
) -> Decided | None:
    """A decided pair of two records; None where rules decide it, whatever the weights.

    ``score``: what ``model`` made of the two in its round. What is left of it without prior and weights is what their
    shared values say among all records of that round: two records alone cannot tell how common a value is.
    """
    told = levels(one, other)
    if told["sister"] or (told["form"] == "differ" and told["number"] != "same"):
        return None
    shown = {field: told[field] for field in FIELDS if told[field]}
    weights = model.record.weights
    said = score - model.record.prior - sum(weights[field].get(level, 0) for field, level in shown.items())
    if shown.get("name") == "rare":  # whether a name is, two records alone cannot tell either
        said += weights["name"][shown.pop("name")]
    return Decided(shown, said, same, group)


def teach(model: Model, pairs: Sequence[Decided]) -> Lesson:
    """What ``pairs`` teach ``model``. Raises TooFewError. The order of pairs does not matter."""
    same = sum(pair.same for pair in pairs)
    if len(pairs) < FEWEST or min(same, len(pairs) - same) < EACH:
        raise TooFewError(
            f"{len(pairs)} decisions can teach ({same} the same, {len(pairs) - same} not the same);"
            f" needed are {FEWEST}, and {EACH} of either answer"
        )
    ordered = sorted(pairs, key=lambda pair: (pair.group, sorted(pair.levels.items()), pair.said, pair.same))
    before, after = _held_out(model, ordered)
    taught = taught_by(model, ordered)
    return Lesson(taught, list(_moved(model, taught, ordered)), same, len(pairs) - same, before, after)


def taught_by(model: Model, pairs: Sequence[Decided]) -> Model:
    """``model`` with the weights that ``pairs`` move; its prior, its thresholds and what numbers weigh as they were."""
    return replace(model, record=_side(model.record, pairs))


def _side(side: Side, pairs: Sequence[Decided]) -> Side:
    shown = _shown(pairs)
    places = {at: place for place, at in enumerate(sorted(at for at, count in shown.items() if count >= SHOWN))}
    if not places:
        return side
    x = np.zeros((len(pairs), len(places)))
    for row, pair in enumerate(pairs):
        for at in pair.levels.items():
            if at in places:
                x[row, places[at]] = 1.0
    said = np.array([_total(side, pair) for pair in pairs]) / BIT
    moves = _fitted(x, said, np.array([float(pair.same) for pair in pairs]))
    weights = {field: dict(kept) for field, kept in side.weights.items()}
    for (field, level), place in places.items():
        leap = max(-LEAP, min(LEAP, round(BIT * float(moves[place]))))
        weights[field][level] = weights[field].get(level, 0) + leap
    return replace(side, weights=weights)


def _fitted(x: Floats, said: Floats, same: Floats) -> Floats:
    """By how many bits weights move: Newton's method on a likelihood with one summit. Sums run in one order."""
    moves = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp2(-np.clip(said + (x * moves).sum(axis=1), -60, 60)))
        spread = np.maximum(chance * (1 - chance), 1e-4)
        bend = np.array([[(spread * one * other).sum() for other in x.T] for one in x.T]) * math.log(2) ** 2
        slope = (x.T * (same - chance)).sum(axis=1) * math.log(2) - PULL * moves
        step = np.linalg.solve(bend + PULL * np.eye(len(moves)), slope)
        moves = moves + step * min(1.0, 1.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < CLOSE:
            break
    return moves


def _held_out(model: Model, pairs: Sequence[Decided]) -> tuple[Tally, Tally]:
    """Each pair judged by ``model``, and by what the pairs of other parts teach it."""
    groups = {group: place % FOLDS for place, group in enumerate(sorted({pair.group for pair in pairs}))}
    before: list[tuple[int, int, bool]] = []
    after: list[tuple[int, int, bool]] = []
    for fold in range(FOLDS):
        kept = [pair for pair in pairs if groups[pair.group] == fold]
        taught = taught_by(model, [pair for pair in pairs if groups[pair.group] != fold])
        before += [(_total(model.record, pair), model.join, pair.same) for pair in kept]
        after += [(_total(taught.record, pair), model.join, pair.same) for pair in kept]
    return _tally(before), _tally(after)


def _tally(judged: Iterable[tuple[int, int, bool]]) -> Tally:
    """Of scores, each with the line from which on two are joined, and what people said."""
    surprises, wrong = [], 0
    for score, line, same in judged:
        towards = max(-40.0, min(40.0, (score if same else -score) / BIT))
        surprises.append(math.log2(1 + 2**-towards))
        wrong += (score >= line) != same
    return Tally(math.fsum(surprises) / len(surprises), wrong)


def _total(side: Side, pair: Decided) -> int:
    return pair.said + side.prior + sum(side.weights[field].get(level, 0) for field, level in pair.levels.items())


def _shown(pairs: Iterable[Decided]) -> dict[tuple[str, str], int]:
    """How many decisions show each level."""
    found: dict[tuple[str, str], int] = {}
    for pair in pairs:
        for at in pair.levels.items():
            found[at] = found.get(at, 0) + 1
    return found


def _moved(before: Model, after: Model, pairs: Sequence[Decided]) -> Iterable[Moved]:
    """The weights that moved, the furthest first."""
    old, new = before.record.weights, after.record.weights
    found = [
        Moved(field, level, old[field].get(level, 0), weight, count)
        for (field, level), count in _shown(pairs).items()
        if (weight := new[field].get(level, 0)) != old[field].get(level, 0)
    ]
    return sorted(found, key=lambda one: (-abs(one.after - one.before), one.field, one.level))
