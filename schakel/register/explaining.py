"""How a model came to its score, field by field, for who has judged: told by what compares records.

Invariant: what explains gets what the reviewer saw of the two sides and nothing more, so it can tell no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from schakel.words import Words


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """What one field weighed. ``weight``: in thousandths of a bit, above 0 for the same, below it against."""

    field: Words
    agreement: Words
    one: str
    other: str
    weight: int


Explain = Callable[[Mapping[str, str], Mapping[str, str]], Sequence[FieldWeight]]
_explainers: dict[str, Explain] = {}


def register_explainer(thing: str, explain: Explain) -> None:
    """Have ``explain(one, other)`` asked of two records of ``thing``: keys of `sides.FIELDS` to text."""
    _explainers[thing] = explain


def explained(thing: str, one: Mapping[str, str], other: Mapping[str, str]) -> Sequence[FieldWeight]:
    """What each field weighed; nothing where no model explains things of this sort."""
    explain = _explainers.get(thing)
    return explain(one, other) if explain is not None else ()
