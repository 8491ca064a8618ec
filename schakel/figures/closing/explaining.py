"""What lies between two closings of a year, split by cause, so that the parts add exactly to the difference.

In this order, each step over what the former left, and each counted by the expression that counts every figure:

1. ``withdrawn``: records that no longer stand are taken away;
2. ``late``: records that stand only now are put in, and so is which deliveries came;
3. ``changed``: what records say themselves is as it is now;
4. ``identity``: which records are one thing, and which of them leads, is as it is now;
5. ``definition``: counted by the definitions as they are now;
6. ``counting``: what the counting itself does otherwise now than when either was closed; nothing, as a rule.

A record that falls under several causes changes a figure in the step in which it does; another order would split it
otherwise, to the same sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from schakel.figures.catalogue import Indicator
from schakel.figures.closing.frozen import TOTAL
from schakel.figures.closing.opening import MEMORY, Closed
from schakel.figures.closing.stages import FACT_CAUSES, Frames, Touched, pairs, stages
from schakel.figures.closing.subtracting import Subtracted, subtracted
from schakel.figures.counting import Extract, Selection, extract_of

DEFINITION, COUNTING = "definition", "counting"
CAUSES = (*FACT_CAUSES, DEFINITION, COUNTING)
NETWORK = ""
Counted = Mapping[str, tuple[int, int]]
"""Amount and base by column: the network's, or an agency's by its slug; a column that is not there has nothing."""
_NOTHING = (0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """What one cause did to a figure: to its amount, and to its base where it is a ratio, in whole stored numbers."""

    cause: str
    amount: int
    base: int


@dataclass(frozen=True, slots=True)
class Explained:
    """One figure in two closings: amount and base before and after, and the parts of the difference by CAUSES."""

    indicator: str
    column: str
    before: tuple[int, int]
    after: tuple[int, int]
    parts: tuple[Part, ...]

    @property
    def differs(self) -> bool:
        """Whether anything did anything to it, be it that causes cancel out."""
        return any(part.amount or part.base for part in self.parts)


@dataclass(frozen=True, slots=True)
class Revision:
    """Two closings of a year beside each other, by their versions.

    ``definitions``: the indicators that are defined otherwise, are new or are gone.
    ``subtracted``: the figures that the two tell too much of together.
    """

    year: int
    before: int
    after: int
    figures: tuple[Explained, ...]
    records: tuple[Touched, ...]
    definitions: tuple[str, ...]
    subtracted: tuple[Subtracted, ...]


def explain(before: Closed, after: Closed) -> Revision:
    """What lies between two closings of one year, by cause. Raises ValueError for closings of two years."""
    if before.manifest.year != after.manifest.year:
        raise ValueError(f"closings of {before.manifest.year} and {after.manifest.year} do not explain each other")
    found = pairs(before, after)
    names = list(dict.fromkeys([*after.indicators, *before.indicators]))
    with ExitStack() as opened:
        extracts = _extracts(stages(found), opened)
        figures = [each for name in names for each in _explained(name, before, after, extracts)]
    return Revision(
        year=after.manifest.year,
        before=before.manifest.version,
        after=after.manifest.version,
        figures=tuple(figures),
        records=tuple(touched for pair in found for touched in pair.touched()),
        definitions=tuple(name for name in names if before.indicators.get(name) != after.indicators.get(name)),
        subtracted=tuple(subtracted(before, after)),
    )


def _extracts(frames: Sequence[Frames], opened: ExitStack) -> list[Extract]:
    """An extract for each stage; the same one where a cause changed nothing."""
    found: list[Extract] = []
    for number, stage in enumerate(frames):
        if found and all(stage[name].equals(frames[number - 1][name]) for name in stage):
            found.append(found[-1])
        else:
            found.append(extract_of(stage, memory=MEMORY))
            opened.callback(found[-1].close)
    return found


def _explained(name: str, before: Closed, after: Closed, extracts: Sequence[Extract]) -> Iterator[Explained]:
    old, new = before.indicators.get(name), after.indicators.get(name)
    kept, kept_now = _kept(before, name), _kept(after, name)
    counted = _counted_by_stage(old, extracts)
    now = counted[-1] if old == new else _counted(new, extracts[-1])
    counted.append(now)
    for column in sorted({NETWORK}.union(kept, kept_now, *counted)):
        one, other = kept.get(column, _NOTHING), kept_now.get(column, _NOTHING)
        steps = [stage.get(column, _NOTHING) for stage in counted]
        parts = [_part(cause, *step) for cause, step in zip(CAUSES, pairwise(steps), strict=False)]
        parts.append(_rest(one, other, parts))
        yield Explained(name, column, one, other, tuple(parts))


def _part(cause: str, before: tuple[int, int], after: tuple[int, int]) -> Part:
    return Part(cause, after[0] - before[0], after[1] - before[1])


def _rest(before: tuple[int, int], after: tuple[int, int], parts: Sequence[Part]) -> Part:
    """What the counting of today does not explain: it counts one of the two otherwise than when that was closed."""
    whole = _part(COUNTING, before, after)
    return Part(
        COUNTING, whole.amount - sum(part.amount for part in parts), whole.base - sum(part.base for part in parts)
    )


def _counted_by_stage(indicator: Indicator | None, extracts: Sequence[Extract]) -> list[Counted]:
    found: list[Counted] = []
    for number, extract in enumerate(extracts):
        same = number > 0 and extract is extracts[number - 1]
        found.append(found[-1] if same else _counted(indicator, extract))
    return found


def _counted(indicator: Indicator | None, extract: Extract) -> Counted:
    """Amount and base of each column; none where there is no such indicator."""
    if indicator is None:
        return {}
    selection = Selection(indicator, extract)
    total = selection.total()
    found = {NETWORK: _both(total.amount, total.base)}
    if "agency" in indicator.breakdowns:
        cells = selection.by("agency").figures
        found |= {str(agency): _both(figure.amount, figure.base) for (agency,), figure in cells.items()}
    return found


def _kept(closed: Closed, name: str) -> Counted:
    """The same as it was kept at the closing."""
    of_it = closed.results.filter((pl.col("indicator") == name) & pl.col("cells").is_in([TOTAL, "agency"]))
    rows = of_it.select("place", "amount", "base").iter_rows()
    return {place or NETWORK: _both(amount, base) for place, amount, base in rows}


def _both(amount: int, base: int | None) -> tuple[int, int]:
    return int(amount), int(base or 0)  # a sum of DuckDB's comes as a wider number
