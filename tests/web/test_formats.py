"""Numbers, money, shares and dates read as Dutch and English readers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from schakel.web import formats

CENTS = st.integers(min_value=-(10**15), max_value=10**15)
LANGUAGES = st.sampled_from(["nl", "en"])


def plain(written: str) -> str:
    return written.replace(formats.NBSP, " ")


@pytest.mark.parametrize(
    ("language", "value", "decimals", "written"),
    [
        ("nl", 1104, 0, "1.104"),
        ("en", 1104, 0, "1,104"),
        ("nl", Decimal("2.65"), 1, "2,7"),
        ("en", 2.6, 1, "2.6"),
        ("nl", -1234, 0, "−1.234"),
        ("nl", None, 0, "–"),
        ("nl", Decimal("-0.2"), 0, "0"),
    ],
)
def test_numbers(language: str, value: Decimal | None, decimals: int, written: str) -> None:
    with translation.override(language):
        assert formats.number(value, decimals) == written


@pytest.mark.parametrize(
    ("language", "cents", "written"),
    [
        ("nl", 1_250_000, "€ 12.500"),
        ("nl", 21_900_000_000, "€ 219 mln"),
        ("nl", 35_240_000_000, "€ 352,4 mln"),
        ("en", 35_240_000_000, "€ 352.4 million"),
        ("nl", 113_700_000_000, "€ 1,14 mld"),
        ("en", 210_000_000_000, "€ 2.1 billion"),
        ("nl", 99_999_960, "€ 1 mln"),
        ("nl", 99_996_000_000, "€ 1 mld"),
        ("nl", -500_000_000, "€ −5 mln"),
        ("nl", 0, "€ 0"),
        ("nl", None, "–"),
    ],
)
def test_money_to_read(language: str, cents: int | None, written: str) -> None:
    with translation.override(language):
        assert plain(formats.money(cents)) == written


def test_money_to_the_cent() -> None:
    with translation.override("nl"):
        assert plain(formats.money_exact(123_456_700)) == "€ 1.234.567,00"
    with translation.override("en"):
        assert plain(formats.money_exact(5)) == "€ 0.05"


def test_shares() -> None:
    with translation.override("nl"):
        assert formats.percent(0.5) == "50%"
        assert formats.percent(Decimal("0.125"), 1) == "12,5%"
        assert formats.percent(None) == "–"


def test_dates_and_moments() -> None:
    moment = datetime(2023, 12, 31, 23, 30, tzinfo=UTC)
    with translation.override("nl"):
        assert plain(formats.date_long(date(2024, 1, 23))) == "23 januari 2024"
        assert plain(formats.moment_long(moment)) == "1 januari 2024 00:30"
        assert formats.date_long(None) == formats.moment_long(None) == "–"
    with translation.override("en-gb"):
        assert plain(formats.date_long(moment)) == "1 January 2024"


@given(cents=CENTS, language=LANGUAGES)
def test_exact_money_reads_back(cents: int, language: str) -> None:
    with translation.override(language):
        assert _read(formats.money_exact(cents), language) * 100 == cents


@given(cents=CENTS, language=LANGUAGES)
def test_read_money_is_as_near_as_it_shows(cents: int, language: str) -> None:
    with translation.override(language):
        written = formats.money(cents)
    euros = Decimal(cents) / 100
    scale = next((factor for word, factor in _SCALES.items() if word in written), Decimal(1))
    step = {Decimal(1): Decimal(1), formats.MILLION: Decimal("0.1")}.get(scale, Decimal("0.01")) * scale
    # Two roundings in a row (euros, then the scale) may add up to half a euro more than half a step.
    assert abs(_read(written, language) * scale - euros) <= step / 2 + Decimal("0.5")


@given(cents=CENTS, language=LANGUAGES)
def test_money_never_falls_apart_over_two_lines(cents: int, language: str) -> None:
    with translation.override(language):
        assert " " not in formats.money(cents) + formats.money_exact(cents)


@given(value=st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=4), decimals=st.integers(0, 3))
def test_numbers_are_rounded_half_up(value: Decimal, decimals: int) -> None:
    with translation.override("nl"):
        read = _read(formats.number(value, decimals), "nl")
    assert read == value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


_SCALES = {"mld": formats.BILLION, "billion": formats.BILLION, "mln": formats.MILLION, "million": formats.MILLION}


def _read(written: str, language: str) -> Decimal:
    """The number in a text, as a reader of the language takes it."""
    digits = "".join(sign for sign in written if sign.isdigit() or sign in ",.−").replace("−", "-")
    if language == "nl":
        digits = digits.replace(".", "").replace(",", ".")
    return Decimal(digits.replace(",", ""))
