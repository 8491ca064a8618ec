"""An agency's own definitions beside the national ones, and how the one becomes the other: no uniform set exists.

Source: ``catalogue/own/``, a file an agency.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from schakel.words import Words

Relation = Literal["same", "near", "narrower", "wider", "unit"]
RELATIONS: tuple[str, ...] = get_args(Relation)
_FOLDER = Path(__file__).parent / "catalogue" / "own"


@dataclass(frozen=True, slots=True)
class OwnDefinition:
    """What an agency means by an indicator; ``becomes``: how its number becomes the national one."""

    agency: str
    indicator: str
    names: Words
    definition: Words
    relation: Relation
    becomes: Words
    source: str


@cache
def own_definitions() -> tuple[OwnDefinition, ...]:
    """All agencies' own definitions, by agency."""
    return tuple(
        _definition(path.stem, indicator, table)
        for path in sorted(_FOLDER.glob("*.toml"))
        for indicator, table in tomllib.loads(path.read_text(encoding="utf-8")).items()
    )


def own_of(*, indicator: str = "", agency: str = "") -> list[OwnDefinition]:
    """The own definitions of an indicator, of an agency, or of both."""
    return [
        each
        for each in own_definitions()
        if (not indicator or each.indicator == indicator) and (not agency or each.agency == agency)
    ]


def _definition(agency: str, indicator: str, table: Mapping[str, Any]) -> OwnDefinition:
    return OwnDefinition(
        agency=agency,
        indicator=indicator,
        names=Words(table["nl"], table["en"]),
        definition=Words(**table["definition"]),
        relation=table["relation"],
        becomes=Words(**table["becomes"]),
        source=table["source"],
    )
