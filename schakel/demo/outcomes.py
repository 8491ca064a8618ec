"""What became of companies: the yearly survey that six of the nine agencies hold among those they helped.

Invariants: every draw is a stream of its own, so that nothing else of the world hangs on this list; what is said of a
company in a year depends on how it is known (``basis``) and not on which agency says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Protocol

from schakel.demo.organisations import Organisation

KEPT_BY = ("bom", "innovationquarter", "liof", "nom", "oost-nl", "rom-inwest")
FIRST = 2020  # the year before the first, which the first survey asks of as well
BASES = ("accounts", "company", "estimate")  # the best founded first
_ASKED = 50  # companies an agency asks in a year; most of them again the next
_ANSWERS = 0.85
_BASES = (25, 60, 15)
_ROUNDED = 50_000  # euros: an estimate is no more exact
_TURNOVER = {"startup": 450_000, "scaleup": 3_200_000, "sme": 4_800_000, "large": 26_000_000}
_RD = {"startup": 0.42, "scaleup": 0.19, "sme": 0.06, "large": 0.05}  # of turnover
_ABATES = 0.3  # companies that avoid CO2, or know that they do


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an agency has of one company in one year: whole euros, tonnes and tenths of FTE; None where not answered."""

    agency: str
    organisation: int
    turnover: int | None
    turnover_before: int | None
    fte: float | None
    fte_before: float | None
    rd: int | None
    co2_avoided: int | None
    basis: str


class Stream(Protocol):
    """Gives the source of chance of a subject."""

    def __call__(self, subject: str) -> Random:
        """A source of its own for ``subject``."""


def outcomes_of(year: int, helped: Iterable[tuple[str, Organisation]], chance: Stream) -> Iterator[Outcome]:
    """The answers of ``year``. ``helped``: agencies and those they helped, each pair once or more."""
    circles: dict[str, dict[int, Organisation]] = {slug: {} for slug in KEPT_BY}
    for slug, one in helped:
        if slug in circles and one.is_company and one.home:
            circles[slug][one.id] = one
    for slug, circle in circles.items():
        asked = sorted(circle, key=lambda number: (chance(f"followed {number}").random(), number))[:_ASKED]
        for number in sorted(asked):
            answer = chance(f"answer {slug} {number} {year}")
            if answer.random() < _ANSWERS:
                basis = answer.choices(BASES, _BASES)[0]
                yield _answer(slug, circle[number], year, basis, chance)


def _answer(agency: str, one: Organisation, year: int, basis: str, chance: Stream) -> Outcome:
    """The survey asks of a year and the one before in one line: who answers states both."""
    asked = chance(f"asked {one.id} {year}")
    turnover, jobs, research = (asked.random() < share for share in (0.9, 0.95, 0.7))
    jobs = jobs or not turnover
    (before, now), fte, rd, co2 = _levels(one, year, chance)
    step = _ROUNDED if basis == "estimate" else 1_000
    return Outcome(
        agency,
        one.id,
        _rounded(now, step) if turnover else None,
        _rounded(before, step) if turnover else None,
        fte[1] if jobs else None,
        fte[0] if jobs else None,
        _rounded(rd, 1_000) if research else None,
        co2 or None,
        basis,
    )


def _levels(
    one: Organisation, year: int, chance: Stream
) -> tuple[tuple[float, float], tuple[float, float], float, int]:
    """Turnover and FTE of the year before and the year itself, R&D spending, and tonnes of CO2 avoided."""
    born = chance(f"company {one.id}")
    turnover = _TURNOVER[one.size] * born.lognormvariate(0, 0.5)
    jobs = max(1.0, turnover / born.uniform(95_000, 190_000))
    rd = _RD[one.size] * born.uniform(0.5, 1.5)
    abated = born.uniform(40, 900) if born.random() < _ABATES else 0.0
    before, jobs_before = turnover, jobs
    for each in range(FIRST + 1, year + 1):
        grown = 1 + max(-0.4, min(0.8, chance(f"growth {one.id} {each}").gauss(0.06, 0.14)))
        before, jobs_before = turnover, jobs
        turnover, jobs, abated = turnover * grown, jobs * (1 + 0.6 * (grown - 1)), abated * 1.12
    return (before, turnover), (round(jobs_before, 1), round(jobs, 1)), turnover * rd, round(abated)


def _rounded(amount: float, step: int) -> int:
    return max(step, round(amount / step) * step)
