"""The network's lists of themes, and which themes of one list stand for which of another.

Deliveries speak the list that was used for 2023 (``HUB``); every other list is mapped to it, concept by concept, in the
words of SKOS. What a concept has as an exact, close or narrower match counts under it. What it has as a broader match
does not: a project delivered as "key technologies" may be about photonics or not.

Source of the words: ``schemes.toml`` beside this file, with where each list was published.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from schakel.words import Words

Relation = Literal["exact", "close", "narrow", "broad", "related"]
RELATIONS: tuple[str, ...] = get_args(Relation)
COUNTED = frozenset({"exact", "close", "narrow"})
HUB = "2023"
REST = "none"


@dataclass(frozen=True, slots=True)
class Concept:
    """A theme of a list. ``matches``: themes of the hub, and what each is to this one (SKOS: "narrow" is narrower)."""

    code: str
    labels: Words
    matches: tuple[tuple[str, Relation], ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A list of themes, at a version; ``since``: the first year it was meant for."""

    id: str
    version: int
    labels: Words
    since: int
    source: str
    concepts: tuple[Concept, ...]

    @property
    def dimension(self) -> str:
        """What a breakdown by this list is called in a question to the counting."""
        return "theme" if self.id == HUB else f"theme_{self.id}"


@cache
def schemes() -> Mapping[str, Scheme]:
    """All lists by id, the hub first."""
    said = tomllib.loads(Path(__file__).with_name("schemes.toml").read_text(encoding="utf-8"))
    return {name: _scheme(name, table) for name, table in said.items()}


def scheme_of(dimension: str) -> Scheme | None:
    """The list that a dimension of a question is; None for another dimension."""
    return next((scheme for scheme in schemes().values() if scheme.dimension == dimension), None)


@cache
def counted_under(scheme: str) -> Mapping[str, tuple[str, ...]]:
    """Each theme of the hub to the concepts of ``scheme`` that it counts under; ``REST`` where there is none."""
    under: dict[str, list[str]] = {hub.code: [] for hub in schemes()[HUB].concepts}
    for concept in schemes()[scheme].concepts:
        for hub, relation in concept.matches:
            if relation in COUNTED:
                under[hub].append(concept.code)
    return {hub: tuple(codes) or (REST,) for hub, codes in under.items()}


def between(one: str, other: str) -> list[tuple[Concept, Concept]]:
    """Pairs of concepts of two lists that have a theme of the hub in common, whatever it is to each."""
    return [
        (left, right)
        for left in schemes()[one].concepts
        for right in schemes()[other].concepts
        if {hub for hub, _ in left.matches} & {hub for hub, _ in right.matches}
    ]


def _scheme(name: str, table: Mapping[str, Any]) -> Scheme:
    labels = Words(table["nl"], table["en"])
    concepts = tuple(_concept(code, said, hub=name == HUB) for code, said in table["concept"].items())
    return Scheme(name, int(table["version"]), labels, int(table["since"]), str(table["source"]), concepts)


def _concept(code: str, said: Mapping[str, Any], *, hub: bool) -> Concept:
    matches: dict[str, Relation] = {code: "exact"} if hub else said.get("match", {})
    return Concept(code, Words(said["nl"], said["en"]), tuple(matches.items()))
