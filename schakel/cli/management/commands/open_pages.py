"""Opening pages of a copy as its people would: each page that needs no number, and a record of each kind."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import Client
from django.urls import reverse

from schakel.intake.records import Record, RecordState
from schakel.intake.writing import record_tables
from schakel.leaking.addresses import routes
from schakel.network.actions import give_role
from schakel.network.models import Party, PartyKind, Role
from schakel.sharing.roles import WEB, database_role
from schakel.trail.actors import Actor

log = logging.getLogger(__name__)
_FOUND, _FAULT = 200, 500
_COUNTS = 503  # what a page answers that needs the counting process, which a copy does not run
_VISITOR = "rehearsal@localhost"


class Command(BaseCommand):
    """``python -m django open_pages``: only on a copy, as it makes somebody who opens them, and they leave lines."""

    help = "Open pages as people of the network would, and say which fail."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write a line for each page that fails, and at last how many were opened."""
        records, opened = _newest(), 0
        for party in _visited(records):
            client = _signed_in(party)
            with database_role(WEB):
                for path in (route for route in routes() if not set("<(?[") & set(route)):
                    self._tell(path, said := _answer(client, path), fails=said >= _FAULT and said != _COUNTS)
                    opened += 1
                for kind, number in records.get(party.pk, []):
                    path = reverse("intake:record", args=[kind, number])
                    self._tell(path, said := _answer(client, path), fails=said != _FOUND)
                    opened += 1
        self.stdout.write(f"pages: {opened} opened")

    def _tell(self, path: str, said: int, *, fails: bool) -> None:
        if fails:
            self.stdout.write(f"page {path} answers {said}")


def _newest() -> dict[int, list[tuple[str, int]]]:
    """The newest record of each kind, by the party whose it is."""
    found: dict[int, list[tuple[str, int]]] = {}
    for table in record_tables():
        of_kind: type[Record] = table.model
        for record in of_kind._default_manager.filter(state=RecordState.STANDS).order_by("-pk")[:1]:
            found.setdefault(record.owner_id, []).append((table.kind, record.pk))
    return found


def _visited(records: dict[int, list[tuple[str, int]]]) -> list[Party]:
    """Whose those records are, and the secretariat."""
    return [party for party in Party.objects.all() if party.pk in records or party.kind == PartyKind.SECRETARIAT]


def _signed_in(party: Party) -> Client:
    role = Role.SECRETARY if party.kind == PartyKind.SECRETARIAT else Role.STEWARD
    held = give_role(
        actor=Actor(party=None, process="rehearsal"),
        email=f"{party.slug}-{_VISITOR}",
        name="Rehearsal",
        party=party,
        role=role,
        password=secrets.token_urlsafe(24),
    )
    # Over TLS, as it is behind a proxy, so that no page only sends one on.
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0].lstrip(".")}, raise_request_exception=False)
    client.defaults["wsgi.url_scheme"] = "https"
    client.force_login(held.person)
    return client


def _answer(client: Client, path: str) -> int:
    """The status of the answer, read to its end; a fault where even the page that tells of one fails."""
    try:
        answer = client.get(path)
        answer.getvalue()
    except Exception:  # whatever it is, the page fails, and the others are asked all the same
        log.exception("%s", path)
        return _FAULT
    return answer.status_code
