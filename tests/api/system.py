"""A system of an agency, as it speaks to the API."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from schakel.intake.actions import confirm_mapping
from schakel.intake.jobs import examine
from schakel.sharing.models import Scope
from schakel.sharing.roles import WORKER, database_role
from schakel.sharing.tokens import make_token
from tests.intake.delivering import MAPPING, TABLES
from tests.making import actor_for


class System:
    """A system of an agency that speaks to the API with a key."""

    def __init__(self, slug: str = "bom", scopes: list[str] | None = None) -> None:
        self.slug = slug
        self.token, self.key = make_token(actor=actor_for(slug), name="CRM", scopes=scopes or Scope.values)
        self.client = Client()

    def ask(self, method: str, path: str, body: object = None, language: str = "en") -> tuple[int, Any]:
        """Status and JSON of an answer."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        answer = self.client.generic(
            method,
            f"/api/v1{path}",
            content,
            content_type="application/octet-stream" if isinstance(body, bytes) else "application/json",
            headers={"authorization": f"Bearer {self.key}", "accept-language": language},
            CONTENT_LENGTH=str(len(content)),  # also of nothing, as clients say it in life
        )
        assert answer.headers["API-Version"] == "1.0.0"
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
        return answer.status_code, json.loads(answer.content) if answer.content else None

    def begin(self, year: int = 2023, *, whole: bool = True) -> int:
        """The number of a fresh delivery."""
        status, told = self.ask("POST", "/deliveries", {"year": year, "whole": whole})
        assert status == 201
        return int(told["id"])

    def work(self, job: Any, delivery: int) -> None:
        """What the worker does when its turn comes."""
        with database_role(WORKER):
            job(delivery_id=delivery, party=actor_for(self.slug).party, person=None)


def send_files(system: System, **tables: str) -> int:
    """The number of a delivery of files that was read and checked."""
    confirm_mapping(actor=actor_for(system.slug), text=MAPPING.format(agency=system.slug))
    delivery = system.begin()
    for name, text in (TABLES | tables).items():
        status, told = system.ask("PUT", f"/deliveries/{delivery}/files/{name}.csv", text.encode())
        assert (status, told["size"]) == (201, len(text.encode()))
    status, told = system.ask("POST", f"/deliveries/{delivery}/submission")
    assert (status, told["state"], told["working"]) == (202, "received", True)
    system.work(examine, delivery)
    return delivery
