"""Fills the site of the browser tests with years that are closed and published, and one that waits to be."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.utils import timezone

from schakel.figures.actions.bodies import add_body
from schakel.figures.actions.closing import begin_closing, closing_made
from schakel.figures.actions.publishing import prepare_publication, record_approval, set_hour
from schakel.figures.closing.making import close_year
from schakel.figures.models import ApprovingBody, BodyKind
from schakel.network.queries import party
from schakel.register.actions import link
from schakel.sharing.roles import COUNTER, LINKER, WORKER, database_role
from tests.intake.delivering import TABLES, send, write
from tests.making import actor_for

EMBARGOED = 2018  # the year that is closed, approved and published in the browser
PUBLISHED = (2022, 2023)
BOARD = "Raad van commissarissen"


def publish() -> None:
    """The years that most stories look at are public, as readers see nothing else; BOM's board approved them."""
    with database_role(WORKER):
        owner, kind = party("bom"), BodyKind.SUPERVISORY_BOARD
        secretary = actor_for("rom-nederland")
        board = add_body(actor=secretary, owner=owner, name=BOARD, kind=kind, first_period=EMBARGOED)
    for year in PUBLISHED:
        _publish(year, board)


def _publish(year: int, board: ApprovingBody) -> None:
    secretary = actor_for("rom-nederland")
    with database_role(WORKER):
        closing = begin_closing(actor=secretary, period=year)
    with database_role(COUNTER):
        made = close_year(closing.pk)
    with database_role(WORKER):
        closing = closing_made(actor=secretary, closing_id=closing.pk, digest=made.digest, manifest=made.manifest)
        held = prepare_publication(actor=secretary, closing=closing, remark="proef met twee ROM’s")
        today = timezone.localdate()
        record_approval(
            actor=actor_for("bom"), publication=held, body=board, approved=True, decided_on=today, reference="notulen"
        )
        set_hour(actor=secretary, publication=held, at=timezone.now())


def deliver_embargoed() -> None:
    """A year of NOM that was accepted and joined, and that no other story looks at."""
    tables = {name: text.replace("2023", str(EMBARGOED)) for name, text in TABLES.items()}
    with tempfile.TemporaryDirectory() as folder:
        send("nom", write(Path(folder, "nom"), **tables), period=EMBARGOED)
    with database_role(LINKER):
        link()
