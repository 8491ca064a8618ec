"""How large the invented network is made in each year.

A plan is the size of the world that is built, not a figure that is shown: whatever Schakel shows is
counted from the delivered rows. The plan for 2023 has the sizes that ROM-Nederland published over
2023; the other years are invented in the order of magnitude of what was published over them.
"""

from __future__ import annotations

from dataclasses import dataclass

QUANTUM = 500  # euros: every amount is a whole number of these


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of one year of the network; amounts in whole euros."""

    year: int
    projects: int
    project_volume: int
    project_companies: int
    invested: int
    companies_invested: int
    market: int
    market_with_agency: int
    portfolio: int
    cases: int
    capex: int
    jobs_created: int
    jobs_retained: int
    activities: int
    attendances: int
    fund_capital: int
    staff: int


PLANS: dict[int, Plan] = {
    plan.year: plan
    for plan in (
        Plan(
            year=2021,
            projects=618,
            project_volume=204_300_000,
            project_companies=996,
            invested=148_500_000,
            companies_invested=258,
            market=371,
            market_with_agency=147,
            portfolio=1_012,
            cases=196,
            capex=1_640_000_000,
            jobs_created=4_116,
            jobs_retained=2_468,
            activities=187,
            attendances=3_745,
            fund_capital=1_815_000_000,
            staff=548,
        ),
        Plan(
            year=2022,
            projects=546,
            project_volume=276_800_000,
            project_companies=1_019,
            invested=186_200_000,
            companies_invested=321,
            market=398,
            market_with_agency=185,
            portfolio=1_059,
            cases=171,
            capex=1_385_000_000,
            jobs_created=3_187,
            jobs_retained=1_542,
            activities=203,
            attendances=4_018,
            fund_capital=1_960_000_000,
            staff=583,
        ),
        Plan(
            year=2023,
            projects=474,
            project_volume=352_400_000,
            project_companies=1_043,
            invested=219_000_000,
            companies_invested=372,
            market=412,
            market_with_agency=206,
            portfolio=1_104,
            cases=138,
            capex=1_100_000_000,
            jobs_created=2_411,
            jobs_retained=923,
            activities=194,
            attendances=4_200,
            fund_capital=2_100_000_000,
            staff=612,
        ),
        Plan(
            year=2024,
            projects=527,
            project_volume=241_700_000,
            project_companies=1_071,
            invested=213_400_000,
            companies_invested=359,
            market=425,
            market_with_agency=204,
            portfolio=1_134,
            cases=152,
            capex=1_960_000_000,
            jobs_created=2_968,
            jobs_retained=1_451,
            activities=208,
            attendances=4_371,
            fund_capital=2_235_000_000,
            staff=637,
        ),
    )
}

WEIGHTS: dict[str, float] = {
    "bom": 0.17,
    "horizon-flevoland": 0.05,
    "impuls-zeeland": 0.04,
    "innovationquarter": 0.20,
    "liof": 0.09,
    "nom": 0.10,
    "oost-nl": 0.15,
    "rom-inwest": 0.12,
    "rom-utrecht-region": 0.08,
}
NEWCOMER, JOINED = "rom-inwest", 2021  # joined the network in December of that year
NEWCOMER_WEIGHT = 0.008


def weights(year: int) -> dict[str, float]:
    """Each agency's part of the network in ``year``: the newcomer's first year is one month."""
    if year > JOINED:
        return WEIGHTS
    return WEIGHTS | {NEWCOMER: NEWCOMER_WEIGHT}
