"""The demonstration's nine shapes have headers that the proposer never saw: it reads most of them all the same."""

from __future__ import annotations

from pathlib import Path

from schakel.demo.generator import mapping_path
from schakel.demo.shapes import SHAPES
from schakel.intake import mapping
from schakel.intake.proposing import propose
from schakel.intake.reading import read
from tests.intake.test_proposing_network import KINDS, right, sources


def test_at_least_85_per_cent_of_the_columns_of_unseen_shapes_are_right_without_help(network: Path) -> None:
    shares, columns = {}, {}
    for slug in SHAPES:
        true = mapping.load(mapping_path(slug))
        tables = read([network / "2023" / "deliveries" / slug]).tables
        shares[slug] = right(propose(tables, KINDS, agency=slug).mapping, true)
        columns[slug] = len(sources(true))
    together = sum(shares[slug] * columns[slug] for slug in SHAPES) / sum(columns.values())
    assert together >= 0.85, shares
