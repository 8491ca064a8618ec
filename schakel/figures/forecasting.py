"""What a figure is expected to become: what is counted so far, and of what is in the pipeline what usually comes.

The rule. Of each stage the chance is an agency's own past: how many of those at that stage did come, in the years that
are over. Expected is what is counted plus the number at each stage times its chance. The range holds four times in
five: 1.28 standard deviations to either side, of how many come by chance and of how well the chance is known (a beta
distribution over the past numbers, one more of each kind than there were), and never less than what is counted or more
than that with all of the pipeline. A stage without a past has no chance, and stays out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_FOUR_IN_FIVE = Decimal("1.28")


@dataclass(frozen=True, slots=True)
class InPipeline:
    """``number`` of things of an agency at a stage; ``worth`` together, where they count in another unit than pieces.

    ``past`` of them there were in years that are over, of which ``came`` came about.
    """

    agency: str
    stage: str
    number: int
    past: int = 0
    came: int = 0
    worth: Decimal | None = None

    @property
    def whole(self) -> Decimal:
        """What it all adds if all of it comes."""
        return Decimal(self.number) if self.worth is None else self.worth

    @property
    def chance(self) -> Decimal | None:
        """How many of those before came; None where there were none."""
        return None if self.past == 0 else Decimal(self.came) / self.past

    @property
    def expected(self) -> Decimal:
        """What it adds by its chance; nothing without one."""
        return self.whole * (self.chance or 0)

    @property
    def variance(self) -> Decimal:
        """How far what comes spreads around what is expected."""
        if self.chance is None:
            return Decimal(0)
        likely = Decimal(self.came + 1) / (self.past + 2)
        spread = likely * (1 - likely)
        each = self.whole / self.number
        return each**2 * (self.number * spread + self.number**2 * spread / (self.past + 3))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a figure is expected to become, and between what; ``left_out``: what is in the pipeline without a chance."""

    counted: Decimal
    expected: Decimal
    low: Decimal
    high: Decimal
    left_out: int


def forecast(counted: Decimal, pipeline: Sequence[InPipeline]) -> Forecast:
    """The forecast of a figure of which ``counted`` is counted so far."""
    known = [each for each in pipeline if each.chance is not None]
    expected = counted + sum((each.expected for each in known), Decimal(0))
    most = counted + sum((each.whole for each in known), Decimal(0))
    room = _FOUR_IN_FIVE * sum((each.variance for each in known), Decimal(0)).sqrt()
    return Forecast(
        counted=counted,
        expected=expected,
        low=max(counted, expected - room),
        high=min(most, expected + room),
        left_out=sum(each.number for each in pipeline if each.chance is None),
    )
