"""The innovation projects of a year: who leads, who takes part, which agencies help."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from schakel.demo.organisations import Organisation, Population
from schakel.demo.plans import JOINED, NEWCOMER, QUANTUM, Plan, weights
from schakel.demo.portions import day_of, jitter, pick, spread, spread_by, uneven
from schakel.demo.titles import Title, Titles, retold

_SAME_TITLE = 4  # leads with two projects of one title, a year
_JOINT = 0.085  # share of projects that stand in more than one agency's delivery


@dataclass(frozen=True, slots=True)
class Telling:
    """How one agency writes a project down: its title there, and the other agencies it names."""

    title: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """One true project. ``volume`` in whole euros; ``tellings`` by slug, the leading agency first."""

    id: int
    title: Title
    start: date
    end: date
    volume: int
    status: str
    lead: int
    partners: tuple[int, ...]
    tellings: dict[str, Telling]
    eu_number: str = ""

    @property
    def agencies(self) -> tuple[str, ...]:
        """Slugs of the agencies that took part."""
        return tuple(self.tellings)

    @property
    def organisations(self) -> tuple[int, ...]:
        """Ids of all who take part, the lead first."""
        return (self.lead, *self.partners)


@dataclass(slots=True)
class _Draft:
    """A project while it is being put together."""

    home: str
    title: Title
    members: list[Organisation] = field(default_factory=list)
    twin: bool = False

    def add(self, one: Organisation) -> None:
        if one not in self.members:
            self.members.append(one)


def projects_of(
    plan: Plan, population: Population, titles: Titles, known: set[int], chance: Random
) -> tuple[Project, ...]:
    """The projects that start in the plan's year; ``known``: companies of last year, half come back."""
    shares = weights(plan.year)
    counts = spread_by(plan.projects, jitter(shares, chance) if plan.year > JOINED else shares)
    companies = {
        home: _chosen(population.companies[home], count, known, chance)
        for home, count in spread_by(plan.project_companies, shares).items()
    }
    drafts = [
        draft for home, count in counts.items() for draft in _seated(home, count, companies[home], titles, chance)
    ]
    _give_leads(drafts, population, chance)
    _mix(drafts, companies, population, chance)
    _twin(drafts, chance)
    return _finished(drafts, plan, chance)


def _chosen(pool: list[Organisation], count: int, known: set[int], chance: Random) -> list[Organisation]:
    back = pick([one for one in pool if one.id in known], count // 2, chance)
    fresh = pick([one for one in pool if one.id not in known], count - len(back), chance)
    return back + fresh


def _seated(home: str, count: int, companies: list[Organisation], titles: Titles, chance: Random) -> list[_Draft]:
    """As many drafts as the region has projects; each of its companies sits in one of them."""
    drafts = [_Draft(home, titles.new()) for _ in range(count)]
    for place, company in enumerate(companies):
        seat = place if place < count else chance.randrange(count)
        drafts[seat].add(company)
    return drafts


def _give_leads(drafts: list[_Draft], population: Population, chance: Random) -> None:
    """One in eight projects is led by a knowledge institution; so is one that drew no company."""
    for draft in drafts:
        if not draft.members or chance.random() < 0.12:
            draft.members.insert(0, chance.choice(population.knowledge[draft.home]))


def _mix(
    drafts: list[_Draft], companies: dict[str, list[Organisation]], population: Population, chance: Random
) -> None:
    """Partners from elsewhere: companies of other regions, institutions, public bodies, abroad."""
    everyone = [one for group in companies.values() for one in group]
    for draft in drafts:
        draws = [chance.random() for _ in range(5)]
        if draws[0] < 0.30:
            draft.add(chance.choice(companies[draft.home]))
        if draws[1] < 0.16:
            draft.add(chance.choice(everyone))
        if draws[2] < 0.40 or len(draft.members) == 1:
            home = draft.home if chance.random() < 0.7 else chance.choice(list(companies))
            draft.add(chance.choice(population.knowledge[home]))
        if draws[3] < 0.15:
            draft.add(chance.choice(population.public[draft.home]))
        if draws[4] < 0.05:
            draft.add(chance.choice(population.abroad))


def _twin(drafts: list[_Draft], chance: Random) -> None:
    """Some leads have two different projects of one title, with one agency."""
    for _ in range(_SAME_TITLE):
        first = chance.choice([draft for draft in drafts if not draft.twin and draft.home != NEWCOMER])
        rest = [draft for draft in drafts if draft.home == first.home and draft is not first and not draft.twin]
        second = chance.choice(rest)
        second.title = first.title
        if first.members[0] in second.members:
            second.members.remove(first.members[0])
        second.members.insert(0, first.members[0])
        first.twin = second.twin = True


def _finished(drafts: list[_Draft], plan: Plan, chance: Random) -> tuple[Project, ...]:
    volumes = spread(plan.project_volume, uneven(len(drafts), chance, 1.0), QUANTUM)
    starts = _starts(drafts, plan.year, chance)
    projects = []
    for number, (draft, volume, start) in enumerate(zip(drafts, volumes, starts, strict=True), start=1):
        end = start + timedelta(days=chance.randint(5, 42) * 30)
        over = end.year == plan.year
        project = Project(
            id=plan.year * 10_000 + number,
            title=draft.title,
            start=start,
            end=end,
            volume=volume,
            status="completed" if over else chance.choices(("running", "stopped"), (0.97, 0.03))[0],
            lead=draft.members[0].id,
            partners=tuple(one.id for one in draft.members[1:]),
            tellings=_tellings(draft, plan.year, chance),
            eu_number=f"1011{chance.randint(10_000, 99_999)}" if chance.random() < 0.12 else "",
        )
        projects.append(project)
    return tuple(projects)


def _starts(drafts: list[_Draft], year: int, chance: Random) -> list[date]:
    """Start dates; the second project of one lead and title starts half a year after the first."""
    seen: set[tuple[str, int]] = set()
    starts = []
    for draft in drafts:
        months = (12, 12) if draft.home == NEWCOMER and year == JOINED else (1, 12)
        if draft.twin:
            key = (draft.title.text, draft.members[0].id)
            months = (8, 12) if key in seen else (1, 3)
            seen.add(key)
        starts.append(day_of(year, chance, months))
    return starts


def _tellings(draft: _Draft, year: int, chance: Random) -> dict[str, Telling]:
    """Which agencies help, how each writes the title, and which of them names the others."""
    others = _others(draft, year, chance) if chance.random() < _JOINT else []
    if not others:
        return {draft.home: Telling(draft.title.text)}
    agencies = [draft.home, *others]
    sides = chance.choice(("first", "rest", "all", "all"))
    tellings = {}
    for place, agency in enumerate(agencies):
        title = draft.title.text if place == 0 else retold(draft.title.text, chance)
        naming = sides == "all" or (sides == "first") == (place == 0)
        tellings[agency] = Telling(title, tuple(a for a in agencies if a != agency) if naming else ())
    return tellings


def _others(draft: _Draft, year: int, chance: Random) -> list[str]:
    """Agencies that help too: those whose region a partner is from, or any other."""
    able = [slug for slug in weights(year) if slug != draft.home and (slug != NEWCOMER or year > JOINED)]
    near = sorted({one.home for one in draft.members} & set(able))
    if draft.home == NEWCOMER and year == JOINED:
        return []
    return pick(near or able, 2 if chance.random() < 0.12 else 1, chance)
