"""The two lists of the whole network: the market of young companies, and the trade register."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from schakel.demo.organisations import Organisation
from schakel.demo.sightings import sighting
from schakel.demo.world import World

MARKET_HEADERS = ("Onderneming", "Inschrijfnr.", "Vestigingsplaats", "Ronde", "Aangekondigd", "Opgehaald (EUR)")
REGISTER_HEADERS = (
    *("Inschrijfnr.", "Fiscaal nr.", "Statutair", "Handelend onder", "Rechtspersoon"),
    *("Straatnaam", "Nr.", "PC", "Vestigingsplaats", "Webadres"),
)
_ROUNDS = {"start-up": "startkapitaal", "later-stage": "vervolgkapitaal"}


def write_market(path: Path, world: World, year: int) -> None:
    """Who raised start-up or later-stage capital in ``year``, as an association of investors lists it."""
    rows = []
    for one in world.years[year].money.market:
        seen = sighting(world.seed, "market", world.organisations[one.organisation], year)
        city = world.organisations[one.organisation].address_in(year).city
        rows.append((seen.name, seen.kvk, city, _ROUNDS[one.stage], one.day.isoformat(), str(one.amount)))
    _write(path, MARKET_HEADERS, rows)


def write_register(path: Path, world: World, year: int) -> None:
    """What the trade register has at the end of ``year``: everyone in it, also who no agency knows."""
    known = [one for one in world.organisations.values() if one.registered and one.kvk]
    _write(path, REGISTER_HEADERS, [_entry(one, year) for one in sorted(known, key=lambda one: one.kvk)])


def _entry(one: Organisation, year: int) -> tuple[str, ...]:
    at = one.address_in(year)
    names = " | ".join(one.trade_names)
    return (
        *(one.kvk, one.rsin, one.name, names, one.legal_form),
        *(at.street, at.house_number, at.postcode, at.city, one.website),
    )


def _write(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([headers, *rows])
