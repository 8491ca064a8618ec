"""Agencies' systems that deliver and accept through the API without pause, and remember what they were told."""

from __future__ import annotations

import json
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

import django

AGENCIES = ("bom", "nom")
ROWS, YEAR = 40, 2023


def keys() -> None:
    """Print a key for each agency; run in a process of its own, on an installation."""
    from schakel.network.actions import load_network
    from schakel.sharing.models import Scope
    from schakel.sharing.tokens import make_token
    from schakel.trail.actors import Actor
    from tests.making import actor_for

    load_network(actor=Actor(party=None, process="test"))
    made = {slug: make_token(actor=actor_for(slug), name="CRM", scopes=Scope.values, days=1)[1] for slug in AGENCIES}
    sys.stdout.write(json.dumps(made))


@dataclass
class Writer:
    """The system of one agency: each delivery says of all its investments another amount, 1000 and its number."""

    url: str
    key: str
    told: list[tuple[float, int]] = field(default_factory=list)  # when it was told that which number is accepted
    sent: int = 0
    ended: str = ""

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin, and go on until stopped or until nobody answers any more."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the delivery at hand."""
        self._stop.set()
        self._thread.join(60)

    def accepted_before(self, moment: float) -> int:
        """The newest number of which it was told before ``moment`` (seconds since the epoch) that it is accepted."""
        return max((number for at, number in self.told if at < moment), default=0)

    def _run(self) -> None:
        while not self._stop.is_set():
            self.sent += 1
            try:
                self._deliver(self.sent)
            except OSError as error:  # the server is gone, or something is wrong with what it was asked
                self.ended = str(error)
                return
            self.told.append((time.time(), self.sent))

    def _deliver(self, number: int) -> None:
        delivery = f"/deliveries/{self._ask('POST', '/deliveries', {'year': YEAR, 'whole': True})['id']}"
        organisations = [{"number": "R1", "name": "Zonneveld B.V.", "kind": "company"}]
        money = {"organisation": "R1", "date": "2023-06-15", "amount": 1000 + number, "stage": "seed"}
        investments = [{"number": f"I{row}"} | money for row in range(ROWS)]
        for kind, records in (("organisation", organisations), ("investment", investments)):
            self._ask("POST", f"{delivery}/records", {"kind": kind, "records": records})
        self._ask("POST", f"{delivery}/submission")
        self._until(delivery, "checked")
        self._ask("POST", f"{delivery}/acceptance", {"withoutFaultyRows": True})
        self._until(delivery, "accepted")

    def _until(self, delivery: str, state: str) -> None:
        patience = time.monotonic() + 60
        while (told := self._ask("GET", delivery))["state"] != state or told["working"]:
            if time.monotonic() > patience:
                raise AssertionError(f"{delivery} is not {state}: {told}")
            time.sleep(0.05)

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        content = json.dumps(body).encode() if body is not None else b""
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        asked = urllib.request.Request(f"{self.url}/api/v1{path}", content or None, headers, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise OSError(f"{path}: {error.code} {error.read()[:200]!r}") from error


if __name__ == "__main__":
    django.setup()
    keys()
