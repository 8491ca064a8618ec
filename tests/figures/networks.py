"""Networks of agencies, their organisations and what they did with them: random, and larger than drawn facts are."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any

from hypothesis import strategies as st

from .drawing import CODES, MEASURES, PROVINCES, THEMES, Row

AGENCIES = ("bom", "nom", "liof", "oost-nl")
HOME = {"bom": "NB", "nom": "GR", "liof": "abroad", "oost-nl": "unknown"}
Network = dict[str, list[Row]]


def network(seed: int, *, fact: str, records: int, organisations: int, year: int = 2023) -> Network:
    """``records`` of one fact in one year: mostly at home, some joint, sizes that differ by a thousand times."""
    chance = Random(seed)
    facts: Network = {name: [] for name in MEASURES}
    places = {who: chance.choice(PROVINCES) for who in range(1, organisations + 1)}
    facts[fact] = [_row(chance, fact, number, places, records, year) for number in range(1, records + 1)]
    facts["market_round"] = [_market(number, who, year) for number, who in enumerate(places, start=1) if who % 2]
    return facts


def _row(chance: Random, fact: str, number: int, places: dict[int, str], records: int, year: int) -> Row:
    who = chance.choice(list(places))
    codes = {code: chance.choice([*values, values[0]]) for code, values in CODES[fact].items()}
    measures: dict[str, Any] = {measure: round(10 ** chance.uniform(1, 4)) for measure in MEASURES[fact]}
    if "round" in measures:
        measures["round"] = chance.randint(1, records)
    agency = chance.choice(AGENCIES)
    return {
        "record": number,
        "agency": agency,
        "year": year,
        "date": datetime.date(year, 5, 1),
        "thing": number if chance.random() < 0.8 else chance.randint(1, records),
        "organisation": who if chance.random() < 0.95 else None,
        "province": chance.choice([places[who], places[who], HOME[agency]]),
        "themes": chance.sample(THEMES, chance.choice([0, 1, 1, 2])),
        "leading": chance.random() < 0.5,
        **measures,
        **codes,
    }


def _market(number: int, who: int, year: int) -> Row:
    return {
        "record": number,
        "agency": "",
        "year": year,
        "date": None,
        "thing": number,
        "organisation": who,
        "province": "NB",
        "themes": [],
        "leading": True,
        "amount": 1,
        "stage": "start-up",
    }


@st.composite
def networks(draw: st.DrawFn, fact: str, most: int = 60) -> Network:
    """Networks of one fact, of a few records to many."""
    records = draw(st.integers(3, most))
    return network(
        draw(st.integers(0, 2**32)), fact=fact, records=records, organisations=draw(st.integers(2, max(3, records)))
    )
