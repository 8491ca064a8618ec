"""Proposals for the nine deliveries of 2023, held against their confirmed mappings.

What counts is every column that the true mapping uses. Without help at least 95% must be right; with the
other eight mappings learned, and without the names that only this agency uses, at least 85%.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from schakel.intake import mapping
from schakel.intake.kinds import RecordKind, kinds
from schakel.intake.mapping import FieldSource, Mapping, TableMapping
from schakel.intake.proposing import Proposal, propose
from schakel.intake.proposing.folding import fold
from schakel.intake.reading import read
from schakel.intake.tables import Table

for room in ("register", "innovate", "invest", "internationalise", "figures"):
    importlib.import_module(f"schakel.{room}.kinds")

HERE = Path(__file__).resolve()
DELIVERIES = HERE.parents[3] / "shared" / "data" / "network-2023" / "deliveries"
TRUE = {
    path.stem: mapping.load(path)
    for path in sorted((HERE.parents[1] / "mappings").glob("*.toml"))
    if path.stem != "network"
}
KINDS = [kind for kind in kinds() if kind.delivered_by == "agency"]

needs_data = pytest.mark.skipif(not DELIVERIES.exists(), reason="the deliveries of 2023 are not beside the repository")
each_agency = pytest.mark.parametrize("agency", TRUE)


@cache
def delivered(agency: str) -> tuple[Table, ...]:
    return tuple(read([DELIVERIES / agency]).tables)


@cache
def proposed(agency: str) -> Proposal:
    """What is proposed without help, asked once for all that is held against it."""
    return propose(delivered(agency), KINDS, agency=agency)


def sources(given: Mapping) -> dict[tuple[str, str, str], FieldSource]:
    """Every field's source by table, kind and field."""
    return {(t.table, t.kind, name): source for t in given.tables for name, source in t.fields.items()}


def right(proposed: Mapping, true: Mapping) -> float:
    """Share of the true mapping's columns that are proposed for the same field."""
    found, wanted = sources(proposed), sources(true)
    return sum(at in found and found[at].header == source.header for at, source in wanted.items()) / len(wanted)


def headers(given: Iterable[Mapping]) -> set[str]:
    return {fold(source.header) for one in given for table in one.tables for source in table.fields.values()}


def names(given: Iterable[Mapping]) -> set[str]:
    return {fold(table.table) for one in given for table in one.tables}


def without_peculiar(known: Sequence[RecordKind], own: Mapping, others: Sequence[Mapping]) -> list[RecordKind]:
    """The kinds without those synonyms that are this agency's headers and sheet names, and no other's."""
    peculiar, sheets = headers([own]) - headers(others), names([own]) - names(others)
    return [
        replace(
            kind,
            synonyms=tuple(s for s in kind.synonyms if fold(s) not in sheets),
            fields=tuple(
                replace(field, synonyms=tuple(s for s in field.synonyms if fold(s) not in peculiar))
                for field in kind.fields
            ),
        )
        for kind in known
    ]


@needs_data
@each_agency
def test_is_right_without_help(agency: str) -> None:
    assert right(proposed(agency).mapping, TRUE[agency]) >= 0.95


@needs_data
@each_agency
def test_is_right_about_an_agency_never_seen(agency: str) -> None:
    others = [true for name, true in TRUE.items() if name != agency]
    known = without_peculiar(KINDS, TRUE[agency], others)
    proposal = propose(delivered(agency), known, agency=agency, learned=others)
    assert right(proposal.mapping, TRUE[agency]) >= 0.95  # 0.85 is asked


@needs_data
@each_agency
def test_says_how_values_are_written(agency: str) -> None:
    found = sources(proposed(agency).mapping)
    for at, true in sources(TRUE[agency]).items():
        assert (found[at].unit, found[at].format) == (true.unit, true.format), at
        assert (found[at].separator, found[at].explode) == (true.separator, true.explode), at
        assert found[at].refer_by == true.refer_by, at


@needs_data
@each_agency
def test_translates_every_code_that_occurs(agency: str) -> None:
    found = sources(proposed(agency).mapping)
    for at, true in sources(TRUE[agency]).items():
        assert bool(found[at].codes) == bool(true.codes), at
        assert found[at].codes.items() <= true.codes.items(), at


@needs_data
@each_agency
def test_finds_header_rows_totals_and_numbering(agency: str) -> None:
    given = {(t.table, t.kind): t for t in proposed(agency).mapping.tables}
    for true in TRUE[agency].tables:
        found = given[true.table, true.kind]
        assert (found.header_row, found.skip) == (true.header_row, true.skip), true.table
        assert numbering(found) == numbering(true), true.table


def numbering(table: TableMapping) -> str:
    return table.numbering or next(kind.numbering for kind in KINDS if kind.name == table.kind)


@needs_data
@each_agency
def test_asks_for_no_column_that_nobody_asked_for(agency: str) -> None:
    assert set(sources(proposed(agency).mapping)) <= set(sources(TRUE[agency]))


@needs_data
def test_says_how_sure_and_why() -> None:
    for table in proposed("liof").tables:
        assert 0.5 < table.sure <= 1
        assert table.why.nl
        assert table.why.en
        for field in table.fields:
            assert 0.5 < field.sure <= 1, (table.kind, field.field)
            assert field.why.nl, (table.kind, field.field)
