"""A column as the proposer looks at it: its header, a sample of its values, and what shape they have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from schakel.intake.interpreting.cells import PLACEHOLDERS
from schakel.intake.proposing.folding import fold
from schakel.intake.proposing.numbers import numbers
from schakel.intake.tables import Table

SAMPLE = 400  # values looked at for shapes; membership in other columns uses all of them
PROBED = 300  # different values looked up in other columns
SEPARATORS = (";", "|", "\n", ",", " / ", " + ", " & ")

Number = re.compile(r"[-+]?\s*(?:€|eur)?\s*[-+]?\d[\d.,'\s]*(?:,-)?\s*(?:€|eur|k|mln|m)?", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Column:
    """One source column below its header row. ``values`` are its filled cells' texts, in order."""

    table: str
    letter: str
    header: str
    values: tuple[str, ...]
    types: tuple[str, ...]
    rows: int
    _measured: dict[Callable[[Column], float], float] = field(default_factory=dict, repr=False)
    _found: dict[Column, float] = field(default_factory=dict, repr=False)

    @cached_property
    def folded(self) -> frozenset[str]:
        """Its different values, made alike."""
        return frozenset(fold(value) for value in set(self.values))

    @cached_property
    def probe(self) -> tuple[str, ...]:
        """At most `PROBED` of its different values, to look up in other columns."""
        return tuple(sorted(self.folded)[:: max(1, len(self.folded) // PROBED)])

    @cached_property
    def sample(self) -> tuple[str, ...]:
        """At most `SAMPLE` of its values, evenly spread."""
        step = max(1, len(self.values) // SAMPLE)
        return self.values[::step][:SAMPLE]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each value occurs."""
        return Counter(value.strip() for value in self.values)

    @cached_property
    def unique(self) -> float:
        """Share of values that occur once only; 1 for a key."""
        return len(self.counts) / len(self.values) if self.values else 0.0

    @property
    def filled(self) -> float:
        """Share of rows with a value."""
        return len(self.values) / self.rows if self.rows else 0.0

    @cached_property
    def _types(self) -> Counter[str]:
        return Counter(self.types)

    def typed(self, name: str) -> float:
        """Share of filled cells the sheet itself holds as ``name`` ("number", "date" ...)."""
        return self._types[name] / len(self.types) if self.types else 0.0

    def share(self, holds: Callable[[str], object]) -> float:
        """Share of sampled values for which ``holds`` is true."""
        return sum(1 for value in self.sample if holds(value.strip())) / len(self.sample) if self.sample else 0.0

    @cached_property
    def numeric(self) -> float:
        """Share of values that are numbers, typed so or written as text."""
        return max(self.typed("number"), self.share(Number.fullmatch))

    def found_in(self, other: Column) -> float:
        """Share of its different values that occur in ``other``, looked up once."""
        if other not in self._found:
            known = sum(value in other.folded for value in self.probe)
            self._found[other] = known / len(self.probe) if self.probe else 0.0
        return self._found[other]

    def measure(self, shape: Callable[[Column], float]) -> float:
        """What ``shape`` says of the column, looked at once."""
        if shape not in self._measured:
            self._measured[shape] = shape(self)
        return self._measured[shape]

    @cached_property
    def amounts(self) -> list[float]:
        """The numbers among its sampled values, units left aside."""
        return numbers(self.sample)

    @cached_property
    def length(self) -> float:
        """Middle length of its values, in characters."""
        lengths = sorted(len(value) for value in self.sample)
        return float(lengths[len(lengths) // 2]) if lengths else 0.0

    def split(self, separator: str) -> list[str]:
        """All parts of its values."""
        return [part.strip() for value in self.values for part in value.split(separator) if part.strip()]


def columns(table: Table, header_row: int, rows: Sequence[int]) -> list[Column]:
    """The columns of ``table`` that have a header and stand above ``rows``; of two headers alike, the first."""
    found: dict[str, Column] = {}
    below = table.frame.filter(table.frame["row"].is_in(list(rows)))
    for letter, header in table.header(header_row).items():
        if header.strip() and header not in found:
            cells = [
                (text, kind)
                for text, kind in zip(below[letter], below[f"{letter}.type"], strict=True)
                if text is not None and text.strip() and kind != "error" and text.strip().lower() not in PLACEHOLDERS
            ]
            found[header] = Column(
                table.name, letter, header, tuple(c[0] for c in cells), tuple(c[1] for c in cells), below.height
            )
    return list(found.values())


def separators(column: Column) -> Iterator[str]:
    """The separators that occur within its values."""
    for separator in SEPARATORS:
        if any(separator in value for value in column.sample):
            yield separator
