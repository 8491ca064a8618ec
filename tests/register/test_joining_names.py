"""Names and titles: how they agree, and that agreeing is symmetric."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.register.joining import numbers, places
from schakel.register.joining.names import Agreement, agreement, forms_clash, keys, parse
from schakel.register.joining.spelling import plain


def spelled(text: str) -> str:
    return str(pl.select(plain(pl.lit(text))).item())


def one(expression: pl.Expr, value: str | None) -> str | None:
    found = pl.DataFrame({"it": [value]}, schema={"it": pl.String}).select(expression).item()
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Bakker Groep B.V.", "Bakker Group", Agreement.SAME),
        ("Ziijlstra Techniek", "Zijlstra Techniek", Agreement.NEAR),
        ("Techniek Zijlstra", "Zijlstra Techniek", Agreement.NEAR),
        ("Noalto Sol. Vastgoed", "Noalto Solutions Vastgoed B.V.", Agreement.NEAR),
        ("Nieuwe Vloeren Systemen", "NVS", Agreement.LIKE),
        ("Bakker", "Bakker Bouw", Agreement.LIKE),
        ("Bakker Holding", "Bakker", Agreement.SISTERS),
        ("Bakker Holdng", "Bakker", Agreement.SISTERS),
        ("Huisman IT Services", "Huisman IT Services Services", Agreement.SISTERS),
        ("Tora", "Toro", Agreement.UNLIKE),
        ("Bakker Bouw", "Slager Vlees", Agreement.UNLIKE),
    ],
)
def test_agreement(a: str, b: str, expected: Agreement) -> None:
    assert agreement(spelled(a), spelled(b)) == expected


words = st.sampled_from(
    ["bakker", "bouw", "holding", "beheer", "bv", "stichting", "nederland", "lodka", "loduka", "de"]
)
some_names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@settings(deadline=None)
@given(some_names, some_names)
def test_agreement_is_symmetric(a: str, b: str) -> None:
    assert agreement(a, b) == agreement(b, a)
    assert forms_clash(a, b) == forms_clash(b, a)


@settings(deadline=None)
@given(some_names)
def test_a_name_is_itself(name: str) -> None:
    assert agreement(name, name) == Agreement.SAME


@settings(deadline=None)
@given(some_names, some_names)
def test_names_with_one_key_are_the_same_name(a: str, b: str) -> None:
    frame = pl.DataFrame({"name": [a, b], "form": [None, None]}, schema={"name": pl.String, "form": pl.String})
    first, second = keys(frame, "name", "form")["name_key"]
    if first == second:
        assert agreement(a, b) >= Agreement.NEAR


def test_a_name_of_nothing_but_a_legal_form_stays_a_name() -> None:
    assert parse("coop").words == ("coop",)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("4517396", "04517396"),
        ("04 51 73 96", "04517396"),
        ("0", None),
        ("123456789", None),
        ("n.v.t.", None),
        (None, None),
    ],
)
def test_kvk_numbers(value: str | None, expected: str | None) -> None:
    assert one(numbers.kvk("it"), value) == expected


def test_an_rsin_has_nine_digits() -> None:
    assert one(numbers.rsin("it"), "3214369") == "003214369"
    assert one(numbers.rsin("it"), "1234567890") is None


@pytest.mark.parametrize(("value", "expected"), [("5612 kv", "5612KV"), ("6003", None), ("0612KV", None), (None, None)])
def test_postcodes(value: str | None, expected: str | None) -> None:
    assert one(places.postcode("it"), value) == expected


def test_the_district_is_known_from_half_a_postcode() -> None:
    assert one(places.district("it"), "6003") == one(places.district("it"), "6003 AB") == "6003"
    assert one(places.district("it"), "60031") is None
