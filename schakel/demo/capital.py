"""Funds, investments and positions: what is held at the end of a year follows from the year before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from schakel.demo.names import fund_names
from schakel.demo.organisations import Population
from schakel.demo.plans import JOINED, NEWCOMER, QUANTUM, Plan, weights
from schakel.demo.portions import day_of, jitter, pick, spread, spread_by, uneven
from schakel.demo.towns import AGENCIES

_INSTRUMENTS = {"equity": 0.5, "convertible-loan": 0.25, "subordinated-loan": 0.13, "loan": 0.09, "guarantee": 0.03}
_FOUND_BY_INVESTORS = 18  # companies with an agency's start-up or later-stage money that the market list misses
_NEW = 0.42  # share of a year's companies that no agency held before
_TWO_AGENCIES = 0.035
_OTHER_STAGE = 3  # in the market list as start-up, while the agency calls its own money seed or growth


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund: its permanent number within the world, its agency, name and first year."""

    id: int
    agency: str
    name: str
    vintage: int


@dataclass(frozen=True, slots=True)
class Investment:
    """One agency's money into one company on one day, in whole euros."""

    agency: str
    fund: int
    organisation: int
    day: date
    amount: int
    instrument: str
    type: str
    stage: str
    round_size: int
    co_investors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """What a fund holds of a company on 31 December, in whole euros."""

    agency: str
    fund: int
    organisation: int
    cost: int
    value: int


@dataclass(frozen=True, slots=True)
class MarketRound:
    """A round of start-up or later-stage capital, whoever paid."""

    organisation: int
    stage: str
    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class CapitalYear:
    """All money of one year; ``capitals``: size of each fund by id."""

    capitals: dict[int, int]
    investments: tuple[Investment, ...]
    positions: tuple[Position, ...]
    market: tuple[MarketRound, ...]


_Holding = tuple[str, int, int]  # agency, fund, organisation


