"""Figures from before Schakel, as documents give them: cited, never counted, never added to counted ones.

Source: ``catalogue/cited.toml``; what such figures meant then stands in ``catalogue/history.toml``.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from schakel.words import Words

_FILE = Path(__file__).parent / "catalogue" / "cited.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """A document that figures are cited from; ``date``, ``document``, ``url`` and ``page`` where they are known."""

    names: Words
    date: dt.date | None = None
    document: str = ""
    url: str = ""
    page: str = ""
    second_hand: bool = False


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A figure as a document gives it. ``value``: in the indicator's unit (a share as 0.48).

    ``said``: the document's own words; ``more_than``: it gives a lower bound. ``apart``: why it does not compare with
    others. ``together_with``: another indicator that it does not keep apart. ``beside``: another document's word on the
    same year; it is told and not drawn.
    """

    indicator: str
    year: int
    agencies: int
    value: Decimal
    source: Source
    said: str = ""
    more_than: bool = False
    apart: Words | None = None
    together_with: str = ""
    beside: bool = False


@cache
def cited() -> tuple[CitedFigure, ...]:
    """All cited figures, as they stand in the file."""
    said = tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    sources = {name: _source(table) for name, table in said["source"].items()}
    return tuple(_figure(table, sources) for table in said["figure"])


def cited_of(indicator: str) -> tuple[CitedFigure, ...]:
    """What is cited of an indicator, oldest first; also what a document does not keep apart from it."""
    found = (each for each in cited() if indicator in (each.indicator, each.together_with))
    return tuple(sorted(found, key=lambda each: (each.year, each.beside)))


def drawn_of(indicator: str) -> dict[int, CitedFigure]:
    """What is cited of an indicator alone, one a year: what may stand beside counted figures, marked."""
    alone = (each for each in cited() if each.indicator == indicator and not each.together_with and not each.beside)
    return {each.year: each for each in alone}


def sources() -> Iterator[Source]:
    """The documents that are cited, each once."""
    yield from dict.fromkeys(each.source for each in cited())


def _source(table: Mapping[str, Any]) -> Source:
    names = Words(table["nl"], table["en"])
    return Source(names, **{key: table[key] for key in table if key not in {"nl", "en"}})


def _figure(table: Mapping[str, Any], known: Mapping[str, Source]) -> CitedFigure:
    return CitedFigure(
        indicator=table["indicator"],
        year=table["year"],
        agencies=table["agencies"],
        value=Decimal(table["value"]),
        source=known[table["source"]],
        said=table.get("said", ""),
        more_than=table.get("qualifier") == "more_than",
        apart=Words(**table["apart"]) if "apart" in table else None,
        together_with=table.get("and", ""),
        beside=table.get("beside", False),
    )
