"""``schakel sample`` draws from a closing alone what anybody can draw again."""

from __future__ import annotations

import csv
import hashlib
import io

import pytest
from django.core.management import CommandError, call_command

from .closings import YEAR, exported


def _drawn(folder, *words: str, indicator: str = "invested") -> tuple[list[dict[str, str]], str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("sample", str(YEAR), indicator, *words, "--from", str(folder), stdout=out, stderr=err)
    return list(csv.DictReader(io.StringIO(out.getvalue()))), err.getvalue()


def test_it_draws_by_the_documented_rule_without_a_database(tmp_path):
    rows, said = _drawn(exported(tmp_path / "closing"), "--seed", "zaad", "--size", "2")
    tickets = [hashlib.sha256(f"zaad/{row['kind']}/{row['record']}".encode()).hexdigest() for row in rows]
    assert len(rows) == 2
    assert tickets == sorted(tickets)
    lines = sorted(f"{row['kind']} {row['record']} {row['amount']}" for row in rows)
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() in said


def test_only_the_agencies_under_mandate_are_drawn_from(tmp_path):
    rows, said = _drawn(exported(tmp_path / "closing"), "--seed", "zaad", "--size", "9", "--agency", "bom")
    assert [(row["agency"], row["amount"]) for row in rows] == [("bom", "50000")]
    assert "1 drawn from 1 records" in said


def test_euros_have_an_equal_chance(tmp_path):
    rows, said = _drawn(exported(tmp_path / "closing"), "--seed", "zaad", "--size", "8", "--monetary")
    assert sum(int(row["hits"]) for row in rows) == 8
    assert "interval 10000" in said


@pytest.mark.parametrize(
    ("indicator", "words"),
    [("nothing", ()), ("projects", ("--monetary",)), ("invested", ("--province", "NB"))],
)
def test_wrong_use_is_said(tmp_path, indicator, words):
    with pytest.raises(CommandError) as refused:
        _drawn(exported(tmp_path / "closing"), "--seed", "x", "--size", "1", *words, indicator=indicator)
    assert refused.value.returncode == 2
