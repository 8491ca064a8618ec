"""Joining held against the truth of an invented network, where the generator of it is at hand."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from schakel.register.matching import match

GENERATOR = Path(__file__).parents[3] / "shared/data/linking/generate_lists.py"
pytestmark = pytest.mark.skipif(not GENERATOR.exists(), reason="needs the generator of invented lists in ../shared")
TEXT = pl.String


@pytest.fixture(scope="module")
def network() -> tuple[pl.DataFrame, pl.DataFrame, list[int]]:
    spec = importlib.util.spec_from_file_location("generate_lists", GENERATOR)
    assert spec
    assert spec.loader
    generator: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    entries = generator.register(6000, 7)
    lists = generator.lists(entries, 2000, 7)
    register = pl.DataFrame(entries, infer_schema_length=None).select(
        pl.lit(None, TEXT).alias("rsin"),
        "kvk",
        "name",
        "street",
        "postcode",
        "city",
        entry=pl.col("id"),
        trade_names=pl.concat_list("trade"),
        legal_form="form",
        house_number=pl.col("houseno").cast(TEXT),
    )
    empty = {column: pl.lit(None, TEXT) for column in ("rsin", "country", "kind")}
    records = pl.DataFrame(lists, infer_schema_length=None).select(
        "name",
        "kvk",
        "postcode",
        "city",
        record=pl.col("rid"),
        owner="agency",
        year=pl.lit(2023, pl.Int32),
        number=pl.lit(""),
        legal_form="form",
        address=pl.concat_str("street", "houseno", separator=" "),
        **empty,
    )
    return records, register, [one["truth"] for one in lists]


def pairs(groups: Sequence[object]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def precision_and_recall(truth: list[int], found: list[int]) -> tuple[float, float]:
    both = pairs(list(zip(truth, found, strict=True)))
    return both / pairs(found), both / pairs(truth)


def test_through_the_register(network: tuple[pl.DataFrame, pl.DataFrame, list[int]]) -> None:
    records, register, truth = network
    precision, recall = precision_and_recall(truth, match(records, register).answers["cluster"].to_list())
    assert precision > 0.98
    assert recall > 0.93


def test_by_the_lists_only(network: tuple[pl.DataFrame, pl.DataFrame, list[int]]) -> None:
    records, register, truth = network
    precision, recall = precision_and_recall(truth, match(records, register.clear()).answers["cluster"].to_list())
    assert precision > 0.93
    assert recall > 0.85
