"""What each agreement and difference weighs, in thousandths of a bit (Fellegi and Sunter, 1969).

A model is a table of weights with a version. It begins as general knowledge of Dutch lists
(`GENERAL`) and learns from each set of records without labels: two records that both state a number
are, but for slips, witnesses of whether they are one (`learning`). Weights are integers, so a total does not depend on
the order of its terms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

FIELDS = ("name", "place", "web", "form")
Weights = Mapping[str, Mapping[str, int]]

_NAME = {
    "rare": -2200, "same": -2200, "order": -5300, "typo": -4000, "short": -5600, "initials": -7000, "part": -5000,
    "some": -7600, "other": -3500, "sister": -2000,
}  # fmt: skip
_PLACE = {
    "address": -3500, "postcode": -4000, "beside": -6500, "street": -4500, "district": -6500, "city": -2300,
    "moved": -4000, "away": -3000,
}  # fmt: skip
_WEB = {"same": -4500, "named": -8500, "label": -9000, "name": -8000, "differ": -4500}
_FORM = {"same": -1500, "differ": -5500}
_NUMBER = {"same": -500, "slip": 15000, "differ": -5000}


def _beside(levels: Mapping[str, int], sister: int, other: int) -> dict[str, int]:
    """The levels, also for pairs whose names are of sisters or not alike: then a shared place says less, or more."""
    kept = dict(levels)
    for level, weight in levels.items():
        kept[f"{level}/sister"] = weight + sister
        kept[f"{level}/other"] = weight + other
    return kept


GENERAL: Weights = {
    "number": _NUMBER,
    "name": _NAME,
    "place": _beside(_PLACE, -4000, 1500),
    "web": _beside(_WEB, -4000, 2500),
    "form": _FORM,
}


@dataclass(frozen=True, slots=True)
class Side:
    """Weights for one sort of comparison, and its ``prior``: what must be outweighed before two are one."""

    weights: Weights
    prior: int = 0


@dataclass(frozen=True, slots=True)
class Model:
    """``entry``: records with register entries. ``record``: records with records. Thousandths of a bit.

    ``absent``: of a thousand records, how many are of organisations that the register does not hold.
    ``lift``: what is added to the prior that pairs teach, as a record has one entry and not several.
    ``sure``: above so many bits nobody is asked; ``join``: from so many two records are held for one.
    """

    version: str = "general-1"
    entry: Side = field(default_factory=lambda: Side(GENERAL))
    record: Side = field(default_factory=lambda: Side(GENERAL))
    absent: int = 50
    lift: int = 3000
    sure: int = 4000
    join: int = -1000

    def to_json(self) -> str:
        """The model as JSON with its keys in order: the same model, the same text."""
        return json.dumps(asdict(self), sort_keys=True, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Model:
        """The model that `to_json` wrote. Raises ValueError or TypeError where it is none."""
        kept = json.loads(text)
        return cls(**kept | {"entry": Side(**kept["entry"]), "record": Side(**kept["record"])})
