"""Amounts and numbers: whatever way they are written, the cents are exact."""

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.intake.interpreting import numbers
from schakel.intake.interpreting.cells import Cells
from schakel.intake.tables import CELL_TYPE

CENTS = st.integers(min_value=-(10**14) + 1, max_value=10**14 - 1)
FORMATS = ("1.234,56", "1,234.56", "1234,56", "1234.56", "€ 1.234.567,00")


def cells(*texts: str | None, type: str = "text") -> Cells:
    return Cells(pl.Series("text", texts, dtype=pl.String), pl.Series("type", [type] * len(texts), dtype=CELL_TYPE))


def read(text: str, written: str = "", unit: str = "EUR", type: str = "text") -> tuple[int | None, str | None]:
    found = numbers.money(cells(text, type=type), unit, written)
    return found.values[0], found.faults[0]


def write(cents: int, written: str) -> str:
    """An amount as people write it in this format."""
    text = f"{abs(cents) // 100:,}" if written.count(",") + written.count(".") > 1 else str(abs(cents) // 100)
    text = f"{text}.{abs(cents) % 100:02}"
    if numbers.decimal_mark(written) == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    return text


@settings(deadline=None)
@given(CENTS, st.sampled_from(FORMATS), st.sampled_from(["{}", "€ {}", "EUR {}", "{} euro", " \u00a0{} ", "€{}"]))
def test_every_amount_survives_every_format(cents: int, written: str, dress: str) -> None:
    text = dress.format(("-" if cents < 0 else "") + write(cents, written))
    assert read(text, written) == (cents, None)


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=10**13), st.sampled_from(["({})", "-{}", "{}-", "− {}", "€ -{}", "€ {}-"]))
def test_every_way_to_write_a_negative_amount(cents: int, sign: str) -> None:
    assert read(sign.format(write(cents, "1.234,56")), "1.234,56") == (-cents, None)


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**13), st.sampled_from(["1.234,56", "1,234.56"]))
def test_two_decimals_say_which_mark_is_which_without_a_format(cents: int, written: str) -> None:
    assert read(write(cents, written)) == (cents, None)


@settings(deadline=None)
@given(
    st.decimals(min_value=-(10**5), max_value=10**5, places=8, allow_nan=False),
    st.sampled_from([("EUR", 100), ("EUR thousand", 10**5), ("EUR million", 10**8)]),
)
def test_number_cells_in_any_unit_round_half_away_from_zero(amount: Decimal, unit: tuple[str, int]) -> None:
    exact = (amount * unit[1]).quantize(Decimal(1), ROUND_HALF_UP)
    assert read(f"{amount:f}", unit=unit[0], type="number") == (int(exact), None)


@settings(deadline=None)
@given(st.floats(min_value=-(10**9), max_value=10**9, allow_nan=False))
def test_any_number_of_a_spreadsheet_is_read_as_its_decimal_text(value: float) -> None:
    exact = (Decimal(repr(value)) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    found, fault = read(repr(value), type="number")
    assert fault is None
    assert found is not None
    assert abs(found - int(exact)) <= (1 if abs(Decimal(repr(value))) % 1 < Decimal("1e-9") else 0)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    for reader in (numbers.integer, numbers.number):
        found = reader(cells(text.strip() or None), "")
        assert len(found.values) == len(found.faults) == 1
    value, fault = read(text.strip() or "x")
    assert (value is None) <= (fault is not None)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("€ 1.234.567,00", 123_456_700),
        ("1.234,56", 123_456),
        ("1234,56", 123_456),
        ("1,234.56", 123_456),
        ("(1.200)", -120_000),
        ("1.200-", -120_000),
        ("1 234 567", 123_456_700),
        ("438.500", 43_850_000),
        ("€ 1.200,-", 120_000),
        ("EUR 12", 1_200),
        (",50", 50),
    ],
)
def test_amounts_people_write(text: str, cents: int) -> None:
    assert read(text) == (cents, None)


@pytest.mark.parametrize("text", ["1.23.456,00", "12,34,56", "ca. 100", "1,2 mln", "--", "€", "1.2345.678", "."])
def test_what_is_no_amount_is_said(text: str) -> None:
    assert read(text) == (None, "number.unreadable")


def test_the_column_decides_what_one_text_leaves_open() -> None:
    dutch = numbers.money(cells("1,234", "12,50"), "EUR", "")
    english = numbers.money(cells("1,234", "12.50"), "EUR", "")
    alone = numbers.money(cells("1,234"), "EUR", "")
    assert dutch.values.to_list() == [123, 1250]
    assert english.values.to_list() == [123_400, 1250]
    assert (alone.values[0], alone.faults[0]) == (123_400, "number.ambiguous")
    assert dutch.faults.null_count() == english.faults.null_count() == 2


def test_a_format_that_a_text_cannot_have_is_said_and_read_the_other_way() -> None:
    found = numbers.number(cells("77.4", "77,4"), "1.234,56")
    assert found.values.to_list() == [77.4, 77.4]
    assert found.faults.to_list() == ["number.other-format", None]


@pytest.mark.parametrize(
    ("text", "unit", "cents"),
    [("0.5135", "EUR million", 51_350_000), ("5087.5", "EUR thousand", 508_750_000), ("1.005", "EUR", 101)],
)
def test_units_are_exact(text: str, unit: str, cents: int) -> None:
    assert read(text, unit=unit, type="number") == (cents, None)


@pytest.mark.parametrize("unit", ["EUR", "EUR thousand", "EUR million"])
def test_an_amount_the_database_cannot_hold_is_absurd(unit: str) -> None:
    for text in ("1000000000000000", "9" * 30, "1e30"):
        assert read(text, unit=unit, type="number") == (None, "number.absurd")


def test_scientific_notation_of_a_number_cell() -> None:
    assert read("1e6", type="number") == (100_000_000, None)
    assert read("2.5e-1", type="number") == (25, None)


def test_a_date_where_a_number_belongs() -> None:
    assert read("2023-05-03", type="date") == (None, "number.is-date")


def test_half_a_person_is_no_integer() -> None:
    found = numbers.integer(cells("12.5", "12", "12.0", type="number"), "")
    assert found.values.to_list() == [None, 12, 12]
    assert found.faults.to_list() == ["number.fraction", None, None]
