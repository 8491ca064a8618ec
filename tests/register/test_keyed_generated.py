"""Records without names held against the truth of an invented network, beside the same records with names."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from schakel.register.keyed import Index, encode_records, encode_register, link_indexes
from schakel.register.keyed.reading import records_in, register_in

from .keyed_lists import KEY

GENERATOR = Path(__file__).parents[3] / "shared/data/linking/generate_lists.py"
pytestmark = pytest.mark.skipif(not GENERATOR.exists(), reason="needs the generator of invented lists in ../shared")
Encoded = tuple[list[Index], Index, dict[tuple[str, str], int]]


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Encoded:
    """The index of each agency, of the register, and who each record truly is."""
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
    truth = {(agency, str(rid)): who for agency, rid, who in lists.select("agency", "rid", "truth").iter_rows()}
    return indexes, encode_register(register_in(folder / "register.parquet"), KEY).index, truth


def pairs(groups: list[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def f1(network: Encoded, register: Index | None) -> tuple[float, float]:
    """(precision, F1) of the pairs of records that were held for one."""
    indexes, _, truth = network
    answers = link_indexes(indexes, register).answers
    found = [(truth[agency, rid], one) for agency, rid, one in answers.select("agency", "rid", "identity").iter_rows()]
    assert len(found) == len(truth)
    both, held, true = pairs(found), pairs([one for _, one in found]), pairs([who for who, _ in found])
    return both / held, 2 * both / (held + true)


def test_by_the_lists_only(network: Encoded) -> None:
    precision, both = f1(network, None)
    assert precision > 0.94
    assert both > 0.90


def test_through_the_encoded_register(network: Encoded) -> None:
    precision, both = f1(network, network[1])
    assert precision > 0.97
    assert both > 0.95


def test_a_record_is_some_hundreds_of_bytes(network: Encoded, tmp_path: Path) -> None:
    indexes, _, truth = network
    for place, index in enumerate(indexes):
        index.write(tmp_path / f"{place}.parquet")
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 400 * len(truth)
