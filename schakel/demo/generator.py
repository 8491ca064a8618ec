"""Writing the demonstration network: nine agencies' deliveries, the market and the trade register, a folder a year."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

from schakel.demo.faults import FAULTY_YEAR, Fault, plant
from schakel.demo.lists import Books
from schakel.demo.network_lists import write_market, write_register
from schakel.demo.plans import PLANS
from schakel.demo.shapes import SHAPES
from schakel.demo.truth import Truth, truth_of
from schakel.demo.world import World, build

YEARS = (2021, 2022, 2023, 2024)
SECRETARIAT = "rom-nederland"


def write_network(directory: Path, *, seed: int = 2024, years: Sequence[int] = YEARS) -> Truth:
    """Write the invented network and say what is true of it.

    Writes ``<directory>/<year>/deliveries/<agency>/...``, ``<directory>/<year>/market.csv`` and
    ``<directory>/<year>/register.csv``. The same seed gives the same bytes, whichever years are asked.
    Raises ValueError for a year that has no plan.
    """
    unknown = sorted(set(years) - set(PLANS))
    if unknown:
        raise ValueError(f"no plan for {unknown[0]}; there are plans for {', '.join(map(str, PLANS))}")
    world = build(seed)
    faults = [fault for slug in SHAPES for fault in _deliver(directory, world, slug, years)]
    for year in years:
        write_market(directory / str(year) / "market.csv", world, year)
        write_register(directory / str(year) / "register.csv", world, year)
    return truth_of(world, years, tuple(faults))


def mapping_path(party: str) -> Path:
    """The confirmed mapping of an agency, by slug, or of the lists of the network (the secretariat's slug)."""
    name = "network" if party == SECRETARIAT else party
    with as_file(files("schakel.demo") / "mappings" / f"{name}.toml") as path:
        return path


def _deliver(directory: Path, world: World, agency: str, years: Sequence[int]) -> list[Fault]:
    """Write one agency's deliveries. Its books run through all years, so that numbers never depend on ``years``."""
    shape = SHAPES[agency]
    books = Books(world, agency, shape.numbering)
    faults: list[Fault] = []
    for year in range(min(PLANS), max(years) + 1):
        lists = books.lists(year)
        if year in years:
            faults += plant(agency, lists) if year == FAULTY_YEAR else ()
            shape.write(directory / str(year) / "deliveries" / agency, lists, year)
    return faults
