"""An indicator: what is counted, what makes it one, and how it is said.

Invariant: an indicator is either one part, or the ratio of two parts; a share is a ratio of counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal, get_args

from schakel.network.themes import scheme_of
from schakel.words import Words

One = Literal["record", "thing", "organisation", "round"]
Unit = Literal["count", "eur", "fte", "tonne", "share", "ratio", "growth"]
Nature = Literal["flow", "stock"]
Statement = Literal["own", "leading", "largest"]
DisplayRule = Literal["exact", "rounded", "more_than"]
Disclosure = Literal["organisations", "open"]

ONES, UNITS, NATURES = get_args(One), get_args(Unit), get_args(Nature)
STATEMENTS, DISPLAY_RULES, DISCLOSURES = get_args(Statement), get_args(DisplayRule), get_args(Disclosure)

SCALE: dict[str, int] = {"count": 1, "eur": 100, "fte": 100, "tonne": 100, "share": 1, "ratio": 1, "growth": 1}
"""How many of the stored whole numbers make one of the unit: cents in a euro, hundredths in an FTE or a tonne.

A growth is kept as what there is to one of the year before, and told as what was added: 1.05 is +5%.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """What is taken of one fact: a distinct count of ``one``, or a sum of ``sums`` once per ``one``.

    ``statement``: whose number counts where several records are one: "own" (each record is one),
    "leading" (the leading record's; in an agency's column its own) or "largest".
    ``only``: codes a fact must have. ``stated``: columns that must be known. ``also_in``: a fact in
    which the organisation must occur in the same year. ``whole_network``: the list is the network's
    and every member agency's column shows the whole. ``shared``: only what two or more agencies have that year.
    ``not_nationally``: codes with which a fact counts in an agency's own column and in no figure of the network.
    """

    fact: str
    one: One
    sums: str = ""
    statement: Statement = "own"
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stated: tuple[str, ...] = ()
    also_in: str = ""
    whole_network: bool = False
    shared: bool = False
    not_nationally: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it is counted from; who delivered says of which agencies a list of the network is."""
        return tuple(filter(None, (self.fact, self.also_in, "delivery" if self.whole_network else "")))

    def overlaps(self, dimension: str) -> bool:
        """Whether cells of ``dimension`` may add to more than their total.

        Agencies, themes and years share things; one thing has one place and one code of a kind, an
        organisation may have several.
        """
        if scheme_of(dimension):
            return True
        if dimension == "agency":
            return self.whole_network or self.one != "record"
        return self.one == "organisation" or (dimension == "year" and self.one != "record")


@dataclass(frozen=True, slots=True)
class Display:
    """How a value is said in public: exactly, rounded, or "more than" the step below it."""

    rule: DisplayRule
    step: int = 1

    def apply(self, value: Decimal) -> Decimal:
        """``value`` as it is said: nearest step (half up), or the step at or below it."""
        if self.rule == "exact":
            return value
        mode = ROUND_DOWN if self.rule == "more_than" else ROUND_HALF_UP
        return (value / self.step).quantize(Decimal(1), mode) * self.step


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the catalogue, at one version.

    ``counted``: what is counted, in words; ``one``: what makes two records one; ``period``: to which
    year something belongs. ``needs``: the record kinds that must be delivered for it to be complete.
    ``disclosure``: "organisations" if small cells would say something of an organisation, else "open".
    """

    id: str
    version: int
    names: Words
    definition: Words
    counted: Words
    one: Words
    period: Words
    nature: Nature
    unit: Unit
    display: Display
    parts: tuple[Part, ...]
    needs: tuple[str, ...]
    breakdowns: tuple[str, ...]
    disclosure: Disclosure

    def __hash__(self) -> int:
        """Soon told: what is decided and kept is looked up by its indicators, thousands of times a second."""
        return hash((self.id, self.version))

    @property
    def is_ratio(self) -> bool:
        """Whether it is one sum or count divided by another."""
        return len(self.parts) == 2

    @property
    def has_own_columns(self) -> bool:
        """Whether an agency has a column of its own of it, counted from its own records."""
        return "agency" in self.breakdowns and not any(part.whole_network for part in self.parts)

    def overlaps(self, dimension: str) -> bool:
        """Whether its cells by ``dimension`` may add to more than the total, or do not add at all."""
        return self.is_ratio or self.parts[0].overlaps(dimension)
