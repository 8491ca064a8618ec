"""Matching on Spark, by two executors on this machine, answers what DuckDB answers: the same bytes."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from schakel.register.matching import match
from schakel.register.matching.backends import DUCKDB, NAMES, SPARK, backend
from tests.conftest import ROOT

TWO_EXECUTORS = "local-cluster[2,1,1024]"
JAVA = "JAVA_HOME" in os.environ or shutil.which("java") is not None
pytestmark = [
    pytest.mark.skipif(not JAVA, reason="Spark needs Java, which is not on this machine"),
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="Spark is not installed: scripts/spark"),
]

FIRST = ("Noorder", "Zuider", "Ooster", "Wester", "Maas", "IJssel", "Veluwe", "Betuwe", "Delta", "Polder", "Heide")
LAST = ("licht", "staal", "zorg", "bouw", "water", "data", "vracht", "glas", "hout", "melk", "zaad", "druk", "pomp")
TRADE = ("Techniek", "Systemen", "Beheer", "Nederland", "Groep", "Holding", "Advies", "Machines", "& Zn.")
CITIES = ("Groningen", "Assen", "Zwolle", "Arnhem", "Tilburg", "Maastricht", "Lelystad", "Goes", "'s-Gravenhage")


def register(many: int, chance: random.Random) -> pl.DataFrame:
    """Invented entries, of which one in ten is a sister of the one before it."""
    rows = []
    for entry in range(many):
        first = f"{chance.choice(FIRST)}{chance.choice(LAST)}"
        name = f"{first} {chance.choice(FIRST)} {chance.choice(TRADE)}"
        row = {
            "entry": entry,
            "kvk": f"{10_000_000 + entry * 37}",
            "rsin": None,
            "name": f"{name} B.V.",
            "trade_names": [first] if chance.random() < 0.3 else [],
            "legal_form": "BV",
            "street": f"{chance.choice(FIRST)}straat",
            "house_number": str(chance.randint(1, 90)),
            "postcode": f"{chance.randint(1000, 9999)}{chance.choice('ABCDE')}{chance.choice('ABCDE')}",
            "city": chance.choice(CITIES),
            "website": f"www.{first.lower()}{entry % 50}.nl" if chance.random() < 0.5 else None,
        }
        if rows and chance.random() < 0.1:
            row |= {key: rows[-1][key] for key in ("street", "house_number", "postcode", "city")}
            row["name"] = f"{rows[-1]['name'].removesuffix(' B.V.')} Holding B.V."
        rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


def lists(entries: pl.DataFrame, many: int, chance: random.Random) -> pl.DataFrame:
    """Records of some of the ``entries``, several of one, each told of a little otherwise."""
    rows = []
    for record, entry in enumerate(chance.choices(entries.rows(named=True)[: many // 2], k=many)):
        name, at = entry["name"], chance.randrange(1, 8)
        rows.append(
            {
                "record": record,
                "owner": f"agency-{record % 9}",
                "year": 2023,
                "number": str(record // 9) if chance.random() < 0.5 else None,
                "name": name if chance.random() < 0.6 else name[:at] + name[at + 1 :].removesuffix(" B.V."),
                "kvk": entry["kvk"] if chance.random() < 0.6 else None,
                "legal_form": "BV" if chance.random() < 0.5 else None,
                "postcode": entry["postcode"] if chance.random() < 0.7 else None,
                "house_number": entry["house_number"],
                "street": entry["street"] if chance.random() < 0.7 else "Dorpsplein",
                "city": entry["city"],
                "website": entry["website"],
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def test_every_answer_question_family_and_weight_is_the_same():
    chance = random.Random(23)
    entries = register(3000, chance)
    records = lists(entries, 2000, chance)
    judged = pl.DataFrame({"a": [0, 1], "b": [1, None], "entry": [None, 2999], "same": [False, True]})
    standing = pl.DataFrame({"record": [5, 6], "identity": [1, 2]})
    here, there = (
        match(records, entries, judged=judged, standing=standing, backend=backend(name, master=TWO_EXECUTORS))
        for name in (DUCKDB, SPARK)
    )
    assert here.answers["entry"].drop_nulls().len() > 1000
    assert here.model.entry.weights != type(here.model)().entry.weights, "weights were learned"
    for kind in ("answers", "doubtful", "families", "merges"):
        assert getattr(here, kind).height or kind == "merges"
        assert getattr(there, kind).equals(getattr(here, kind)), kind
    assert there.model.to_json() == here.model.to_json()


@pytest.mark.parametrize("with_register", [True, False])
def test_the_command_writes_the_same_bytes(tmp_path: Path, with_register: bool):
    chance = random.Random(7)
    entries = register(500, chance)
    told = lists(entries, 300, chance).rename(
        {"record": "rid", "owner": "agency", "house_number": "houseno", "legal_form": "form"}
    )
    told.with_columns(mail=pl.lit(None, pl.String)).write_parquet(tmp_path / "lists.parquet")
    if with_register:
        listed = entries.rename({"legal_form": "form", "house_number": "houseno", "website": "domain"})
        listed.with_columns(trade=pl.col("trade_names").list.first()).write_parquet(tmp_path / "register.parquet")
    written = []
    for name in NAMES:
        out = tmp_path / f"{name}.csv"
        command = [sys.executable, "-m", "schakel.cli", "linking", "--data", tmp_path, "--out", out, "--on", name]
        environment = os.environ | {"SCHAKEL_SPARK_MASTER": TWO_EXECUTORS}
        subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        written.append(out.read_bytes())
    assert written[0].count(b"\n") == 301
    assert written[0] == written[1]
