"""Facts for tests: written out by hand, or drawn at random from small worlds where things collide."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import polars as pl
from hypothesis import strategies as st

from schakel.figures.facts import COMMON

Row = dict[str, Any]
Facts = Mapping[str, list[Row]]

MEASURES: dict[str, tuple[str, ...]] = {
    "project": ("volume",),
    "project_company": (),
    "investment": ("amount", "round", "round_size"),
    "position": ("cost", "value"),
    "fund": ("capital",),
    "foreign_case": ("capex", "jobs_created", "jobs_retained"),
    "trade_activity": ("participants",),
    "staff": ("heads", "fte_hundredths"),
    "market_round": ("amount",),
    "outcome": (),
    "outcome_turnover": ("turnover", "turnover_before"),
    "outcome_jobs": ("fte_hundredths", "fte_before_hundredths"),
    "outcome_rd": ("rd",),
    "outcome_co2": ("co2_hundredths",),
    "delivery": (),
}
FOLLOWED = {"basis": ("accounts", "company"), "size": ("sme", "large")}
CODES: dict[str, dict[str, tuple[str, ...]]] = {
    "project": {"status": ("running", "completed")},
    "project_company": {"role": ("lead", "partner")},
    "investment": {
        "stage": ("seed", "start-up", "later-stage"),
        "type": ("first", "follow-on"),
        "instrument": ("equity", "loan"),
    },
    "position": {},
    "fund": {},
    "foreign_case": {
        "kind": ("new-site", "retention", "move"),
        "evidence": ("confirmed", "stated"),
        "origin": ("DE", "US"),
    },
    "trade_activity": {"kind": ("trade-fair", "workshop"), "country": ("DE", "US")},
    "staff": {},
    "market_round": {"stage": ("start-up", "later-stage")},
    "outcome": FOLLOWED,
    "outcome_turnover": FOLLOWED,
    "outcome_jobs": FOLLOWED,
    "outcome_rd": FOLLOWED,
    "outcome_co2": FOLLOWED,
    "delivery": {"kind": ("project", "investment"), "state": ("delivered", "expected")},
}
AGENCIES = ("bom", "nom", "liof")
YEARS = (2022, 2023)
PROVINCES = ("NB", "GR", "abroad", "unknown")
THEMES = ("security", "energy-transition", "digitalisation")


def frames_of(facts: Facts, names: Collection[str] = tuple(MEASURES)) -> dict[str, pl.DataFrame]:
    """Frames of the facts in ``names``; facts not given are empty, columns not given are null."""
    return {name: pl.DataFrame(_filled(name, facts.get(name, [])), schema=_schema(name)) for name in names}


def _schema(name: str) -> dict[str, Any]:
    return COMMON | dict.fromkeys(MEASURES[name], pl.Int64) | dict.fromkeys(CODES[name], pl.String)


def _filled(name: str, rows: Iterable[Row]) -> list[Row]:
    return [{column: row.get(column) for column in _schema(name)} for row in rows]


def fact(record: int, agency: str, thing: int, **others: Any) -> Row:
    """One fact of 2023 in Noord-Brabant, leading, without themes, where not said otherwise."""
    usual: Row = {"year": 2023, "province": "NB", "themes": [], "leading": True, "organisation": thing}
    return usual | {"record": record, "agency": agency, "thing": thing} | others


def _row(name: str) -> st.SearchStrategy[Row]:
    measures = {measure: st.none() | st.integers(0, 9) for measure in MEASURES[name]}
    codes = {code: st.none() | st.sampled_from(values) for code, values in CODES[name].items()}
    common: dict[str, st.SearchStrategy[Any]] = {
        "agency": st.just("") if name == "market_round" else st.sampled_from(AGENCIES),
        "year": st.sampled_from(YEARS),
        "date": st.none() | st.just(datetime.date(2023, 5, 1)),
        "thing": st.integers(1, 4),
        "organisation": st.none() | st.integers(1, 4),
        "province": st.sampled_from(PROVINCES),
        "themes": st.lists(st.sampled_from(THEMES), max_size=3),
        "leading": st.booleans(),
    }
    return st.fixed_dictionaries(common | measures | codes)


ROWS = {name: _row(name) for name in MEASURES}


@st.composite
def drawn_facts(draw: st.DrawFn, names: Collection[str]) -> dict[str, list[Row]]:
    """A few facts of the kinds in ``names``, each record once; none of the others."""
    facts: dict[str, list[Row]] = {name: [] for name in MEASURES}
    for name in sorted(names):
        rows = draw(st.lists(ROWS[name], max_size=8))
        facts[name] = [row | {"record": record} for record, row in enumerate(rows, start=1)]
    return facts
