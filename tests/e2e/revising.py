"""Fills the site of the browser tests with a year that was closed and published, and then revised."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.utils import timezone

from schakel.figures.actions.closing import begin_closing, closing_made
from schakel.figures.actions.publishing import prepare_publication, set_hour
from schakel.figures.closing.making import close_year
from schakel.register.actions import link_if_needed
from schakel.sharing.roles import COUNTER, LINKER, WORKER, database_role
from tests.intake.delivering import TABLES, send, write
from tests.making import actor_for

REVISED = 2017  # before the first year that a board must approve
REASON = "NOM counted one investment for a tenth of what it was"


def publish_and_revise() -> None:
    """NOM delivers, all is published; NOM delivers another amount, and the year is closed and published again."""
    tables = {name: text.replace("2023", str(REVISED)) for name, text in TABLES.items()}
    _deliver(tables)
    _publish("")
    _deliver(tables | {"investeringen": tables["investeringen"].replace("100.000,00", "1.000.000,00")})
    _publish(REASON)


def _deliver(tables: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        send("nom", write(Path(folder, "nom"), **tables), period=REVISED)
    with database_role(LINKER):
        link_if_needed()


def _publish(reason: str) -> None:
    secretary = actor_for("rom-nederland")
    with database_role(WORKER):
        closing = begin_closing(actor=secretary, period=REVISED, reason=reason)
    with database_role(COUNTER):
        made = close_year(closing.pk)
    with database_role(WORKER):
        closing = closing_made(actor=secretary, closing_id=closing.pk, digest=made.digest, manifest=made.manifest)
        held = prepare_publication(actor=secretary, closing=closing, remark="NOM alone, as a trial")
        set_hour(actor=secretary, publication=held, at=timezone.now())