@dataclass(slots=True)
class Capital:
    """The money of the network, carried from year to year."""

    population: Population
    investors: list[str]
    chance: Random
    funds: list[Fund] = field(default_factory=list)
    holdings: dict[_Holding, Position] = field(default_factory=dict)

    def begin(self, plan: Plan) -> None:
        """Found the funds and the portfolio that the first year starts from."""
        self._found_funds()
        before = spread_by(plan.portfolio - 45, weights(plan.year))
        for agency, count in before.items():
            for organisation in pick(self._circle(agency), count, self.chance):
                cost = QUANTUM * self.chance.randint(200, 3_000)
                self._hold(agency, self._fund(agency), organisation, cost)
        self._hold_twice()

    def year(self, plan: Plan) -> CapitalYear:
        """Invest, leave and value for one year."""
        investments = self._invest(plan)
        for deal in investments:
            self._hold(deal.agency, deal.fund, deal.organisation, deal.amount)
        self._leave(plan, {deal.organisation for deal in investments})
        self.holdings = {key: self._valued(position) for key, position in self.holdings.items()}
        return CapitalYear(
            capitals=self._capitals(plan),
            investments=investments,
            positions=tuple(self.holdings.values()),
            market=market_of(plan, self.population, investments, self.chance),
        )

    def _capitals(self, plan: Plan) -> dict[int, int]:
        """The size of each fund: what it holds, and much the same part of the rest every year."""
        held = dict.fromkeys((fund.id for fund in self.funds), 0)
        for position in self.holdings.values():
            held[position.fund] += max(position.cost, position.value)
        shares = [
            (1 + fund.id % 7) * self.chance.uniform(0.95, 1.05) * weights(plan.year)[fund.agency] ** 0.6
            for fund in self.funds
        ]
        free = spread(plan.fund_capital - sum(held.values()), shares, QUANTUM)
        return {fund.id: held[fund.id] + part for fund, part in zip(self.funds, free, strict=True)}

    def held(self) -> set[int]:
        """Ids of the companies that any fund holds now."""
        return {organisation for _, _, organisation in self.holdings}

    def _found_funds(self) -> None:
        for agency, name in AGENCIES.items():
            for fund in fund_names(name, self.chance.randint(3, 5), self.chance):
                vintage = self.chance.randint(2009, 2020 if agency != NEWCOMER else JOINED)
                self.funds.append(Fund(len(self.funds) + 1, agency, fund, vintage))

    def _fund(self, agency: str) -> int:
        return self.chance.choice([fund.id for fund in self.funds if fund.agency == agency])

    def _circle(self, agency: str) -> list[int]:
        """Ids of the companies of an agency's circle that could be invested in."""
        return [one.id for one in self.population.companies[agency] if one.size != "large"]

    def _hold(self, agency: str, fund: int, organisation: int, cost: int) -> None:
        key = (agency, fund, organisation)
        known = self.holdings.get(key, Position(agency, fund, organisation, 0, 0))
        self.holdings[key] = replace(known, cost=known.cost + cost, value=known.value + cost)

    def _hold_twice(self) -> None:
        """Some companies are held by a second agency, some by two funds of one."""
        for number, (agency, fund, organisation) in enumerate(pick(list(self.holdings), 70, self.chance)):
            others = [one for one in self.funds if (one.agency == agency) == (number % 2 == 0) and one.id != fund]
            second = self.chance.choice([one for one in others if one.agency != NEWCOMER] or others)
            self._hold(second.agency, second.id, organisation, QUANTUM * self.chance.randint(100, 900))

    def _valued(self, position: Position) -> Position:
        factor = max(0.05, self.chance.gauss(1.04, 0.22))
        return replace(position, value=max(1, round(position.value * factor / QUANTUM)) * QUANTUM)

    def _leave(self, plan: Plan, kept: set[int]) -> None:
        """Sell as many companies as the portfolio is too large; none of those invested in this year."""
        held = self.held()
        leaving = set(pick(sorted(held - kept), len(held) - plan.portfolio, self.chance))
        self.holdings = {key: position for key, position in self.holdings.items() if key[2] not in leaving}

    def _invest(self, plan: Plan) -> tuple[Investment, ...]:
        tickets = self._tickets(plan)
        stages = self._stages(plan, sorted({ticket.organisation for ticket in tickets}))
        amounts = spread(plan.invested, uneven(len(tickets), self.chance), QUANTUM)
        paid = [replace(t, amount=a, stage=stages[t.organisation]) for t, a in zip(tickets, amounts, strict=True)]
        return _rounds(paid, self.investors, self.chance)

    def _tickets(self, plan: Plan) -> list[Investment]:
        """Who invests in whom and when, amounts still empty; no company twice in a short time."""
        tickets = []
        for organisation, agencies in self._investees(plan).items():
            months = (12, 12) if NEWCOMER in agencies and plan.year == JOINED else (1, 4)
            first = day_of(plan.year, self.chance, months)
            for agency in agencies:
                tickets.append(self._ticket(agency, organisation, first, plan.year))
            if months == (1, 4) and self.chance.random() < 0.24:
                later = day_of(plan.year, self.chance, (8, 12))
                tickets.append(replace(self._ticket(agencies[0], organisation, later, plan.year), type="follow-on"))
        return tickets

    def _ticket(self, agency: str, organisation: int, first: date, year: int) -> Investment:
        day = min(first + timedelta(days=self.chance.randint(0, 20)), date(year, 12, 30))
        own = [fund for a, fund, o in self.holdings if a == agency and o == organisation]
        instrument = self.chance.choices(list(_INSTRUMENTS), list(_INSTRUMENTS.values()))[0]
        fund = self.chance.choice(own) if own else self._fund(agency)
        return Investment(agency, fund, organisation, day, 0, instrument, "follow-on" if own else "first", "", 0)

    def _investees(self, plan: Plan) -> dict[int, list[str]]:
        """The companies of the year with the agencies that invest in them."""
        shares = jitter(weights(plan.year), self.chance) if plan.year > JOINED else weights(plan.year)
        new = spread_by(round(plan.companies_invested * _NEW), shares)
        held = self.held()
        investees: dict[int, list[str]] = {}
        for agency, count in new.items():
            fresh = [one for one in self._circle(agency) if one not in held]
            investees |= {one: [agency] for one in pick(fresh, count, self.chance)}
        investees |= self._followed(plan.companies_invested - len(investees))
        self._join_second(investees, plan)
        return investees

    def _followed(self, count: int) -> dict[int, list[str]]:
        holders = {organisation: agency for agency, _, organisation in self.holdings}
        return {one: [holders[one]] for one in pick(sorted(holders), count, self.chance)}

    def _join_second(self, investees: dict[int, list[str]], plan: Plan) -> None:
        """In some companies two agencies invest, in one round."""
        able = [slug for slug in AGENCIES if slug != NEWCOMER or plan.year > JOINED]
        alone = [one for one, agencies in investees.items() if agencies[0] in able]
        for organisation in pick(alone, round(plan.companies_invested * _TWO_AGENCIES), self.chance):
            agencies = investees[organisation]
            agencies.append(self.chance.choice([slug for slug in able if slug not in agencies]))

    def _stages(self, plan: Plan, companies: list[int]) -> dict[int, str]:
        """A stage for each company: as many start-up and later-stage as the market list needs."""
        everyone = self.population.everyone()
        able = [one for one in companies if everyone[one].registered]
        wanted = set(pick(able, plan.market_with_agency + _FOUND_BY_INVESTORS, self.chance))
        return {
            one: self.chance.choice(("start-up", "later-stage") if one in wanted else ("seed", "seed", "growth"))
            for one in companies
        }


