"""What the deviations found in a sample come to for all that it was drawn from.

What could not be established counts as a deviation of the whole amount (ISA 530, paragraph 11). No upper limit is
worked out: that takes the auditor's own confidence and materiality.

*Simple sample of amounts*: the mean deviation of a record in the sample, times the records in the frame (difference
estimation). *Monetary*: of each drawn record its deviation as a part of its amount, times the interval, for each cent
that drew it; of records as large as the interval, which are all drawn, the deviation itself (AICPA, Audit Guide: Audit
Sampling, ch. 6; EGESIF_16-0014-01, 6.3.1). *Where nothing is summed*: the part of the records that deviates.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

Judged = Literal["agrees", "deviates", "unknown"]
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one record: ``amount`` as counted and ``should`` as found, as stored; ``hits``: see drawing."""

    outcome: Judged
    amount: int | None = None
    should: int | None = None
    hits: int = 1

    @property
    def deviation(self) -> int:
        """How much more was counted than should have been."""
        if self.amount is None or self.outcome == "agrees":
            return 0
        return self.amount if self.outcome == "unknown" or self.should is None else self.amount - self.should


@dataclass(frozen=True, slots=True)
class Projection:
    """``known``: the deviations found, ``projected``: what they come to for the frame; None where no sums.

    ``rate``: the part of the judged records that deviates. ``method``: by which rule.
    """

    method: Literal["difference", "interval", "rate"]
    judged: int
    deviating: int
    rate: Fraction
    known: int | None = None
    projected: Fraction | None = None

    def as_json(self, scale: int) -> dict[str, object]:
        """As plain values; ``scale`` of the stored whole numbers make one of the unit."""
        return {
            "method": self.method,
            "judged": self.judged,
            "deviating": self.deviating,
            "rate": str(_rounded(self.rate * 100)),
            "known": None if self.known is None else str(_rounded(Fraction(self.known, scale))),
            "projected": None if self.projected is None else str(_rounded(self.projected / scale)),
        }


def project(found: Collection[Found], *, frame: int, interval: int | None = None) -> Projection:
    """The projection of what was ``found`` onto a frame of so many records, drawn by ``interval`` if monetary.

    Raises ValueError where nothing was found yet.
    """
    if not found:
        raise ValueError("nothing was concluded of any record yet")
    deviating = sum(each.outcome != "agrees" for each in found)
    rate = Fraction(deviating, len(found))
    if any(each.amount is None for each in found):
        return Projection("rate", len(found), deviating, rate)
    known = sum(each.deviation for each in found)
    if interval is None:
        return Projection("difference", len(found), deviating, rate, known, Fraction(known, len(found)) * frame)
    projected = sum((_of_interval(each, interval) for each in found), Fraction(0))
    return Projection("interval", len(found), deviating, rate, known, projected)


def _of_interval(each: Found, interval: int) -> Fraction:
    amount = each.amount or 0
    if amount >= interval:
        return Fraction(each.deviation)
    return Fraction(each.deviation, amount) * interval * each.hits


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_CENT, ROUND_HALF_UP)
