"""Foreign cases and trade activities of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from random import Random

from schakel.demo.organisations import Organisation, Population
from schakel.demo.plans import JOINED, NEWCOMER, QUANTUM, Plan, weights
from schakel.demo.portions import day_of, jitter, pick, spread, spread_by, uneven

_PLACES = {
    "DE": ("Hannover", "Düsseldorf", "München", "Stuttgart"),
    "GB": ("Londen", "Aberdeen"),
    "FR": ("Parijs", "Toulouse"),
    "BE": ("Antwerpen", "Luik"),
    "US": ("Boston", "Houston", "San Jose"),
    "CA": ("Toronto",),
    "JP": ("Tokio", "Osaka"),
    "KR": ("Seoul",),
    "CN": ("Shanghai", "Shenzhen"),
    "IN": ("Bangalore", "Mumbai"),
    "TW": ("Taipei",),
    "SE": ("Stockholm",),
    "ES": ("Barcelona",),
    "IT": ("Milaan",),
    "AE": ("Dubai",),
    "CH": ("Zürich",),
}
_SECTORS = (
    "waterstof",
    "tuinbouw",
    "halfgeleiders",
    "maritieme techniek",
    "medische technologie",
    "offshore wind",
    "agrifood",
    "watertechnologie",
    "fotonica",
    "cybersecurity",
    "slimme mobiliteit",
    "circulaire bouw",
    "creatieve industrie",
    "batterijen",
)
_KINDS = {
    "trade-mission": "Missie",
    "trade-fair": "Beursdeelname",
    "incoming-mission": "Ontvangst delegatie",
    "fact-finding": "Verkenning",
    "workshop": "Werksessie",
}
_JOINT_CASES, _JOINT_ACTIVITIES = 0.07, 0.13


@dataclass(frozen=True, slots=True)
class ForeignCase:
    """One company's decision; ``sides``: per agency whether it names the others. Whole euros."""

    organisation: int
    origin: str
    kind: str
    day: date
    capex: int
    jobs_created: int
    jobs_retained: int
    confirmed_on: date | None
    sides: dict[str, bool]

    @property
    def agencies(self) -> tuple[str, ...]:
        """Slugs of the agencies involved."""
        return tuple(self.sides)


@dataclass(frozen=True, slots=True)
class Attendance:
    """What one agency brought to an activity: how many it counted, whom it wrote down, title, naming."""

    title: str
    counted: int
    organisations: tuple[int, ...]
    names_others: bool


@dataclass(frozen=True, slots=True)
class TradeActivity:
    """One activity abroad or for guests from abroad; ``sides`` by slug."""

    id: int
    kind: str
    country: str
    city: str
    start: date
    end: date
    sides: dict[str, Attendance]

    @property
    def agencies(self) -> tuple[str, ...]:
        """Slugs of the agencies that took part."""
        return tuple(self.sides)


def _together(home: str, share: float, most: int, year: int, chance: Random) -> list[str]:
    """The agencies of one thing: its home and, for a share of things, one or more others."""
    if chance.random() >= share or (home == NEWCOMER and year == JOINED):
        return [home]
    able = [slug for slug in weights(year) if slug != home and (slug != NEWCOMER or year > JOINED)]
    return [home, *pick(able, chance.randint(1, most), chance)]


def _naming(agencies: list[str], chance: Random) -> dict[str, bool]:
    """Which of them name the others: all, only the first, or all but the first."""
    way = chance.choice(("all", "all", "first", "rest"))
    return {
        slug: len(agencies) > 1 and (way == "all" or (way == "first") == (slug == agencies[0])) for slug in agencies
    }


def _months(home: str, year: int) -> tuple[int, int]:
    return (12, 12) if home == NEWCOMER and year == JOINED else (1, 12)


