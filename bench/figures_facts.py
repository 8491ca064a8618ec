"""A million invented facts of nine agencies over four years, from a seed; nothing in them is real."""

from __future__ import annotations

import numpy as np
import polars as pl

AGENCIES = ["bom", "horizon-flevoland", "impuls-zeeland", "innovationquarter", "liof", "nom", "oost-nl", "rom-inwest"]
AGENCIES += ["rom-utrecht-region"]
PROVINCES = ["GR", "FR", "DR", "OV", "FL", "GE", "UT", "NH", "ZH", "ZE", "NB", "LI", "unknown", "abroad"]
THEMES = ["energy-transition", "food-transition", "circular-transition", "healthy-ageing", "security"]
THEMES += ["key-technologies", "digitalisation"]
YEARS = [2021, 2022, 2023, 2024]
SHARES = {  # of all facts
    "project": 0.15,
    "project_company": 0.325,
    "investment": 0.15,
    "position": 0.12,
    "foreign_case": 0.08,
    "trade_activity": 0.08,
    "market_round": 0.05,
    "fund": 0.01,
    "staff": 0.005,
    "outcome": 0.005,
    "outcome_turnover": 0.005,
    "outcome_jobs": 0.005,
    "outcome_rd": 0.005,
    "outcome_co2": 0.005,
    "delivery": 0.005,
}
THEMED = {"project", "project_company", "foreign_case"}


def facts(size: int, seed: int) -> dict[str, pl.DataFrame]:
    """Frames of all facts, ``size`` rows together."""
    random = np.random.default_rng(seed)
    return {name: _fact(name, round(size * share), random) for name, share in SHARES.items()}


def _fact(name: str, rows: int, random: np.random.Generator) -> pl.DataFrame:
    agency = np.array([""] if name == "market_round" else AGENCIES)
    common = pl.DataFrame(
        {
            "record": np.arange(1, rows + 1),
            "agency": random.choice(agency, rows),
            "year": random.choice(np.array(YEARS, dtype=np.int32), rows),
            "thing": random.integers(1, max(2, int(rows * 0.8)), rows),
            "organisation": random.integers(1, max(2, rows // 3), rows),
            "province": random.choice(np.array(PROVINCES), rows),
            "themes": _themes(rows if name in THEMED else 0, rows, random),
            "leading": random.random(rows) < 0.7,
        }
    )
    dates = pl.lit(None, pl.Date).alias("date")
    return common.with_columns(dates, **_measures(name, common, random), **_codes(name, rows, random))


def _themes(themed: int, rows: int, random: np.random.Generator) -> pl.Series:
    if not themed:
        return pl.Series([[]] * rows, dtype=pl.List(pl.String))
    drawn = pl.DataFrame({"a": random.choice(THEMES, rows), "b": random.choice(THEMES, rows)})
    second = pl.when(pl.Series(random.random(rows) < 0.4)).then(pl.concat_list("a", "b")).otherwise(pl.concat_list("a"))
    return drawn.select(second.list.unique())["a"]


def _measures(name: str, common: pl.DataFrame, random: np.random.Generator) -> dict[str, pl.Series]:
    columns = {
        "project": ["volume"],
        "investment": ["amount", "round_size"],
        "position": ["cost", "value"],
        "fund": ["capital"],
        "foreign_case": ["capex", "jobs_created", "jobs_retained"],
        "trade_activity": ["participants"],
        "staff": ["heads", "fte_hundredths"],
        "market_round": ["amount"],
        "outcome_turnover": ["turnover", "turnover_before"],
        "outcome_jobs": ["fte_hundredths", "fte_before_hundredths"],
        "outcome_rd": ["rd"],
        "outcome_co2": ["co2_hundredths"],
    }
    found = {c: pl.Series(random.integers(1, 1_000_000, common.height)) for c in columns.get(name, [])}
    if name == "investment":
        found["round"] = pl.Series(random.integers(1, int(common.height * 0.7), common.height))
    return found


def _codes(name: str, rows: int, random: np.random.Generator) -> dict[str, pl.Series]:
    codes = {
        "project": {"status": ["running", "completed", "stopped"]},
        "project_company": {"role": ["lead", "partner"]},
        "investment": {
            "stage": ["seed", "start-up", "later-stage", "growth"],
            "type": ["first", "follow-on"],
            "instrument": ["equity", "loan"],
        },
        "foreign_case": {"kind": ["new-site", "expansion", "retention"], "evidence": ["confirmed"], "origin": ["DE"]},
        "trade_activity": {"kind": ["trade-mission", "workshop"], "country": ["DE"]},
        "market_round": {"stage": ["start-up", "later-stage"]},
        "delivery": {"kind": ["project", "investment"], "state": ["delivered", "expected"]},
    }
    if name.startswith("outcome"):
        codes[name] = {"basis": ["accounts", "company", "estimate"], "size": ["startup", "scaleup", "sme", "large"]}
    return {code: pl.Series(random.choice(values, rows)) for code, values in codes.get(name, {}).items()}
