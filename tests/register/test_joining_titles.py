"""Titles and groups: how titles agree, and that the best link comes first."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.register.joining.agreement import Agreement
from schakel.register.joining.groups import Groups, Link
from schakel.register.joining.titles import titles_agree
from schakel.register.matching.normalising import plain


def spelled(text: str) -> str:
    return str(pl.select(plain(pl.lit(text))).item())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("B..V", "bv"),
        ("Müller & Co. N.V.", "muller en co nv"),
        ("8D | Research  Design", "8d research design"),
        ("'s-Gravenhage", "s gravenhage"),
        ("de Haan & Zn.Transport", "de haan en zn transport"),
    ],
)
def test_plain_spelling(text: str, expected: str) -> None:
    assert spelled(text) == expected


some_titles = st.lists(st.sampled_from(["fieldlab", "houtbouw", "op", "zee", "lab"]), max_size=4).map(" ".join)


@settings(deadline=None)
@given(some_titles, some_titles)
def test_agreement_is_symmetric(a: str, b: str) -> None:
    assert titles_agree(a, b) == titles_agree(b, a)


def test_best_link_first_and_marks_keep_apart() -> None:
    groups = Groups({1: {"kvk": "a"}, 2: {}, 3: {"kvk": "b"}})
    groups.join([Link(2, 1, 2, "name", ""), Link(1, 2, 3, "number", "")])
    assert [groups.find(node) for node in (1, 2, 3)] == [1, 2, 2]


def test_a_link_may_be_strong_enough_to_override_a_mark() -> None:
    groups = Groups({1: {"owner nom": "R1"}, 2: {"owner nom": "R2"}})
    groups.join([Link(1, 1, 2, "number", "", despite=("owner ",))])
    assert groups.find(2) == 1


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("fieldlab houtbouw op zee", "fieldlab houtbouw op zee", Agreement.SAME),
        ("proeftuin algenkweek in de regio", "proeftuin algnkweek in de regio", Agreement.NEAR),
        ("haalbaarheidsstudie precisielandbouw in de haven", "haalbaarheidsstudie precisielandbouw i", Agreement.NEAR),
        ("pilot drone inspectie", "grote pilot drone inspectie brabant", Agreement.LIKE),
        ("fieldlab houtbouw", "living lab eiwit", Agreement.UNLIKE),
    ],
)
def test_titles(a: str, b: str, expected: Agreement) -> None:
    assert titles_agree(a, b) == expected
