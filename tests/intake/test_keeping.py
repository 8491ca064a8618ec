"""Tables that were read are kept as they are: what is loaded again is the same, cell for cell."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.intake.keeping import ROWS_A_RUN, keep_tables, load_rows, load_tables
from schakel.intake.models import Delivery, ReadTable
from schakel.intake.tables import CELL_TYPE, CELL_TYPES, Table
from tests.making import acts

pytestmark = pytest.mark.django_db

LETTERS = ("A", "B", "AA")
CELL = st.tuples(st.none() | st.text(max_size=8).filter(lambda t: "\x00" not in t), st.sampled_from(CELL_TYPES))


def _table(rows: dict[int, list[tuple[str | None, str]]], name: str = "Blad") -> Table:
    data: dict[str, list[object]] = {"row": sorted(rows)}
    schema: dict[str, object] = {"row": pl.UInt32}
    for at, letter in enumerate(LETTERS):
        data[letter] = [rows[row][at][0] for row in sorted(rows)]
        data[f"{letter}.type"] = [rows[row][at][1] for row in sorted(rows)]
        schema |= {letter: pl.String, f"{letter}.type": CELL_TYPE}
    return Table("bestand.xlsx", name, "sheet", pl.DataFrame(data, schema=schema), merged=("A1:B1",))


@given(rows=st.dictionaries(st.integers(1, 4000), st.lists(CELL, min_size=3, max_size=3), max_size=12))
def test_what_is_loaded_is_what_was_kept(rows):
    table = _table(rows)
    with acts("bom") as bom:
        delivery = Delivery.objects.create(owner=bom, period=2023, content_digest="x")
        keep_tables(delivery, [table])
        (loaded,) = load_tables(delivery)
    assert loaded.frame.equals(table.frame)
    assert (loaded.file, loaded.name, loaded.merged) == (table.file, table.name, table.merged)


def test_neighbours_of_a_row_come_without_the_rest():
    rows = {row: [(str(row), "number"), (None, "empty"), ("x", "text")] for row in range(1, 3 * ROWS_A_RUN)}
    with acts("bom") as bom:
        delivery = Delivery.objects.create(owner=bom, period=2023, content_digest="x")
        keep_tables(delivery, [_table(rows)])
        kept = ReadTable.objects.get(delivery=delivery)
        near = load_rows(kept, ROWS_A_RUN - 1, ROWS_A_RUN + 2)
    assert near.frame["A"].to_list() == [str(n) for n in range(ROWS_A_RUN - 1, ROWS_A_RUN + 3)]


def test_another_agency_sees_none_of_it():
    with acts("bom") as bom:
        delivery = Delivery.objects.create(owner=bom, period=2023, content_digest="x")
        keep_tables(delivery, [_table({1: [("a", "text")] * 3})])
    with acts("oost-nl"):
        assert not ReadTable.objects.exists()
        assert load_tables(delivery) == []
