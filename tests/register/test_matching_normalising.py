"""One spelling: numbers, places, names, sites; and that spelling twice is spelling once."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.register.matching import normalising
from schakel.register.matching.vocabulary import FREE_MAIL


def one(expression: pl.Expr, value: str | None) -> str | None:
    found = pl.DataFrame({"it": [value]}, schema={"it": pl.String}).select(expression).item()
    return None if found is None else str(found)


def parts(*names: str) -> list[dict[str, object]]:
    return normalising.parted(normalising.trading_as(pl.DataFrame({"name": names}))).rows(named=True)


@pytest.mark.parametrize(
    ("name", "tight", "units", "form"),
    [
        ("Bakker Composites B. V.", "bakkercomposites", "", "bv"),
        ("STG. Erfgoed Zeeland", "erfgoedzeeland", "", "stichting"),
        ("St. Erfgoed Zeeland", "erfgoedzeeland", "", "stichting"),
        ("Co\u00f6peratie Zonnig U.A.", "zonnig", "", "cooperatie"),
        ("Jansen & Zn. Bouw", "jansenzonenbouw", "", None),
        ("Bakker Holding B.V. i.o.", "bakker", "holding", "bv"),
        ("Bakker Onroerend Goed", "bakker", "vastgoed", None),
        ("Nederland B.V.", "nederlandbv", "", "bv"),
        ("Bakker Group", "bakkergroep", "", None),
    ],
)
def test_the_parts_of_a_name(name: str, tight: str, units: str, form: str | None) -> None:
    found = parts(name)[0]
    assert (found["tight"], found["units"], found["stated"]) == (tight, units, form)


def test_a_trading_name_is_another_name() -> None:
    assert [found["tight"] for found in parts("Jansen h.o.d.n. De Gouden Leeuw")] == ["jansen", "degoudenleeuw"]


@pytest.mark.parametrize(
    ("site", "domain"),
    [
        ("https://www.bakker-bouw.nl/nl", "bakker-bouw.nl"),
        ("info@mail.bakker.co.uk", "bakker.co.uk"),
        ("piet@gmail.com", None),
        ("niet van toepassing", None),
    ],
)
def test_domains(site: str, domain: str | None) -> None:
    assert one(normalising.domain(pl.col("it"), FREE_MAIL), site) == domain


@pytest.mark.parametrize(
    ("address", "street", "house"),
    [
        ("Kerkstr. 4a", "kerk", "4"),
        ("Kerkstraat 4 ", "kerk", "4"),
        ("Plein 1944 12", "plein1944", "12"),
        ("Dorpsweg", "dorps", None),
    ],
)
def test_streets(address: str, street: str, house: str | None) -> None:
    assert one(normalising.street(pl.col("it")), address) == street
    assert one(normalising.house_number(pl.lit(None, pl.String), pl.col("it")), address) == house


@settings(deadline=None)
@given(st.text(max_size=30))
def test_spelling_twice_is_spelling_once(text: str) -> None:
    once = one(normalising.plain(pl.col("it")), text)
    assert one(normalising.plain(pl.col("it")), once) == once


@settings(deadline=None)
@given(st.text(max_size=14))
def test_a_number_once_read_reads_the_same(text: str) -> None:
    for read in (normalising.kvk, normalising.rsin, normalising.postcode):
        once = one(read(pl.col("it")), text)
        assert once is None or one(read(pl.col("it")), once) == once


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
    assert one(normalising.kvk(pl.col("it")), value) == expected


def test_lost_zeros_are_mended_where_a_number_is_not_tested() -> None:
    assert one(normalising.digits(pl.col("it"), 9), "3214369") == "003214369"
    assert one(normalising.digits(pl.col("it"), 9), "1234567890") is None


def test_an_rsin_passes_the_eleven_test_and_hides_in_a_vat_number() -> None:
    assert one(normalising.rsin(pl.col("it")), "850999820") == "850999820"
    assert one(normalising.rsin(pl.col("it")), "NL850999820B01") == "850999820"
    assert one(normalising.rsin(pl.col("it")), "850999821") is None


@pytest.mark.parametrize(("value", "expected"), [("5612 kv", "5612KV"), ("6003", None), ("0612KV", None), (None, None)])
def test_postcodes(value: str | None, expected: str | None) -> None:
    assert one(normalising.postcode(pl.col("it")), value) == expected


def test_the_district_is_known_from_half_a_postcode() -> None:
    assert (
        one(normalising.district(pl.col("it")), "6003") == one(normalising.district(pl.col("it")), "6003 AB") == "6003"
    )
    assert one(normalising.district(pl.col("it")), "60031") is None
