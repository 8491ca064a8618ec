"""Every page as everybody: what addresses there are, what to ask of each, and what came back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, product

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from schakel.network.models import Person
from schakel.network.queries import party
from schakel.sharing.models import Standing
from schakel.sharing.tokens import make_token
from tests.making import actor_for, give_role

from ..mandates import OFFICE
from .rules import Network
from .worlds import AGENCIES, OTHERS, WORD, YEAR

NOBODY = ""
LOG = "/logboek/"
_SYSTEM = "beheer"
_ROLES = {
    _SYSTEM: "system-administrator",
    OFFICE: "auditor",
    "rom-nederland": "secretary",
    "ministerie-ez": "reader",
    "provincie-utrecht": "reader",
}
KINDS_OF_VIEWER = ("agency", *OTHERS, OFFICE, _SYSTEM, NOBODY)
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass
class Crawl:
    """What was asked and what was wrong; ``met``: how often each route met each kind of viewer."""

    wrong: list[str] = field(default_factory=list)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: int = 0


def signed_in(viewer: str) -> Client:
    """Somebody of a party, or nobody."""
    client = Client(headers={"accept-language": "nl"}, raise_request_exception=False)
    if viewer:
        role = _ROLES.get(viewer, "steward")
        at = party("rom-nederland" if viewer == _SYSTEM else viewer)
        held = give_role(
            email=f"{role}@{viewer}.example", name=role, party=at, role=role, password="a-long-enough-word"
        )
        client.force_login(Person.objects.get(pk=held.person_id))
    return client


@cache
def routes() -> tuple[str, ...]:
    """Every address there is, with its parameters as they stand in it; not those that are asked of the counting."""
    return tuple(sorted(_routes(get_resolver("schakel.urls").url_patterns, "/")))


def _routes(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, path)
        else:
            yield path.replace("^", "").replace("$", "").replace("\\Z", "")


def addresses(filled: list[str], *, turn: int, at_most: int) -> list[str]:
    """Some of the addresses of a route, others at another ``turn``."""
    first = turn % len(filled)
    return [
        filled[(first + step * max(1, len(filled) // at_most)) % len(filled)]
        for step in range(min(at_most, len(filled)))
    ]


def _filled(route: str, network: Network) -> list[str]:
    """The addresses of a route with what is there of whoever, whether the one who asks may see it or not."""
    names = [name for _converter, name in _PARAMETER.findall(route)]
    choices: list[list[dict[str, object]]] = []
    if "kind" in names and "record_id" in names:
        choices.append([{"kind": thing.kind, "record_id": thing.id} for thing in network.things])
    taken = set(choices[0][0]) if choices else set()
    for converter, name in _PARAMETER.findall(route):
        if name not in taken:
            choices.append([{name: value} for value in _values(name, converter, network)])
    paths = []
    for parts in islice(product(*choices), 2000):
        said = {name: value for part in parts for name, value in part.items()}
        paths.append(_PARAMETER.sub(lambda found, said=said: str(said[found[2]]), route))
    return [f"{path}{query}" for path in paths for query in _QUERIES.get(route, ("",))]


_QUERIES = {
    "/zoeken/": (f"?q={WORD}", f"?q={WORD}&soort=organisation", f"?q={WORD}&soort=project", "?q=markeer"),
    "/zoeken/snel/": (f"?q={WORD}",),
    "/gedeeld/<slug:kind>/": tuple(f"?van={slug}" for slug in AGENCIES),
    "/records/<slug:kind>/<int:record_id>/": ("", *(f"?als={slug}" for slug in ("nom", "ministerie-ez"))),
    "/records/<slug:kind>/bekend/": (f"?name={WORD}",),
    "/logboek/": ("?wat=withdrew", "?soort=project&nummer=1", "?adres=192.0.2.1", ""),
    "/logboek/bestand/<slug:form>/": ("?wat=withdrew", "?via=page"),
}
KINDS = ("organisation", "project", "investment", "foreign_case", "fund")


def _values(name: str, converter: str, network: Network) -> tuple[object, ...]:
    known: dict[str, tuple[object, ...]] = {
        "kind": KINDS,
        "line_id": tuple(line.id for line in network.lines) or (1,),
        "record_id": tuple(thing.id for thing in network.things),
        "slug": (*AGENCIES, "ministerie-ez"),
        "period": (YEAR,),
        "year": (YEAR,),
        "standing": tuple(Standing.values),
        "indicator_id": ("innovation_projects", "investments"),
        "ending": ("csv", "ndjson", "json", "pdf"),
        "form": ("csv", "xlsx"),
        "verb": ("sign",),
        "field": ("name", "title"),
        "kvk": ("12345678",),
    }
    if name in known:
        return known[name]
    table = _TABLES.get(name)
    if table is not None:
        return _ids(table)
    return (1, 2) if converter == "int" else ("x",)


_TABLES = {
    "delivery_id": "intake_delivery",
    "id": "intake_delivery",
    "agreement_id": "sharing_agreement",
    "mandate_id": "sharing_mandate",
    "file_id": "documents_storedfile",
    "request_id": "privacy_personalrequest",
}


def _ids(table: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('role', 'none', true)")
        cursor.execute(f"SELECT id FROM {table} ORDER BY id")
        found = tuple(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT set_config('role', %s, true)", [before])
    return found or (1,)


def crawl(network: Network, *, turn: int = 0, at_most: int = 1, only: re.Pattern[str] | None = None) -> Crawl:
    """Ask some addresses of every route, or of those that ``only`` finds, as every kind of viewer: one of the agencies,
    and of each other kind the one there is.

    Each answer is held to what the rules say. Another ``turn`` asks other addresses.
    """
    done = Crawl()
    known = {route: _filled(route, network) for route in routes() if only is None or only.search(route)}
    for place, viewer in enumerate((AGENCIES[turn % len(AGENCIES)], *KINDS_OF_VIEWER[1:])):
        client, hidden = signed_in(viewer), network.hidden(viewer)
        systems = _system(viewer) if viewer in AGENCIES else client
        keeper = _keeper(viewer) if viewer in (*AGENCIES, *OTHERS) else client
        for number, (route, filled) in enumerate(known.items()):
            asks = systems if route.startswith("/api/") else keeper if route.startswith(LOG) else client
            for address in addresses(filled, turn=turn + 7 * place + number, at_most=at_most):
                _ask(done, asks, viewer, route, address, hidden)
    return done


def _ask(done: Crawl, client: Client, viewer: str, route: str, address: str, hidden: set[str]) -> None:
    with transaction.atomic():
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        transaction.set_rollback(True)  # what a page writes down of being seen is no part of the network
    done.asked += 1
    done.met[route, "agency" if viewer in AGENCIES else viewer] += 1
    if answer.status_code >= 500:
        done.wrong.append(f"{viewer or 'nobody'} {address}: {answer.status_code}")
    told = body.decode("utf-8", "replace").casefold() + str(answer.headers).casefold()
    done.wrong += [f"{viewer or 'nobody'} {address}: leaks {mark}" for mark in sorted(hidden) if mark in told]


def _system(viewer: str) -> Client:
    """A system of a party, with a key of it."""
    _token, key = make_token(actor=actor_for(viewer), name="crawl", scopes=["read"], days=1)
    return Client(headers={"authorization": f"Bearer {key}"}, raise_request_exception=False)


def _keeper(viewer: str) -> Client:
    """Who reads the audit log of a party."""
    name = f"keeper@{viewer}.example"
    held = give_role(
        email=name, name=name, party=party(viewer), role="party-administrator", password="a-long-enough-word"
    )
    client = Client(headers={"accept-language": "nl"}, raise_request_exception=False)
    client.force_login(Person.objects.get(pk=held.person_id))
    return client


def expected(network: Network, viewer: str) -> list[tuple[str, str]]:
    """Where ``viewer`` must find which mark: on the page of each thing, in search, and in what others share."""
    whole = network.whole(viewer)
    found: list[tuple[str, str]] = []
    for thing in network.things:
        depth = network.depth(thing, viewer)
        name = thing.named_after or thing
        if network.owns(viewer, thing) or thing in whole:
            found.append((f"/records/{thing.kind}/{thing.id}/", name.mark("known")))
            if thing.kind in ("organisation", "project", "investment"):
                found.append((f"/records/{thing.kind}/{thing.id}/", thing.mark("full")))
        if thing.kind in ("organisation", "project") and (thing.owner == viewer or thing in whole):
            found.append((f"/zoeken/?q={WORD}&soort={thing.kind}", thing.mark("known")))
        if depth:
            found.append((f"/gedeeld/{thing.kind}/?van={thing.owner}", name.mark("known")))
            found.append((f"/gedeeld/{thing.kind}/{thing.id}/", name.mark("known")))
        if depth >= 2 and thing.kind == "organisation":
            found.append((f"/gedeeld/{thing.kind}/{thing.id}/", thing.mark("summary")))
    return found


def missing(network: Network) -> list[str]:
    """What somebody may see, and is not shown where it is looked for."""
    wrong = []
    for viewer in (*AGENCIES, *OTHERS, OFFICE):
        client = signed_in(viewer)
        pages: dict[str, str] = {}
        reader = client if viewer == OFFICE else _keeper(viewer)
        log = reader.get(f"{LOG}?wat=withdrew&soort=project").content.decode().casefold()
        wrong += [
            f"{viewer} {LOG}: lacks {line.mark}"
            for line in network.lines
            if network.reads(viewer, line) and line.mark not in log
        ]
        for address, mark in expected(network, viewer):
            if address not in pages:
                pages[address] = client.get(address).content.decode().casefold()
            if mark not in pages[address]:
                wrong.append(f"{viewer} {address}: lacks {mark}")
    return wrong
