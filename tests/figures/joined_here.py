"""Figures counted inside a test as the counting process counts them, and its answers to what joining does to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from schakel.figures.asking import Audience, Question
from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Extract, Selection, extract_of
from schakel.figures.extracting import read_facts
from schakel.figures.moving import effects, looked_up
from schakel.register.actions import foresee
from schakel.sharing.roles import COUNTER, LINKER, database_role

SECRETARIAT = Audience(all_agencies=True, maker=True)
YEARS = (2022, 2023)
Key = tuple[str, int]
Value = Decimal | None


def agency(slug: str) -> Audience:
    """An agency that asks."""
    return Audience(agency=slug, maker=True)


@contextmanager
def counted_now() -> Iterator[Extract]:
    """The facts as they stand now."""
    with database_role(COUNTER):
        extract = extract_of(*read_facts(), memory="200MB", threads=1)
    with closing(extract.connection):
        yield extract


def figures(slug: str = "") -> dict[Key, Value]:
    """All figures as they are counted now: the network's, or an agency's own."""
    own = {"agency": slug} if slug else {}
    with counted_now() as extract:
        return {
            (each.id, year): Selection(each, extract).where(year=year, **own).total().value(each)
            for each in catalogue().values()
            for year in YEARS
            if not slug or each.has_own_columns
        }


def ask_here(_socket: Path, question: Question) -> dict[str, Any]:
    """What the counting process answers to a question after effects."""
    with counted_now() as extract, database_role(COUNTER):
        return effects(question, extract, looked_up)


def told(sort: str, number: int, audience: Audience = SECRETARIAT) -> dict[Key, tuple[Value, Value]]:
    """What the counting process says that a proposal would do, or that a round did."""
    said = ask_here(Path(), Question("effects", filters={sort: [number]}, audience=audience))["effects"]
    return {(each["indicator"], each["year"]): (_value(each["before"]), _value(each["after"])) for each in said}


def between(before: Mapping[Key, Value], after: Mapping[Key, Value]) -> dict[Key, tuple[Value, Value]]:
    """The figures that differ."""
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def foreseen() -> None:
    """What is proposed has been foreseen, all of it."""
    with database_role(LINKER):
        assert foresee() == 0


def _value(said: str | None) -> Value:
    return None if said is None else Decimal(said)