def _rounds(paid: list[Investment], investors: list[str], chance: Random) -> tuple[Investment, ...]:
    """Give each ticket its round: tickets of two agencies in one company within weeks share it."""
    by_round: dict[tuple[int, bool], list[Investment]] = {}
    for ticket in paid:
        by_round.setdefault((ticket.organisation, ticket.day.month > 7), []).append(ticket)
    done = []
    for tickets in by_round.values():
        together = sum(ticket.amount for ticket in tickets)
        size = max(round(together * chance.uniform(1.3, 4.5) / QUANTUM) * QUANTUM, together)
        others = tuple(pick(investors, chance.randint(0, 2), chance)) if size > together else ()
        done += [replace(ticket, round_size=size, co_investors=others) for ticket in tickets]
    return tuple(done)


def market_of(
    plan: Plan, population: Population, investments: tuple[Investment, ...], chance: Random
) -> tuple[MarketRound, ...]:
    """The companies that raised start-up or later-stage capital, half of them with an agency."""
    staged = {deal.organisation: deal for deal in investments if deal.stage in {"start-up", "later-stage"}}
    others = {deal.organisation: deal for deal in investments if deal.stage in {"seed", "growth"}}
    with_agency = pick(staged, plan.market_with_agency, chance)
    everyone = population.everyone()
    misnamed = pick([one for one in others if everyone[one].registered], _OTHER_STAGE, chance)
    alone = _without_agency(population, set(staged) | set(others), chance)
    rounds = [_seen(staged[one], staged[one].stage, chance) for one in with_agency]
    rounds += [_seen(others[one], "start-up", chance) for one in misnamed]
    for organisation in alone[: plan.market - len(rounds)]:
        rounds += _own_rounds(organisation, plan.year, chance)
    chance.shuffle(rounds)
    return tuple(rounds)


def _without_agency(population: Population, invested: set[int], chance: Random) -> list[int]:
    everyone = [one for group in population.companies.values() for one in group]
    young = [
        one.id for one in everyone if one.registered and one.size in {"startup", "scaleup"} and one.id not in invested
    ]
    return pick(young, len(young), chance)


def _seen(deal: Investment, stage: str, chance: Random) -> MarketRound:
    """An agency's round as the market list has it: some days off."""
    day = deal.day + timedelta(days=chance.randint(-12, 12))
    return MarketRound(deal.organisation, stage, _within(day, deal.day.year), deal.round_size)


def _own_rounds(organisation: int, year: int, chance: Random) -> list[MarketRound]:
    """A round without an agency; some companies raise twice in a year."""
    stage = chance.choice(("start-up", "later-stage"))
    months = ((1, 5), (8, 12)) if chance.random() < 0.06 else ((1, 12),)
    return [
        MarketRound(organisation, stage, day_of(year, chance, part), QUANTUM * chance.randint(400, 18_000))
        for part in months
    ]


def _within(day: date, year: int) -> date:
    return min(max(day, date(year, 1, 2)), date(year, 12, 30))
