"""What an indicator meant in other years, and where its series breaks.

A series breaks between two years where the network had another membership, where the definition changed, where one of
both is a year apart, where one is cited and the other counted, and where not every agency delivered. No line is ever
drawn across a break. Source: ``catalogue/history.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schakel.figures.catalogue import Indicator
from schakel.words import Words

_FILE = Path(__file__).parent / "catalogue" / "history.toml"


@dataclass(frozen=True, slots=True)
class Version:
    """A definition as it was for a row of years. ``number``: 0 for what was meant before Schakel counted."""

    number: int
    definition: Words
    since: int | None
    until: int | None = None
    changed: Words | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A year of a series, by what decides whether it compares with the year before.

    ``agencies``: how many the network had, 0 where that is no matter. ``version``: of the definition it was counted by,
    0 where it is cited. ``complete``: every agency delivered.
    """

    year: int
    agencies: int
    version: int
    complete: bool = True


@cache
def _said() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def versions_of(indicator: Indicator) -> tuple[Version, ...]:
    """The definitions of an indicator, newest first: the one of now, those before it, and what was meant before."""
    former = [_version(table) for table in _said()["version"] if table["indicator"] == indicator.id]
    counted = [each.until for each in former if each.number and each.until]
    now = Version(indicator.version, indicator.definition, max(counted) + 1 if counted else None)
    return (now, *sorted(former, key=lambda each: (each.number, each.since or 0), reverse=True))


def meant_in(indicator: str, year: int) -> int | None:
    """Which of the meanings from before Schakel a cited figure has: the first year of it; None where it is not told."""
    of = (each for each in _said()["version"] if each["indicator"] == indicator and not each.get("version"))
    return next((each["since"] for each in of if each["since"] <= year <= each["until"]), None)


def breaks(indicator: str, before: Point, now: Point) -> list[Words]:
    """Why a year cannot be compared with the one before it in the series; none where it can."""
    found = []
    if before.agencies and now.agencies and before.agencies != now.agencies:
        found.append(_MEMBERS.format(before=before.agencies, now=now.agencies))
    if bool(before.version) != bool(now.version):
        found.append(_COUNTED if now.version else _CITED)
    elif before.version != now.version:
        found.append(_VERSION.format(before=before.version, now=now.version))
    elif not now.version and meant_in(indicator, before.year) != meant_in(indicator, now.year):
        found.append(_MEANING)
    found += [why for year, why in _exceptions(indicator) if year in (before.year, now.year)]
    if now.year - before.year > 1:
        found.append(_GAP)
    if before.version and now.version and not (before.complete and now.complete):
        found.append(_INCOMPLETE)
    return found


_MEMBERS = Words("van {before} naar {now} ROM's", "from {before} to {now} agencies")
_COUNTED = Words("vanaf hier geteld, daarvoor aangehaald", "counted from here, cited before")
_CITED = Words("aangehaald, daarvoor geteld", "cited, counted before")
_VERSION = Words("definitie gewijzigd: versie {before} naar {now}", "definition changed: version {before} to {now}")
_MEANING = Words("definitie gewijzigd in de publicatie", "definition changed in what was published")
_GAP = Words("de jaren ertussen ontbreken", "the years between are missing")
_INCOMPLETE = Words("niet elke ROM heeft beide jaren aangeleverd", "not every agency delivered in both years")


@cache
def _exceptions(indicator: str) -> list[tuple[int, Words]]:
    return [(each["year"], Words(**each["why"])) for each in _said()["exception"] if indicator in each["indicators"]]


def _version(table: Mapping[str, Any]) -> Version:
    return Version(
        number=table.get("version", 0),
        definition=Words(**table["definition"]),
        since=table["since"],
        until=table["until"],
        changed=Words(**table["changed"]),
        source=table.get("source", ""),
    )
