"""What an address of the explorer asks. All that a page shows is in it, so it can be sent, kept and asked again.

    ?i=invested_eur&i=companies_invested_in&rijen=agency&kolommen=stage&van=2021&tot=2023&province=NB&stand=nu

Invariant: what is read from an address and written again asks the same; what is no question is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.exploring.dimensions import AGENCY, YEAR, known_dimensions, values_of

MOST_INDICATORS, MOST_YEARS = 8, 12
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}", re.ASCII)
INDICATOR, ROWS, COLUMNS, FIRST, LAST, STAND = "i", "rijen", "kolommen", "van", "tot", "stand"
Filters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the explorer. ``first`` and ``last`` year: 0 for the newest there is."""

    indicators: tuple[str, ...] = ()
    rows: str = AGENCY
    columns: str = ""
    first: int = 0
    last: int = 0
    limits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stand: str = ""

    @property
    def filters(self) -> Filters:
        """Allowed values by dimension."""
        return dict(self.limits)

    @property
    def shown(self) -> tuple[str, ...]:
        """The dimensions of rows and columns."""
        return (self.rows, self.columns) if self.columns else (self.rows,)

    @property
    def breakdown(self) -> tuple[str, ...]:
        """Those that a year's figures are broken down by: each year is asked by itself."""
        return tuple(dimension for dimension in self.shown if dimension != YEAR)

    @property
    def hidden(self) -> Filters:
        """The limits on dimensions that are neither rows nor columns."""
        return {dimension: values for dimension, values in self.limits if dimension not in self.shown}

    def chosen(self) -> list[Indicator]:
        """The indicators, in the catalogue's order."""
        return [indicator for name, indicator in catalogue().items() if name in self.indicators]

    def years(self, known: Sequence[int]) -> list[int]:
        """The years asked for, of those known (newest first), oldest first; the newest where none is asked."""
        last = self.last or (known[0] if known else 0)
        first = self.first or last
        return sorted(year for year in known if first <= year <= last)[-MOST_YEARS:]

    def query(self, **other: str) -> str:
        """The parameters of its address, with others of these in their place."""
        said: dict[str, str | int] = {
            ROWS: self.rows,
            COLUMNS: self.columns,
            FIRST: self.first,
            LAST: self.last,
            STAND: self.stand,
        }
        pairs: list[tuple[str, str | int]] = [(INDICATOR, name) for name in self.indicators]
        pairs += [(name, value) for name, value in (said | other).items() if value]
        pairs += [(dimension, value) for dimension, values in self.limits for value in values]
        return urlencode(pairs)

    def swapped(self) -> Asked:
        """The same with rows and columns changed places."""
        return replace(self, rows=self.columns, columns=self.rows) if self.columns else self


def read(said: QueryDict) -> Asked:
    """What an address asks; parameters that are no question are left out."""
    dimensions = known_dimensions()
    rows = _one_of(said.get(ROWS, ""), dimensions) or AGENCY
    columns = _one_of(said.get(COLUMNS, ""), dimensions)
    limits = {name: _values(name, said.getlist(name)) for name in dimensions if name != YEAR}
    first, last = _year(said.get(FIRST, "")), _year(said.get(LAST, ""))
    return Asked(
        indicators=tuple(name for name in catalogue() if name in set(said.getlist(INDICATOR)))[:MOST_INDICATORS],
        rows=rows,
        columns="" if columns == rows else columns,
        first=min(first, last) if first and last else first,
        last=max(first, last) if first and last else last,
        limits=tuple((name, values) for name, values in limits.items() if values),
        stand=said.get(STAND, "")[:20],
    )


def read_text(query: str) -> Asked:
    """As ``read``, from the text of an address' parameters."""
    return read(QueryDict(query))


def _one_of(value: str, allowed: Sequence[str]) -> str:
    return value if value in allowed else ""


def _year(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) == 4 else 0


def _values(dimension: str, said: Sequence[str]) -> tuple[str, ...]:
    """The values to limit a dimension to; of one whose values are a list only those that there are."""
    if not said:
        return ()
    known = values_of(dimension, catalogue().values())
    return tuple(sorted({value for value in said if _CODE.fullmatch(value) and (not known or value in known)}))
