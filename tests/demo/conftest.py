"""The demonstration network, written once for all tests here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol

import pytest

from schakel.demo.generator import SECRETARIAT, mapping_path, write_network
from schakel.demo.towns import AGENCIES
from schakel.demo.truth import Truth
from schakel.demo.world import World, build
from schakel.intake.interpreting import Interpretation, interpret
from schakel.intake.mapping import parse
from schakel.intake.reading import Reading, read

RENAMED = ('"Aanvang"', '"Startdatum project"')  # of projects in Zeeland, since 2024


class Interpreted(Protocol):
    """A party's delivery of a year, read and interpreted; ``answered``: with the renamed header confirmed."""

    def __call__(self, party: str, year: int, *, answered: bool = False) -> tuple[Reading, Interpretation]: ...


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """The folder of all four years, and what is true of them."""
    folder = tmp_path_factory.mktemp("network")
    return folder, write_network(folder)


@pytest.fixture(scope="session")
def network(written: tuple[Path, Truth]) -> Path:
    return written[0]


@pytest.fixture(scope="session")
def truth(written: tuple[Path, Truth]) -> Truth:
    return written[1]


@pytest.fixture(scope="session")
def world() -> World:
    return build(2024)


@pytest.fixture(scope="session")
def interpreted(network: Path) -> Interpreted:
    """A party's delivery of a year, read and interpreted by its confirmed mapping."""

    @cache
    def of(party: str, year: int, *, answered: bool = False) -> tuple[Reading, Interpretation]:
        folder = network / str(year)
        lists = [folder / "market.csv", folder / "register.csv"]
        reading = read(lists if party == SECRETARIAT else [folder / "deliveries" / party])
        names = {name.casefold(): slug for slug, name in AGENCIES.items()}
        text = mapping_path(party).read_text(encoding="utf-8")
        mapping = parse(text.replace(*RENAMED) if answered else text)
        return reading, interpret(reading.tables, mapping, period=year, agency_names=names)

    return of
