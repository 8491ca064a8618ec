"""What the stories of certifying do: sign, take back, and look at all that stands in a year."""

from __future__ import annotations

from schakel.figures.extracting import data_position
from schakel.inbox import queries as inbox
from schakel.intake import actions, snapshots
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.roles import COUNTER, database_role
from tests.intake.collecting import STATEMENT, of
from tests.intake.delivering import TABLES

SECRETARIAT = "rom-nederland"
FAULTY = TABLES["projecten"] + "P2;Slimme kas;01-05-2023;-5,00;R9;\n"


def sign(period=2023, slug="bom", actor=None):
    return actions.certify(actor=actor or of(slug), period=period, statement=STATEMENT)


def withdraw(reason="a project was forgotten", period=2023):
    return actions.withdraw_certification(actor=of("bom"), period=period, reason=reason)


def position() -> str:
    """Where the data stands, as the counting process asks whether to count anew."""
    with database_role(COUNTER):
        return data_position()


def everything(slug="bom", period=2023):
    """Each row of records and overrides, every column, as PostgreSQL writes it."""
    with acting(of(slug)):
        owner = party(slug).pk
        return {kept.part: snapshots.frame_of(kept, owner, period).rows(named=True) for kept in snapshots.kept_tables()}


def waiting(person, slug):
    with acting(of(slug)):
        return [item.title_nl for item in inbox.waiting(person.pk, party(slug).pk)]
