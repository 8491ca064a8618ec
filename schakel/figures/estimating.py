"""Estimates for deliveries that are missing, by one stated method, and how far off it would have been.

The method. An agency's figure of the last year that it delivered, times the change from that year to this one of all
agencies that delivered both; of at least three, as the change of fewer would tell what one of them did. The same is
done for each earlier year that the agency did deliver, as if it had not, beside what it turned out to be.

Invariants: an estimate is never part of a figure. It tells an agency's last figure, so that it is for that agency and
the secretariat; all others learn how many are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Columns = Mapping[int, Mapping[str, Decimal]]
"""What each agency that delivered a year has in it: year, agency, figure."""
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """What the method would have said of a year, and what it turned out to be."""

    year: int
    estimated: Decimal
    delivered: Decimal

    @property
    def off(self) -> Decimal | None:
        """How far off, as a share of what was delivered; None where that was nothing."""
        return None if self.delivered == 0 else (self.estimated - self.delivered) / self.delivered


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate for ``agency`` in ``year``, of ``last``, its figure of ``last_year``.

    ``before`` and ``after``: what the ``others`` (how many) had together in that year, and in this.
    """

    agency: str
    year: int
    last_year: int
    last: Decimal
    before: Decimal
    after: Decimal
    others: int
    trials: tuple[Trial, ...] = ()

    @property
    def change(self) -> Decimal:
        """What the others' figure of the last year is to be multiplied by to get this year's."""
        return self.after / self.before

    @property
    def value(self) -> Decimal:
        """The estimate."""
        return self.last * self.after / self.before


def estimate(columns: Columns, agency: str, year: int) -> Estimate | None:
    """The estimate for ``agency``, that did not deliver ``year``; None where the method says nothing.

    That is where it never delivered, or too few others delivered both years, or those had nothing in the former.
    """
    found = _estimate(columns, agency, year)
    if found is None:
        return None
    earlier = sorted(known for known in columns if known < year and agency in columns[known])
    trials = ((known, _estimate(columns, agency, known)) for known in earlier)
    tried = tuple(Trial(known, each.value, columns[known][agency]) for known, each in trials if each is not None)
    return Estimate(agency, year, found.last_year, found.last, found.before, found.after, found.others, tried)


def _estimate(columns: Columns, agency: str, year: int) -> Estimate | None:
    earlier = [known for known in columns if known < year and agency in columns[known]]
    if not earlier or year not in columns:
        return None
    last_year = max(earlier)
    both = (set(columns[last_year]) & set(columns[year])) - {agency}
    before = sum((columns[last_year][each] for each in both), Decimal(0))
    if len(both) < FEWEST or before == 0:
        return None
    after = sum((columns[year][each] for each in both), Decimal(0))
    return Estimate(agency, year, last_year, columns[last_year][agency], before, after, len(both))