def cases_of(plan: Plan, population: Population, chance: Random) -> tuple[ForeignCase, ...]:
    """The foreign cases decided in the plan's year, one a company."""
    shares = weights(plan.year) if plan.year <= JOINED else jitter(weights(plan.year), chance)
    firms = [
        (home, firm)
        for home, count in spread_by(plan.cases, shares).items()
        for firm in pick(population.foreign_owned[home], count, chance)
    ]
    kinds = [_kind_of(firm, chance) for _, firm in firms]
    capex = spread(plan.capex, uneven(len(firms), chance, 1.2), QUANTUM)
    created = _jobs(plan.jobs_created, [kind != "retention" for kind in kinds], chance)
    retained = _jobs(plan.jobs_retained, [kind != "new-site" for kind in kinds], chance)
    cases = []
    for (home, firm), kind, *amounts in zip(firms, kinds, capex, created, retained, strict=True):
        cases.append(_case(home, firm, kind, amounts, chance, year=plan.year))
    return tuple(cases)


def _kind_of(firm: Organisation, chance: Random) -> str:
    if firm.address.country != "NL":
        return "new-site"
    return chance.choices(("new-site", "expansion", "retention"), (0.5, 0.33, 0.17))[0]


def _jobs(total: int, able: list[bool], chance: Random) -> list[int]:
    """Jobs over the cases that can have them; the others none."""
    portions = iter(spread(total, uneven(sum(able), chance)))
    return [next(portions) if can else 0 for can in able]


def _case(home: str, firm: Organisation, kind: str, amounts: list[int], chance: Random, *, year: int) -> ForeignCase:
    day = day_of(year, chance, _months(home, year))
    confirmed = day + timedelta(days=chance.randint(5, 60))
    return ForeignCase(
        organisation=firm.id,
        origin=firm.origin,
        kind=kind,
        day=day,
        capex=amounts[0],
        jobs_created=amounts[1],
        jobs_retained=amounts[2],
        confirmed_on=confirmed if chance.random() < 0.7 and confirmed.year == year else None,
        sides=_naming(_together(home, _JOINT_CASES, 1, year, chance), chance),
    )


def activities_of(plan: Plan, population: Population, chance: Random) -> tuple[TradeActivity, ...]:
    """The trade activities of the plan's year: no two in one city in one month."""
    shares = weights(plan.year) if plan.year <= JOINED else jitter(weights(plan.year), chance)
    homes = [home for home, count in spread_by(plan.activities, shares).items() for _ in range(count)]
    late = [(12, country, city) for country, cities in _PLACES.items() for city in cities]
    early = [(m, country, city) for m, (_, country, city) in product(range(1, 12), late)]
    slots = {True: chance.sample(late, len(late)), False: chance.sample(early, len(early))}
    where = [slots[_months(home, plan.year) == (12, 12)].pop() for home in homes]
    agencies = [_together(home, _JOINT_ACTIVITIES, 3, plan.year, chance) for home in homes]
    counts = iter(spread(plan.attendances, uneven(sum(map(len, agencies)), chance, 0.7)))
    return tuple(
        _activity(plan.year * 10_000 + number, place, {slug: next(counts) for slug in group}, population, chance)
        for number, (place, group) in enumerate(zip(where, agencies, strict=True), start=1)
    )


def _activity(
    identity: int, place: tuple[int, str, str], counts: dict[str, int], population: Population, chance: Random
) -> TradeActivity:
    month, country, city = place
    year = identity // 10_000
    start = day_of(year, chance, (month, month))
    kind, sector = chance.choice(list(_KINDS)), chance.choice(_SECTORS)
    naming = _naming(list(counts), chance)
    sides = {
        slug: Attendance(
            title=_titled(kind, sector, city, year, place=order, chance=chance),
            counted=count,
            organisations=_attendees(population, slug, count, chance),
            names_others=naming[slug],
        )
        for order, (slug, count) in enumerate(counts.items())
    }
    return TradeActivity(identity, kind, country, city, start, start + timedelta(days=chance.randint(0, 3)), sides)


def _titled(kind: str, sector: str, city: str, year: int, *, place: int, chance: Random) -> str:
    """The first agency's title; the others write it a little differently."""
    ways = (
        f"{_KINDS[kind]} {sector} {city} {year}",
        f"{_KINDS[kind]} {city} {sector}",
        f"{_KINDS[kind]} {sector} in {city}",
    )
    return ways[0] if place == 0 else chance.choice(ways)


def _attendees(population: Population, agency: str, counted: int, chance: Random) -> tuple[int, ...]:
    """The organisations written down: fewer than those counted, as in life."""
    circle = population.companies[agency]
    return tuple(one.id for one in pick(circle, min(counted, chance.randint(1, 9)), chance))
