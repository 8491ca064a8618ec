"""Ten yearly deliveries of three agencies, a tenth changed each time: no identity changes without a recorded move."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from schakel.register.actions import link
from schakel.register.keeping import differences, log_of, state_of
from schakel.register.ledger.lines import Line
from schakel.register.ledger.state import State, replay
from schakel.register.models import Organisation
from schakel.sharing.roles import LINKER, database_role
from tests.making import acts, organisation

pytestmark = pytest.mark.django_db
AGENCIES = ("bom", "nom", "oost-nl")
YEARS = range(2014, 2024)
KNOWN, SHARED = 20, 8  # organisations of an agency; the first of them are known to all three
TOWNS = ("Breda", "Assen", "Zwolle", "Tilburg", "Hengelo")
Company = dict[str, str]


def companies(rng: Random) -> dict[str, list[Company]]:
    """What each agency knows at first: some with a number, some without, some known to all under other spellings."""

    def company(name: str) -> Company:
        kvk = str(rng.randint(10_000_000, 89_999_999)) if rng.random() < 0.6 else ""
        return {"name": name, "kvk": kvk, "city": rng.choice(TOWNS)}

    all_know = [company(f"Gezamenlijk {n:02d} Techniek B.V.") for n in range(SHARED)]
    return {
        agency: [dict(one) for one in all_know]
        + [company(f"{agency.title()} Bedrijf {n:02d} B.V.") for n in range(SHARED, KNOWN)]
        for agency in AGENCIES
    }


def changed(known: list[Company], rng: Random) -> Iterator[Company]:
    """A tenth of them another year on: renamed, moved, with a number now, or with another one by mistake."""
    for one in known:
        if rng.random() >= 0.1:
            yield one
            continue
        yield rng.choice(
            (
                one | {"name": one["name"].replace("B.V.", "Holding B.V.")},
                one | {"city": rng.choice(TOWNS)},
                one | {"kvk": str(rng.randint(10_000_000, 89_999_999))},
                {"name": f"Nieuw {rng.randint(0, 999)} B.V.", "kvk": "", "city": rng.choice(TOWNS)},
            )
        )


def deliver(agency: str, year: int, known: list[Company]) -> None:
    with acts(agency) as owner:
        for place, one in enumerate(known):
            said = {name: value or None for name, value in one.items()}
            organisation(owner, number=f"R{place}", period=year, **said)


def state() -> State:
    with database_role(LINKER):
        return state_of("organisation")


def round_of_joining() -> None:
    with database_role(LINKER):
        link()


def explained(before: State, after: State, lines: list[Line]) -> None:
    """Every record that is of another number than before was moved, or its number was merged, by a line of the log."""
    moved = {line.record for line in lines if line.verb == "moved"}
    merged = {line.other for line in lines if line.verb == "merged"}
    for record in before.seats:
        if before.home(record) != after.home(record):
            assert record in moved or before.home(record) in merged
    for number, founder in before.founders.items():
        if number not in after.ways:
            assert after.home(founder) == number  # what a number was born with, it still means
    assert all(line.cause.rule for line in lines if line.verb in ("moved", "merged", "split"))


def test_no_identity_changes_without_a_recorded_move():
    rng = Random(2023)
    known = companies(rng)
    for year in YEARS:
        for agency in AGENCIES:
            before = state()
            deliver(agency, year, known[agency])
            round_of_joining()
            after = state()
            with database_role(LINKER):
                log = log_of("organisation")
            explained(before, after, [line for line in log if line.no > before.line])
            known[agency] = list(changed(known[agency], rng))
        # What was delivered is corrected, too: a row in ten of this year.
        for agency in AGENCIES:
            correct(agency, year, rng)
        before = state()
        round_of_joining()
        with database_role(LINKER):
            log = log_of("organisation")
        explained(before, state(), [line for line in log if line.no > before.line])
    after = state()
    assert len(after.seats) == len(YEARS) * len(AGENCIES) * KNOWN
    round_of_joining()
    assert state() == after
    with database_role(LINKER):
        assert differences("organisation") == []
        assert replay(log_of("organisation")) == after
    assert after.ways or any(len(group) > len(AGENCIES) for group in after.partition())


def correct(agency: str, year: int, rng: Random) -> None:
    with acts(agency):
        for one in Organisation.objects.filter(period=year, owner__slug=agency).order_by("pk"):
            if rng.random() < 0.1:
                one.kvk = str(rng.randint(10_000_000, 89_999_999))
                one.save(update_fields=["kvk"])
