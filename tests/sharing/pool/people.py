"""Who asks what at once, and what is wrong with what comes back."""

from __future__ import annotations

import http.client
import json
import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

_AT_ONCE = 8
_SECONDS = 30


@dataclass
class Somebody:
    """One of the two: what opens the site for them, what they must find where, and what they may never."""

    slug: str
    session: str
    key: str
    shows: list[tuple[str, str]]
    not_there: list[str]
    names: list[str]
    hidden: list[str]
    deliveries: list[int]


@dataclass
class Told:
    """What came back: how often each way was gone, and what was wrong."""

    ways: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many requests there were."""
        return sum(self.ways.values())


class Interleaving:
    """Requests of all ``people`` at random, eight at a time, at the site on ``port``."""

    def __init__(self, port: int, people: list[Somebody]) -> None:
        self._port = port
        self._people = people
        self._told = Told()
        self._lock = threading.Lock()
        self._ways: dict[str, tuple[int, Callable[[random.Random, Somebody], None]]] = {
            "a page": (46, self._page),
            "a page of another": (10, self._page_of_another),
            "deliveries by key": (8, self._deliveries),
            "a delivery begun by key": (3, self._begin),
            "another's delivery by key": (4, self._delivery_of_another),
            "nobody on the connection": (9, self._nobody),
            "a page of one's own after an error": (4, self._swallowed),
            "a statement that fails": (4, self._fails("/breaks/statement/")),
            "a page that fails": (4, self._fails("/breaks/late/")),
            "a form without its token": (3, self._form),
            "gone before the answer": (3, self._gone),
            "gone in the midst of sending": (2, self._cut),
        }

    def run(self, requests: int, *, seed: int) -> Told:
        """Ask so often; what is asked by whom is the same for a ``seed``, in which order it meets is chance."""
        chance = random.Random(seed)
        names = list(self._ways)
        chosen = chance.choices(names, [self._ways[name][0] for name in names], k=requests)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for done in [pool.submit(self._one, way, chance.randrange(2**32)) for way in chosen]:
                done.result()
        return self._told

    def _one(self, way: str, seed: int) -> None:
        chance = random.Random(seed)
        self._ways[way][1](chance, chance.choice(self._people))
        with self._lock:
            self._told.ways[way] += 1

    def _hold(self, who: str, what: str, *, to: bool) -> None:
        if not to:
            with self._lock:
                self._told.wrong.append(f"{who}: {what}")

    def _ask(self, who: Somebody | None, method: str, address: str, body: bytes = b"", *, key: bool = False) -> Any:
        headers = {"Accept-Language": "nl", "Content-Length": str(len(body)), "Connection": "close"}
        if who is not None:
            headers |= {"Authorization": f"Bearer {who.key}"} if key else {"Cookie": f"sessionid={who.session}"}
        headers |= {"Content-Type": "application/json" if key else "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_SECONDS)
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace").casefold()
        finally:
            connection.close()
        if who is not None:
            for mark in who.hidden:
                self._hold(who.slug, f"{address} tells {mark}", to=mark not in text)
        return answer.status, text

    def _page(self, chance: random.Random, who: Somebody) -> None:
        address, mark = chance.choice(who.shows)
        status, text = self._ask(who, "GET", address)
        self._hold(who.slug, f"{address}: {status}, without {mark}", to=status == 200 and mark in text)

    def _page_of_another(self, chance: random.Random, who: Somebody) -> None:
        address = chance.choice(who.not_there)
        status, _text = self._ask(who, "GET", address)
        self._hold(who.slug, f"{address}: {status}", to=status == 404)

    def _deliveries(self, chance: random.Random, who: Somebody) -> None:
        with self._lock:
            known = set(who.deliveries)
        status, text = self._ask(who, "GET", "/api/v1/deliveries?pageSize=1000", key=True)
        found = {one["id"] for one in json.loads(text).get("items", ())} if status == 200 else set()
        others = {one for other in self._people if other is not who for one in other.deliveries}
        whole = status == 200 and known <= found and not found & others
        self._hold(who.slug, f"deliveries: {status}, {len(known)} known, {len(found)} told", to=whole)

    def _begin(self, chance: random.Random, who: Somebody) -> None:
        asked = json.dumps({"year": chance.randrange(2015, 2024), "whole": False}).encode()
        status, text = self._ask(who, "POST", "/api/v1/deliveries", asked, key=True)
        self._hold(who.slug, f"begin: {status}", to=status == 201)
        if status == 201:
            with self._lock:
                who.deliveries.append(json.loads(text)["id"])

    def _delivery_of_another(self, chance: random.Random, who: Somebody) -> None:
        another = next(one for one in self._people if one is not who)
        number = chance.choice(another.deliveries)
        status, _text = self._ask(who, "GET", f"/api/v1/deliveries/{number}", key=True)
        self._hold(who.slug, f"delivery {number} of {another.slug}: {status}", to=status == 404)

    def _nobody(self, chance: random.Random, who: Somebody) -> None:
        status, text = self._ask(None, "GET", "/status/nobody/")
        self._hold("nobody", f"sees {text[:100]!r} ({status})", to=status == 200 and not text)

    def _swallowed(self, chance: random.Random, who: Somebody) -> None:
        status, text = self._ask(who, "GET", "/breaks/swallowed/")
        whole = status == 200 and all(name in text for name in who.names)
        self._hold(who.slug, f"after an error: {status}, {text[:100]!r}", to=whole)

    def _fails(self, address: str) -> Callable[[random.Random, Somebody], None]:
        def ask(chance: random.Random, who: Somebody) -> None:
            status, _text = self._ask(who, "GET", address)
            self._hold(who.slug, f"{address}: {status}", to=status == 500)

        return ask

    def _form(self, chance: random.Random, who: Somebody) -> None:
        status, _text = self._ask(who, "POST", "/sleutels/", b"name=x&scopes=read")
        self._hold(who.slug, f"a form without its token: {status}", to=status == 403)

    def _gone(self, chance: random.Random, who: Somebody) -> None:
        """Asks what takes a while and closes with a reset, so that the server learns it on writing."""
        self._leave(f"GET /breaks/slow/ HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={who.session}\r\n\r\n")

    def _cut(self, chance: random.Random, who: Somebody) -> None:
        """Says that more will come than does."""
        head = f"Authorization: Bearer {who.key}\r\nContent-Type: application/json\r\nContent-Length: 5000"
        self._leave(f"POST /api/v1/deliveries HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n{{")

    def _leave(self, said: str) -> None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), timeout=_SECONDS) as made:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            made.sendall(said.encode())
