"""The true figures of the invented world, by plain counting, without any part of the product.

The rules are those of the published figures: an agency's column counts what that agency took part
in, each thing once; the network's column counts each thing once across all agencies. Money of a
joint project or case is the whole; invested amounts and trade participants are each agency's own.
``market_companies`` is the whole market, the same in every column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from schakel.demo.faults import Fault
from schakel.demo.outcomes import BASES, Outcome
from schakel.demo.towns import AGENCIES
from schakel.demo.world import World, Year

NETWORK = "network"
_MARKET_STAGES = {"start-up", "later-stage"}


@dataclass(frozen=True, slots=True)
class Truth:
    """True figures: year, then indicator, then "network" or an agency's slug. Amounts in whole euros.

    ``faults``: what was planted wrong on purpose; no figure depends on it.
    """

    figures: Mapping[int, Mapping[str, Mapping[str, int]]]
    faults: tuple[Fault, ...] = ()

    def figure(self, year: int, indicator: str, party: str = NETWORK) -> int:
        """One figure. Raises KeyError for a year, indicator or party that is not there."""
        return self.figures[year][indicator][party]


_Counter = Callable[[World, Year, frozenset[str]], int]


def _in(agencies: Iterable[str], party: frozenset[str]) -> bool:
    return not party.isdisjoint(agencies)


def _projects(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(_in(p.agencies, party) for p in year.projects)


def _volume(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(p.volume for p in year.projects if _in(p.agencies, party))


def _project_companies(world: World, year: Year, party: frozenset[str]) -> int:
    members = {one for p in year.projects if _in(p.agencies, party) for one in p.organisations}
    return sum(world.organisations[one].is_company for one in members)


def _invested(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(deal.amount for deal in year.money.investments if deal.agency in party)


def _companies_invested(world: World, year: Year, party: frozenset[str]) -> int:
    return len({deal.organisation for deal in year.money.investments if deal.agency in party})


def _market(world: World, year: Year, party: frozenset[str]) -> int:
    return len({one.organisation for one in year.money.market})


def _market_with_agency(world: World, year: Year, party: frozenset[str]) -> int:
    deals = (deal for deal in year.money.investments if deal.agency in party and deal.stage in _MARKET_STAGES)
    return len({deal.organisation for deal in deals} & {one.organisation for one in year.money.market})


def _portfolio(world: World, year: Year, party: frozenset[str]) -> int:
    return len({one.organisation for one in year.money.positions if one.agency in party})


def _cases(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(_in(case.agencies, party) for case in year.cases)


def _capex(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(case.capex for case in year.cases if _in(case.agencies, party))


def _created(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(case.jobs_created for case in year.cases if _in(case.agencies, party))


def _retained(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(case.jobs_retained for case in year.cases if _in(case.agencies, party))


def _activities(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(_in(activity.agencies, party) for activity in year.activities)


def _attendances(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(side.counted for one in year.activities for slug, side in one.sides.items() if slug in party)


def _fund_assets(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(year.money.capitals[fund.id] for fund in world.funds if fund.agency in party)


def _staff(world: World, year: Year, party: frozenset[str]) -> int:
    return sum(heads for slug, heads in year.staff.items() if slug in party)


def _outcomes(year: Year, party: frozenset[str]) -> dict[int, list[Outcome]]:
    """What is stated of each company, the best founded first."""
    found: dict[int, list[Outcome]] = {}
    for one in sorted((one for one in year.outcomes if one.agency in party), key=lambda one: BASES.index(one.basis)):
        found.setdefault(one.organisation, []).append(one)
    return found


def _followed(world: World, year: Year, party: frozenset[str]) -> int:
    return len(_outcomes(year, party))


def _turnover(world: World, year: Year, party: frozenset[str]) -> int:
    stated = _outcomes(year, party).values()
    return sum(next((one.turnover for one in said if one.turnover is not None), 0) for said in stated)


def _rd(world: World, year: Year, party: frozenset[str]) -> int:
    stated = _outcomes(year, party).values()
    return sum(next((one.rd for one in said if one.rd is not None), 0) for said in stated)


COUNTERS: dict[str, _Counter] = {
    "innovation_projects": _projects,
    "innovation_project_volume_eur": _volume,
    "companies_in_projects": _project_companies,
    "invested_eur": _invested,
    "companies_invested_in": _companies_invested,
    "market_companies": _market,
    "market_companies_with_agency": _market_with_agency,
    "portfolio_companies": _portfolio,
    "foreign_companies": _cases,
    "foreign_investment_3y_eur": _capex,
    "jobs_created": _created,
    "jobs_retained": _retained,
    "trade_activities": _activities,
    "trade_participants": _attendances,
    "fund_assets_eur": _fund_assets,
    "staff_headcount": _staff,
    "outcome_companies": _followed,
    "outcome_turnover_eur": _turnover,
    "outcome_rd_eur": _rd,
}


def truth_of(world: World, years: Iterable[int], faults: tuple[Fault, ...] = ()) -> Truth:
    """Count every indicator for the network and each agency in ``years``."""
    parties = {NETWORK: frozenset(AGENCIES)} | {slug: frozenset({slug}) for slug in AGENCIES}
    return Truth(
        {
            year: {
                name: {party: count(world, world.years[year], slugs) for party, slugs in parties.items()}
                for name, count in COUNTERS.items()
            }
            for year in years
        },
        faults,
    )
