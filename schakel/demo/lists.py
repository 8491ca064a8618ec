"""An agency's own lists of a year: plain rows of canonical values, before a system's shape is put on them.

A row is a dict from field name to value: text, whole number, date, tuple of texts, or None. Where a
field names another record, ``<field>`` has its number and ``<field>_name`` its name, for systems
that write names. Amounts are whole euros.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schakel.demo.abroad import Attendance, ForeignCase, TradeActivity
from schakel.demo.capital import Investment, Position
from schakel.demo.outcomes import Outcome
from schakel.demo.projects import Project
from schakel.demo.sightings import Sighting, sighting
from schakel.demo.towns import AGENCIES
from schakel.demo.world import World, Year, stream

Row = dict[str, Any]
Lists = dict[str, list[Row]]  # by record kind


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a system numbers: patterns with ``n`` (counts up) and ``yy`` (the year's last two digits)."""

    organisation: str
    project: str
    fund: str
    investment: str
    case: str
    activity: str


@dataclass(slots=True)
class Books:
    """One agency's administration over the years; organisation numbers are given once and stay."""

    world: World
    agency: str
    numbering: Numbering
    known: dict[int, int] = field(default_factory=dict)  # world id > own number
    seen: dict[int, Sighting] = field(default_factory=dict)

    def lists(self, year: int) -> Lists:
        """The lists of ``year``. Years are to be asked in order, as numbers are given on first use."""
        happened = self.world.years[year]
        self.seen = {}
        lists = {
            "project": self._projects(happened),
            "fund": self._funds(happened),
            "investment": self._investments(happened),
            "position": [self._position(one, year) for one in happened.money.positions if one.agency == self.agency],
            "foreign_case": self._cases(happened),
            "staff": [self._staff(happened)],
        } | self._trade(happened)
        lists["outcome"] = [self._outcome(one, year) for one in happened.outcomes if one.agency == self.agency]
        lists["project_participant"] = [part for project in lists["project"] for part in _participants(project)]
        self._prospects(year)
        lists["organisation"] = [self._organisation(one, year) for one in self.known]
        return {kind: [self._administered(row, year) for row in rows] for kind, rows in lists.items()}

    def _prospects(self, year: int) -> None:
        """Organisations that the agency talked to, and nothing more yet."""
        circle = self.world.population.companies[self.agency]
        chance = stream(self.world.seed, f"prospects {self.agency} {year}")
        for one in chance.sample(circle, len(circle) // 50):
            self._number(one.id)

    def _number(self, organisation: int) -> str:
        number = self.known.setdefault(organisation, 1001 + len(self.known))
        return self.numbering.organisation.format(n=number)

    def _seen(self, organisation: int, year: int) -> Sighting:
        if organisation not in self.seen:
            one = self.world.organisations[organisation]
            self.seen[organisation] = sighting(self.world.seed, self.agency, one, year)
        return self.seen[organisation]

    def _reference(self, name: str, organisation: int, year: int) -> Row:
        number = self._number(organisation)
        return {name: number, f"{name}_name": self._seen(organisation, year).name}

    def _organisation(self, organisation: int, year: int) -> Row:
        one, seen = self.world.organisations[organisation], self._seen(organisation, year)
        at = seen.address
        return {
            "number": self._number(organisation),
            "name": seen.name,
            "kvk": seen.kvk,
            "vat": seen.vat,
            "legal_form": seen.legal_form,
            "address": f"{at.street} {at.house_number}".strip(),
            "postcode": at.postcode,
            "city": at.city,
            "country": at.country if at.city or at.postcode else "",
            "website": seen.website,
            "kind": one.kind,
            "size": one.size if one.is_company else "",
        }

    def _projects(self, happened: Year) -> list[Row]:
        mine = sorted((p for p in happened.projects if self.agency in p.tellings), key=lambda p: (p.start, p.id))
        return [self._project(one, number, happened.year) for number, one in enumerate(mine, start=1)]

    def _project(self, project: Project, number: int, year: int) -> Row:
        telling = project.tellings[self.agency]
        partners = [self._reference("organisation", one, year) for one in project.partners]
        return {
            "number": self._yearly(self.numbering.project, number, year),
            "title": telling.title,
            "description": project.title.about,
            "start": project.start,
            "end": project.end,
            "volume": project.volume,
            "themes": project.title.themes,
            "status": project.status,
            **self._reference("lead", project.lead, year),
            "together_with": _named(telling.names),
            "eu_number": project.eu_number,
            "partners": tuple(partner["organisation_name"] for partner in partners),
            "parties": (self._seen(project.lead, year).name, *(partner["organisation_name"] for partner in partners)),
            "partner_numbers": tuple(partner["organisation"] for partner in partners),
        }

    def _funds(self, happened: Year) -> list[Row]:
        return [
            {
                "number": self._fund(fund.id)["fund"],
                "name": fund.name,
                "capital": happened.money.capitals[fund.id],
                "vintage": fund.vintage,
            }
            for fund in self.world.funds
            if fund.agency == self.agency
        ]

    def _fund(self, fund: int) -> Row:
        own = [one for one in self.world.funds if one.agency == self.agency]
        place = next(n for n, one in enumerate(own) if one.id == fund)
        return {"fund": self.numbering.fund.format(n=place + 1), "fund_name": own[place].name}

    def _investments(self, happened: Year) -> list[Row]:
        mine = [deal for deal in happened.money.investments if deal.agency == self.agency]
        mine.sort(key=lambda deal: (deal.day, deal.organisation))
        return [self._investment(deal, number, happened.year) for number, deal in enumerate(mine, start=1)]

    def _investment(self, deal: Investment, number: int, year: int) -> Row:
        return {
            "number": self._yearly(self.numbering.investment, number, year),
            **self._fund(deal.fund),
            **self._reference("organisation", deal.organisation, year),
            "date": deal.day,
            "amount": deal.amount,
            "instrument": deal.instrument,
            "type": deal.type,
            "stage": deal.stage,
            "round_size": deal.round_size,
            "co_investors": deal.co_investors,
        }

    def _position(self, position: Position, year: int) -> Row:
        return {
            **self._fund(position.fund),
            **self._reference("organisation", position.organisation, year),
            "date": date(year, 12, 31),
            "cost": position.cost,
            "value": position.value,
        }

    def _cases(self, happened: Year) -> list[Row]:
        mine = sorted((c for c in happened.cases if self.agency in c.sides), key=lambda c: (c.day, c.organisation))
        return [self._case(case, number, happened.year) for number, case in enumerate(mine, start=1)]

    def _case(self, case: ForeignCase, number: int, year: int) -> Row:
        others = tuple(slug for slug in case.agencies if slug != self.agency)
        return {
            "number": self._yearly(self.numbering.case, number, year),
            **self._reference("organisation", case.organisation, year),
            "origin": case.origin,
            "kind": case.kind,
            "date": case.day,
            "capex": case.capex,
            "jobs_created": case.jobs_created,
            "jobs_retained": case.jobs_retained,
            "together_with": _named(others if case.sides[self.agency] else ()),
            "confirmed_on": case.confirmed_on,
        }

    def _trade(self, happened: Year) -> Lists:
        mine = sorted((a for a in happened.activities if self.agency in a.sides), key=lambda a: (a.start, a.id))
        activities, participants = [], []
        for number, one in enumerate(mine, start=1):
            side = one.sides[self.agency]
            row = self._activity(one, side, self._yearly(self.numbering.activity, number, happened.year))
            activities.append(row)
            for organisation in side.organisations:
                attending = self._reference("organisation", organisation, happened.year)
                participants.append({"activity": row["number"], "activity_name": row["title"], **attending})
        return {"trade_activity": activities, "trade_participant": participants}

    def _activity(self, activity: TradeActivity, side: Attendance, number: str) -> Row:
        others = tuple(slug for slug in activity.agencies if slug != self.agency)
        return {
            "number": number,
            "title": side.title,
            "country": activity.country,
            "city": activity.city,
            "kind": activity.kind,
            "start": activity.start,
            "end": activity.end,
            "participants": side.counted,
            "together_with": _named(others if side.names_others else ()),
        }

    def _outcome(self, one: Outcome, year: int) -> Row:
        return {
            **self._reference("organisation", one.organisation, year),
            "turnover": one.turnover,
            "turnover_before": one.turnover_before,
            "fte": one.fte,
            "fte_before": one.fte_before,
            "rd": one.rd,
            "co2_avoided": one.co2_avoided,
            "basis": one.basis,
        }

    def _staff(self, happened: Year) -> Row:
        heads = happened.staff[self.agency]
        return {"year": happened.year, "heads": heads, "fte": round(heads * 0.9, 1)}

    def _yearly(self, pattern: str, number: int, year: int) -> str:
        return pattern.format(n=number, yy=f"{year % 100:02d}")

    def _administered(self, row: Row, year: int) -> Row:
        """The row with what its system adds and nobody asked for."""
        mark = sum(map(ord, str(row.get("number") or row.get("organisation") or row)))
        teams = ("Team Noord", "Team Zuid", "Team Kapitaal", "Team Groei")
        changed = date(year + 1, 1, 3 + mark % 20)
        return row | {"team": teams[mark % 4], "changed": changed, "internal": f"{mark * 7919 % 100_000:05d}"}


def _participants(project: Row) -> list[Row]:
    """The lead and the partners of a project row, as rows of their own."""
    lead = {"organisation": project["lead"], "organisation_name": project["lead_name"], "role": "lead"}
    pairs: Iterable[tuple[str, str]] = zip(project["partner_numbers"], project["partners"], strict=True)
    partners = [{"organisation": number, "organisation_name": name, "role": "partner"} for number, name in pairs]
    return [{"project": project["number"], "project_name": project["title"], **one} for one in (lead, *partners)]


def _named(agencies: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(AGENCIES[slug] for slug in agencies)
