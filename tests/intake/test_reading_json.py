"""JSON documents and records a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schakel.intake.reading import Limits, read
from schakel.intake.reading.child import grids
from schakel.intake.reading.refusals import RefusedError
from schakel.intake.tables import address
from tests.intake.workbooks import Cells, cells_of, shown, types


def of(path: Path, text: str) -> dict[str, Cells]:
    path.write_text(text, encoding="utf-8")
    return cells_of(path)


def test_a_list_a_table_with_keys_in_order_of_first_sight_in_row_0(tmp_path: Path) -> None:
    path = tmp_path / "rom-inwest.json"
    records = {
        "Relaties": [{"nr": 1, "naam": "A"}, {"plaats": "Haarlem", "nr": 2}],
        "Fondsen": [{"f": None}, {"f": "x"}],
    }
    path.write_text(json.dumps(records), encoding="utf-8")
    first, second = read([path]).tables
    assert (first.name, first.form, second.name) == ("Relaties", "json", "Fondsen")
    assert first.header(0) == {"A": "nr", "B": "naam", "C": "plaats"}
    assert shown(first) == {"A0": "nr", "B0": "naam", "C0": "plaats", "A1": "1", "B1": "A", "A2": "2", "C2": "Haarlem"}
    assert address(first.name, "json", "C", 2, "plaats") == "/Relaties/1/plaats"
    assert types(second) == {"A0": "text", "A2": "text"}


def test_a_bare_list_is_a_table_named_after_its_file(tmp_path: Path) -> None:
    assert set(of(tmp_path / "fondsen.json", '[{"a": 1}]')) == {"fondsen"}


def test_lists_one_level_down_are_found(tmp_path: Path) -> None:
    assert set(of(tmp_path / "a.json", '{"data": {"Fondsen": [{"a": 1}]}}')) == {"data/Fondsen"}


@pytest.mark.parametrize("ending", ["ndjson", "jsonl", "json"])
def test_a_record_a_line(tmp_path: Path, ending: str) -> None:
    found = of(tmp_path / f"fondsen.{ending}", '{"a": 1}\n{"a": 2, "b": "x"}\n\n')
    assert found["fondsen"][2, 2] == ("x", "t")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("12345678901234567890123", "12345678901234567890123"),
        ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
        ("1.50", "1.5"),
        ("1e3", "1000"),
        ("-0.0", "0"),
        ("1E400", "1E+400"),
    ],
)
def test_numbers_lose_no_digits(tmp_path: Path, written: str, text: str) -> None:
    assert of(tmp_path / "a.json", f'[{{"n": {written}}}]')["a"][1, 1] == (text, "n")


def test_nested_values_are_compact_json_and_empty_ones_nothing(tmp_path: Path) -> None:
    record = '{"x": ["A", "B"], "y": {"z": 1.50, "é": [true, null]}, "leeg": [], "niets": {}, "wit": "  "}'
    found = of(tmp_path / "a.json", f"[{record}]")["a"]
    assert {key: value for key, value in found.items() if key[0] == 1} == {
        (1, 1): ('["A","B"]', "t"),
        (1, 2): ('{"z":1.50,"é":[true,null]}', "t"),
    }


def test_booleans_and_what_json_does_not_have(tmp_path: Path) -> None:
    found = of(tmp_path / "a.json", '[{"a": true, "b": NaN, "c": -Infinity}]')["a"]
    assert (found[1, 1], found[1, 2], found[1, 3]) == (("true", "b"), ("NaN", "e"), ("-Infinity", "e"))


def test_half_a_surrogate_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"a": "x\\ud800y", "b\\udfff": 1}]', encoding="utf-8")
    assert shown(read([path]).tables[0])["A1"] == "x?y"


def test_a_nought_in_a_text_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"a": "x\\u0000y", "b": "\\u0000"}]', encoding="utf-8")
    assert shown(read([path]).tables[0]) == {"A0": "a", "B0": "b", "A1": "x\ufffdy", "B1": "\ufffd"}


def test_a_key_twice_in_one_record_is_remarked(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"naam": "A", "naam": "B"}]', encoding="utf-8")
    reading = read([path])
    assert [finding.check for finding in reading.findings] == ["json.key-twice"]
    assert "naam" in reading.findings[0].message.nl
    assert shown(reading.tables[0])["A1"] == "B"


def test_what_is_no_list_of_records_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"jaar": 2023, "Fondsen": [{"a": 1}]}', encoding="utf-8")
    (finding,) = read([path]).findings
    assert finding.check == "json.ignored"
    assert "jaar" in finding.message.en


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("[" * 100_000 + "]" * 100_000, "json.too-deep"),
        ('[{"a": ' + "[" * 50_000, "json.too-deep"),
        ('{"Relaties": [{"a": 1}, {"a"', "file.truncated"),
        ('[{"a": 1,}]', "json.invalid"),
        ('[{"a": 1}] en nog iets', "json.invalid"),
        ("[1, 2, 3]", "json.shape"),
        ('{"a": 1}', "json.shape"),
        ("true", "json.shape"),
    ],
)
def test_bad_json_is_one_error(tmp_path: Path, text: str, check: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        list(grids(path, Limits()))
    assert refused.value.remark.check == check


def test_bad_json_says_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_text('{"a": 1}\n{"a": x}\n', encoding="utf-8")
    (finding,) = read([path]).findings
    assert finding.check == "json.invalid"
    assert "regel 2" in finding.message.nl
