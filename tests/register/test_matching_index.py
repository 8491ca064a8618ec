"""The kept register gives for a few records what the round over all gives."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from schakel.register.matching import match
from schakel.register.matching.index import Index, StaleIndexError, build

WORDS = ("Bakker", "Loduka", "Ypma", "Zonnig", "Kuiper", "Meijer", "Rotera", "Visser")
LISTED = pl.DataFrame(
    [
        {
            "entry": n,
            "kvk": f"{10_000_000 + 37 * n}",
            "name": f"{one} {other} B.V.",
            "city": city,
            "postcode": f"{1000 + n}AB",
        }
        for n, (one, other, city) in enumerate(
            (a, b, c) for a in WORDS for b in WORDS for c in ("Ede", "Sneek") if a != b
        )
    ]
)
ASKED = pl.DataFrame(
    [
        {"record": 1, "name": "Bakker Loduka", "city": "Ede"},
        {"record": 2, "name": "Ypma Zonnig", "kvk": LISTED["kvk"][40]},
        {"record": 3, "name": "Kuiper Visser", "postcode": LISTED["postcode"][61]},
    ]
)


def test_a_few_records_find_the_entries_that_the_round_finds(tmp_path: Path) -> None:
    build(LISTED, tmp_path / "register")
    best = Index(tmp_path / "register").nearest(ASKED).filter((pl.col("place_among") == 1) & (pl.col("odds") >= 0))
    found = match(ASKED, LISTED)
    answers = found.answers.drop_nulls("entry")
    assert best.select(record="a", entry="b").rows() == answers.select("record", "entry").rows()
    assert best["odds"].to_list() == answers["score"].to_list()
    assert not answers.is_empty()


def test_a_folder_without_an_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(StaleIndexError):
        Index(tmp_path)
