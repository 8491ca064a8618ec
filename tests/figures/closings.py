"""Small catalogues and small years for tests of closings."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl

from schakel.figures.closing import State, freeze
from schakel.figures.closing.carrying import write_out
from schakel.figures.closing.frozen import IDENTITY_COLUMNS
from schakel.figures.counting import Extract

from .drawing import MEASURES, Facts, fact, frames_of

YEAR = 2023
FACTS = ("project", "investment", "market_round", "delivery")

_WORDS = """
nl = "{id}"
en = "{id}"
definition = {{ nl = "n", en = "e" }}
counted = {{ nl = "n", en = "e" }}
one = {{ nl = "n", en = "e" }}
period = {{ nl = "n", en = "e" }}
display = {{ rule = "exact" }}
disclosure = "open"
"""
PROJECTS = """
[projects]
version = 1
nature = "flow"
unit = "count"
fact = "project"
count = "thing"
needs = ["project"]
breakdowns = ["agency", "year", "province"]
"""
VOLUME = """
[volume]
version = 1
nature = "flow"
unit = "eur"
fact = "project"
sum = "volume"
once_per = "thing"
statement = "leading"
needs = ["project"]
breakdowns = ["agency", "year", "province"]
"""
INVESTED = """
[invested]
version = 1
nature = "flow"
unit = "eur"
fact = "investment"
sum = "amount"
needs = ["investment"]
breakdowns = ["agency", "year", "stage"]
"""
SEED = INVESTED.replace("version = 1", "version = 2").replace("needs", 'only = { stage = ["seed"] }\nneeds')
COMPANIES = """
[companies]
version = 1
nature = "flow"
unit = "count"
fact = "investment"
count = "organisation"
needs = ["investment"]
breakdowns = ["agency", "year"]
"""
LEVERAGE = """
[leverage]
version = 1
nature = "flow"
unit = "ratio"
needs = ["investment"]
breakdowns = ["agency", "year"]
[leverage.numerator]
fact = "investment"
sum = "round_size"
once_per = "round"
statement = "largest"
stated = ["round", "round_size"]
[leverage.denominator]
fact = "investment"
sum = "amount"
"""
MARKET = """
[market]
version = 1
nature = "flow"
unit = "count"
fact = "market_round"
count = "organisation"
whole_network = true
needs = ["market_round"]
breakdowns = ["agency", "year"]
"""
COVERAGE = """
[coverage]
version = 1
nature = "stock"
unit = "share"
needs = []
breakdowns = ["agency", "year", "kind"]
[coverage.numerator]
fact = "delivery"
count = "record"
only = { state = ["delivered"] }
[coverage.denominator]
fact = "delivery"
count = "record"
"""
EVERY = (PROJECTS, VOLUME, INVESTED, COMPANIES, LEVERAGE, MARKET, COVERAGE)


def definitions(*indicators: str) -> dict[str, str]:
    """A catalogue of one file."""
    return {"small.toml": "\n".join(map(_said, indicators or EVERY))}


def _said(indicator: str) -> str:
    """The definition with the words that every one needs."""
    head, rest = indicator.strip().split("\n", 1)
    return f"{head}{_WORDS.format(id=head.strip('[]'))}{rest}\n"


def state_of(
    facts: Facts, *indicators: str, names: Collection[str] = FACTS, identities: pl.DataFrame | None = None
) -> State:
    """The state of the year 2023 with these facts and definitions."""
    frames = {name: frame.filter(pl.col("year") == YEAR) for name, frame in frames_of(facts, names).items()}
    known = pl.DataFrame(schema=IDENTITY_COLUMNS) if identities is None else identities
    return State(YEAR, frames, {name: said_of(name) for name in names}, known, definitions(*indicators))


def said_of(name: str) -> dict[str, object]:
    """What is to be known of a fact, as a closing keeps it."""
    rounds = ["round"] if "round" in MEASURES[name] else []
    return {
        "record_kind": name,
        "other_kind": "",
        "identities": ["thing", "organisation", "leading", *rounds],
        "of_records": name != "delivery",
    }


def usual() -> dict[str, list[dict[str, object]]]:
    """A year of three agencies: projects (one of two agencies), investments, and who delivered."""
    return {
        "project": [
            fact(1, "bom", 10, volume=100_00),
            fact(2, "nom", 10, volume=90_00, leading=False, province="GR"),
            fact(3, "liof", 11, volume=50_00, province="LI"),
        ],
        "investment": [
            fact(1, "bom", 1, organisation=7, amount=500_00, round=1, round_size=900_00, stage="seed"),
            fact(2, "nom", 2, organisation=8, amount=300_00, round=2, round_size=300_00, stage="later-stage"),
        ],
        "market_round": [fact(1, "", 1, organisation=7, amount=900_00, stage="start-up")],
        "delivery": [
            fact(1, "bom", 1, kind="project", state="delivered", organisation=None),
            fact(2, "nom", 2, kind="project", state="delivered", organisation=None),
            fact(3, "liof", 3, kind="project", state="expected", organisation=None),
        ],
    }


def exported(folder: Path, state: State | None = None) -> Path:
    """A closing of the usual year as a folder."""
    return write_out(freeze(state or state_of(usual())), folder)


def total(extract: Extract, sql: str) -> int:
    """The only number that ``sql`` gives."""
    found: int = extract.ask(sql).item()
    return found
