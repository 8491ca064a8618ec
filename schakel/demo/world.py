"""The invented world, year by year: built from one seed, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from random import Random

from schakel.demo.abroad import ForeignCase, TradeActivity, activities_of, cases_of
from schakel.demo.capital import Capital, CapitalYear, Fund
from schakel.demo.names import Names, investor
from schakel.demo.organisations import Organisation, Population, populate
from schakel.demo.outcomes import Outcome, outcomes_of
from schakel.demo.plans import PLANS, Plan, weights
from schakel.demo.portions import jitter, spread_by
from schakel.demo.projects import Project, projects_of
from schakel.demo.titles import Titles


@dataclass(frozen=True, slots=True)
class Year:
    """What truly happened in one year; ``staff``: heads at each agency on 31 December; ``outcomes``: who was asked."""

    year: int
    projects: tuple[Project, ...]
    money: CapitalYear
    cases: tuple[ForeignCase, ...]
    activities: tuple[TradeActivity, ...]
    staff: dict[str, int]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Everyone, the funds, and the years; every year of the plans, in order."""

    seed: int
    organisations: dict[int, Organisation]
    population: Population
    funds: tuple[Fund, ...]
    years: dict[int, Year]


def stream(seed: int, subject: str) -> Random:
    """A source of chance of its own for each subject, so that one subject's changes leave others alone."""
    return Random(f"{seed}/{subject}")  # noqa: S311 - invented data, nothing secret hangs on it


def build(seed: int) -> World:
    """The whole world of ``seed``: the years follow from each other, so all are built."""
    population = populate(stream(seed, "organisations"))
    capital = _capital(seed, population)
    titles = Titles(stream(seed, "titles"))
    everyone = population.everyone()
    years: dict[int, Year] = {}
    partners: set[int] = set()
    for plan in PLANS.values():
        projects = projects_of(plan, population, titles, partners, stream(seed, f"projects {plan.year}"))
        partners = {one for project in projects for one in project.organisations}
        years[plan.year] = _year(plan, projects, capital, seed, everyone)
    return World(seed, everyone, population, tuple(capital.funds), years)


def _capital(seed: int, population: Population) -> Capital:
    chance = stream(seed, "capital")
    names = Names(stream(seed, "investors"))
    capital = Capital(population, [investor(names, chance) for _ in range(60)], chance)
    capital.begin(next(iter(PLANS.values())))
    return capital


def _year(
    plan: Plan, projects: tuple[Project, ...], capital: Capital, seed: int, everyone: dict[int, Organisation]
) -> Year:
    staff = jitter(weights(plan.year), stream(seed, "staff"), 0.4)
    money = capital.year(plan)
    helped = ((agency, everyone[one]) for agency, one in _helped(projects, money))
    return Year(
        year=plan.year,
        projects=projects,
        money=money,
        cases=cases_of(plan, capital.population, stream(seed, f"cases {plan.year}")),
        activities=activities_of(plan, capital.population, stream(seed, f"activities {plan.year}")),
        staff=spread_by(plan.staff, staff),
        outcomes=tuple(outcomes_of(plan.year, helped, partial(stream, seed))),
    )


def _helped(projects: tuple[Project, ...], money: CapitalYear) -> Iterator[tuple[str, int]]:
    """Agencies, each with the organisations in its projects and its portfolio of a year."""
    yield from ((agency, one) for project in projects for agency in project.agencies for one in project.organisations)
    yield from ((position.agency, position.organisation) for position in money.positions)
