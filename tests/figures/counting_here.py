"""A counting process inside the test, over facts that the test writes out, for tests of pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.closing.shelf import Shelf
from schakel.figures.counting import Meta, extract_of
from schakel.figures.editions import Edition
from schakel.figures.gate import Gate
from schakel.figures.serving import CountingServer

from .drawing import MEASURES, Facts, Row, fact, frames_of

ALL_NINE = (
    "bom",
    "horizon-flevoland",
    "impuls-zeeland",
    "innovationquarter",
    "liof",
    "nom",
    "oost-nl",
    "rom-inwest",
    "rom-utrecht-region",
)
KIND_OF = {name: "outcome" if name.startswith("outcome") else name for name in MEASURES}
KINDS = ("project", "project_participant", "investment", "position", "foreign_case", "trade_activity", "fund", "staff")


def deliveries(year: int, *, missing: tuple[str, ...] = ()) -> list[Row]:
    """Every agency's delivery of every kind over a year; of some agencies all are still expected."""
    rows = [(agency, kind) for agency in ALL_NINE for kind in KINDS]
    return [
        fact(year * 1000 + number, agency, number, year=year, organisation=None)
        | {"kind": kind, "state": "expected" if agency in missing else "delivered"}
        for number, (agency, kind) in enumerate(rows, start=1)
    ]


def projects(year: int, agency: str, first: int, count: int, **others: Any) -> list[Row]:
    """Some projects of an agency in a year, each of an organisation of its own."""
    usual = {"year": year, "volume": 100_000_00, "status": "running"} | others
    return [fact(first + n, agency, first + n, **usual) for n in range(count)]


def closed_over(facts: Facts, known: Mapping[str, Indicator] | None = None) -> Any:
    """A closing with these facts, as far as the counting process looks at it; ``known``: its definitions."""
    extract = extract_of(frames_of(facts), Meta("closed", KIND_OF))
    return SimpleNamespace(extract=extract, indicators=known or catalogue())


class _Kept(Shelf):
    """A shelf whose closings are at hand."""

    def __init__(self, closings: Mapping[int, Any]) -> None:
        super().__init__()
        self._closings = closings

    def closed(self, number: int) -> Any:
        return self._closings[number]


@contextmanager
def counting(
    folder: Path, facts: Facts, *, editions: Sequence[Edition] = (), closings: Mapping[int, Any] | None = None
) -> Iterator[Path]:
    """A counting process over ``facts``; gives its socket. ``closings``: what is on its shelf, by number."""
    live = extract_of(frames_of(facts), Meta("now", KIND_OF))
    path = folder / "counting.sock"
    server = CountingServer(path, lambda: live, Gate(lambda: editions), _Kept(closings or {}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield path
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
