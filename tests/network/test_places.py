"""Which province a record lies in."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.network.places import ABROAD, PROVINCES, UNKNOWN, provinces_of


def province(postcode=None, city=None, country=None) -> str:
    schema = {"postcode": pl.String, "city": pl.String, "country": pl.String}
    return provinces_of(pl.DataFrame([(postcode, city, country)], schema=schema, orient="row"))[0]


@pytest.mark.parametrize(
    ("postcode", "city", "expected"),
    [
        ("4818CL", "Breda", "NB"),
        ("4331 AA", None, "ZE"),
        (None, "Den Haag", "ZH"),
        (None, "’s-Hertogenbosch", "NB"),
        (None, "  GRONINGEN ", "GR"),
        ("0000XX", "Maastricht", "LI"),
        (None, None, UNKNOWN),
        (None, "Nergenshuizen", UNKNOWN),
        ("1231AA", "Loosdrecht", "NH"),  # Gooi en Vechtstreek lies in Noord-Holland, whoever's region it is
    ],
)
def test_the_postcode_decides_else_the_name(postcode, city, expected):
    assert province(postcode, city) == expected


def test_a_name_that_stands_for_towns_in_several_provinces_says_nothing():
    assert province(city="Rossum") == UNKNOWN


def test_a_company_with_only_a_foreign_address_is_abroad():  # traps 14 and 15
    assert province("10115", "Berlin", "DE") == ABROAD


@given(st.lists(st.tuples(*[st.none() | st.text(max_size=12)] * 3), max_size=20))
def test_any_text_has_a_province_or_says_it_is_unknown_or_abroad(rows):
    schema = {"postcode": pl.String, "city": pl.String, "country": pl.String}
    found = provinces_of(pl.DataFrame(rows, schema=schema, orient="row"))
    assert len(found) == len(rows)
    assert set(found) <= {*PROVINCES, UNKNOWN, ABROAD}
