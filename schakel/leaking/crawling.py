"""Every page as everybody: what is asked of each address, and whether what comes back is what the rules say."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client

from schakel.leaking.addresses import Addresses, routes, some
from schakel.leaking.people import Viewer
from schakel.leaking.rules import MARK, Network

LOG = "/logboek/"
_OF_A_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Asked:
    """An address that was asked: as whom, of which route, and how it was answered (a status of HTTP)."""

    viewer: str
    route: str
    address: str
    status: int


@dataclass
class Crawl:
    """What was asked and what was wrong; ``met``: how often each route met each kind of viewer.

    ``leaking``: routes of which an answer showed what it may not.
    """

    wrong: list[str] = field(default_factory=list)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: list[Asked] = field(default_factory=list)
    leaking: set[str] = field(default_factory=set)
    showing: set[str] = field(default_factory=set)


def crawl(
    network: Network,
    viewers: Iterable[Viewer],
    *,
    turn: int = 0,
    at_most: int = 1,
    only: re.Pattern[str] | None = None,
    more_hidden: Mapping[str, Mapping[str, str]] | None = None,
) -> Crawl:
    """Ask some addresses of every route, or of those that ``only`` finds, as each of the viewers.

    ``more_hidden``: by party the marks, beside those of things and lines, that may not appear before it. Another
    ``turn`` asks other addresses.
    """
    done, there = Crawl(), Addresses(network)
    known = {route: there.of(route) for route in routes() if only is None or only.search(route)}
    for place, viewer in enumerate(viewers):
        hidden = network.hidden(viewer.party) | dict((more_hidden or {}).get(viewer.party, {}))
        for number, (route, filled) in enumerate(known.items()):
            for address in some(filled, turn=turn + 7 * place + number, at_most=at_most):
                _ask(done, viewer, route, address, hidden)
    return done


def _ask(done: Crawl, viewer: Viewer, route: str, address: str, hidden: Mapping[str, str]) -> None:
    with transaction.atomic():
        status, told = answered(viewer.client(address), address)
        transaction.set_rollback(True)  # what a page writes down of being seen is no part of the network
    done.asked.append(Asked(str(viewer), route, address, status))
    done.met[route, viewer.kind] += 1
    if status >= 500:
        done.wrong.append(f"{viewer} {address}: {status}")
    found = set(MARK.findall(told)) - set(MARK.findall(address))  # what was asked may be repeated
    if found:
        done.showing.add(route)
    if leaks := sorted(found & hidden.keys()):
        done.leaking.add(route)
    done.wrong += [f"{viewer} {address}: leaks {hidden[mark]}" for mark in leaks]


def answered(client: Client, address: str) -> tuple[int, str]:
    """How an address is answered, and all that the answer tells, in small letters; a workbook's sheets too."""
    answer = client.get(address)
    body: bytes = answer.getvalue()  # also of what is streamed
    told = _unpacked(body) if body.startswith(_OF_A_ZIP) else body
    return answer.status_code, told.decode("utf-8", "replace").casefold() + str(answer.headers).casefold()


def _unpacked(body: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist())


def expected(network: Network, viewer: str) -> list[tuple[str, str, str]]:
    """Where ``viewer`` must find which mark, and of what: on pages of things, in search, in what others share."""
    whole = network.whole(viewer)
    found: list[tuple[str, str, str]] = []
    for thing in network.things:
        depth = network.depth(thing, viewer)
        name = thing.named_after or thing
        if thing.kind not in _WITH_A_PAGE:
            continue
        if network.owns(viewer, thing) or thing in whole:
            found.append((f"/records/{thing.kind}/{thing.id}/", name.mark("known"), str(thing)))
            if thing.kind in ("organisation", "project", "investment"):
                found.append((f"/records/{thing.kind}/{thing.id}/", thing.mark("full"), str(thing)))
        if thing.kind in ("organisation", "project") and (thing.owner == viewer or thing in whole):
            found.append((f"/zoeken/?q={thing.word}&soort={thing.kind}", thing.mark("known"), str(thing)))
        if depth:
            found.append((f"/gedeeld/{thing.kind}/{thing.id}/", name.mark("known"), str(thing)))
        if depth >= 2 and thing.kind == "organisation":
            found.append((f"/gedeeld/{thing.kind}/{thing.id}/", thing.mark("summary"), str(thing)))
    return found


_WITH_A_PAGE = ("organisation", "project", "investment", "foreign_case", "fund")


def missing(network: Network, viewers: Sequence[Viewer], *, once: bool = False) -> list[str]:
    """What somebody may see, and is not shown where it is looked for.

    ``once``: each thing of a party is looked for by one of its people, by turns; else by each of them.
    """
    wrong = []
    of_party: dict[str, list[Viewer]] = defaultdict(list)
    for viewer in viewers:
        of_party[viewer.party].append(viewer)
    for party, people in of_party.items():
        if not party:
            continue
        for viewer in people:
            if viewer.role in _KEEPERS or LOG in viewer.clients:
                wrong += _missing_lines(network, viewer)
        due = expected(network, party)
        for place, viewer in enumerate(people):
            pages: dict[str, str] = {}
            for number, (address, mark, what) in enumerate(due):
                if once and number % len(people) != place:
                    continue
                if address not in pages:
                    pages[address] = answered(viewer.client(address), address)[1]
                if mark not in pages[address]:
                    wrong.append(f"{viewer} {address}: lacks {what}")
    return wrong


_KEEPERS = ("party-administrator", "auditor")  # who read the audit log


def _missing_lines(network: Network, viewer: Viewer) -> list[str]:
    address = f"{LOG}?wat=withdrew&soort=project"
    log = answered(viewer.client(address), address)[1]
    read = [line for line in network.lines if network.reads(viewer.party, line)]
    return [f"{viewer} {address}: lacks {line}" for line in read if line.mark not in log]
