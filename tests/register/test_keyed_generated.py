"""Records without names held against the truth of an invented network, beside the same records with names."""

from __future__ import annotations

import importlib.util
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from schakel.register.keyed import Index, encode_records, encode_register, link_indexes
from schakel.register.keyed.reading import records_in, register_in
from schakel.register.matching import match
from schakel.register.matching.files import listed, told

from .keyed_lists import KEY

GENERATOR = Path(__file__).parents[3] / "shared/data/linking/generate_lists.py"
pytestmark = pytest.mark.skipif(not GENERATOR.exists(), reason="needs the generator of invented lists in ../shared")
MOST_BELOW = 0.03  # of F1, what may be lost by showing no names


@dataclass(frozen=True, slots=True)
class Network:
    """The index of each agency and of the register, who each record truly is, and the same lists with names."""

    indexes: list[Index]
    register: Index
    truth: dict[tuple[str, str], int]
    folder: Path


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """An invented network of seed 7."""
    spec = importlib.util.spec_from_file_location("generate_lists", GENERATOR)
    assert spec
    assert spec.loader
    generator: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    entries, folder = generator.register(6000, 7), tmp_path_factory.mktemp("lists")
    lists = pl.DataFrame(generator.lists(entries, 2000, 7), infer_schema_length=None)
    indexes = []
    for (agency,), rows in lists.group_by("agency"):
        rows.drop("truth").write_csv(folder / f"{agency}.csv")
        indexes.append(encode_records(records_in(folder / f"{agency}.csv", str(agency)), KEY).index)
    pl.DataFrame(entries, infer_schema_length=None).write_parquet(folder / "register.parquet")
    lists.write_parquet(folder / "lists.parquet")
    truth = {(agency, str(rid)): who for agency, rid, who in lists.select("agency", "rid", "truth").iter_rows()}
    return Network(indexes, encode_register(register_in(folder / "register.parquet"), KEY).index, truth, folder)


def pairs(groups: list[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def f1(network: Network, identities: dict[tuple[str, str], int]) -> tuple[float, float]:
    """(precision, F1) of the pairs of records that were held for one."""
    found = [(who, identities[record]) for record, who in network.truth.items()]
    assert len(found) == len(identities)
    both, held, true = pairs(found), pairs([one for _, one in found]), pairs(list(network.truth.values()))
    return both / held, 2 * both / (held + true)


def without_names(network: Network, register: Index | None) -> tuple[float, float]:
    answers = link_indexes(network.indexes, register).answers.select("agency", "rid", "identity")
    return f1(network, {(agency, rid): one for agency, rid, one in answers.iter_rows()})


def with_names(network: Network, *, register: bool) -> tuple[float, float]:
    records = told(network.folder)
    answers = match(records, listed(network.folder if register else network.folder / "none")).answers
    owners = dict(records.select("record", "owner").iter_rows())
    clusters = answers.select("record", "cluster").iter_rows()
    return f1(network, {(owners[record], str(record)): one for record, one in clusters})


def test_by_the_lists_only(network: Network) -> None:
    precision, both = without_names(network, None)
    assert precision > 0.94
    assert both > with_names(network, register=False)[1] - MOST_BELOW


def test_through_the_encoded_register(network: Network) -> None:
    precision, both = without_names(network, network.register)
    assert precision > 0.97
    assert both > with_names(network, register=True)[1] - MOST_BELOW


def test_a_record_is_some_hundreds_of_bytes(network: Network, tmp_path: Path) -> None:
    for place, index in enumerate(network.indexes):
        index.write(tmp_path / f"{place}.parquet")
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 500 * len(network.truth)
