"""Networks at random: what three agencies have, with a mark in each part of each record, and what they agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from hypothesis import strategies as st

from schakel.innovate.models import InnovationProject, Participation
from schakel.intake.models import DeliveredRow, DeliveredTable
from schakel.intake.records import Record
from schakel.internationalise.models import ForeignCase
from schakel.invest.models import Fund, Investment
from schakel.network.queries import party
from schakel.search.actions import index_all
from schakel.sharing.acting import acting
from schakel.sharing.agreements import Named, Opened, Said, draft, end, propose, sign, suspend
from schakel.sharing.models import Depth, Reach, Standing
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.trail.models import Entry
from schakel.trail.whence import Channel, coming_from
from tests.making import actor_for, acts, as_owner, make, organisation

from ..mandates import OFFICE, mandate, office
from .rules import Agreed, Clause, Line, Network, Thing

AGENCIES = ("bom", "nom", "oost-nl")
OTHERS = ("ministerie-ez", "provincie-utrecht", "rom-nederland")
YEAR, WORD = 2023, "Zonneveld"
THEMES = ("energy-transition", "food-transition")
_HOUR = dt.timedelta(hours=1)
_REACHES = {
    "organisation": ("all", "things"),
    "project": ("all", "themes", "organisations", "things"),
    "investment": ("all", "organisations", "things"),
    "foreign_case": ("all", "organisations", "things"),
}


def furnish(slug: str) -> tuple[Thing, ...]:
    """What an agency has: two organisations, two projects, an investment from a fund and a foreign case."""
    with acts(slug) as owner:
        first, second = (Thing("organisation", slug, number, YEAR, 0) for number in ("R1", "R2"))
        rows = {}
        for one in (first, second):
            rows[one] = organisation(
                owner,
                number=one.number,
                name=f"{WORD} {one.mark('known')}",
                website=f"https://{one.mark('summary')}.example",
                address=one.mark("full"),
                kvk=None,
            )
        made = [_kept(one, row) for one, row in rows.items()]
        fund = Thing("fund", slug, "F1", YEAR, 0)
        fund_row = make(Fund, owner, number="F1", name=f"{WORD} {fund.mark('known')}", capital=5_000_000)
        fund = _kept(fund, fund_row)
        made.append(fund)
        for number, theme, one in (("P1", THEMES[0], made[0]), ("P2", THEMES[1], made[1])):
            thing = Thing("project", slug, number, YEAR, 0, frozenset({theme}), (one,))
            row = make(
                InnovationProject,
                owner,
                number=number,
                title=f"{WORD} {thing.mark('known')}",
                description=thing.mark("full"),
                start=dt.date(YEAR, 3, 1),
                themes=[theme],
            )
            member = next(row for known, row in rows.items() if known.number == one.number)
            part = make(Participation, owner, number=f"{number} | {one.number}", project=row, organisation=member)
            _from_row(part, "project_participant", {})
            made.append(_kept(thing, row))
        company = made[0]
        thing = Thing("investment", slug, "I1", YEAR, 0, among=(company,), fund=fund, named_after=company)
        row = make(
            Investment,
            owner,
            number="I1",
            fund=fund_row,
            organisation=rows[first],
            date=dt.date(YEAR, 5, 1),
            amount=100_000,
            co_investors=[thing.mark("full")],
        )
        made.append(_kept(thing, row))
        company = made[1]
        thing = Thing("foreign_case", slug, "C1", YEAR, 0, among=(company,), named_after=company)
        row = make(ForeignCase, owner, number="C1", organisation=rows[second], date=dt.date(YEAR, 6, 1), jobs_created=3)
        made.append(_kept(thing, row))
    return tuple(made)


def _kept(thing: Thing, row: Record) -> Thing:
    """The thing with the id of its record, and its mark in the cells the record came from."""
    _from_row(row, thing.kind, {"name": thing.mark("cell"), "title": thing.mark("cell")})
    return Thing(
        thing.kind,
        thing.owner,
        thing.number,
        thing.year,
        row.pk,
        thing.themes,
        thing.among,
        thing.fund,
        thing.named_after,
    )


def _from_row(row: Record, kind: str, raw: dict[str, str]) -> None:
    """Have a record come from a row of a table of its kind that says ``raw``."""
    DeliveredRow.objects.filter(pk=row.source_id).update(raw=raw)
    DeliveredTable.objects.filter(pk=row.source.table_id).update(kind=kind)


def things() -> tuple[Thing, ...]:
    """What all agencies have, also in the search index."""
    office()
    made = tuple(thing for slug in AGENCIES for thing in furnish(slug))
    with as_owner(), database_role(WORKER):
        for _done in index_all(process="test", parties=[party(slug) for slug in AGENCIES]):
            pass
    return made


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    """What a clause says; numbers are the same at each agency, as they are in life."""
    kind = draw(st.sampled_from(sorted(_REACHES)))
    reach = draw(st.sampled_from(_REACHES[kind]))
    numbers = {"organisation": ("R1", "R2"), "project": (f"{YEAR}/P1", f"{YEAR}/P2", "2022/P1")}
    named = {
        "all": (),
        "themes": THEMES,
        "organisations": ("R1", "R2", "R9"),
        "things": numbers.get(kind, (f"{YEAR}/I1", f"{YEAR}/C1")),
    }[reach]
    chosen = draw(st.sets(st.sampled_from(named), min_size=1)) if named else set()
    return Clause(kind, draw(st.sampled_from([1, 2, 3, 3])), reach, tuple(sorted(chosen)))


@st.composite
def agreements(draw: st.DrawFn) -> Agreed:
    """An agreement of two or three parties, in any state."""
    parties = draw(st.lists(st.sampled_from(AGENCIES + OTHERS), min_size=2, max_size=3, unique=True))
    opened = tuple(draw(st.lists(clauses(), min_size=1, max_size=2)))
    able = [one for one in parties if one in AGENCIES]
    by_number = any(clause.reach in ("things", "organisations") for clause in opened)
    if not able:
        able = parties[:1] = ["bom"]
    givers = able[:1] if by_number else draw(st.lists(st.sampled_from(able), min_size=1, unique=True))
    receivers = [one for one in parties if one not in givers] or [one for one in parties if one != givers[0]]
    if len(givers) > 1 or draw(st.booleans()):
        receivers = list({*receivers, *(giver for giver in givers if len(parties) > 1 and giver != givers[0])})
    named = sorted({*givers, *receivers})
    fine = draw(st.sampled_from([True, True, True, False]))
    return Agreed(
        givers=frozenset(givers),
        receivers=frozenset(receivers),
        clauses=opened,
        signed=frozenset(named if fine else draw(st.sets(st.sampled_from(named)))),
        stopped=frozenset(draw(st.sets(st.sampled_from(named), max_size=1)) if draw(st.booleans()) else ()),
        begun=draw(st.sampled_from([True, True, True, False])),
    )


@st.composite
def agreed(draw: st.DrawFn) -> tuple[tuple[Agreed, ...], frozenset[str]]:
    """What a network agreed, and which agencies let the auditor look."""
    made = tuple(draw(st.lists(agreements(), min_size=1, max_size=4)))
    return made, frozenset(draw(st.sets(st.sampled_from(AGENCIES), max_size=1)))


def enact(things_there: tuple[Thing, ...], said: tuple[tuple[Agreed, ...], frozenset[str]]) -> Network:
    """Have the parties do what was drawn: as they would, by the acts that pages call."""
    made, lets_look = said
    for one in made:
        _enact(one)
    for giver in lets_look:
        mandate(giver, years=(YEAR,))
    return Network(things_there, made, {OFFICE: lets_look}, tuple(_lines()))


def _lines() -> Iterator[Line]:
    """Lines of the audit log: each agency's own, one about what is of the next agency, and one of nobody."""
    for place, slug in enumerate(AGENCIES):
        for concerned in ("", AGENCIES[(place + 1) % len(AGENCIES)]):
            yield _line(actor_for(slug), slug, concerned)
    yield _line(Actor(party=None, process="test"), "", "")


