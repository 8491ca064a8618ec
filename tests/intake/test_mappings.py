"""The confirmed mappings of the 2023 deliveries: readable, whole, and about fields that exist."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from schakel.intake import mapping
from schakel.intake.kinds import kind

for room in ("register", "innovate", "invest", "internationalise", "figures"):
    importlib.import_module(f"schakel.{room}.kinds")

MAPPINGS = sorted((Path(__file__).parent.parent / "mappings").glob("*.toml"))


def test_nine_agencies_and_the_network_have_a_mapping() -> None:
    assert len(MAPPINGS) == 10


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda p: p.stem)
class TestMapping:
    def test_dumps_and_reads_back_equal(self, path: Path) -> None:
        read = mapping.load(path)
        assert mapping.parse(mapping.dump(read)) == read

    def test_is_called_after_its_agency(self, path: Path) -> None:
        assert mapping.load(path).agency == {"network": "rom-nederland"}.get(path.stem, path.stem)

    def test_names_only_fields_and_codes_that_exist(self, path: Path) -> None:
        for table in mapping.load(path).tables:
            fields = kind(table.kind).fields_by_name
            for name, source in table.fields.items():
                known = {code.value for code in fields[name].codes}
                assert set(source.codes.values()) <= known, f"{table.table}: {name}"
                assert bool(source.codes) == bool(known), f"{table.table}: {name}: a code field translates its codes"

    def test_fills_every_required_field(self, path: Path) -> None:
        for table in mapping.load(path).tables:
            required = {field.name for field in kind(table.kind).fields if field.required}
            assert required <= set(table.fields), f"{table.table} as {table.kind}"

    def test_maps_no_header_twice_in_one_entry(self, path: Path) -> None:
        for table in mapping.load(path).tables:
            headers = [source.header for source in table.fields.values()]
            assert len(set(headers)) == len(headers), table.table

    def test_gives_money_alone_a_unit(self, path: Path) -> None:
        for table in mapping.load(path).tables:
            fields = kind(table.kind).fields_by_name
            assert all(source.unit == "EUR" for name, source in table.fields.items() if fields[name].type != "money")
