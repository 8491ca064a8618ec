"""Networks at random: what three agencies have, with a mark in each part of each record, and what they agreed."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from hypothesis import strategies as st

from schakel.innovate.models import InnovationProject, Participation
from schakel.intake.models import DeliveredTable
from schakel.internationalise.models import ForeignCase
from schakel.invest.models import Fund, Investment
from schakel.leaking import reading
from schakel.leaking.marking import mark_log, mark_things
from schakel.leaking.rules import Agreed, Clause, Mandate, Network, Thing
from schakel.network.queries import party
from schakel.sharing.agreements import Named, Opened, Said, draft, end, propose, sign, suspend
from schakel.sharing.models import Depth, Reach, Standing
from tests.making import actor_for, acts, make, organisation

from ..mandates import OFFICE, mandate, office

AGENCIES = ("bom", "nom", "oost-nl")
OTHERS = ("ministerie-ez", "provincie-utrecht", "rom-nederland")
YEAR = 2023
THEMES = ("energy-transition", "food-transition")
_HOUR = dt.timedelta(hours=1)
_REACHES = {
    "organisation": ("all", "things"),
    "project": ("all", "themes", "organisations", "things"),
    "investment": ("all", "organisations", "things"),
    "foreign_case": ("all", "organisations", "things"),
}


def furnish(slug: str) -> None:
    """What an agency has: two organisations, two projects, an investment from a fund and a foreign case."""
    with acts(slug) as owner:
        first, second = (organisation(owner, number=number, kvk=None) for number in ("R1", "R2"))
        fund = make(Fund, owner, number="F1", name="Fonds", capital=5_000_000)
        made = [("organisation", first), ("organisation", second), ("fund", fund)]
        for number, theme, member in (("P1", THEMES[0], first), ("P2", THEMES[1], second)):
            project = make(
                InnovationProject, owner, number=number, title=number, start=dt.date(YEAR, 3, 1), themes=[theme]
            )
            part = make(
                Participation, owner, number=f"{number} | {member.number}", project=project, organisation=member
            )
            made += [("project", project), ("project_participant", part)]
        day = dt.date(YEAR, 5, 1)
        investment = make(Investment, owner, number="I1", fund=fund, organisation=first, date=day, amount=100_000)
        case = make(ForeignCase, owner, number="C1", organisation=second, date=day, jobs_created=3)
        for kind, row in (*made, ("investment", investment), ("foreign_case", case)):
            DeliveredTable.objects.filter(pk=row.source.table_id).update(kind=kind)


def things() -> tuple[Thing, ...]:
    """What all agencies have, with a mark in each part of each record, also in the search index."""
    office()
    for slug in AGENCIES:
        furnish(slug)
    made = tuple(thing for thing in reading.things() if thing.owner in AGENCIES)
    mark_things(made)
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
    mandates = tuple(Mandate(OFFICE, giver, frozenset({YEAR})) for giver in sorted(lets_look))
    return mark_log(Network(things_there, made, mandates), list(AGENCIES))


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