def _line(actor: Actor, owner: str, concerned: str) -> Line:
    made = Line(0, owner, concerned)
    about = party(concerned).pk if concerned else None
    with acting(actor), coming_from(Channel.PAGE, "192.0.2.1"):
        note(actor=actor, verb="withdrew", kind="project", objects=[1], reason=made.mark, concerns=about)
    with as_owner():
        return Line(Entry.objects.filter(reason=made.mark).latest("pk").pk, owner, concerned)


def _enact(one: Agreed) -> None:
    now = timezone.now()
    named = tuple(
        Named(party(slug).pk, slug in one.givers, slug in one.receivers) for slug in sorted(one.givers | one.receivers)
    )
    said = Said(
        Standing.OTHER,
        "afspraak",
        "doel",
        "grond",
        now - _HOUR if one.begun else now + _HOUR,
        now + 2 * _HOUR,
        named,
        tuple(Opened(c.kind, Depth(c.depth), Reach(c.reach), c.things) for c in one.clauses),
    )
    leads = sorted(one.givers)[0]
    number = draft(actor=actor_for(leads), said=said).pk
    propose(actor=actor_for(leads), agreement_id=number)
    for slug in sorted(one.signed):
        sign(actor=actor_for(slug), agreement_id=number, signed_as="directeur")
    for place, slug in enumerate(sorted(one.stopped)):
        if slug in one.signed and place % 2 == 0 and number % 2:
            suspend(actor=actor_for(slug), agreement_id=number)
        else:
            end(actor=actor_for(slug), agreement_id=number, reason="klaar")
